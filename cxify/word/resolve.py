"""Accepts or rejects the tracked changes of a whole file, all of them or one author's."""

from lxml import etree

from cxify.errors import InputError
from cxify.word import names
from cxify.word.package import Package, open_package
from cxify.word.revisions import resolve_tree, revision_elements
from cxify.word.stories import story_parts


def resolve(source: bytes, *, accept: bool, author: str | None = None) -> bytes:
    """Return the file with revisions accepted or rejected in every story; comments stay.

    Raises InputError when `author` is given and made no change in the file.
    """
    package = open_package(source)
    changed: dict[str, bytes] = {}
    for part, _ in story_parts(package):
        root = package.root(part)
        if resolve_tree(root, lambda element: author in (None, element.get(names.AUTHOR)), accept=accept):
            changed[part] = package.serialise(root)
    if author is not None and not changed:
        known = sorted(_authors(package))
        listed = f"The changes in it are by: {', '.join(known)}." if known else "It carries no tracked changes."
        raise InputError(f"{author} made no tracked change in this document.", listed)
    return package.replace(changed)


def _authors(package: Package) -> set[str]:
    roots: list[etree._Element] = [package.root(part) for part, _ in story_parts(package)]
    return {element.get(names.AUTHOR, "") for root in roots for element in revision_elements(root)}
