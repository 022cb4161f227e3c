"""The page and the floor as real processes, and what they take."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

HEADERS = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}


@dataclass
class Page:
    """`cxify serve` on a folder of its own; it may be killed and started again."""

    data: Path
    process: subprocess.Popen[str] | None = field(default=None, repr=False)
    origin: str = ""
    cookies: dict[str, str] = field(default_factory=dict, repr=False)

    def start(self) -> None:
        """Start it and sign in."""
        command = [sys.executable, "-m", "cxify", "serve", "--port", "0", "--data", str(self.data), "--json"]
        environment = os.environ | {"CXIFY_SERVE_REQUESTS_PER_MINUTE": "1000000", "CXIFY_SERVE_MOST_FILES": "1000"}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        assert self.process.stdout
        said = ""
        for line in self.process.stdout:
            said += line
            if line.rstrip() == "}":
                break
        address = json.loads(said)["serve"]["address"]
        self.origin = address.partition("/start")[0]
        with self.browser() as browser:
            browser.get(address)
            self.cookies = dict(browser.cookies)

    def browser(self) -> httpx2.Client:
        """Return a browser of the person who has signed in."""
        return httpx2.Client(base_url=self.origin, headers=HEADERS, cookies=self.cookies, timeout=60)

    def kill(self) -> None:
        """End it as a failing machine does."""
        assert self.process
        self.process.kill()
        self.process.wait()

    def megabytes(self) -> tuple[float, float]:
        """Return the memory of the process and with its children, shared pages counted once."""
        assert self.process
        own = _megabytes(self.process.pid)
        return own, own + sum(map(_megabytes, _below(self.process.pid)))


@contextmanager
def floor() -> Iterator[httpx2.Client]:
    """Run the floor and yield a browser for it."""
    command = [sys.executable, "-m", "bench.web.floor"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = process.stdout.readline().strip()
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as browser:
                yield browser
        finally:
            process.kill()


def _below(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    children = [int(each) for each in text.split()]
    # Threads start children too, and each thread lists its own.
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        children += [int(each) for each in task.read_text().split() if int(each) not in children]
    return [*children, *(one for child in children for one in _below(child))]


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
