"""Run folders for the report: gold cases through the real pipeline and its evaluators."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from operator import itemgetter
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

from cxify import framework as frameworks
from cxify import kinds, pipeline, rules
from cxify.errors import ProposalInvalid
from cxify.evaluation import load_all
from cxify.evaluation.run import Planned, RunFolder, Subject, attempt
from cxify.evaluation.run.dataset import evaluate
from cxify.evaluation.trial import Ground
from cxify.proposal import Proposal
from cxify.writers import Task, Written
from cxify.writers.library import LibraryWriter
from tests.conftest import ROOT

CASES = {case.id: case for case in load_all(ROOT / "evals" / "cases")}
FEW = ("A1", "B1", "G1", "G4", "J1", "K1", "N1", "R1")
"""Cases of several families, among them a form, a table that gets rows and a document that gets nothing."""
_RUNS = TemporaryDirectory(prefix="cxify-runs-")
DATE = "2026-11-22T10:00:00Z"
Change = Callable[[dict[str, Any]], dict[str, Any]]


class Meagre(LibraryWriter):
    """A writer that leaves out every other edit: a version that is really worse."""

    def write(self, task: Task, previous: Proposal | None = None, findings: Sequence[Any] = ()) -> Written:
        written = super().write(task, previous, findings)
        kept = written.proposal.edits[::2] or written.proposal.edits
        return replace(written, proposal=written.proposal.model_copy(update={"edits": kept}))


class Wordless(LibraryWriter):
    """A writer whose model gives nothing usable."""

    def write(self, *_: Any, **__: Any) -> Written:
        raise ProposalInvalid("The model gave nothing usable after 3 attempts.", "Try another model.")


@cache
def ran(writer: type[LibraryWriter], ids: tuple[str, ...] = FEW) -> Path:
    """Run cases as `cxify eval run` does, once for all tests, and return the folder."""
    folder = RunFolder(Path(_RUNS.name) / "-".join((writer.__name__, *ids)))
    ground = Ground(frameworks.load(), kinds.load(), rules.load())
    subject = Subject(writer(), ground, pipeline.Options(date=DATE))
    cases = [CASES[id] for id in ids]
    folder.begin({"id": writer.__name__, "created": DATE, **subject.facts(cases), "repeat": 1}, resume=False)
    left = evaluate([Planned(case) for case in cases], lambda one: attempt(one.case, subject), folder)
    folder.end(complete=not left)
    return folder.path


def redlined(id: str) -> bytes:
    """Return what the built-in writer makes of a case."""
    return (ran(LibraryWriter) / "outputs" / f"{id}-1.docx").read_bytes()


def write(
    folder: Path,
    ids: Sequence[str] = FEW,
    *,
    version: str = "1.0.0",
    writer: type[LibraryWriter] = LibraryWriter,
    failing: Sequence[str] = (),
    change: Change = dict,
) -> Path:
    """Write the run of a prompt's version and return its folder: some cases of what was run, `change`d line by line."""
    lines = _lines(ran(writer), set(ids) - set(failing))
    lines += _lines(ran(Wordless, tuple(failing)), set(failing)) if failing else []
    (folder / "outputs").mkdir(parents=True)
    for line in filter(itemgetter("output"), lines):
        copy(ran(writer) / line["output"], folder / line["output"])
    facts = json.loads((ran(writer) / "run.json").read_text("utf-8"))
    sha256 = hashlib.sha256(version.encode()).hexdigest()
    named = {"id": folder.name, "prompts": {f"review_form/{version}": sha256}, "model": "local:small"}
    (folder / "run.json").write_text(json.dumps(facts | named), "utf-8")
    (folder / "results.jsonl").write_text("".join(f"{json.dumps(change(line))}\n" for line in lines), "utf-8")
    return folder


def poorer(line: dict[str, Any]) -> dict[str, Any]:
    """Take a quarter of the points away: a loss that any number of families proves."""
    return line | {"scores": line["scores"] | {"points": 0.75 * (line["scores"]["points"] or 0.0)}}


def _lines(run: Path, ids: set[str]) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in (run / "results.jsonl").read_text("utf-8").splitlines()]
    return [line for line in lines if line["case"] in ids]
