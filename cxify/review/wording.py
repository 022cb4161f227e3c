"""Another wording for a suggestion: a person's own, which passes the same rules, and those that a writer offers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from cxify import rules, word
from cxify.document import Finding
from cxify.errors import BadEdits, InputError, RedlineError
from cxify.framework import Framework
from cxify.kinds import Kinds
from cxify.proposal import Comment, Operation, Proposal, Proposed
from cxify.provenance import Record, RecordedEdit
from cxify.review.decision import Decision, Standing, standings, with_wording
from cxify.review.reading import Reading, Source, read
from cxify.review.suggestion import Alternative, worded
from cxify.rules import RuleBook
from cxify.writers import Intensity, Task, Writer

MOST_ALTERNATIVES: Final = 4
_ANOTHER: Final = Finding(
    "REVIEW",
    "block",
    None,
    "The person who reviews this edit asks for another wording.",
    "Say the same in other words, at the same place, for the same competency.",
)


class EditRefused(InputError):  # noqa: N818  the name says what happened, as in cxify/errors.py
    """The rules, or the structure of the file, do not let this wording through; `findings` say why."""

    def __init__(self, message: str, remedy: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message, remedy)
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Edited:
    """A wording that may stand, and what the rules remark on it all the same."""

    operation: Operation
    findings: tuple[Finding, ...] = ()


def edited(
    source: Source,
    record: Record,
    decisions: Iterable[Decision],
    number: int,
    text: str,
    *,
    cells: tuple[str, ...] = (),
    framework: Framework,
    kinds: Kinds,
    book: RuleBook | None = None,
) -> Edited:
    """Check a person's wording of a suggestion, alone and beside what is accepted.

    Raises EditRefused with the findings that stand in the way, BadEdits for an empty wording or an unknown suggestion.
    """
    reading = read(source, record, framework, kinds, book)
    return _Desk(reading, standings(record, decisions)).edited(reading.known(number), text, cells)


def reworded(
    source: Source,
    record: Record,
    decisions: Iterable[Decision],
    number: int,
    *,
    framework: Framework,
    kinds: Kinds,
    book: RuleBook | None = None,
    writer: Writer | None = None,
    own: Path | None = None,
    intensity: Intensity = "standard",
) -> tuple[Alternative, ...]:
    """Return other wordings for a suggestion that pass the checks: a model's if `writer` asks one, else approved ones.

    `own` is the folder with the organisation's own wording. Raises BadEdits for an unknown suggestion and the
    ModelError of a model that gives nothing.
    """
    reading = read(source, record, framework, kinds, book)
    desk = _Desk(reading, standings(record, decisions))
    edit = record.edits[reading.known(number)]
    if isinstance(edit.operation, Comment):
        return ()
    task = Task(reading.document, reading.kind, reading.whole_role, framework, intensity)
    if writer is not None and writer.revises:
        offered = [(operation, True) for operation in _asked(writer, task, desk.proposed(number))]
    else:
        from cxify.writers.library import other_wordings

        offered = [(operation, False) for operation in other_wordings(task, desk.proposed(number), own)]
    return tuple(islice(desk.passing(number, offered), MOST_ALTERNATIVES))


def _asked(writer: Writer, task: Task, current: Proposed) -> list[Operation]:
    """Ask a model to revise one edit, and return what it puts into the same place."""
    block = current.operation.block
    finding = Finding(_ANOTHER.rule, "block", block, _ANOTHER.message, _ANOTHER.remedy, worded(current.operation), 0)
    written = writer.write(task, Proposal(edits=(current,)), [finding])
    same = (edit.operation for edit in written.proposal.edits if edit.operation.block == block)
    return [operation for operation in same if operation.op == current.operation.op]


@dataclass(frozen=True)
class _Desk:
    """A reading with what has been decided, where one wording is weighed against the rules and the others."""

    reading: Reading
    how: Sequence[Standing]

    def edited(self, number: int, text: str, cells: tuple[str, ...] = ()) -> Edited:
        operation = with_wording(self.reading.record.edits[number].operation, text, cells)
        return self.checked(number, operation)

    def checked(self, number: int, operation: Operation) -> Edited:
        """Return the operation if the rules and Word's structure take it. Raises EditRefused."""
        changed = self._proposal(number, operation)
        alone = self._findings(number, [], changed)
        beside = self._findings(number, self._others(number), changed)
        known = self._findings(number, [], self._proposal(number, self.reading.record.edits[number].operation))
        not_of_words = {finding.rule for finding in known if not finding.quote}
        found = [finding for finding in dict.fromkeys((*alone, *beside)) if finding.severity == "block"]
        # What stood in the way of the suggestion itself, its ids or its place, no wording can mend.
        blocking = [finding for finding in found if finding.quote or finding.rule not in not_of_words]
        if blocking:
            first = blocking[0]
            raise EditRefused(first.message, first.remedy, blocking)
        self._writable(operation)
        return Edited(operation, tuple(dict.fromkeys((*alone, *beside))))

    def passing(self, number: int, offered: Iterable[tuple[Operation, bool]]) -> Iterable[Alternative]:
        """Yield the wordings that pass, each once, without the one that stands."""
        seen = {worded(self.how[number].operation), worded(self.reading.record.edits[number].operation)}
        for operation, by_model in offered:
            if worded(operation) in seen:
                continue
            seen.add(worded(operation))
            try:
                self.checked(number, operation)
            except (EditRefused, BadEdits):
                continue
            yield Alternative(operation, "model" if by_model else "library")

    def proposed(self, number: int) -> Proposed:
        """Return a suggestion, as decided, as its writer would have proposed it."""
        return self._proposal(number, self.how[number].operation)

    def _others(self, number: int) -> list[Proposed]:
        return [self.proposed(n) for n, standing in enumerate(self.how) if standing.stands and n != number]

    def _proposal(self, number: int, operation: Operation) -> Proposed:
        edit: RecordedEdit = self.reading.record.edits[number]
        return Proposed(
            operation=operation,
            reason=edit.reason or "–",
            competencies=edit.competencies,
            standards=edit.standards,
            evidence=edit.evidence,
            evidence_block=edit.evidence_block,
            certainty=edit.certainty or "strong",
        )

    def _findings(self, number: int, others: Sequence[Proposed], changed: Proposed) -> list[Finding]:
        """Return what the rules say of an edit behind others, and, when it stands alone, of the document with it."""
        reading = self.reading
        checked = rules.check(
            reading.document,
            Proposal(edits=(*others, changed)),
            kind=reading.kind,
            profile=reading.role,
            framework=reading.framework,
            book=reading.book,
        )
        # Numbered as the suggestion, so that what is found alone and beside others is one finding.
        return [replace(finding, edit=number) for finding in checked.findings if finding.edit == len(others)]

    def _writable(self, operation: Operation) -> None:
        """Write the operation alone. Raises EditRefused where Word's structure does not take it."""
        record = self.reading.record
        try:
            word.redline(
                self.reading.package,
                [operation],
                record=record.model_copy(update={"edits": (RecordedEdit(operation=operation),)}),
            )
        except (RedlineError, BadEdits) as error:
            raise EditRefused(error.message, error.remedy) from error
