"""The proof's second guarantee: accepting gives exactly the intended text."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha256

from lxml import etree

from cxify.proposal import Append, InsertAfter, InsertRowAfter, Operation, Replace
from cxify.word import names
from cxify.word.check import Check
from cxify.word.package import Package
from cxify.word.quote import hunks_of
from cxify.word.revisions import resolve_tree
from cxify.word.stamp import record_of
from cxify.word.stories import Entry, Stories, read_stories, shared_stories


def accepting(original: Package, redlined: Package, ours: Callable[[etree._Element], bool]) -> Check:
    """Compare the accepted text, paragraph by paragraph, with the source and the recorded edits."""
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
        rows = last_of_row.get(entry.id, [])  # of another story where a text box is the last thing in the row
        added += [(stories.by_id[row.block].story, _normal(text)) for row in rows for text in row.cells]
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
            inside = set(next(stories.by_id[operation.block].element.iterancestors(names.TR)).iter(names.P))
            last = next(entry for entry in reversed(stories.entries) if entry.element in inside)
            found.setdefault(last.id, []).append(operation)
    return found
