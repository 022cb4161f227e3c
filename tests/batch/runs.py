"""Runs of cxify as a user starts them, in a process that can be stopped at any moment."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cxify import word
from tests.worddoc import put, word_file

DUTIES = ("Answer the phone and pass messages on.", "Write letters to residents and file the replies.")


def inbox(folder: Path, number: int) -> Path:
    """Make a folder of small job descriptions, each of another role."""
    for index in range(number):
        role = f"Job description: Clerk {'abcdefghijklmnopqrstuvwxyz'[index % 26]}{index}"
        put(folder / f"{index % 3}" / f"{index:03}.docx", word_file(role, "Main duties", *DUTIES, f"Room {index}."))
    return folder


def started(*arguments: str | Path, **options: Any) -> "subprocess.Popen[str]":
    """Start cxify in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "cxify", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        **options,
    )


def ended(*arguments: str | Path, **options: Any) -> "subprocess.CompletedProcess[str]":
    """Run cxify to its end."""
    process = started(*arguments, **options)
    out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def report(out: Path) -> dict[str, dict[str, Any]]:
    """Read a report as its users do: of several lines for a file the last one holds."""
    lines = (out / "report.jsonl").read_text("utf-8").splitlines()
    told = [line for line in map(json.loads, lines) if line["status"] != "writing" and line["file"]]
    return {line["file"]: line for line in told}


def proved(folder: Path, out: Path) -> int:
    """Prove that every copy is whole and made from its source; return how many there are."""
    copies = sorted(out.rglob("*.docx"))
    for copy in copies:
        assert word.verify((folder / copy.relative_to(out)).read_bytes(), copy.read_bytes()).ok
    return len(copies)


def statuses(lines: dict[str, dict[str, Any]], files: Sequence[Path] = ()) -> Counter[str]:
    """Count the files by status."""
    return Counter(line["status"] for file, line in lines.items() if not files or Path(file) in files)
