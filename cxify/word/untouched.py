"""The proof's other guarantees: parts and comments of others untouched, and a file that Word can read."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from cxify.provenance import NAMESPACE
from cxify.word import names
from cxify.word.check import Check
from cxify.word.equality import canonical
from cxify.word.names import w
from cxify.word.package import Package, parse
from cxify.word.revisions import revision_elements
from cxify.word.stories import story_parts
from cxify.word.tree import attributes, parent

_COMMENT: Final = w("comment")


def members(original: Package, redlined: Package) -> Check:
    """Check that every part that is not edited is there, in its place, byte for byte."""
    may_change = {part for part, _ in story_parts(original)} | set(_bookkeeping(original))
    if [name for name in redlined.members if name in original.members] != list(original.members):
        return Check("parts", False, "a part is missing or stands elsewhere")
    for name in original.members:
        if name not in may_change and not _same_member(original, redlined, name):
            return Check("parts", False, f"the part {name} was changed")
    lost = _lost_entries(original, redlined)
    if lost:
        return Check("parts", False, f"{lost} lost an entry")
    count = sum(1 for name in original.members if _same_member(original, redlined, name))
    return Check("parts", True, f"{count} of {len(original.members)} parts are the source's own, byte for byte")


def _same_member(original: Package, redlined: Package, name: str) -> bool:
    return original.archive.packed(name) == redlined.archive.packed(name)


def _bookkeeping(original: Package) -> Iterator[str]:
    yield "[Content_Types].xml"
    yield "_rels/.rels"
    yield from (
        name
        for name in original.members
        if re.search(r"(^|/)_rels/[^/]+\.rels$", name) and _is_main_rels(original, name)
    )
    yield from original.related(original.main, "comments")
    yield from original.related("", "custom-properties")
    yield from original.related("", "customProperties")
    for part in original.related(original.main, "customXml"):
        if NAMESPACE.encode() in original.read(part):
            yield part


def _is_main_rels(package: Package, name: str) -> bool:
    folder, _, base = package.main.rpartition("/")
    return name == f"{folder}/_rels/{base}.rels".lstrip("/")


def _lost_entries(original: Package, redlined: Package) -> str:
    for name in ("[Content_Types].xml", "_rels/.rels", *(n for n in original.members if _is_main_rels(original, n))):
        before = {_entry(e) for e in parse(original.read(name), name)}
        after = {_entry(e) for e in parse(redlined.read(name), name)}
        if not before <= after:
            return name
    return ""


def _entry(element: etree._Element) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(attributes(element).items()))


def own_comments(original: Package, redlined: Package) -> frozenset[str]:
    """Return the ids of the comments that the redline adds."""
    return frozenset(_comments(redlined)) - frozenset(_comments(original))


def _comments(package: Package) -> dict[str, etree._Element]:
    return {
        element.get(names.ID, ""): element
        for part in package.related(package.main, "comments")
        for element in package.tree(part).iter(_COMMENT)
    }


def their_comments(original: Package, redlined: Package, own: frozenset[str]) -> Check:
    """Check that other people's comments are what they were."""
    before, after = _comments(original), _comments(redlined)
    for comment_id, comment in before.items():
        if comment_id not in after or canonical(after[comment_id]) != canonical(comment):
            return Check("comments", False, f"comment {comment_id} of another person was changed")
    return Check("comments", True, f"{len(before)} comments of others unchanged, {len(own)} added")


def sound(original: Package, redlined: Package) -> Check:
    """Check that the redline holds no markup that Word would stumble over and that the source does not hold."""
    problems = set(_problems(redlined))
    if problems and (problems := problems - set(_problems(original))):
        return Check("sound", False, "; ".join(sorted(problems)))
    return Check("sound", True, "revision ids are unique and text stands where it may")


def _problems(package: Package) -> Iterator[str]:
    seen: set[str] = set()
    for part, _ in story_parts(package):
        root = package.tree(part)
        for element in revision_elements(root):
            identifier = element.get(names.ID, "")
            if identifier in seen:
                yield f"revision id {identifier} is used twice"
            seen.add(identifier)
        yield from _misplaced(root)


def _misplaced(root: etree._Element) -> Iterator[str]:
    for deletion in root.iter(names.DEL, names.MOVE_FROM):
        if deletion.tag == names.DEL and next(deletion.iter(names.T), None) is not None:
            yield "plain text stands inside a deletion"
    for text in root.iter(names.DEL_TEXT):
        if not any(a.tag in names.HIDDEN_REVISIONS for a in text.iterancestors()):
            yield "deleted text stands outside a deletion"
    for insertion in root.iter(names.INS):
        holder = parent(insertion)
        if holder.tag == names.INS and parent(holder).tag != names.RPR:
            yield "an insertion stands inside another"
