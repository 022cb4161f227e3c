"""Revision marks and the runs they hold: stamping, splitting, deleting, inserting (ECMA-376-1 §17.13.5)."""

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from cxify.errors import BadEdits
from cxify.word import names
from cxify.word.names import w
from cxify.word.tree import attributes, new, parent, shown_text

_MAX_ID: Final = 2**31 - 1
_BLOCK: Final = 1_000_000
"""So many free numbers are enough for the annotations of one run."""
_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS: Final = {"\t": "tab", "\n": "br", "\u2011": "noBreakHyphen", "\u00ad": "softHyphen"}
_MARKS: Final = names.RANGE_MARKERS | names.HIDDEN_REVISIONS
_FOREIGN_MARKS: Final = ("rPrChange", "pPrChange", "ins", "del", "moveFrom", "moveTo")


@dataclass
class Stamp:
    """Who changes the document and when, and the next free annotation id."""

    author: str
    date: str
    next_id: int
    used: list[int] = field(default_factory=list)

    def mark(self, tag: str) -> etree._Element:
        """Return an empty revision element of ours."""
        element = etree.Element(tag)
        element.set(names.ID, str(self.take_id()))
        element.set(names.AUTHOR, self.author)
        element.set(names.DATE, self.date)
        return element

    def take_id(self) -> int:
        """Return an id that no annotation of the document has."""
        taken, self.next_id = self.next_id, self.next_id + 1
        self.used.append(taken)
        return taken

    def renew_ids(self, copied: etree._Element) -> etree._Element:
        """Give the annotations inside a copied element ids of their own."""
        for element in copied.iter():
            if (
                isinstance(element.tag, str)
                and element.get(names.AUTHOR) is not None
                and element.get(names.ID) is not None
            ):
                element.set(names.ID, str(self.take_id()))
        return copied


def first_free_id(parts: Iterable[bytes]) -> int:
    """Return a number above every w:id in the given parts, or the first gap when the numbers are used up."""
    used = {int(found) for data in parts for found in re.findall(rb':id="(\d{1,10})"', data)}
    highest = max((number for number in used if number <= _MAX_ID), default=0)
    if highest < _MAX_ID - _BLOCK:
        return highest + 1
    # Some producers draw ids at random over the whole range; a block of a million free numbers is then found below.
    ordered = sorted(used)
    gaps = ((low + 1, high) for low, high in zip([0, *ordered], [*ordered, _MAX_ID], strict=False))
    return next((low for low, high in gaps if high - low > _BLOCK), 1)


def make_run(text: str, properties: etree._Element | None) -> etree._Element:
    """Return a w:r with the text and a copy of the run properties; tabs and breaks become their elements.

    Raises BadEdits for characters that XML cannot hold.
    """
    illegal = _ILLEGAL.search(text)
    if illegal:
        raise BadEdits(
            f"The new text contains a control character (U+{ord(illegal.group()):04X}) that Word files cannot hold.",
            "Remove it from the edit.",
        )
    run = etree.Element(names.RUN)
    if properties is not None:
        run.append(deepcopy(properties))
    for part in re.split("([\t\n\u2011\u00ad])", text.replace("\r\n", "\n").replace("\r", "\n")):
        if part in _BREAKS:
            etree.SubElement(run, w(_BREAKS[part]))
        elif part:
            set_text(etree.SubElement(run, names.T), part)
    return run


def set_text(element: etree._Element, text: str) -> None:
    """Set the text of a w:t or w:delText and protect its outer spaces."""
    element.text = text
    if text != text.strip():
        element.set(names.SPACE, "preserve")


def clean_properties(properties: etree._Element | None, *, outside_link: bool = False) -> etree._Element | None:
    """Return a copy of run properties without other people's revision marks and without reference styles."""
    if properties is None:
        return None
    copied = deepcopy(properties)
    for name in _FOREIGN_MARKS:
        for mark in copied.findall(w(name)):
            copied.remove(mark)
    style = copied.find(w("rStyle"))
    if style is not None and _is_special(style.get(names.VAL, ""), outside_link):
        copied.remove(style)
    return copied if len(copied) else None


