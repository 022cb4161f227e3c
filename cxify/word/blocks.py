"""New paragraphs and table rows as tracked insertions that fold away completely when they are rejected.

How Word reads an inserted paragraph mark: rejecting it joins the paragraph with the one behind it, which keeps its
properties. So where a paragraph follows, the new paragraph carries the inserted mark; where none follows (end of a
cell, a control or the document, before a table or a section break), the old paragraph's mark becomes the inserted one
and the new paragraph takes over the old mark and properties.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from cxify.errors import EditNotApplicable
from cxify.word import names
from cxify.word.controls import control_lock, is_plain_text
from cxify.word.inline import Change, extension_format
from cxify.word.marks import Stamp, clean_properties, inserted, make_run, mark_paragraph
from cxify.word.names import w
from cxify.word.paragraph import Paragraph, project
from cxify.word.stories import cells_of, rows_of
from cxify.word.styles import Styles, is_on, outline_level
from cxify.word.tree import new, number, parent, remove, unset

_REVISED_MARK: Final = ("del", "moveFrom")
_ONE_TIME_PROPERTIES: Final = ("sectPr", "pPrChange", "pageBreakBefore")
_ROW_MARKS: Final = ("ins", "del", "trPrChange")
_CELL_MARKS: Final = ("cellIns", "cellDel", "cellMerge", "tcPrChange")


def insert_paragraphs(paragraph: Paragraph, texts: Sequence[str], styles: Styles, stamp: Stamp) -> list[Change]:
    """Insert one paragraph per text behind `paragraph`, in order; they continue its list and format."""
    element = _outside_plain_text(paragraph.element)
    _check_mark(paragraph)
    new = [_new_paragraph(paragraph, text, styles, stamp) for text in texts]
    if element is not paragraph.element or _folds_forward(element):
        for made in reversed(new):
            mark_paragraph(made.element, stamp.mark(names.INS))
            element.addnext(made.element)
    else:
        _insert_at_end(element, new, stamp)
    return [made.change for made in new]


def insert_row(paragraph: Paragraph, texts: Sequence[str], stamp: Stamp) -> list[Change]:
    """Insert a row behind the row that holds `paragraph`, shaped like it; return the changes in its filled cells.

    Raises EditNotApplicable when the block stands in no table, the number of cells differs, or the place is locked.
    """
    row = next(paragraph.element.iterancestors(names.TR, names.TXBX_CONTENT), None)
    if row is None or row.tag != names.TR:
        raise EditNotApplicable(
            "The block does not stand in a table.", "Use insert_after, or choose a block inside a table row."
        )
    holder = _holder(row)
    _check_open(holder)
    pattern = _pattern_row(row, stamp)
    cells = cells_of(pattern)
    if len(cells) != len(texts):
        raise EditNotApplicable(
            f"The row has {len(cells)} cells and the edit gives {len(texts)}.",
            "Give one text per cell, empty ones included.",
        )
    inserted_row = new(row.tag)
    for child in pattern:
        if child.tag in (w("tblPrEx"), names.TR_PR):
            inserted_row.append(stamp.renew_ids(deepcopy(child)))
    _mark_row(inserted_row, stamp)
    following = _row_behind(row, stamp)
    changes = []
    for index, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        made, change = _new_cell(cell, text, _cell_at(following, pattern, index), stamp)
        inserted_row.append(made)
        changes += [change] if change else []
    holder.addnext(inserted_row)
    return changes


# --- paragraphs -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _New:
    element: etree._Element
    change: Change


def _outside_plain_text(element: etree._Element) -> etree._Element:
    """Return the paragraph, or the plain text control around it, which holds one paragraph and no more (§17.5.2.44)."""
    content = parent(element)
    if content.tag != names.SDT_CONTENT or not is_plain_text(parent(content)):
        return element
    control = parent(content)
    if not _folds_forward(control) and not _opens_with_paragraph(control.getnext()):
        raise EditNotApplicable(
            "The paragraph fills a plain text control, which takes no second one, and no paragraph follows it.",
            "Add the text to the paragraph itself, or insert it before the control.",
        )
    return control


def _opens_with_paragraph(element: etree._Element | None) -> bool:
    """Tell whether a control begins with a paragraph, which a rejected one before it folds into."""
    content = element.find(names.SDT_CONTENT) if element is not None and element.tag == names.SDT else None
    return content is not None and len(content) > 0 and content[0].tag == names.P


def _check_mark(paragraph: Paragraph) -> None:
    """Refuse where another person took away the paragraph's end: its text would run into the new paragraph.

    Behind a paragraph that is deleted as a whole nothing can run in.
    """
    marks = paragraph.element.find(f"{names.PPR}/{names.RPR}")
    revised = [name for name in _REVISED_MARK if marks is not None and marks.find(w(name)) is not None]
    if revised == ["del"] and not paragraph.text and _folds_forward(paragraph.element):
        return
    if revised:
        raise EditNotApplicable(
            "Another person deleted or moved the end of this paragraph, so nothing can stand behind it yet.",
            "Accept or reject that change first, or insert after the paragraph before it.",
        )


def _folds_forward(element: etree._Element) -> bool:
    properties = element.find(names.PPR)
    if properties is not None and properties.find(names.SECT_PR) is not None:
        return False
    following = element.getnext()
    while following is not None and following.tag in names.RANGE_MARKERS:
        following = following.getnext()
    return following is not None and following.tag == names.P


def _new_paragraph(paragraph: Paragraph, text: str, styles: Styles, stamp: Stamp) -> _New:
    made = new(names.P)
    properties = _continued_properties(paragraph.element, styles)
    if properties is not None:
        made.append(properties)
    own_format = None if _is_heading(paragraph.element, styles) else extension_format(paragraph)
    mark = inserted([make_run(text, own_format)], stamp)
    made.append(mark)
    return _New(made, Change(mark, mark))


def _is_heading(element: etree._Element, styles: Styles) -> bool:
    properties = element.find(names.PPR)
    return (outline_level(properties) or styles.of(properties).level) is not None


def _continued_properties(element: etree._Element, styles: Styles) -> etree._Element | None:
    """Return the properties of the paragraph that continues this one; behind a heading comes its next style's text."""
    properties = element.find(names.PPR)
    if _is_heading(element, styles):
        return _body_properties(element, styles)
    if properties is None:
        return None
    return _copied_properties(properties)


