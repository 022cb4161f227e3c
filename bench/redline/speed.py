"""Seconds as ratios to the floor, peak memory, and growth. Ratios of interleaved repeats survive a busy machine."""

import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.redline.cases import Case
from bench.redline.documents import edit_in_the_middle
from bench.redline.tools import FLOOR, Tool

PAGES = (1, 10, 100, 870)
PATIENCE = 120.0
"""Seconds after which a tool is not asked for a longer document."""


def seconds(tools: Sequence[Tool], case: Case, repeats: int) -> dict[str, float]:
    """Return each tool's median; in every round each tool has its turn, so that all share the machine's moods."""
    taken: dict[str, list[float]] = {tool.name: [] for tool in tools}
    for turn in range(repeats + 1):
        for tool in tools:
            begun = time.perf_counter()
            tool.write(case)
            spent = time.perf_counter() - begun
            if turn or spent > 5:  # the first round warms up
                taken[tool.name].append(spent)
    return {name: median(values) for name, values in taken.items()}


def growth(tools: Sequence[Tool], pages: Sequence[int] = PAGES) -> dict[int, dict[str, float]]:
    """Return the medians for documents of growing length; who loses patience drops out."""
    found: dict[int, dict[str, float]] = {}
    running = [FLOOR, *tools]
    for size in pages:
        found[size] = seconds(running, edit_in_the_middle(size), 5 if size <= 10 else 2 if size <= 100 else 1)
        running = [tool for tool in running if found[size][tool.name] * 10 < PATIENCE or tool is FLOOR]
    return found


def exponent(found: dict[int, dict[str, float]], name: str) -> float | None:
    """Return how time grows between the two longest documents: 1 is linear, 2 is quadratic."""
    sizes = [size for size in sorted(found) if name in found[size]][-2:]
    if len(sizes) < 2:
        return None
    return math.log(found[sizes[1]][name] / found[sizes[0]][name]) / math.log(sizes[1] / sizes[0])


def peak_memory(tool: Tool, pages: int) -> float | None:
    """Return the megabytes that one edit takes in a process of its own, children excluded; None where unknown."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "peak"
        script = (
            "import sys\nfrom bench.redline import speed\n"
            f"speed.write_once({tool.name!r}, {pages})\n"
            "from pathlib import Path\nlines = Path('/proc/self/status').read_text().splitlines()\n"
            "Path(sys.argv[1]).write_text(next(l for l in lines if l.startswith('VmHWM')).split()[1])"
        )
        done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, check=False)
        return int(path.read_text()) / 1024 if done.returncode == 0 and path.exists() else None


def write_once(name: str, pages: int) -> None:
    """Write one edit with the named tool (for the process that measures memory)."""
    from bench.redline.tools import TOOLS

    tool = next(tool for tool in (FLOOR, *TOOLS) if tool.name == name)
    tool.write(edit_in_the_middle(pages))
