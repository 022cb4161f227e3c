"""The proof of what a user may rely on: reject == source, accept == source + edits, everything else untouched.

It works on the bytes that would be saved and knows nothing of how they were made. It reads them again from scratch;
only a part that is byte for byte the source's is not unpacked a second time.
"""

from collections.abc import Callable
from typing import Final

from lxml import etree

from cxify.word import names
from cxify.word.check import Check, VerifyReport
from cxify.word.equality import first_difference, origin, same_once_joined
from cxify.word.intended import accepting
from cxify.word.package import Package, open_package, opened
from cxify.word.revisions import resolve_tree
from cxify.word.stories import story_parts
from cxify.word.tree import authored, parent, remove
from cxify.word.untouched import members, own_comments, sound, their_comments

_PROOF: Final = "proof"
"""Where a package keeps what was proved of it, beside the bytes of the source that it was proved against."""
_COMMENT_MARKS: Final = (names.COMMENT_START, names.COMMENT_END, names.COMMENT_REFERENCE)


def verify(source: bytes | Package, result: bytes | Package) -> VerifyReport:
    """Prove that `result` is `source` plus tracked changes and comments (guarantees 1-3 of docs/fidelity.md).

    A package remembers what was proved of it.
    """
    original = opened(source)
    redlined = result if isinstance(result, Package) else open_package(result, akin=original)
    of, report = redlined.derived.get(_PROOF, (None, None))
    if of is not original.data or not isinstance(report, VerifyReport):
        report = _proof(original, redlined)
        redlined.derived[_PROOF] = original.data, report
    return report


def _proof(original: Package, redlined: Package) -> VerifyReport:
    added = own_comments(original, redlined)
    theirs = {origin(e) for part, _ in story_parts(original) for e in authored(original.tree(part))}

    def ours(element: etree._Element) -> bool:
        return _is_stamped(element) and origin(element) not in theirs

    checks = (
        _rejecting(original, redlined, ours, added),
        accepting(original, redlined, ours),
        members(original, redlined),
        their_comments(original, redlined, added),
        sound(original, redlined),
    )
    return VerifyReport(checks)


def _rejecting(
    original: Package, redlined: Package, ours: Callable[[etree._Element], bool], added: frozenset[str]
) -> Check:
    for part, story in story_parts(original):
        if part not in redlined.members:
            return Check("reject", False, f"the part {part} is missing")
        if original.read(part) == redlined.read(part):
            continue
        source, result = original.tree(part), redlined.root(part)
        touched = _touched(result, ours, added)
        _drop_comment_marks(result, added)
        resolve_tree(result, ours, accept=False)
        if same_once_joined(source, result, touched):
            continue
        place = first_difference(source, result)
        if place:
            return Check("reject", False, f"rejecting the changes does not give back the {story} ({place})")
    return Check("reject", True, "rejecting all changes gives back the source, text, format and structure")


def _touched(
    root: etree._Element, ours: Callable[[etree._Element], bool], added: frozenset[str]
) -> set[etree._Element]:
    """Return the paragraphs that hold our marks: only their runs may be split."""
    marks = [element for element in authored(root) if ours(element)]
    marks += [e for e in root.iter(*_COMMENT_MARKS) if e.get(names.ID) in added]
    return {paragraph for mark in marks for paragraph in mark.iterancestors(names.P)}


def _drop_comment_marks(root: etree._Element, ids: frozenset[str]) -> None:
    for element in list(root.iter(*_COMMENT_MARKS)):
        if element.get(names.ID) in ids:
            run = parent(element)
            run.remove(element)
            if run.tag == names.RUN and all(child.tag == names.RPR for child in run):
                remove(run)


def _is_stamped(element: etree._Element) -> bool:
    return element.get(names.AUTHOR) is not None
