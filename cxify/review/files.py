"""The files that follow from decisions: with tracked changes, clean, with comments only; each is verified.

Every file is written from the source anew, so that what is left out never shifts what stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cxify import word
from cxify.errors import CxifyError
from cxify.packet import Pages
from cxify.packet.model import Texts
from cxify.proposal import Append, Comment, InsertAfter, InsertRowAfter, Operation, Replace
from cxify.provenance import Record
from cxify.review.choosing import Chosen, Include, chosen, quoted, recorded
from cxify.review.decision import Decision, standings
from cxify.review.reading import Source, opened


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A suggestion, or a person's comment on it, that the file does not hold, and why."""

    suggestion: int
    message: str
    remedy: str


@dataclass(frozen=True)
class Written:
    """A Word file, and what could not be written into it."""

    data: bytes
    left_out: tuple[LeftOut, ...] = ()


def tracked(source: Source, record: Record, decisions: Iterable[Decision], *, include: Include = "accepted") -> Written:
    """Write what was accepted, and on request what is still open, as tracked changes and comments.

    Raises InputError for a record of another file, BadEdits for a decision that does not fit the record.
    """
    package, how = opened(source, record), standings(record, decisions)
    edits = chosen(record, how, include)
    return _written(package, recorded(record, edits, how), edits)


def clean(source: Source, record: Record, decisions: Iterable[Decision]) -> Written:
    """Write what was accepted as plain text, without a comment; other people's changes and comments stay.

    Raises as `tracked` does.
    """
    package, how = opened(source, record), standings(record, decisions)
    edits = [each for each in chosen(record, how, "accepted") if not isinstance(each.edit.operation, Comment)]
    data, refused = word.clean(package, recorded(record, edits, how))
    return Written(data, _left_out(edits, refused))


def comments_only(
    source: Source,
    record: Record,
    decisions: Iterable[Decision],
    *,
    pages: Pages,
    include: Include = "accepted+open",
) -> Written:
    """Write every suggestion that is not rejected as a comment beside the text, which stays as it is.

    Raises as `tracked` does.
    """
    package, how = opened(source, record), standings(record, decisions)
    texts = pages.for_language(record.document.get("language", "und"))[0]
    edits = [_as_comment(each, texts) for each in chosen(record, how, include)]
    told = recorded(record, edits, how).model_copy(update={"form": "comments"})
    return _written(package, told, edits)


def _written(package: word.Package, record: Record, edits: Sequence[Chosen]) -> Written:
    data, refused = word.redline_possible(package, record)
    if unquoted := [index for index in refused if getattr(record.edits[index].operation, "quote", None)]:
        # Where the words cannot be marked, the comment stands on their paragraph.
        data, refused = word.redline_possible(package, _without_quotes(record, unquoted))
    return Written(data, _left_out(edits, refused))


def _without_quotes(record: Record, indexes: Sequence[int]) -> Record:
    edits = list(record.edits)
    for index in indexes:
        operation = edits[index].operation.model_copy(update={"quote": None})
        edits[index] = edits[index].model_copy(update={"operation": operation})
    return record.model_copy(update={"edits": tuple(edits)})


def _left_out(edits: Sequence[Chosen], refused: Mapping[int, CxifyError]) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(edits[index].suggestion, error.message, error.remedy) for index, error in sorted(refused.items())
    )


def _as_comment(each: Chosen, texts: Texts) -> Chosen:
    operation = each.edit.operation
    if isinstance(operation, Comment):
        return each
    words = "\n".join(filter(None, (_in_words(operation, texts), operation.comment)))
    comment = Comment(op="comment", block=operation.block, comment=words, quote=quoted(operation))
    return Chosen(each.suggestion, each.edit.model_copy(update={"operation": comment}))


def _in_words(operation: Operation, texts: Texts) -> str:
    match operation:
        case Replace(old=old, new=new):
            return (texts.reworded if new.strip() else texts.removed).format(old=old, new=new)
        case Append(text=text) | InsertAfter(text=text):
            return texts.added.format(text=text.strip())
        case InsertRowAfter(cells=cells):
            return texts.row.format(text=" · ".join(cell for cell in cells if cell.strip()))
        case _:
            return ""
