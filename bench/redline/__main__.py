"""Print the comparison: `python -m bench.redline` from the top of the checkout; peers are in bench/requirements.txt."""

import argparse
import logging
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from bench.redline import speed
from bench.redline.cases import Case, crafted, real, rewritten
from bench.redline.judge import marked, verdict
from bench.redline.tools import FLOOR, TOOLS, NotOfferedError, Tool
from tests.word.sentences import least

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "samples", ROOT.parent / "shared" / "corpus")


def main() -> None:
    """Run all cases through all installed tools and print three tables."""
    options = _options()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    tools = [tool for tool in TOOLS if not tool.missing]
    for tool in TOOLS:
        if tool.missing:
            print(f"{tool.name} is not installed: pip install -r bench/requirements.txt")
    hard, wild = list(crafted()), list(real([folder for folder in FOLDERS if folder.is_dir()]))
    print(f"\n{len(hard)} hard edits on documents made for them, {len(wild)} ordinary edits on real files\n")
    _print_verdicts(tools, hard, wild, options.show)
    _print_marked(tools, list(rewritten()))
    if not options.no_speed:
        _print_speed(tools, [size for size in speed.PAGES if size <= options.pages])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.redline", description=__doc__)
    parser.add_argument("--show", action="append", default=[], metavar="TOOL", help="list what it refused and damaged")
    parser.add_argument("--no-speed", action="store_true", help="judge only")
    parser.add_argument("--pages", type=int, default=max(speed.PAGES), help="longest document to time")
    return parser.parse_args()


# --- who is right -----------------------------------------------------------------------------------------------------


def _print_verdicts(tools: Sequence[Tool], hard: list[Case], wild: list[Case], shown: Sequence[str]) -> None:
    print(f"{'':24}{'hard: clean refused damaged n/a':>36}{'real: clean refused damaged n/a':>36}")
    for tool in tools:
        columns = "".join(_counts(tool, cases, tool.name in shown) for cases in (hard, wild))
        print(f"{tool.name:24}{columns}")


def _counts(tool: Tool, cases: Iterable[Case], show: bool) -> str:
    counts: Counter[str] = Counter()
    for case in cases:
        found, why = _asked(tool, case)
        counts[found] += 1
        if show and found != "clean":
            print(f"    {case.name}: {found} {why}")
    return f"{counts['clean']:16}{counts['refused']:8}{counts['damaged']:8}{counts['not offered']:4}"


def _asked(tool: Tool, case: Case) -> tuple[str, str]:
    try:
        data = tool.write(case)
    except NotOfferedError:
        return "not offered", ""
    except Exception as error:
        found, why = verdict(case, None)
        return found, why or f"({type(error).__name__}: {str(error)[:90]})"
    return verdict(case, data)


def _print_marked(tools: Sequence[Tool], cases: Sequence[Case]) -> None:
    print(f"\nMarked characters over the fewest possible, {len(cases)} sentences exchanged for a better form\n")
    for tool in tools:
        written = [(case, data) for case in cases if (data := _written(tool, case)) is not None]
        fewest = sum(least(case.old, case.new) for case, _ in written)
        share = f"{sum(marked(data) for _, data in written) / fewest:.2f}x" if fewest else "-"
        print(f"{tool.name:24}{share:>8}   ({len(written)} written)")


def _written(tool: Tool, case: Case) -> bytes | None:
    with suppress(Exception):  # whatever a peer raises is its refusal
        return tool.write(case)
    return None


# --- how fast ---------------------------------------------------------------------------------------------------------


def _print_speed(tools: Sequence[Tool], pages: Sequence[int]) -> None:
    found = speed.growth(tools, pages)
    print("\nSeconds per document; in brackets as a multiple of python-docx opening and saving it\n")
    print(f"{'':24}" + "".join(f"{f'{size} pages':>18}" for size in pages) + f"{'growth':>9}{'peak MB':>9}")
    for tool in (FLOOR, *tools):
        cells = "".join(f"{_cell(found[size], tool):>18}" for size in pages)
        power = speed.exponent(found, tool.name)
        memory = speed.peak_memory(tool, min(100, max(pages)))
        print(f"{tool.name:24}{cells}{f'n^{power:.1f}' if power else '':>9}{f'{memory:.0f}' if memory else '?':>9}")
    print("\ncxify's time is read + apply (with its own proof) + verify, three calls that share nothing;")
    print(f"peak memory is of one process on {min(100, max(pages))} pages, without the children that a tool starts.")


def _cell(row: dict[str, float], tool: Tool) -> str:
    if tool.name not in row:
        return "-"
    return f"{row[tool.name]:.3f} ({row[tool.name] / row[FLOOR.name]:.1f}x)"


if __name__ == "__main__":
    main()
