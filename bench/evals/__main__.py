"""Print what an evaluation run costs beyond the model's own time: `python -m bench.evals` from the top of the checkout.

Milliseconds of processor per case, told apart by what takes them; 200 cases whose model takes half a second, 20 at a
time, beside the same waiting in pydantic-evals alone and in inspect-ai; the size of a report on 200 cases. inspect-ai
lives in an environment of its own: `python -m venv peers && peers/bin/pip install inspect-ai`, then
`--inspect peers/bin/python`.
"""

import argparse
import os
import tempfile
from pathlib import Path

from bench.evals import costs, peers, waiting

CASES, AT_ONCE, LATENCY = 200, 20, 0.5


def main() -> None:
    """Run everything and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.evals")
    parser.add_argument("--inspect", type=Path, help="the Python of an environment with inspect-ai")
    parser.add_argument("--only", choices=["costs", "waiting", "report"], nargs="+")
    options = parser.parse_args()
    wanted = options.only or ["costs", "waiting", "report"]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before\n")
    with tempfile.TemporaryDirectory() as folder:
        if "costs" in wanted:
            _print_costs(costs.per_case(Path(folder, "costs")))
        if "waiting" in wanted:
            _print_waiting(Path(folder), options.inspect)
        if "report" in wanted:
            _print_report(*costs.report_sizes(Path(folder), CASES))


def _print_report(small: int, large: int) -> None:
    print(f"report of {CASES} cases: {small / 1e6:.2f} MB of one run, {large / 1e6:.2f} MB of two with redlines\n")


def _print_costs(found: costs.Costs) -> None:
    print(f"milliseconds of processor per case, mean of {found.cases} gold cases, built-in writer")
    print(f"  the case as a Word file          {found.source:7.1f}")
    print(f"  cxify rewrite itself             {found.rewrite:7.1f}   (what is evaluated)")
    print(f"  all metrics and checks           {found.scoring:7.1f}")
    print(f"  the runner: planning, storing    {found.runner:7.1f}\n")


def _print_waiting(folder: Path, inspect: Path | None) -> None:
    asked = waiting.Waiting(CASES, AT_ONCE, LATENCY)
    print(f"{CASES} cases, {AT_ONCE} at a time, a model that takes {LATENCY:g} s: {asked.ideal:g} s is the ideal")
    found = waiting.everything(folder / "all", asked)
    rows = [
        ("pydantic-evals alone, only waiting", waiting.only_waiting(asked)),
        ("cxify's runner, nothing to score", waiting.runner(folder / "runner", asked)),
        ("inspect-ai, only waiting", peers.inspect_ai(inspect, CASES, AT_ONCE, LATENCY)),
        ("pydantic-evals alone, the same calls", found.calls),
        ("cxify, everything, loaded", found.loaded),
        ("cxify eval run, as typed", found.typed),
    ]
    for name, seconds in rows:
        told = "not installed: see --help" if seconds is None else f"{seconds:6.2f} s   {seconds / asked.ideal:5.2f}x"
        print(f"  {name:38} {told}", flush=True)
    print(f"  processor a case, all processes of cxify together: {1000 * found.processor / CASES:.0f} ms")
    print()


if __name__ == "__main__":
    main()
