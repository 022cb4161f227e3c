"""Reads the comments that stand in a file, whoever wrote them."""

from dataclasses import dataclass

from cxify.word import names
from cxify.word.package import Package
from cxify.word.tree import attributes


@dataclass(frozen=True)
class Remark:
    """A comment of a document: its words, its author, and whether somebody marked it as resolved."""

    text: str
    author: str
    resolved: bool


def remarks(package: Package) -> tuple[Remark, ...]:
    """Return the comments in the order of their part, replies included."""
    resolved = _resolved(package)
    found: list[Remark] = []
    for part in package.related(package.main, "comments"):
        for comment in package.root(part).iter(names.w("comment")):
            paragraphs = list(comment.iter(names.P))
            lines = ["".join(_text(node) for node in paragraph.iter()) for paragraph in paragraphs]
            ids = {value for p in paragraphs for key, value in attributes(p).items() if key.endswith("}paraId")}
            found.append(Remark("\n".join(lines), comment.get(names.AUTHOR, ""), bool(ids & resolved)))
    return tuple(found)


def _text(node: object) -> str:
    tag, text = getattr(node, "tag", None), getattr(node, "text", None)
    if tag == names.w("t"):
        return text or ""
    return "\n" if tag in (names.w("br"), names.w("cr")) else "\t" if tag == names.w("tab") else ""


def _resolved(package: Package) -> set[str]:
    """Return the paragraphs of comments that are marked as done (MS-DOCX 2.5.2)."""
    done: set[str] = set()
    for part in package.related(package.main, "commentsExtended"):
        for entry in package.root(part):
            given = {key.rpartition("}")[2]: value for key, value in attributes(entry).items()}
            if given.get("done") in ("1", "true"):
                done.add(given.get("paraId", ""))
    return done