def _copied_properties(properties: etree._Element) -> etree._Element | None:
    copied = deepcopy(properties)
    for name in _ONE_TIME_PROPERTIES:
        for found in copied.findall(w(name)):
            copied.remove(found)
    frame = copied.find(w("framePr"))
    if frame is not None and frame.get(w("dropCap"), "none") != "none":
        copied.remove(frame)
    numbering = copied.find(w("numPr"))
    for mark in numbering.findall(names.INS) if numbering is not None else []:
        remove(mark)
    marks = copied.find(names.RPR)
    if marks is not None:
        cleaned = clean_properties(marks)
        copied.replace(marks, cleaned) if cleaned is not None else copied.remove(marks)
    return copied if len(copied) else None


def _body_properties(element: etree._Element, styles: Styles) -> etree._Element | None:
    following = element.getnext()
    if following is not None and following.tag == names.P and not _is_heading(following, styles):
        return _continued_properties(following, styles)
    style = styles.of(element.find(names.PPR)).next
    if not style or (found := styles.paragraph(style)) is None or found.level is not None:
        return None
    properties = etree.Element(names.PPR)
    etree.SubElement(properties, w("pStyle")).set(names.VAL, style)
    return properties


def _insert_at_end(element: etree._Element, new: list[_New], stamp: Stamp) -> None:
    """Let the last new paragraph take over the old mark; the old one's mark and those between are the inserted ones."""
    old = element.find(names.PPR)
    last = new[-1].element
    own = last.find(names.PPR)
    taken = deepcopy(old) if old is not None else None
    if old is not None:
        _become_inner(old, stamp)
    if own is not None:
        last.remove(own)
    if taken is not None:
        last.insert(0, taken)
    _track_difference(last, own, stamp)
    mark_paragraph(element, stamp.mark(names.INS))
    for made in new[:-1]:
        mark_paragraph(made.element, stamp.mark(names.INS))
    for made in reversed(new):
        element.addnext(made.element)


def _become_inner(properties: etree._Element, stamp: Stamp) -> None:
    """Strip what the old mark carried alone (section break, other people's marks) and now belongs to the last one."""
    section = properties.find(names.SECT_PR)
    if section is not None:
        properties.remove(section)
    marks = properties.find(names.RPR)
    for mark in list(marks.iter(names.INS, names.MOVE_TO)) if marks is not None else []:
        remove(mark)  # also where a change of the mark's format remembers it
    stamp.renew_ids(properties)


def _track_difference(last: etree._Element, wanted: etree._Element | None, stamp: Stamp) -> None:
    """Where the new paragraph should look otherwise than the old mark says, track the change of its properties."""
    taken = last.find(names.PPR)
    old = _comparable(taken)
    new = _comparable(wanted)
    if [etree.tostring(e) for e in old] == [etree.tostring(e) for e in new] or _has_change(taken):
        return
    if taken is None:
        taken = etree.Element(names.PPR)
        last.insert(0, taken)
    for element in old:
        taken.remove(element)
    for position, element in enumerate(new):
        taken.insert(position, deepcopy(element))
    change = stamp.mark(w("pPrChange"))
    before = etree.SubElement(change, names.PPR)
    before.extend(old)
    taken.append(change)


def _comparable(properties: etree._Element | None) -> list[etree._Element]:
    outside = (names.RPR, names.SECT_PR, w("pPrChange"))
    return [e for e in properties if e.tag not in outside] if properties is not None else []


def _has_change(properties: etree._Element | None) -> bool:
    return properties is not None and properties.find(w("pPrChange")) is not None


# --- rows -------------------------------------------------------------------------------------------------------------


def _pattern_row(row: etree._Element, stamp: Stamp) -> etree._Element:
    """Return the row to copy: behind a repeated header the first ordinary row of the same shape, if there is one."""
    if not is_on(row.find(names.TR_PR), "tblHeader"):
        return row
    following = _row_behind(row, stamp)
    same = following is not None and len(cells_of(following)) == len(cells_of(row))
    return following if same and following is not None else row


def _row_behind(row: etree._Element, stamp: Stamp) -> etree._Element | None:
    """Return the source's next row: rows that this run has put in between say nothing about merges."""
    rows = rows_of(next(row.iterancestors(names.TBL)))
    later = (other for other in rows[rows.index(row) + 1 :] if not _is_ours(other, stamp))
    return next(later, None)


def _is_ours(row: etree._Element, stamp: Stamp) -> bool:
    mark = row.find(f"{names.TR_PR}/{names.INS}")
    return mark is not None and (mark.get(names.AUTHOR), mark.get(names.DATE)) == (stamp.author, stamp.date)


def _holder(row: etree._Element) -> etree._Element:
    """Return the row, or the control that it is the last row of: a new row belongs behind it.

    A control around several rows takes the new row in, a repeating section does not: it holds whole items only.
    """
    content = parent(row)
    while content.tag == names.SDT_CONTENT:
        own = rows_of(content)
        repeats = _is_repeating(parent(content))
        if len(own) > 1 and not repeats:
            return row
        if own[-1] not in (row, *row.iterdescendants(names.TR)):
            raise EditNotApplicable(
                "The row stands inside a section that repeats, which takes whole items only.",
                "Choose the last row of the section: the new one then stands behind the section.",
            )
        row = parent(content)
        content = parent(row)
    return row


def _is_repeating(control: etree._Element) -> bool:
    return control.find(f"{names.SDT_PR}/{{{names.W15}}}repeatingSection") is not None


