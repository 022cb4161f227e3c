"""Print what a run costs on this machine: `python -m bench.batch` from the top of the checkout.

Start-up as ratios to what nobody can beat, documents a second and memory over the number of documents, and throughput
against a model that takes two seconds, beside a plain LangChain `batch()` that does nothing but the calls.
"""

import argparse
import compileall
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.batch import profile, waiting
from bench.batch.documents import written

SAMPLE = Path(__file__).parents[2] / "samples/job_description_nurse_uk.docx"
_GOAL = 40.0
"""Documents a second of processor; below it the profile is printed."""
_RUN = """
import sys, time
from cxify.cli import main
begun = time.perf_counter()
try:
    main(sys.argv[1:])
except SystemExit:
    pass
# What getrusage tells would include the process that started this one.
memory = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
print(time.perf_counter() - begun, memory, time.process_time(), file=sys.stderr)
"""


def main() -> None:
    """Run everything and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.batch", description=__doc__)
    parser.add_argument("--long", action="store_true", help="10,000 documents too")
    parser.add_argument("--counts", type=int, nargs="+", default=[1, 100, 1000])
    parser.add_argument("--latency", type=float, default=2.0, help="seconds that the model takes")
    parser.add_argument("--at-once", type=int, nargs="+", default=list(waiting.ROUNDS))
    parser.add_argument("--only", choices=["start", "documents", "model"], nargs="+")
    options = parser.parse_args()
    wanted = options.only or ["start", "documents", "model"]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before\n")
    if "start" in wanted:
        _print_start()
    if "documents" in wanted:
        _print_documents([*options.counts, *([10_000] if options.long else [])])
    if "model" in wanted:
        waiting.report(options.latency, options.at_once)


def _print_start() -> None:
    compileall.compile_dir(SAMPLE.parents[1] / "cxify", quiet=1)  # as everything that pip has installed is
    floor = _seconds([sys.executable, "-c", "import click"])
    helped = _seconds([sys.executable, "-m", "cxify", "--help"])
    script = f"import docx, io; docx.Document({str(SAMPLE)!r}).save(io.BytesIO())"
    peer = _seconds([sys.executable, "-c", script])
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "cxify", "rewrite", str(SAMPLE), "-o"]
        one = median(_timed([*command, f"{folder}/{number}"]) for number in range(5))
    print("start (median of 5)")
    print(f"  import click                     {floor * 1000:6.0f} ms")
    print(f"  cxify --help                     {helped * 1000:6.0f} ms   {helped / floor:.2f}x")
    print(f"  python-docx opens and saves one  {peer * 1000:6.0f} ms")
    print(f"  cxify rewrites the same          {one * 1000:6.0f} ms   {one / peer:.2f}x\n")


def _seconds(command: list[str]) -> float:
    return median(_timed(command) for _ in range(5))


def _timed(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun


def _print_documents(counts: list[int]) -> None:
    print("documents, built-in writer; memory is the most that the process of the run held")
    print("  documents   how          a second   a second of processor   MB")
    slowest = _GOAL
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            written(Path(folder, "in"), count)
            for how, arguments in _ways(count):
                rate, busy, memory = _run([f"{folder}/in", "-o", f"{folder}/{how}", *arguments], count)
                slowest = busy if how == "one process" and count == max(counts) else slowest
                shown = f"{busy:8.1f}" if how == "one process" else "       –"
                print(f"  {count:9}   {how:11}  {rate:8.1f}   {shown}             {memory:9.0f}", flush=True)
    print()
    if slowest < _GOAL:
        profile.report()


def _ways(count: int) -> Iterator[tuple[str, list[str]]]:
    yield "one process", ["--no-isolate"]
    if count > 1:
        yield "children", ["--jobs", str(os.cpu_count() or 1)]


def _run(arguments: list[str], count: int) -> tuple[float, float, float]:
    command = [sys.executable, "-c", _RUN, "rewrite", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, kilobytes, busy = map(float, done.stderr.splitlines()[-1].split())
    return count / seconds, count / busy, kilobytes / 1024


if __name__ == "__main__":
    main()
