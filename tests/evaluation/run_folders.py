"""Run folders as `cxify eval run` leaves them, from a line of Python: cases with their family and scores."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

FACTS: Mapping[str, Any] = {
    "schema": 1,
    "created": "2026-11-22T09:00:00Z",
    "cxify": "0.1.0",
    "writer": {"name": "llm"},
    "model": "openai:local",
    "path": "sentences",
    "repeat": 1,
    "cases_sha256": "c" * 64,
    "framework_sha256": "f" * 64,
    "rules_sha256": "r" * 64,
    "complete": True,
}
USAGE = {"calls": 3, "input_tokens": 900, "output_tokens": 100, "cached_tokens": 0, "repairs": 0, "cost_usd": 0.01}


def result(case: str, family: str, scores: Mapping[str, float | None] | None = None, **more: Any) -> dict[str, Any]:
    """Return one line of results.jsonl; `error="…"` makes it a failed one."""
    if "error" in more:
        more["error"] = {"exit_code": 12, "message": more["error"], "type": more.pop("type", "ProposalInvalid")}
    facts = {"case": case, "family": family, "kind": "job_description", "language": "en", "tags": [], "repeat": 1}
    made = {"checks": {}, "details": {}, "findings": [], "usage": USAGE, "seconds": 1.5, "error": None, "proposal": {}}
    return {**facts, "scores": dict(scores or {}), **made, "output": None, **more}


def run_folder(folder: Path, results: Sequence[Mapping[str, Any]], **facts: Any) -> Path:
    """Write a run folder with these results."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = list(dict.fromkeys(line["case"] for line in results))
    run = {**FACTS, "id": folder.name, "cases": cases, "prompts": {f"review_form/{folder.name}": folder.name}, **facts}
    (folder / "run.json").write_text(json.dumps(run), "utf-8")
    (folder / "results.jsonl").write_text("".join(json.dumps(line) + "\n" for line in results), "utf-8")
    return folder


def scored(values: Sequence[float], metric: str = "points", families: int = 15, **more: Any) -> list[dict[str, Any]]:
    """Return a result for each value, the cases dealt out to families in turn."""
    return [
        result(f"C{number:03}", f"family {number % families}", {metric: value}, **more)
        for number, value in enumerate(values)
    ]
