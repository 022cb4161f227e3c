"""Accept or reject tracked changes in a story's tree, as Word does (ECMA-376-1 §17.13.5).

`Selection` says whose revisions are meant; all others stay as they are and stay valid.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from lxml import etree

from cxify.word import names
from cxify.word.names import w
from cxify.word.tree import parent, remove

Selection = Callable[[etree._Element], bool]

_PROPERTY_CHANGES: Final = {
    w("rPrChange"): frozenset({names.INS, names.DEL, names.MOVE_FROM, names.MOVE_TO}),
    w("pPrChange"): frozenset({names.RPR, names.SECT_PR}),
    w("sectPrChange"): frozenset({w("headerReference"), w("footerReference")}),
    w("tblPrChange"): frozenset[str](),
    w("tblPrExChange"): frozenset[str](),
    w("tblGridChange"): frozenset[str](),
    w("trPrChange"): frozenset({names.INS, names.DEL}),
    w("tcPrChange"): frozenset({w("cellIns"), w("cellDel"), w("cellMerge")}),
}
"""Change elements, and the siblings that are no part of the properties they remember."""
_KEPT_FIRST: Final = frozenset({w("rPrChange"), w("sectPrChange")})
"""Where the schema puts those siblings before the properties; behind them elsewhere."""

_RANGES: Final = {
    w("moveFromRangeStart"): w("moveFromRangeEnd"),
    w("moveToRangeStart"): w("moveToRangeEnd"),
    w("customXmlInsRangeStart"): w("customXmlInsRangeEnd"),
    w("customXmlDelRangeStart"): w("customXmlDelRangeEnd"),
    w("customXmlMoveFromRangeStart"): w("customXmlMoveFromRangeEnd"),
    w("customXmlMoveToRangeStart"): w("customXmlMoveToRangeEnd"),
}
_GAINED: Final = frozenset({names.INS, names.MOVE_TO})
_LOST: Final = frozenset({names.DEL, names.MOVE_FROM})
_LIVE_TEXT: Final = {names.DEL_TEXT: names.T, names.DEL_INSTR_TEXT: names.INSTR_TEXT}


def resolve_tree(root: etree._Element, selected: Selection, *, accept: bool) -> int:
    """Accept or reject the selected revisions in place and return how many there were."""
    chosen = [e for e in _revisions(root) if selected(e)]
    anchored = _referenced(root) if chosen else frozenset()
    moved = _moved_marks(chosen, accept)
    ranges = _ranges(root, selected)
    rows: list[etree._Element] = []
    paragraphs: list[etree._Element] = []
    for element in chosen:
        if element is not root and root not in element.iterancestors():
            continue  # removed together with something around it
        _resolve(element, accept, rows, paragraphs)
    _remove_comment_ranges(root, anchored - _referenced(root))
    rows += _emptied_rows(moved)
    for paragraph in reversed(paragraphs):
        _join_with_next(paragraph)
    for row in rows:
        _remove_row(row)
    _remove_ranges(root, ranges)
    return len(chosen)


def revision_elements(root: etree._Element) -> Iterable[etree._Element]:
    """Yield every element of a tree that carries a tracked change."""
    return _revisions(root)


def _revisions(root: etree._Element) -> Iterable[etree._Element]:
    wanted = (*_GAINED, *_LOST, *_PROPERTY_CHANGES, w("cellIns"), w("cellDel"), w("cellMerge"), w("numberingChange"))
    return list(root.iter(*wanted))


def _resolve(
    element: etree._Element, accept: bool, rows: list[etree._Element], paragraphs: list[etree._Element]
) -> None:
    tag, holder = element.tag, parent(element)
    if tag in _PROPERTY_CHANGES:
        _resolve_properties(element, accept)
    elif tag in (w("cellIns"), w("cellDel"), w("cellMerge")):
        _resolve_cell(element, accept)
    elif tag == w("numberingChange"):
        holder.remove(element)
    elif holder.tag == names.TR_PR:
        holder.remove(element)
        if (tag in _GAINED) != accept:
            rows.append(parent(holder))
    elif holder.tag == names.RPR and parent(holder).tag == names.PPR:
        _resolve_mark(element, accept, paragraphs)
    elif holder.tag in (names.RPR, w("numPr")) or not len(element):
        _drop(element)
    else:
        _resolve_content(element, accept)


def _resolve_mark(element: etree._Element, accept: bool, paragraphs: list[etree._Element]) -> None:
    marks = parent(element)
    properties = parent(marks)
    paragraph = parent(properties)
    marks.remove(element)
    if not len(marks):
        properties.remove(marks)
    if not len(properties):
        paragraph.remove(properties)
    if (element.tag in _GAINED) != accept:
        paragraphs.append(paragraph)


def _moved_marks(chosen: Iterable[etree._Element], accept: bool) -> set[etree._Element]:
    """Return the paragraphs whose mark goes because it was moved: away and accepted, or here and rejected."""
    gone = names.MOVE_FROM if accept else names.MOVE_TO
    marks = [e for e in chosen if e.tag == gone and parent(e).tag == names.RPR and parent(parent(e)).tag == names.PPR]
    return {parent(parent(parent(mark))) for mark in marks}


def _emptied_rows(moved: set[etree._Element]) -> list[etree._Element]:
    """Return the table rows of which everything was moved: Word marks their paragraphs only, and the rows go too."""
    rows = dict.fromkeys(row for paragraph in moved for row in paragraph.iterancestors(names.TR))
    return [row for row in rows if all(p in moved and _is_empty(p) for p in row.iter(names.P))]


def _is_empty(paragraph: etree._Element) -> bool:
    others = (child for child in paragraph if child.tag != names.PPR and child.tag not in names.RANGE_MARKERS)
    return all(map(_is_comment_mark, others))


def _is_comment_mark(element: etree._Element) -> bool:
    if element.tag == names.RUN:
        return all(child.tag in (names.RPR, names.COMMENT_REFERENCE) for child in element)
    return element.tag in (names.COMMENT_START, names.COMMENT_END)


def _resolve_content(element: etree._Element, accept: bool) -> None:
    if (element.tag in _GAINED) != accept:
        _drop(element)
        return
    if element.tag in _LOST:
        for text in element.iter(*_LIVE_TEXT):
            # Text of another deletion inside this one stays deleted.
            if not any(
                a.tag in _LOST for a in text.iterancestors() if a is not element and element in a.iterancestors()
            ):
                text.tag = _LIVE_TEXT[text.tag]
    for child in list(element):
        element.addprevious(child)
    remove(element)


def _drop(element: etree._Element) -> None:
    holder = parent(element)
    holder.remove(element)
    if holder.tag in (_GAINED | _LOST) and not len(holder):
        _drop(holder)


def _resolve_properties(change: etree._Element, accept: bool) -> None:
    properties = parent(change)
    properties.remove(change)
    if not accept:
        apart = _PROPERTY_CHANGES[change.tag]
        kept = [e for e in properties if e.tag in apart]
        # Word repeats a paragraph mark's own revisions there (CT_ParaRPrOriginal); they are not to come back.
        remembered = [e for e in change[0] if e.tag not in apart] if len(change) else []
        for child in list(properties):
            properties.remove(child)
        ordered = [*kept, *remembered] if change.tag in _KEPT_FIRST else [*remembered, *kept]
        properties.extend(ordered)
    if not len(properties) and properties.tag in (names.RPR, names.PPR, names.TR_PR):
        remove(properties)


def _resolve_cell(element: etree._Element, accept: bool) -> None:
    properties = parent(element)
    cell = parent(properties)
    properties.remove(element)
    if element.tag == w("cellMerge"):
        wanted = element.get(w("vMerge") if accept else w("vMergeOrig"))
        if wanted:
            merge = etree.Element(w("vMerge"))
            merge.set(names.VAL, "restart" if wanted == "rest" else "continue")
            for old in properties.findall(w("vMerge")):
                properties.remove(old)
            properties.append(merge)
    elif (element.tag == w("cellIns")) != accept:
        row = parent(cell)
        row.remove(cell)
        if row.tag == names.TR and row.find(f".//{names.TC}") is None:
            _remove_row(row)


def _join_with_next(paragraph: etree._Element) -> None:
    """Join a paragraph whose mark is gone with the one behind it, which keeps its properties (§17.13.5.15, .20)."""
    following = paragraph.getnext()
    between = []
    while following is not None and following.tag in names.RANGE_MARKERS:
        between.append(following)
        following = following.getnext()
    content = [child for child in paragraph if child.tag != names.PPR]
    if following is None or following.tag != names.P:
        if all(map(_is_comment_mark, content)) and _may_vanish(paragraph):
            remove(paragraph)
        return
    if not following.attrib:
        following.attrib.update(dict(paragraph.attrib))
    start = 1 if len(following) and following[0].tag == names.PPR else 0
    for offset, child in enumerate([*content, *(between if content else [])]):
        following.insert(start + offset, child)
    remove(paragraph)


def _may_vanish(paragraph: etree._Element) -> bool:
    container = parent(paragraph)
    others = [e for e in container if e is not paragraph and e.tag in (names.P, names.TBL, names.SDT)]
    last = paragraph.getnext() is None and container.tag == names.TC
    return bool(others) and not (last and others[-1].tag == names.TBL)


def _remove_row(row: etree._Element) -> None:
    """Remove a row, the control that wrapped just this row, and the table when it was its last row."""
    if row.getparent() is None:
        return
    holder = parent(row)
    remove(row)
    while holder.tag in (names.SDT_CONTENT, names.SDT) and holder.find(f".//{names.TR}") is None:
        outer = parent(holder)
        remove(holder)
        holder = outer
    if holder.tag == names.TBL and holder.find(f".//{names.TR}") is None:
        remove(holder)


def _referenced(root: etree._Element) -> frozenset[str]:
    return frozenset(e.get(names.ID, "") for e in root.iter(names.COMMENT_REFERENCE))


def _remove_comment_ranges(root: etree._Element, gone: frozenset[str]) -> None:
    """Remove the range of a comment whose reference mark went away with a change, as Word does."""
    for element in list(root.iter(names.COMMENT_START, names.COMMENT_END)) if gone else []:
        if element.get(names.ID) in gone:
            remove(element)


def _ranges(root: etree._Element, selected: Selection) -> dict[str, set[str | None]]:
    """Return the ids of the selected ranges by the tag of their start; what ends them carries no author."""
    return {tag: {start.get(names.ID) for start in root.iter(tag) if selected(start)} for tag in _RANGES}


def _remove_ranges(root: etree._Element, ranges: Mapping[str, set[str | None]]) -> None:
    for tag, ids in ranges.items():
        for element in list(root.iter(tag, _RANGES[tag])) if ids else []:
            if element.get(names.ID) in ids:
                remove(element)
