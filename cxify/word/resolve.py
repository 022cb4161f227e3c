"""Accepts or rejects the tracked changes of a whole file, all of them or one author's."""

from typing import Final

from lxml import etree

from cxify.document import Document
from cxify.errors import InputError
from cxify.word import names
from cxify.word.package import Package, opened
from cxify.word.read import read
from cxify.word.revisions import resolve_tree, revision_elements
from cxify.word.stories import story_parts
from cxify.word.tree import attributes, remove, unset

_PARA_ID: Final = f"{{{names.W14}}}paraId"
_PARENT: Final = f"{{{names.W15}}}paraIdParent"


def resolve(source: bytes | Package, *, accept: bool, author: str | None = None, date: str | None = None) -> bytes:
    """Return the file with revisions accepted or rejected in every story: all, an author's, or those of one date.

    A comment that stood on nothing but a rejected insertion goes with it; other comments stay.

    Raises InputError when `author` is given and made no change in the file.
    """
    package = opened(source)

    def selected(element: etree._Element) -> bool:
        return author in (None, element.get(names.AUTHOR)) and date in (None, element.get(names.DATE))

    changed: dict[str, bytes] = {}
    gone: set[str] = set()
    for part, _ in story_parts(package):
        root = package.root(part)
        before = _referenced(root)
        if resolve_tree(root, selected, accept=accept):
            changed[part] = package.serialise(root)
            gone |= before - _referenced(root)
    if author is not None and not changed:
        known = sorted(_authors(package))
        listed = f"The changes in it are by: {', '.join(known)}." if known else "It carries no tracked changes."
        raise InputError(f"{author} made no tracked change in this document.", listed)
    return package.replace(changed | _without_comments(package, gone))


def read_accepted(package: Package) -> Document:
    """Read the document as it is when all changes were accepted, as `read` does what `resolve` writes."""
    trees = {part: package.root(part) for part, _ in story_parts(package)}
    for root in trees.values():
        resolve_tree(root, lambda _: True, accept=True)
    return read(package.showing(trees))


def _referenced(root: etree._Element) -> set[str]:
    return {element.get(names.ID, "") for element in root.iter(names.COMMENT_REFERENCE)}


def _without_comments(package: Package, gone: set[str]) -> dict[str, bytes]:
    """Return the comment parts without the comments whose anchor went away with a change."""
    changed: dict[str, bytes] = {}
    paragraphs: set[str] = set()
    for part in package.related(package.main, "comments") if gone else ():
        root = package.root(part)
        orphans = [element for element in root.iter(names.w("comment")) if element.get(names.ID) in gone]
        for orphan in orphans:
            paragraphs |= {p.get(_PARA_ID, "") for p in orphan.iter(names.P)}
            remove(orphan)
        if orphans:
            changed[part] = package.serialise(root)
    for kind in ("commentsExtended", "commentsIds") if paragraphs else ():
        for part in package.related(package.main, kind):
            changed |= _without_entries(package, part, paragraphs)
    return changed


def _without_entries(package: Package, part: str, paragraphs: set[str]) -> dict[str, bytes]:
    """Return the part without what it says about the comments that had these paragraphs (MS-DOCX 2.5.2)."""
    root = package.root(part)
    orphans = [e for e in root if any(v in paragraphs for k, v in attributes(e).items() if k.endswith("}paraId"))]
    for orphan in orphans:
        root.remove(orphan)
    for reply in root:
        if reply.get(_PARENT) in paragraphs:
            unset(reply, _PARENT)
    return {part: package.serialise(root)} if orphans else {}


def _authors(package: Package) -> set[str]:
    roots: list[etree._Element] = [package.root(part) for part, _ in story_parts(package)]
    return {element.get(names.AUTHOR, "") for root in roots for element in revision_elements(root)}
