"""Ctrl-C in the middle of a real run: what is in work is finished, the next run does the rest."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.worddoc import put

DOCUMENTS = 60


def start(folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "cxify", "rewrite", "in", "-o", "out", "--kind", "job_description"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.long
def test_an_interrupted_run_goes_on_where_it_stopped(here: Path) -> None:
    for number in range(DOCUMENTS):
        put(here / f"in/{number:02}.docx")
    first = start(here)
    until = time.monotonic() + 60
    while not list(here.glob("out/*.docx")) and time.monotonic() < until:
        time.sleep(0.02)
    first.send_signal(signal.SIGINT)
    told, complained = first.communicate(timeout=60)
    assert first.returncode == 130, complained
    assert "The same command goes on where it stopped." in told
    assert "Traceback" not in complained
    written = len(list(here.glob("out/*.docx")))
    assert 0 < written < DOCUMENTS
    assert not list(here.glob("out/.cxify-*")), "no half-written file stays"
    second = start(here)
    assert second.wait(timeout=120) == 0
    statuses = [json.loads(line)["status"] for line in (here / "out/report.jsonl").read_text("utf-8").splitlines()]
    assert (statuses.count("done before"), statuses.count("rewritten")) == (written, DOCUMENTS - written)
