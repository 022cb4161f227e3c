"""Operations → the same Word file with tracked changes and comments. All or nothing, proved before it is returned."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Final

from lxml import etree

from cxify.errors import BadEdits, EditNotApplicable, UnfaithfulRedline
from cxify.proposal import Append, Comment, InsertAfter, InsertRowAfter, Operation, Replace
from cxify.provenance import Record, RecordedEdit
from cxify.word import names
from cxify.word.blocks import insert_paragraphs, insert_row
from cxify.word.comments import Comments, anchor, anchor_inside, anchor_paragraph
from cxify.word.diff import Hunk
from cxify.word.inline import Change, append, mark_quote, rewrite
from cxify.word.marks import Stamp, first_free_id
from cxify.word.package import Package, opened
from cxify.word.paragraph import Paragraph, project
from cxify.word.parts import add_parts
from cxify.word.quote import find, hunks_of
from cxify.word.stamp import record_of, stamp_parts
from cxify.word.stories import Entry, Stories, fresh_stories, story_parts
from cxify.word.styles import Styles, read_styles
from cxify.word.tree import authored
from cxify.word.verify import verify

_DATE: Final = "%Y-%m-%dT%H:%M:%SZ"
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def apply(source: bytes, operations: Sequence[Operation], *, author: str, date: str) -> bytes:
    """Write given operations as tracked changes, with a provenance record that holds them.

    Raises BadEdits or EditNotApplicable for the first operation that cannot be written, UnfaithfulRedline when the
    proof fails; nothing is returned then.
    """
    edits = tuple(RecordedEdit(operation=operation) for operation in operations)
    record = Record(date=date, author=author, source_sha256=sha256(source).hexdigest(), edits=edits)
    return redline(source, operations, record=record)


def redline(source: bytes | Package, operations: Sequence[Operation], *, record: Record) -> bytes:
    """Write operations as tracked changes of `record.author` at `record.date` and put the record into the file.

    Raises as `apply` does.
    """
    return Redliner(opened(source), record).proved(operations)


def stamped(source: bytes | Package, record: Record) -> bytes:
    """Return the file with the record and nothing else: it says that, and why, nothing was proposed."""
    package = opened(source)
    changed, added = stamp_parts(package, _after_earlier(package, record))
    return package.replace({**changed, **add_parts(package, added)})


def _after_earlier(package: Package, record: Record) -> Record:
    """Return the record with what the file tells of earlier runs."""
    earlier = record_of(package)
    return record.model_copy(update={"earlier": (earlier.summary(), *earlier.earlier)}) if earlier else record


def _unused_date(package: Package, author: str, date: str) -> str:
    """Return the date, or the next second at which the author changed nothing: it tells our revisions apart."""
    roots = [package.tree(part) for part, _ in story_parts(package)]
    taken = {e.get(names.DATE) for root in roots for e in authored(root) if e.get(names.AUTHOR) == author}
    while date in taken:
        later = datetime.strptime(date, _DATE).replace(tzinfo=UTC) + timedelta(seconds=1)
        date = later.strftime(_DATE)
    return date


@dataclass(frozen=True, slots=True)
class _TextEdit:
    """Changes of one operation on a block's text, found on the source."""

    hunks: tuple[Hunk, ...]
    comment: str | None


