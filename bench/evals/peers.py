"""The same waiting in inspect-ai, in a process of its own, because its packages do not live beside ours."""

import subprocess
import tempfile
from pathlib import Path

_SCRIPT = """
import asyncio, sys, time
from inspect_ai import Task, eval as run
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import includes
from inspect_ai.solver import solver

count, at_once, latency = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])

@solver
def waits():
    async def solve(state, generate):
        await asyncio.sleep(latency)
        return state
    return solve

samples = MemoryDataset([Sample(id=n + 1, input=str(n), target="1") for n in range(count)])
task = Task(dataset=samples, solver=waits(), scorer=includes())
begun = time.perf_counter()
logs = run(task, model="mockllm/model", max_samples=at_once, display="none", log_dir=sys.argv[4])
seconds = time.perf_counter() - begun
assert logs[0].status == "success" and len(logs[0].samples) == count
print(seconds)
"""


def inspect_ai(python: Path | None, count: int, at_once: int, latency: float) -> float | None:
    """Return the seconds that inspect-ai takes; None where it is not installed."""
    if python is None or not python.exists():
        return None
    with tempfile.TemporaryDirectory() as logs:
        command = [str(python), "-c", _SCRIPT, str(count), str(at_once), str(latency), logs]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "No module named 'inspect_ai'" in done.stderr:
        return None
    assert done.returncode == 0, done.stderr[-2000:]
    return float(done.stdout.split()[-1])
