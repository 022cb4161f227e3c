"""Whatever stops a run, nothing is lost, half-written or done twice, and the same command goes on."""

import json
import os
import random
import resource
import signal
import time
from pathlib import Path

import pytest

from cxify.batch.lock import alone
from tests.batch.runs import ended, inbox, proved, report, started, statuses

pytestmark = pytest.mark.long

DICE = random.Random(7)  # noqa: S311  moments are to be repeated, not unguessable


def killed(*arguments: str | Path, after: float) -> None:
    """Start a run and kill it without a warning; its children end by themselves."""
    process = started(*arguments)
    time.sleep(after)
    process.kill()
    process.communicate(timeout=60)


@pytest.mark.parametrize("how", [(), ("--jobs", "2")], ids=["in this process", "in children"])
def test_a_run_that_is_killed_again_and_again_loses_nothing(tmp_path: Path, how: tuple[str, ...]) -> None:
    folder, out = inbox(tmp_path / "in", 12), tmp_path / "out"
    started_once = time.monotonic()
    process = started("rewrite", folder, "-o", out, *how)
    while not (out / "report.jsonl").exists() and process.poll() is None:
        time.sleep(0.05)
    ready = time.monotonic() - started_once
    process.kill()
    process.communicate(timeout=60)
    for _ in range(3):
        killed("rewrite", folder, "-o", out, *how, after=ready + DICE.uniform(0, 1.0))
        for line in (out / "report.jsonl").read_text("utf-8").splitlines()[:-1]:
            json.loads(line)
        proved(folder, out)
    done = ended("rewrite", folder, "-o", out, *how)
    assert done.returncode == 0, done.stderr
    assert proved(folder, out) == 12
    told = report(out)
    assert len(told) == 12
    assert statuses(told).keys() <= {"rewritten", "unchanged", "done before"}
    assert len((out / "report.jsonl").read_text("utf-8").splitlines()) - len(told) <= 1, "one line a file, one for all"
    assert not list(out.rglob("*.tmp"))
    assert all(line["output_sha256"] for line in told.values())


def test_a_result_that_was_written_when_the_run_was_killed_is_known_under_other_settings(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in", 6), tmp_path / "out"
    killed("rewrite", folder, "-o", out, after=0.1)
    process = started("rewrite", folder, "-o", out)
    while not list(out.rglob("*.docx")) and process.poll() is None:
        time.sleep(0.005)
    process.kill()
    process.communicate(timeout=60)
    done = ended("rewrite", folder, "-o", out, "--intensity", "light")
    assert done.returncode == 0, done.stderr
    assert proved(folder, out) == 6


def test_ctrl_c_finishes_what_is_in_work_and_says_how_to_go_on(tmp_path: Path) -> None:
    number = 60  # so many that some are left when somebody looks late
    folder, out = inbox(tmp_path / "in", number), tmp_path / "out"
    process = started("rewrite", folder, "-o", out, "--jobs", "2")
    while not list(out.rglob("*.docx")) and process.poll() is None:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "The same command goes on where it stopped." in told
    assert 1 <= proved(folder, out) < number
    assert ended("rewrite", folder, "-o", out).returncode == 0
    assert proved(folder, out) == number


def test_ctrl_c_while_everything_is_being_loaded_is_no_traceback(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in", 4), tmp_path / "out"
    process = started("rewrite", folder, "-o", out, "--jobs", "2")
    while len(loading(process.pid)) < 2 and process.poll() is None:  # what watches over semaphores, and the server
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert ended("rewrite", folder, "-o", out).returncode == 0
    assert proved(folder, out) == 4


def loading(parent: int) -> list[str]:
    """Return the processes that a run has started."""
    return Path(f"/proc/{parent}/task/{parent}/children").read_text("utf-8").split()


def test_two_runs_on_one_folder_do_not_mix(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in", 3), tmp_path / "out"
    out.mkdir()
    with alone(out):
        second = ended("rewrite", folder, "-o", out)
    assert second.returncode == 10
    assert f"process {os.getpid()} on" in second.stderr
    assert not list(out.glob("*.docx"))
    assert ended("rewrite", folder, "-o", out).returncode == 0
    assert proved(folder, out) == 3


def test_the_lock_of_a_run_that_was_killed_is_no_obstacle(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in", 3), tmp_path / "out"
    (out / ".cxify").mkdir(parents=True)
    (out / ".cxify/lock").write_text("1 on elsewhere")
    assert ended("rewrite", folder, "-o", out).returncode == 0


def test_a_full_disk_fails_documents_with_a_sentence_and_the_next_run_does_them(tmp_path: Path) -> None:
    """RLIMIT_FSIZE stands for the disk: no file may grow beyond it."""
    folder, out = inbox(tmp_path / "in", 4), tmp_path / "out"

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    done = ended("rewrite", folder, "-o", out, preexec_fn=small)
    assert done.returncode == 10
    assert "Traceback" not in done.stderr
    assert "cannot be written" in done.stderr
    assert not list(out.rglob("*.docx"))
    assert not list(out.rglob("*.tmp"))
    assert ended("rewrite", folder, "-o", out, "--retry-failed").returncode == 0 or not (out / "report.jsonl").exists()
    assert ended("rewrite", folder, "-o", out).returncode == 0
    assert proved(folder, out) == 4
