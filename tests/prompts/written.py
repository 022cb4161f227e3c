"""Prompts, gates and runs written for a test."""

import json
from pathlib import Path
from typing import Any

from cxify import prompts
from cxify.prompts import Prompt

FRONT = """---
name: greeting
version: 1.0.0
description: Says hello.
parent: null
status: draft
changelog: ["1.0.0: first."]
schema: sentence
model:
  max_output_tokens: 100
inputs:
  document: {kind: string, description: "the text"}
---
"""
BODY = """system:
You are brief.

user:
Text: {{ document }}
"""


def write(root: Path, text: str = FRONT + BODY, name: str = "greeting/1.0.0.prompty") -> Path:
    """Write a prompt file and return the prompts folder."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return root


def version(number: str, *, parent: str = "null", body: str = BODY, name: str = "greeting") -> str:
    """Return the text of another version."""
    text = (FRONT + body).replace("1.0.0", number).replace("parent: null", f"parent: {parent}")
    return text.replace("name: greeting", f"name: {name}")


def run_file(folder: Path, *of: Prompt, **changes: Any) -> Path:
    """Write what a complete evaluation run of these prompts writes."""
    told = {
        "id": "run-1",
        "created": "2026-11-22T09:00:00Z",
        "prompts": {f"{prompt.name}/{prompt.version}": prompt.sha256 for prompt in of},
        "cases_sha256": "c" * 64,
        "complete": True,
    }
    return _json(folder / "run.json", told | changes)


def gate_file(folder: Path, *of: Prompt, **changes: Any) -> Path:
    """Write what a gate writes that these prompts passed."""
    told = {
        "candidate": {"prompts": {f"{prompt.name}/{prompt.version}": prompt.sha256 for prompt in of}},
        "baseline": {"prompts": {f"{prompt.name}/0.1.0": "0" * 64 for prompt in of}},
        "verdict": "no worse",
        "exit_code": 0,
        "created": "2026-11-22T09:00:00Z",
        "cases_sha256": "c" * 64,
        "run_ids": ["run-1", "run-2"],
    }
    return _json(folder / "gate.json", told | changes)


def release(root: Path, number: str = "1.0.0", name: str = "greeting") -> Prompt:
    """Release a prompt with an evaluation that it passed."""
    draft = prompts.find(name, number, root)
    lock = root / "prompts.lock"
    first = not lock.exists() or f"{name}@" not in lock.read_text()
    evaluation = run_file(root, draft) if first else gate_file(root, draft)
    return prompts.release(name, number, evaluation, root, first=first)


def _json(path: Path, told: dict[str, Any]) -> Path:
    path.write_text(json.dumps(told), "utf-8")
    return path
