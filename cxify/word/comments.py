"""Comments: the part that holds them and the marks that anchor them (ECMA-376-1 §17.13.4).

The comment elements are python-docx's, which knows Word's shape of them; the part is written by us, so that other
people's comments, threads and resolved states stay as they are.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from cxify.word import names
from cxify.word.inline import Change
from cxify.word.marks import Stamp, inserted, make_run
from cxify.word.names import w
from cxify.word.package import Package
from cxify.word.parts import NewPart, free_name
from cxify.word.styles import Styles
from cxify.word.tree import parent, remove

_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass
class Comments:
    """The comments of a document, theirs and the ones being added."""

    package: Package
    stamp: Stamp
    styles: Styles
    part: str | None = None
    _root: Any = field(default=None, repr=False)

    def add(self, text: str, author: str = "", date: str = "") -> etree._Element:
        """Add a comment, ours unless it has another author, and return the run that refers to it."""
        comment = self._opened().add_comment()
        author = author or self.stamp.author
        comment.set(names.AUTHOR, author)
        comment.set(w("initials"), "".join(word[0] for word in author.split() if word[0].isalpha())[:3] or "cx")
        comment.set(names.DATE, date or self.stamp.date)
        self._use_own_styles(comment)
        comment.find(names.P).append(make_run(text, None))
        reference = etree.Element(names.RUN)
        style = self.styles.ids.get("annotation reference")
        if style:
            etree.SubElement(etree.SubElement(reference, names.RPR), w("rStyle")).set(names.VAL, style)
        reference.append(_marker("commentReference", comment.get(names.ID)))
        return reference

    def _use_own_styles(self, comment: etree._Element) -> None:
        """Name the document's own comment styles, which have other ids in other languages, or none."""
        for tag, name in (("pStyle", "annotation text"), ("rStyle", "annotation reference")):
            for element in list(comment.iter(w(tag))):
                if name in self.styles.ids:
                    element.set(names.VAL, self.styles.ids[name])
                else:
                    remove(element)

    def changed(self) -> tuple[str, bytes] | None:
        """Return the edited existing part, or None when nothing was added or the part is new."""
        if self._root is None or self.part is None:
            return None
        return self.part, self.package.serialise(etree.fromstring(etree.tostring(self._root)))

    def new_part(self) -> NewPart | None:
        """Return the new part when the document had none and comments were added."""
        if self._root is None or self.part is not None:
            return None
        name = free_name(self.package, f"{self.package.main.rpartition('/')[0]}/comments", ".xml")
        content = self.package.serialise(etree.fromstring(etree.tostring(self._root)))
        return NewPart(name, content, _TYPE, "comments", self.package.main)

    def _opened(self) -> Any:
        if self._root is None:
            from docx.oxml import parse_xml  # takes a tenth of a second: only documents that get a comment pay for it

            self.part = next(iter(self.package.related(self.package.main, "comments")), None)
            if self.part is None:
                self._root = parse_xml(f'<w:comments xmlns:w="{names.W}"/>')
            else:
                self._root = parse_xml(etree.tostring(self.package.root(self.part)))
        return self._root


def anchor(change: Change, reference: etree._Element, stamp: Stamp | None) -> None:
    """Put a comment's range around a change, on the level of its paragraph.

    With a stamp the reference mark is itself a tracked insertion, so that rejecting the change takes the comment along.
    """
    first, last = _in_paragraph(change.first), _in_paragraph(change.last)
    comment_id = reference[-1].get(names.ID, "")
    end = _marker("commentRangeEnd", comment_id)
    first.addprevious(_marker("commentRangeStart", comment_id))
    last.addnext(end)
    end.addnext(inserted([reference], stamp) if stamp else reference)


def anchor_inside(change: Change, reference: etree._Element) -> None:
    """Put a comment at the end of text that is new as a whole, inside its revision mark.

    Without a range: range marks in a new paragraph or row would survive its rejection and keep the row alive.
    """
    change.last.append(reference)


def anchor_paragraph(paragraph: etree._Element, reference: etree._Element) -> None:
    """Put a comment's range around all that a paragraph holds."""
    content = [child for child in paragraph if child.tag != names.PPR]
    if content:
        anchor(Change(content[0], content[-1]), reference, None)
        return
    placeholder = etree.SubElement(paragraph, w("proofErr"))
    anchor(Change(placeholder, placeholder), reference, None)
    paragraph.remove(placeholder)


def _marker(name: str, comment_id: str) -> etree._Element:
    element = etree.Element(w(name))
    element.set(names.ID, comment_id)
    return element


def _in_paragraph(element: etree._Element) -> etree._Element:
    while parent(element).tag != names.P:
        element = parent(element)
    return element
