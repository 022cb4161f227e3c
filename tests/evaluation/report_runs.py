"""Run folders for the report: real documents through the real pipeline, with the points of the gold cases."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

from cxify import framework as frameworks
from cxify import kinds, pipeline, word
from cxify.evaluation import load_all, score
from cxify.evaluation.trial import Made, Refused
from cxify.evaluation.wordfile import word_file
from cxify.pipeline import Redline
from cxify.proposal import Proposal
from cxify.writers import Task, Written
from cxify.writers.library import LibraryWriter
from tests.conftest import ROOT

CASES = {case.id: case for case in load_all(ROOT / "evals" / "cases")}
FEW = ("A1", "A2", "B1", "G1", "G2", "G4", "I1", "J1", "K1", "N1", "P1", "R1")
"""One case or two of several families, among them a form that gets a row and one that gets nothing."""
DATE = "2026-11-22T10:00:00Z"
Change = Callable[[dict[str, Any]], dict[str, Any]]


class Meagre(LibraryWriter):
    """A writer that leaves out every other edit: a version that is really worse."""

    def write(self, task: Task, previous: Proposal | None = None, findings: Sequence[Any] = ()) -> Written:
        written = super().write(task, previous, findings)
        kept = written.proposal.edits[::2] or written.proposal.edits
        return replace(written, proposal=written.proposal.model_copy(update={"edits": kept}))


@cache
def redlined(id: str, *, meagre: bool = False) -> Redline:
    """Return what the built-in writer makes of a case."""
    return pipeline.rewrite(
        word_file(CASES[id]),
        framework=CASES[id].applied_to(frameworks.load()),
        kinds=kinds.load(),
        writer=Meagre() if meagre else LibraryWriter(),
        options=pipeline.Options(date=DATE),
    )


def line(id: str, *, meagre: bool = False) -> dict[str, Any]:
    """Return the line of results.jsonl for a case."""
    case, redline = CASES[id], redlined(id, meagre=meagre)
    result = word.read(word.resolve(redline.data, accept=True))
    points = score(case, redline.document, redline.accepted, result, questions=redline.questions)
    required = points.required / 40
    made = Made(
        accepted=redline.accepted,
        dropped=tuple(
            Refused(edit=one.proposed, reasons=tuple(found.message for found in one.findings))
            for one in redline.dropped
        ),
        questions=redline.questions,
        declined=redline.declined,
    )
    return {
        "case": id,
        "family": case.family,
        "kind": case.kind,
        "language": case.locale,
        "tags": [],
        "repeat": 1,
        "scores": {"points": points.total, "conveys": points.conveys, "required_found": required},
        "checks": {"locks_kept": points.untouched > 0, "forbidden_free": points.clean > 0},
        "details": {"required_found": [f"{id} is missed" for id in points.missed]},
        "findings": [asdict(found) for found in redline.findings],
        "usage": {"calls": 2, "input_tokens": 3000, "output_tokens": 400, "cached_tokens": 1500, "cost_usd": 0.002},
        "seconds": 0.4,
        "error": None,
        "proposal": made.model_dump(mode="json"),
        "output": f"outputs/{id}-1.docx",
    }


def failed(of: dict[str, Any]) -> dict[str, Any]:
    """Return the line of a case that the model gave nothing usable for."""
    error = {"exit_code": 12, "message": "The model gave nothing usable after 3 attempts."}
    return of | {"error": error, "scores": {}, "checks": {}, "details": {}, "proposal": None, "output": None}


def write(
    folder: Path,
    ids: Sequence[str] = FEW,
    *,
    version: str = "1.0.0",
    meagre: bool = False,
    change: Mapping[str, Change] | None = None,
    complete: bool = True,
) -> Path:
    """Write a run folder and return it. `change` alters the lines of some cases."""
    lines = [(change or {}).get(id, dict)(line(id, meagre=meagre)) for id in ids]
    (folder / "outputs").mkdir(parents=True)
    for one in lines:
        if one["output"]:
            (folder / one["output"]).write_bytes(redlined(one["case"], meagre=meagre).data)
    facts = {
        "schema": 1,
        "id": folder.name,
        "created": DATE,
        "cxify": "0.1.0",
        "writer": {"name": "llm"},
        "prompts": {f"review_form/{version}": "0123456789abcdef" if version == "1.0.0" else "fedcba9876543210"},
        "model": "local:small",
        "path": "structured",
        "repeat": 1,
        "cases": list(ids),
        "cases_sha256": "c" * 64,
        "framework_sha256": "f" * 64,
        "rules_sha256": "e" * 64,
        "complete": complete,
    }
    (folder / "run.json").write_text(json.dumps(facts), "utf-8")
    (folder / "results.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in lines), "utf-8")
    return folder
