"""The same file with edits as plain text: no marks and no comments of ours, other people's as they were."""

from collections.abc import Mapping

from lxml import etree

from cxify.errors import CxifyError, UnfaithfulRedline
from cxify.proposal import Comment
from cxify.provenance import Record, RecordedEdit
from cxify.word import names
from cxify.word.check import Check, VerifyReport
from cxify.word.intended import accepting
from cxify.word.package import Package, open_package, opened
from cxify.word.possible import redline_possible
from cxify.word.redline import Redliner, stamped
from cxify.word.revisions import resolve_tree
from cxify.word.stamp import record_of, stamp_parts
from cxify.word.stories import story_parts
from cxify.word.untouched import members, own_comments, sound, their_comments
from cxify.word.verify import verify as verify_tracked


def clean(source: bytes | Package, record: Record) -> tuple[bytes, dict[int, CxifyError]]:
    """Write the record's edits as plain text, leaving out what cannot be written faithfully.

    Returns the file and the refused edits by index, as `redline_possible` does; comments are left out, and the file's
    record holds the edits of the text alone.
    """
    package = opened(source)
    places = [index for index, edit in enumerate(record.edits) if not isinstance(edit.operation, Comment)]
    plain = record.model_copy(update={"edits": tuple(_silent(record.edits[index]) for index in places)})
    data, refused = redline_possible(package, plain)
    result = _accepted(package, open_package(data), plain)
    report = verify(package, result)
    if not report.ok:
        failed = "; ".join(f"{check.name}: {check.detail}" for check in report.checks if check.ok is False)
        raise UnfaithfulRedline(
            f"The clean copy did not pass the proof and was thrown away ({failed}).",
            "Take the file with tracked changes. Please report the structure of the document as a defect.",
        )
    return result, {places[index]: error for index, error in refused.items()}


def verify(source: bytes | Package, result: bytes | Package) -> VerifyReport:
    """Prove that `result` is `source` plus tracked changes and comments, or plus the recorded edits as plain text."""
    original, other = opened(source), opened(result)
    record = record_of(other)
    if record is None or record.form != "clean":
        return verify_tracked(original, other)
    checks = (
        _rebuilt(original, other, record),
        accepting(original, other, lambda _: False),
        members(original, other),
        their_comments(original, other, own_comments(original, other)),
        sound(original, other),
    )
    return VerifyReport(checks)


def _silent(edit: RecordedEdit) -> RecordedEdit:
    return edit.model_copy(update={"operation": edit.operation.model_copy(update={"comment": None})})


def _accepted(source: Package, tracked: Package, plain: Record) -> bytes:
    """Return the tracked file with our changes accepted and its record saying so."""
    record = record_of(tracked) or plain
    finished = record.model_copy(update={"form": "clean"})
    if not record.edits:
        return stamped(source, finished)
    edited = open_package(tracked.replace(_resolved(tracked, record)))
    changed, _ = stamp_parts(edited, finished)
    return edited.replace(changed)


def _resolved(tracked: Package, record: Record) -> Mapping[str, bytes]:
    changed: dict[str, bytes] = {}
    for part, _ in story_parts(tracked):
        root = tracked.root(part)
        if resolve_tree(root, lambda element: _is_of(element, record), accept=True):
            changed[part] = tracked.serialise(root)
    return changed


def _is_of(element: etree._Element, record: Record) -> bool:
    return (element.get(names.AUTHOR), element.get(names.DATE)) == (record.author, record.date)


def _rebuilt(original: Package, result: Package, record: Record) -> Check:
    """Write the recorded edits into the source once more and compare every story."""
    wanted: Mapping[str, bytes] = {}
    again = original
    if record.edits:
        redliner = Redliner(original, record)
        try:
            again = open_package(redliner.write([edit.operation for edit in record.edits]))
        except CxifyError as error:
            return Check("clean", False, f"the recorded edits do not fit the source: {error.message}")
        wanted = _resolved(again, redliner.record)
    for part, story in story_parts(original):
        if part not in result.members or result.read(part) != wanted.get(part, again.read(part)):
            return Check("clean", False, f"the recorded edits, accepted, do not give this {story}")
    return Check("clean", True, "the recorded edits, written into the source and accepted, give this file")
