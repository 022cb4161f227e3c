"""The proof of what a user may rely on: reject == source, accept == source + edits, everything else untouched.

It works on the bytes that would be saved, reads them again from scratch, and knows nothing of how they were made.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from lxml import etree

from cxify.proposal import Append, InsertAfter, InsertRowAfter, Operation, Replace
from cxify.provenance import NAMESPACE
from cxify.word import names
from cxify.word.names import w
from cxify.word.package import Package, opened, parse
from cxify.word.quote import hunks_of
from cxify.word.revisions import resolve_tree, revision_elements
from cxify.word.stamp import record_of
from cxify.word.stories import Entry, Stories, read_stories, shared_stories, story_parts
from cxify.word.tree import authored, parent, remove, unset


@dataclass(frozen=True, slots=True)
class Check:
    """One guarantee: `ok` is None when the file does not hold what is needed to check it."""

    name: str
    ok: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The outcome of all checks; `ok` when none failed."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """True when no check failed."""
        return all(check.ok is not False for check in self.checks)


def verify(source: bytes | Package, result: bytes | Package) -> VerifyReport:
    """Prove that `result` is `source` plus tracked changes and comments (guarantees 1-3 of docs/fidelity.md)."""
    original, redlined = opened(source), opened(result)
    own = _own_comments(original, redlined)
    theirs = {_origin(e) for part, _ in story_parts(original) for e in authored(original.tree(part))}

    def ours(element: etree._Element) -> bool:
        return _is_stamped(element) and _origin(element) not in theirs

    checks = (
        _rejecting(original, redlined, ours, own),
        _accepting(original, redlined, ours),
        _members(original, redlined),
        _their_comments(original, redlined, own),
        _sound(original, redlined),
    )
    return VerifyReport(checks)


# --- 1: rejecting gives back the source -------------------------------------------------------------------------------


def _rejecting(
    original: Package, redlined: Package, ours: Callable[[etree._Element], bool], own_comments: frozenset[str]
) -> Check:
    for part, story in story_parts(original):
        if part not in redlined.members:
            return Check("reject", False, f"the part {part} is missing")
        if original.read(part) == redlined.read(part):
            continue
        source, result = original.root(part), redlined.root(part)
        touched = _touched(result, ours, own_comments)
        _drop_comment_marks(result, own_comments)
        resolve_tree(result, ours, accept=False)
        if _same_once_joined(source, result, touched):
            continue
        place = _first_difference(source, result)
        if place:
            return Check("reject", False, f"rejecting the changes does not give back the {story} ({place})")
    return Check("reject", True, "rejecting all changes gives back the source, text, format and structure")


def _touched(
    root: etree._Element, ours: Callable[[etree._Element], bool], own_comments: frozenset[str]
) -> set[etree._Element]:
    """Return the paragraphs that hold our marks: only their runs may be split."""
    marks = [element for element in authored(root) if ours(element)]
    marks += [e for e in root.iter(*_COMMENT_MARKS) if e.get(names.ID) in own_comments]
    return {paragraph for mark in marks for paragraph in mark.iterancestors(names.P)}


def _same_once_joined(source: etree._Element, result: etree._Element, touched: set[etree._Element]) -> bool:
    """Compare whole stories at once, having joined the touched paragraphs; False may still mean equal."""
    for a, b in list(zip(source.iter(names.P), result.iter(names.P), strict=False)):
        if b in touched:
            _normalise(a)
            _normalise(b)
    return bool(etree.tostring(source) == etree.tostring(result))


def _drop_comment_marks(root: etree._Element, ids: frozenset[str]) -> None:
    for element in list(root.iter(*_COMMENT_MARKS)):
        if element.get(names.ID) in ids:
            run = parent(element)
            run.remove(element)
            if run.tag == names.RUN and all(child.tag == names.RPR for child in run):
                remove(run)


def _first_difference(source: etree._Element, result: etree._Element) -> str:
    """Return where two story trees differ, or ""; runs that editing split count as joined."""
    stack = [(source, result)]
    while stack:
        a, b = stack.pop()
        if _equal_bytes(a, b):
            continue
        if a.tag in (names.P, *_LEAVES) or a.tag != b.tag or len(a) != len(b) or _own(a) != _own(b):
            if _canonical(a) != _canonical(b):
                return _describe(a)
            continue
        stack.extend(zip(a, b, strict=True))
    return ""


_COMMENT_MARKS: Final = (names.COMMENT_START, names.COMMENT_END, names.COMMENT_REFERENCE)
_LEAVES: Final = (names.PPR, names.TR_PR, names.TC_PR, names.SECT_PR, names.SDT_PR)


def _equal_bytes(a: etree._Element, b: etree._Element) -> bool:
    if len(a) > 400:
        return False  # a whole story: cheaper to compare its blocks one by one
    one: bytes = etree.tostring(a, with_tail=False)
    return one == etree.tostring(b, with_tail=False)


def _own(element: etree._Element) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(key), str(value)) for key, value in element.attrib.items()))


def _describe(element: etree._Element) -> str:
    text = "".join(t.text or "" for t in element.iter(names.T))
    return f"near “{text[:40]}”" if text else f"in {etree.QName(element).localname}"


def _canonical(element: etree._Element) -> bytes:
    copied = deepcopy(element)
    _normalise(copied)
    data: bytes = etree.tostring(copied, method="c14n")
    return data


def _normalise(element: etree._Element) -> None:
    """Join what editing splits and drop what has no meaning, in place."""
    for node in list(element.iter()):
        _strip(node)
    for holder in [element, *element.iter(*_RUN_HOLDERS)]:
        _join(holder)


_RUN_HOLDERS: Final = (
    names.P, names.HYPERLINK, names.SDT_CONTENT, names.INS, names.MOVE_TO, names.DEL, names.MOVE_FROM,
    *names.TRANSPARENT, names.FLD_SIMPLE, w("rt"), w("rubyBase"),
)  # fmt: skip


def _strip(node: etree._Element) -> None:
    if node.tag in (names.T, names.DEL_TEXT, names.INSTR_TEXT):
        unset(node, names.SPACE)
    elif isinstance(node.tag, str) and len(node):
        node.text = None
    node.tail = None


def _join(holder: etree._Element) -> None:
    """Join neighbouring halves of what editing split: insertions of one author, runs of one format, texts."""
    previous: etree._Element | None = None
    for child in list(holder):
        if previous is not None and _same_wrapper(previous, child):
            previous.extend(list(child))
            holder.remove(child)
            if previous.tag == names.RUN:
                _join_texts(previous)
            else:
                _join(previous)
            continue
        previous = child
        if child.tag == names.RUN:
            _join_texts(child)


def _same_wrapper(a: etree._Element, b: etree._Element) -> bool:
    if a.tag != b.tag:
        return False
    if a.tag == names.RUN:
        if a.attrib != b.attrib or _format(a) != _format(b):
            return False
        properties = b.find(names.RPR)
        if properties is not None:
            b.remove(properties)
        return True
    return a.tag in (names.INS, names.MOVE_TO) and _origin(a) == _origin(b) and len(a) > 0 and len(b) > 0


def _format(run: etree._Element) -> bytes:
    properties = run.find(names.RPR)
    if properties is None:
        return b""
    copied = deepcopy(properties)
    for change in copied.iter(w("rPrChange")):
        unset(change, names.ID)
    data: bytes = etree.tostring(copied, method="c14n")
    return data


def _join_texts(run: etree._Element) -> None:
    previous: etree._Element | None = None
    for child in list(run):
        if previous is not None and child.tag == previous.tag and child.tag in (names.T, names.DEL_TEXT):
            previous.text = (previous.text or "") + (child.text or "")
            run.remove(child)
        else:
            previous = child


def _origin(element: etree._Element) -> tuple[str | None, str | None]:
    return element.get(names.AUTHOR), element.get(names.DATE)


def _is_stamped(element: etree._Element) -> bool:
    return element.get(names.AUTHOR) is not None


# --- 2: accepting gives the intended text -----------------------------------------------------------------------------


def _accepting(original: Package, redlined: Package, ours: Callable[[etree._Element], bool]) -> Check:
    record = record_of(redlined)
    if record is None:
        return Check("accept", None, "the file holds no record of the intended edits")
    if record.source_sha256 != sha256(original.data).hexdigest():
        return Check("accept", False, "the file was made from another source than this one")
    stories = shared_stories(original)
    wanted = list(_expected(stories, [edit.operation for edit in record.edits]))
    found = _accepted_texts(redlined, ours)
    for want, have in zip(wanted, found, strict=False):
        if want != have:
            return Check("accept", False, f"accepting gives “{have[1][:60]}” where “{want[1][:60]}” was meant")
    if len(wanted) != len(found):
        return Check("accept", False, f"accepting gives {len(found)} paragraphs where {len(wanted)} were meant")
    return Check("accept", True, "accepting all changes gives exactly the intended text")


def _accepted_texts(redlined: Package, ours: Callable[[etree._Element], bool]) -> list[tuple[str, str]]:
    def accepted(part: str) -> etree._Element:
        root = redlined.root(part)
        resolve_tree(root, ours, accept=True)
        return root

    return [(entry.story, entry.text) for entry in read_stories(redlined, accepted).entries]


def _expected(stories: Stories, operations: list[Operation]) -> Iterator[tuple[str, str]]:
    last_of_row = _last_entries_of_rows(stories, operations)
    by_block: dict[str, list[Operation]] = defaultdict(list)
    for operation in operations:
        by_block[operation.block].append(operation)
    waiting: list[tuple[Entry, list[tuple[str, str]]]] = []
    for entry in stories.entries:
        while waiting and entry.host is not waiting[-1][0].element:
            yield from waiting.pop()[1]
        own = by_block.get(entry.id, [])
        yield entry.story, _edited(entry, own)
        added = [(entry.story, _normal(o.text)) for o in own if isinstance(o, InsertAfter)]
        added += [(entry.story, _normal(text)) for row in last_of_row.get(entry.id, []) for text in row.cells]
        if added:
            waiting.append((entry, added))  # the text boxes anchored in the paragraph come first
    while waiting:
        yield from waiting.pop()[1]


def _edited(entry: Entry, operations: list[Operation]) -> str:
    text = entry.text
    hunks = [hunk for operation in operations if isinstance(operation, Replace) for hunk in _meant(text, operation)]
    for start, end, new in sorted(hunks, reverse=True):
        text = text[:start] + new + text[end:]
    return text + "".join(_normal(operation.text) for operation in operations if isinstance(operation, Append))


def _meant(text: str, operation: Replace) -> list[tuple[int, int, str]]:
    start, end, hunks = hunks_of(text, operation.old, operation.new, operation.occurrence, operation.block)
    if text[start:end] == operation.old:
        return [(start, end, _normal(operation.new))]  # independent of the diff
    return [(hunk.start, hunk.end, _normal(hunk.new)) for hunk in hunks]


def _normal(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _last_entries_of_rows(stories: Stories, operations: list[Operation]) -> dict[str, list[InsertRowAfter]]:
    """Map the last block of each row that gets new rows to them, in order."""
    found: dict[str, list[InsertRowAfter]] = {}
    for operation in operations:
        if isinstance(operation, InsertRowAfter):
            row = next(stories.by_id[operation.block].element.iterancestors(names.TR))
            inside = [entry for entry in stories.entries if row in entry.element.iterancestors(names.TR)]
            found.setdefault(inside[-1].id, []).append(operation)
    return found


# --- 3: nothing else changed ------------------------------------------------------------------------------------------


def _members(original: Package, redlined: Package) -> Check:
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
    return _own(element)


# --- other people's comments, and soundness ---------------------------------------------------------------------------


def _own_comments(original: Package, redlined: Package) -> frozenset[str]:
    return frozenset(_comments(redlined)) - frozenset(_comments(original))


def _comments(package: Package) -> dict[str, bytes]:
    return {
        element.get(names.ID, ""): _canonical(element)
        for part in package.related(package.main, "comments")
        for element in package.tree(part).iter(w("comment"))
    }


def _their_comments(original: Package, redlined: Package, own: frozenset[str]) -> Check:
    before, after = _comments(original), _comments(redlined)
    for comment_id, content in before.items():
        if after.get(comment_id) != content:
            return Check("comments", False, f"comment {comment_id} of another person was changed")
    return Check("comments", True, f"{len(before)} comments of others unchanged, {len(own)} added")


def _sound(original: Package, redlined: Package) -> Check:
    problems = set(_problems(redlined)) - set(_problems(original))
    if problems:
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
