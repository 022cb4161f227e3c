"""Run clients and workers as real processes, as different machines would."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from click.testing import CliRunner

from cxify import queue
from cxify.cli import main
from cxify.store import Database, Standing, runs
from tests.conftest import ROOT


@dataclass
class Site:
    """A folder with documents, a database, and everything that runs on it."""

    folder: Path
    url: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def start(self, *arguments: object, log: str = "log", **environment: str) -> subprocess.Popen[bytes]:
        """Start cxify with these arguments."""
        known = {name: value for name, value in os.environ.items() if not name.startswith("CXIFY_")}
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        given = known | {"CXIFY_QUEUE": self.url, "PYTHONPATH": path} | self.environment | environment
        command = [sys.executable, "-m", "cxify", *map(str, arguments)]
        with (self.folder / log).open("ab") as file:
            return subprocess.Popen(command, cwd=self.folder, env=given, stdout=file, stderr=file)

    def run(self, *arguments: object, **environment: str) -> int:
        """Run cxify in this process, which has it loaded already, and return its exit code."""
        with contextlib.chdir(self.folder):
            done = CliRunner().invoke(
                main, [*map(str, arguments)], env={"CXIFY_QUEUE": self.url, **self.environment, **environment}
            )
        with (self.folder / "log").open("a", encoding="utf-8") as file:
            file.write(done.output)
        return done.exit_code

    @contextmanager
    def worker(
        self, *arguments: object, log: str = "worker.log", **environment: str
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Run a worker as long as the block lasts."""
        process = self.start("worker", *arguments, log=log, **environment)
        try:
            yield process
        finally:
            end(process)

    def text(self, log: str = "log") -> str:
        """Return what was printed."""
        return (self.folder / log).read_text("utf-8") if (self.folder / log).exists() else ""

    def standing(self) -> Standing | None:
        """Return how far the latest run is."""
        return next(iter(self.standings()), None)

    def standings(self) -> list[Standing]:
        """Return how far all runs are, the latest first."""
        return runs.all_of(self.database)

    @cached_property
    def database(self) -> Database:
        """The database, opened once."""
        return queue.connect(self.url, at_once=2)

    def until(self, holds: Callable[[Standing], bool], seconds: float = 120) -> Standing:
        """Wait until the latest run is so far."""
        given_up = time.monotonic() + seconds
        while time.monotonic() < given_up:
            if (standing := self.standing()) and holds(standing):
                return standing
            time.sleep(0.1)
        raise AssertionError(f"still {self.standing()}; {self.text()}{self.text('worker.log')}")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started here, kindly at first."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
