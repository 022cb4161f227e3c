"""Papers for review: a source, the record of its suggestions, and what people do to the file in Word."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from types import FrameType

from cxify import kinds, pipeline, word
from cxify.framework import Framework, load
from cxify.kinds import Kinds
from cxify.proposal import Comment, Operation
from cxify.provenance import Record, RecordedEdit
from cxify.review import Action, Decision, Line, View, view
from cxify.writers.library import LibraryWriter

WHEN = "2026-11-22T08:00:00Z"
LATER = "2026-11-23T09:30:00Z"
ANNA = "Anna Meier"


@cache
def framework() -> Framework:
    return load(None)


@cache
def known_kinds() -> Kinds:
    return kinds.load()


@dataclass(frozen=True)
class Paper:
    source: bytes
    record: Record
    output: bytes

    def view(self, *decisions: Decision) -> View:
        return view(self.source, self.record, decisions, framework=framework(), kinds=known_kinds())


def paper(source: bytes, *operations: Operation, language: str = "en-GB", kind: str = "job_description") -> Paper:
    """Return a paper whose suggestions are the operations that can be written."""
    blocks = word.read(source).by_id
    edits = tuple(_recorded(operation, blocks[operation.block].text) for operation in operations)
    record = Record(
        date=WHEN,
        author="cxify",
        source_sha256=sha256(source).hexdigest(),
        document={"kind": kind, "language": language, "state": "blank"},
        edits=edits,
    )
    data, refused = word.redline_possible(source, record)
    kept = tuple(edit for index, edit in enumerate(edits) if index not in refused)
    return Paper(source, record.model_copy(update={"edits": kept}), data)


def _recorded(operation: Operation, evidence: str) -> RecordedEdit:
    if isinstance(operation, Comment):
        return RecordedEdit(operation=operation)
    return RecordedEdit(
        operation=operation,
        reason="Because.",
        competencies=("CX-OWN@1",),
        evidence=evidence,
        evidence_block=operation.block,
        certainty="strong",
    )


def rewritten(source: bytes) -> Paper:
    """Return a paper with the suggestions of the built-in writer."""
    options = pipeline.Options(date=WHEN)
    redline = pipeline.rewrite(
        source, framework=framework(), kinds=known_kinds(), writer=LibraryWriter(), options=options
    )
    return Paper(source, Record.model_validate(redline.provenance), redline.data)


def decide(number: int, action: Action, text: str = "", cells: Sequence[str] = ()) -> Decision:
    return Decision(number, action, text, tuple(cells), ANNA, LATER)


def texts(seen: View, *, accepted: bool) -> list[str]:
    """Return what the view says, paragraph by paragraph; empty paragraphs are layout."""
    return [text for line in seen.lines() if (text := line.text(accepted=accepted))]


def read(data: bytes) -> list[str]:
    return [block.text for block in word.read(data).blocks if block.text]


def accepted(data: bytes) -> list[str]:
    """Return the texts of a redline whose own changes are accepted."""
    changed = word.provenance_of(data)
    assert changed is not None
    if all(edit["operation"]["op"] == "comment" for edit in changed["edits"]):
        return read(data)
    return read(word.resolve(data, accept=True, author="cxify", date=changed["date"]))


def line_of(seen: View, text: str) -> Line:
    return next(line for line in seen.lines() if text in line.text(accepted=True) + line.text(accepted=False))


def counted(work: Callable[[], object]) -> int:
    """Return how many functions of Python and C are called: the same on a slow machine and on a fast one."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls
