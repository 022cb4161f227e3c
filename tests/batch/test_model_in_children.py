"""Child processes read and write while this process asks the model: interrupted, killed and limited as ever."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.runs import ended, proved, report, started, statuses
from tests.storm_endpoint import Ledger, storm
from tests.test_storm import written

pytestmark = pytest.mark.long

NUMBER = 16


@pytest.fixture
def weather() -> Iterator[tuple[str, Ledger]]:
    """Yield an endpoint that takes its time, under an address that is not known as this machine's."""
    with storm(0.0, latency=0.5) as endpoint:
        yield endpoint.base_url.replace("127.0.0.1", "0.0.0.0"), endpoint.ledger  # noqa: S104  nothing is bound


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for number in range(NUMBER):
        written(tmp_path / "in", number)
    return tmp_path / "in"


def command(folder: Path, address: str, *options: str) -> tuple[str | Path, ...]:
    given = ("--model", "openai:storm-1", "--base-url", address, "--concurrency", "4", "--jobs", "2")
    return ("rewrite", folder, "-o", folder.parent / "out", *given, *options)


def until(ledger: Ledger, answered: int, process: "subprocess.Popen[str]") -> None:
    while sum(ledger.answered.values()) < answered and process.poll() is None:
        time.sleep(0.02)


def test_ctrl_c_finishes_what_was_asked_and_asks_nothing_more(folder: Path, weather: tuple[str, Ledger]) -> None:
    address, ledger = weather
    process = started(*command(folder, address))
    until(ledger, 2, process)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process
    told, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert "The same command goes on where it stopped." in told
    asked = sum(ledger.answered.values())
    assert asked < NUMBER, "documents that were only read ahead are left"
    assert proved(folder, folder.parent / "out") == asked
    assert ended(*command(folder, address)).returncode == 0
    assert proved(folder, folder.parent / "out") == NUMBER
    assert set(ledger.answered.values()) == {1}


def test_children_that_are_killed_cost_no_answer_twice(folder: Path, weather: tuple[str, Ledger]) -> None:
    address, ledger = weather
    process = started(*command(folder, address))
    until(ledger, 3, process)
    for child in children_of(process.pid):
        os.kill(child, signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert proved(folder, folder.parent / "out") == NUMBER
    assert set(ledger.answered.values()) == {1}


def test_a_run_that_is_killed_leaves_no_child_and_goes_on(folder: Path, weather: tuple[str, Ledger]) -> None:
    address, ledger = weather
    process = started(*command(folder, address))
    until(ledger, 3, process)
    children = children_of(process.pid)
    assert children
    process.kill()
    process.communicate(timeout=60)
    given_up = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < given_up:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    assert ended(*command(folder, address)).returncode == 0
    assert proved(folder, folder.parent / "out") == NUMBER
    assert statuses(report(folder.parent / "out")).keys() <= {"rewritten", "done before"}


def test_the_limit_of_the_cost_holds_for_all_children_together(folder: Path, weather: tuple[str, Ledger]) -> None:
    address, ledger = weather
    done = ended(*command(folder, address, "--model", "openai:gpt-6-luna", "--max-cost", "0.0000001"))
    assert done.returncode == 12
    assert done.stderr.count("Give a higher --max-cost") == NUMBER
    assert ledger.requests == 0


def children_of(parent: int) -> list[int]:
    """Return the processes that are forked from the server that a process started."""

    def below(of: int) -> list[int]:
        found = subprocess.run(["pgrep", "-P", str(of)], capture_output=True, text=True, check=False).stdout
        return [int(line) for line in found.split()]

    return [child for server in below(parent) for child in below(server)]
