"""What the page is made from: the record of a document's changes, and how each of them stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cxify.document import Document
from cxify.framework import Framework
from cxify.proposal import Comment
from cxify.provenance import Record, RecordedEdit
from cxify.writers.remark import labels_for

Standing = Literal["open", "accepted", "reworded", "gone"]


@dataclass(frozen=True)
class Change:
    """One operation of the record, how it stands in the file, and the heading it stands under."""

    edit: RecordedEdit
    standing: Standing = "open"
    section: str = ""

    @property
    def is_comment(self) -> bool:
        """True when the operation leaves the text alone."""
        return isinstance(self.edit.operation, Comment)


@dataclass(frozen=True)
class Facts:
    """Everything that one page may say. `rules` are the ids of the rules that found something."""

    document: str
    record: Record
    changes: tuple[Change, ...]
    role: str = ""
    framework: Framework | None = None
    rules: frozenset[str] = frozenset()
    later: bool = False
    """True for a page made from a file that people may have worked on since."""

    @property
    def language(self) -> str:
        """The document's language as a tag."""
        return self.record.document.get("language", "und")

    @property
    def kind(self) -> str:
        """The document's kind."""
        return self.record.document.get("kind", "unknown")

    @property
    def standing(self) -> tuple[Change, ...]:
        """The changes of the text that are in the file."""
        return tuple(each for each in self.changes if not each.is_comment and each.standing != "gone")

    @property
    def remarks(self) -> tuple[Change, ...]:
        """The comments that point something out and are in the file."""
        return tuple(e for e in self.changes if e.is_comment and e.edit.reason and e.standing != "gone")

    def asked(self) -> Iterator[str]:
        """Yield the questions that stand in the document."""
        label = labels_for(self.language)["asks"].partition("{question}")[0]
        for each in self.changes:
            operation, of_a_person = each.edit.operation, each.edit.by
            if isinstance(operation, Comment) and not (each.edit.reason or of_a_person or each.standing == "gone"):
                yield operation.comment.removeprefix(label).partition("\n")[0]


def proposed_changes(record: Record, document: Document) -> tuple[Change, ...]:
    """Return the record's operations as they stand right after they were written; `document` is the source."""
    sections = {block.id: block.section or "" for block in document.blocks}
    return tuple(Change(edit, "open", sections.get(edit.operation.block, "")) for edit in record.edits)
