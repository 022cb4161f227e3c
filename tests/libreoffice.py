"""The independent referee: what LibreOffice reads in a Word file, and after accepting or rejecting its revisions.

    texts = referee.texts(path, action="reject")
    texts["body"]        paragraphs in order; those of a table begin with "[A1] ", nested "[A1] [B2] "
    texts["… Header"]    by page style;  "footnotes", "endnotes", "boxes", "comments" ("author: text"), "revisions"

LibreOffice is driven by the system's Python, which has its `uno` module; this process only passes lines of JSON.
"""

import json
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal, Self

PYTHON = "/usr/bin/python3"
SCRIPT = Path(__file__).with_name("libreoffice_referee.py")
SECONDS_A_FILE = 60

Action = Literal["accept", "reject"]


class RefereeError(Exception):
    """LibreOffice does not open the file, or does not answer in time."""


@cache
def missing() -> str | None:
    """Return what this machine lacks for the referee, or None."""
    if shutil.which("soffice") is None:
        return "LibreOffice (soffice) is not installed"
    if subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode:
        return f"{PYTHON} has no module uno (Debian: python3-uno)"
    return None


class Referee:
    """One office process, started at the first question, restarted when it hangs or dies."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._profile = Path(tempfile.mkdtemp(prefix="cxify-referee-"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def texts(self, path: Path, action: Action | None = None, save_as: Path | None = None) -> dict[str, list[str]]:
        """Return every story as LibreOffice reads it; optionally save the result (.docx, .pdf or .txt)."""
        request = {"path": str(path.resolve()), "action": action, "save_as": save_as and str(save_as.resolve())}
        reply = self._ask(json.dumps(request))
        if "error" in reply:
            self._stop()  # the office may have died below the script, which then answers no question any more
            raise RefereeError(f"{path.name}: {reply['error']}")
        stories: dict[str, list[str]] = reply["texts"]
        return stories

    def close(self) -> None:
        """End the office and remove its profile."""
        self._stop()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _ask(self, request: str) -> dict[str, dict[str, list[str]]]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(request + "\n")
        process.stdin.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            line = process.stdout.readline() if selector.select(SECONDS_A_FILE) else ""
        if not line:
            self._stop()
            raise RefereeError(f"LibreOffice hung or died on {request}")
        reply: dict[str, dict[str, list[str]]] = json.loads(line)
        return reply

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [PYTHON, str(SCRIPT), str(self._profile)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,
            )
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            # The office is a child of the script: the whole session goes, also when the script no longer listens.
            for ending, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, None)):
                with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                    os.killpg(self._process.pid, ending)
                    self._process.wait(patience)
            self._process = None