def _is_special(style: str, outside_link: bool) -> bool:
    special = {"PlaceholderText", "FootnoteReference", "EndnoteReference", "CommentReference"}
    return style in special or (outside_link and style in {"Hyperlink", "FollowedHyperlink", "InternetLink"})


def split_run(run: etree._Element, index: int, stamp: Stamp) -> etree._Element:
    """Move the children from `index` on into a new run of the same format right behind, and return it."""
    tail = new(run.tag, attributes(run), run.nsmap)
    properties = run.find(names.RPR)
    moving = list(run)[index:]
    if properties is not None:
        tail.append(stamp.renew_ids(deepcopy(properties)))
    tail.extend(moving)
    run.addnext(tail)
    return tail


def delete_runs(runs: list[etree._Element], stamp: Stamp) -> list[etree._Element]:
    """Wrap runs in w:del where they stand, neighbours together; return the marks in order."""
    made: list[etree._Element] = []
    for run in runs:
        if made and run.getprevious() is made[-1]:
            made[-1].append(run)
        else:
            mark = stamp.mark(names.DEL)
            run.addprevious(mark)
            mark.append(run)
            made.append(mark)
        for text in run.findall(names.T):
            text.tag = names.DEL_TEXT
            set_text(text, shown_text(text))
    for holder in {parent(mark): None for mark in made}:
        _separate_marks(holder, stamp)
    return made


def _separate_marks(holder: etree._Element, stamp: Stamp) -> None:
    """Split another author's insertion in which nothing but marks is left, one mark each.

    Validators that follow the Open XML SDK take a w:ins for invalid that holds several marks and no run.
    """
    marks = list(holder)
    if holder.tag not in names.SHOWN_REVISIONS or any(mark.tag not in _MARKS for mark in marks):
        return
    for mark in reversed(marks[1:]):
        half = new(holder.tag, attributes(holder))
        half.set(names.ID, str(stamp.take_id()))
        half.append(mark)
        holder.addnext(half)


def inserted(runs: list[etree._Element], stamp: Stamp) -> etree._Element:
    """Return a w:ins that holds the runs."""
    mark = stamp.mark(names.INS)
    mark.extend(runs)
    return mark


def place_after(anchor: etree._Element, mark: etree._Element, stamp: Stamp) -> None:
    """Put our mark behind `anchor`; another author's insertion around it is split and both halves stay theirs."""
    holder = parent(anchor)
    if holder.tag not in names.SHOWN_REVISIONS:
        anchor.addnext(mark)
        return
    following = list(anchor.itersiblings())
    if following:
        half = new(holder.tag, attributes(holder))
        half.set(names.ID, str(stamp.take_id()))
        half.extend(following)
        holder.addnext(half)
    holder.addnext(mark)


def place_before(anchor: etree._Element, mark: etree._Element, stamp: Stamp) -> None:
    """Put our mark before `anchor`, outside another author's insertion around it."""
    if parent(anchor).tag == names.DEL:
        anchor = parent(anchor)
    previous = anchor.getprevious()
    holder = parent(anchor)
    if holder.tag not in names.SHOWN_REVISIONS:
        anchor.addprevious(mark)
    elif previous is None:
        holder.addprevious(mark)
    else:
        place_after(previous, mark, stamp)


def mark_paragraph(paragraph: etree._Element, mark: etree._Element) -> None:
    """Put a revision mark on the paragraph's own mark (w:pPr/w:rPr), in schema order."""
    properties = paragraph.find(names.PPR)
    if properties is None:
        properties = etree.Element(names.PPR)
        paragraph.insert(0, properties)
    run_properties = properties.find(names.RPR)
    if run_properties is None:
        run_properties = etree.Element(names.RPR)
        behind = [e for e in properties if e.tag in (names.SECT_PR, w("pPrChange"))]
        if behind:
            behind[0].addprevious(run_properties)
        else:
            properties.append(run_properties)
    run_properties.insert(0, mark)