def _check_open(holder: etree._Element) -> None:
    """Refuse a row inside a locked control; what is locked inside the row itself is not copied and not in the way."""
    boxed = False
    for around in holder.iterancestors(names.SDT, names.ALTERNATE_CONTENT, names.TXBX_CONTENT):
        reason = control_lock(around) if around.tag == names.SDT else None
        if around.tag == names.ALTERNATE_CONTENT and not boxed:
            reason = "content in alternative forms"
        boxed = around.tag == names.TXBX_CONTENT or (boxed and around.tag == names.SDT)
        if reason:
            raise EditNotApplicable(f"The table stands in {reason}.", "Leave this edit out, or comment instead.")


def _mark_row(row: etree._Element, stamp: Stamp) -> None:
    properties = row.find(names.TR_PR)
    if properties is None:
        properties = etree.SubElement(row, names.TR_PR)
    for name in (*_ROW_MARKS, "tblHeader"):
        for found in properties.findall(w(name)):
            properties.remove(found)
    if not len(properties):
        # The schema asks for one property at least besides the revision (CT_TrPrBase); this one says nothing.
        etree.SubElement(properties, w("gridAfter")).set(names.VAL, "0")
    properties.append(stamp.mark(names.INS))


def _cell_at(row: etree._Element | None, pattern: etree._Element, index: int) -> etree._Element | None:
    """Return the cell of the following row in the same grid column as the pattern's, for vertical merges."""
    if row is None:
        return None
    start = _skipped(pattern) + sum(_span(cell) for cell in cells_of(pattern)[:index])
    position = _skipped(row)
    for cell in cells_of(row):
        if position == start:
            return cell
        position += _span(cell)
    return None


def _skipped(row: etree._Element) -> int:
    found = row.find(f"{names.TR_PR}/{w('gridBefore')}")
    return number(found.get(names.VAL), 0) if found is not None else 0


def _span(cell: etree._Element) -> int:
    found = cell.find(f"{names.TC_PR}/{w('gridSpan')}")
    return number(found.get(names.VAL), 1) if found is not None else 1


def _new_cell(
    cell: etree._Element, text: str, below: etree._Element | None, stamp: Stamp
) -> tuple[etree._Element, Change | None]:
    made = new(cell.tag)
    properties = cell.find(names.TC_PR)
    if properties is not None:
        made.append(_cell_properties(properties, text, _continues(below)))
    first = next(cell.iter(names.P), None)
    paragraph = project(first, []) if first is not None else Paragraph(etree.Element(names.P))
    element = etree.SubElement(made, names.P)
    own = paragraph.element.find(names.PPR)
    copied = _copied_properties(own) if own is not None else None
    if copied is not None:
        element.append(copied)
    change = None
    if text:
        mark = inserted([make_run(text, _cell_format(paragraph))], stamp)
        element.append(mark)
        change = Change(mark, mark)
    mark_paragraph(element, stamp.mark(names.INS))
    return made, change


def _cell_format(paragraph: Paragraph) -> etree._Element | None:
    if any(p.text.strip() for p in paragraph.pieces):
        return extension_format(paragraph)
    own = paragraph.element.find(f"{names.PPR}/{names.RPR}")
    return clean_properties(own, outside_link=True)


def _cell_properties(properties: etree._Element, text: str, continued_below: bool) -> etree._Element:
    copied = deepcopy(properties)
    for name in _CELL_MARKS:
        for found in copied.findall(w(name)):
            copied.remove(found)
    merge = copied.find(w("vMerge"))
    if merge is None:
        return copied
    if continued_below and text:
        raise EditNotApplicable(
            "The row lies inside a vertically merged cell, which cannot hold a text of its own there.",
            'Give "" for the merged cell, or insert after its last row.',
        )
    continues = merge.get(names.VAL, "continue") == "continue"
    if continued_below or (continues and not text):
        unset(merge, names.VAL)
    else:
        copied.remove(merge)
    return copied


def _continues(cell: etree._Element | None) -> bool:
    merge = cell.find(f"{names.TC_PR}/{w('vMerge')}") if cell is not None else None
    return merge is not None and merge.get(names.VAL, "continue") == "continue"