class Redliner:
    """Writes the operations of one run into fresh trees of the source; good for one run."""

    block: str | None = None
    """The block whose operations are being written: what a refusal is about."""

    def __init__(self, package: Package, record: Record) -> None:
        dated = record.model_copy(update={"date": _unused_date(package, record.author, record.date)})
        self.package = package
        self.record = _after_earlier(package, dated)
        self.stories = Stories()
        self.styles: Styles = read_styles(package)
        self.stamp = Stamp(dated.author, dated.date, first_free_id(self._id_parts()))
        self.comments = Comments(package, self.stamp, self.styles)
        self.touched: set[str] = set()

    def _id_parts(self) -> Iterable[bytes]:
        stories = [part for part, _ in story_parts(self.package)]
        parts = [*stories, *self.package.related(self.package.main, "comments")]
        return (self.package.read(part) for part in parts)

    def proved(self, operations: Sequence[Operation]) -> bytes:
        """Return the file with the operations as tracked changes, once it has passed the proof."""
        data = self.write(operations)
        self.block = None
        report = verify(self.package, data)
        if not report.ok:
            failed = "; ".join(f"{check.name}: {check.detail}" for check in report.checks if check.ok is False)
            raise UnfaithfulRedline(
                f"The tracked changes did not pass the proof and were thrown away ({failed}).",
                "Nothing was written. Please report the structure of the document as a defect.",
            )
        return data

    def write(self, operations: Sequence[Operation]) -> bytes:
        """Return the file with the operations as tracked changes, unproved."""
        if not operations:
            raise BadEdits("There are no edits to write.", 'Give at least one edit in "edits".')
        self.stories = fresh_stories(self.package, {operation.block for operation in operations})
        by_block: dict[str, list[Operation]] = defaultdict(list)
        for operation in operations:
            self._entry(operation)
            by_block[operation.block].append(operation)
        self._rows([o for o in operations if isinstance(o, InsertRowAfter)])
        for block, own in by_block.items():
            self.block = block
            self._block(self.stories.by_id[block], own)
        return self._save()

    def _entry(self, operation: Operation) -> Entry:
        self.block = operation.block
        entry = self.stories.by_id.get(operation.block)
        if entry is None:
            raise BadEdits(
                f"The document has no block {operation.block}.",
                "Run `cxify inspect FILE` to see its blocks and their ids.",
            )
        closed = entry.closed if not isinstance(operation, InsertRowAfter) else entry.closed_for_rows
        if closed and not isinstance(operation, Comment):
            raise EditNotApplicable(
                f"Block {entry.id} cannot be changed: it is {closed}.", "Leave this edit out, or comment instead."
            )
        self.touched.add(entry.part)
        return entry

    def _block(self, entry: Entry, operations: list[Operation]) -> None:
        text_edits = _text_edits(entry, [o for o in operations if isinstance(o, Replace)])
        inserts = [o for o in operations if isinstance(o, InsertAfter)]
        for index, paragraph in enumerate(_forms(entry)):
            leading = index == 0
            if inserts:
                changes = insert_paragraphs(paragraph, [o.text for o in inserts], self.styles, self.stamp)
                for operation, change in zip(inserts, changes, strict=True):
                    self._comment(entry, change, operation.comment if leading else None, inside=True)
            if leading:
                for remark in (o for o in operations if isinstance(o, Comment)):
                    self._remark(entry, paragraph, remark)
            for edit in reversed(text_edits):
                self._comment(entry, rewrite(paragraph, edit.hunks, self.stamp), edit.comment if leading else None)
            for added in (o for o in operations if isinstance(o, Append)):
                self._comment(entry, append(paragraph, added.text, self.stamp), added.comment if leading else None)

    def _rows(self, operations: list[InsertRowAfter]) -> None:
        for operation in reversed(operations):
            self.block = operation.block
            entry = self.stories.by_id[operation.block]
            for index, paragraph in enumerate(_forms(entry)):
                changes = insert_row(paragraph, operation.cells, self.stamp)
                if index == 0 and operation.comment:
                    if not changes:
                        raise BadEdits(
                            "A row without any text cannot carry a comment.", "Give the row a text or drop the comment."
                        )
                    self._comment(entry, changes[0], operation.comment, inside=True)

    def _comment(self, entry: Entry, change: Change, text: str | None, *, inside: bool = False) -> None:
        if not text:
            return
        self._check_commentable(entry)
        if entry.host is not None:
            anchor_paragraph(entry.host, self.comments.add(text))
        elif inside:
            anchor_inside(change, self.comments.add(text))
        else:
            anchor(change, self.comments.add(text), self.stamp)

    def _remark(self, entry: Entry, paragraph: Paragraph, operation: Comment) -> None:
        if operation.quote is not None:
            find(
                paragraph.text, operation.quote, 1, entry.id
            )  # also where the quote cannot be marked, it must be there
        self._check_commentable(entry)
        reference = self._reference(operation)
        if entry.host is not None or operation.quote is None:
            anchor_paragraph(entry.host if entry.host is not None else paragraph.element, reference)
            return
        start, end = find(paragraph.text, operation.quote, 1, entry.id)
        anchor(mark_quote(paragraph, start, end, self.stamp), reference, None)

    def _reference(self, operation: Comment) -> etree._Element:
        """Add a comment under the name of the person who wrote it, as the record says, and return its mark."""
        theirs = next((edit for edit in self.record.edits if edit.operation is operation and edit.by), None)
        if theirs is None:
            return self.comments.add(operation.comment)
        return self.comments.add(operation.comment, theirs.by, theirs.at if _MOMENT.fullmatch(theirs.at) else "")

    def _check_commentable(self, entry: Entry) -> None:
        if entry.part != self.package.main:
            raise EditNotApplicable(
                "Word has no comments in headers, footers and notes.",
                "Leave the comment out or put it on a block of the text.",
            )

    def _save(self) -> bytes:
        changed = {part: self.package.serialise(self.stories.trees[part]) for part in sorted(self.touched)}
        edited_comments = self.comments.changed()
        if edited_comments:
            changed[edited_comments[0]] = edited_comments[1]
        stamped, added = stamp_parts(self.package, self.record)
        new_comments = self.comments.new_part()
        parts = [*([new_comments] if new_comments else []), *added]
        return self.package.replace({**changed, **stamped, **add_parts(self.package, parts)})


def _forms(entry: Entry) -> list[Paragraph]:
    """Return the paragraph and its twins in the other branches of a text box."""
    return [entry.paragraph, *(project(twin, [replace(f) for f in entry.fields]) for twin in entry.twins)]


def _text_edits(entry: Entry, operations: Sequence[Replace]) -> list[_TextEdit]:
    """Locate all replacements of a block on its source text, in order; refuse overlapping ones."""
    text = entry.paragraph.text
    located = []
    for operation in operations:
        start, end, hunks = hunks_of(text, operation.old, operation.new, operation.occurrence, entry.id)
        if not hunks:
            raise EditNotApplicable(
                f"The edit on block {entry.id} changes nothing: old and new are the same.", "Drop the edit."
            )
        located.append((start, end, _TextEdit(tuple(hunks), operation.comment)))
    located.sort(key=lambda item: (item[0], item[1]))
    for (_, end, _), (start, _, _) in pairwise(located):
        if start < end:
            raise BadEdits(f"Two edits on block {entry.id} replace the same words.", "Join them into one edit.")
    return [edit for _, _, edit in located]
