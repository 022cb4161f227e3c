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
from cxify.word.tree import parent

_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass
class Comments:
    """The comments of a document, theirs and the ones being added."""

    package: Package
    stamp: Stamp
    part: str | None = None
    _root: Any = field(default=None, repr=False)

    def add(self, text: str) -> int:
        """Add a comment of ours and return its id."""
        comment = self._opened().add_comment()
        comment.set(names.AUTHOR, self.stamp.author)
        comment.set(
            w("initials"), "".join(word[0] for word in self.stamp.author.split() if word[0].isalpha())[:3] or "cx"
        )
        comment.set(names.DATE, self.stamp.date)
        comment.find(names.P).append(make_run(text, None))
        return int(comment.get(names.ID))

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


def anchor(change: Change, comment_id: int, stamp: Stamp | None) -> None:
    """Put a comment's range around a change, on the level of its paragraph.

    With a stamp the reference mark is itself a tracked insertion, so that rejecting the change takes the comment along.
    """
    first, last = _in_paragraph(change.first), _in_paragraph(change.last)
    reference = _reference(comment_id)
    end = _marker("commentRangeEnd", comment_id)
    first.addprevious(_marker("commentRangeStart", comment_id))
    last.addnext(end)
    end.addnext(inserted([reference], stamp) if stamp else reference)


def anchor_inside(change: Change, comment_id: int) -> None:
    """Put a comment at the end of text that is new as a whole, inside its revision mark.

    Without a range: range marks in a new paragraph or row would survive its rejection and keep the row alive.
    """
    change.last.append(_reference(comment_id))


def anchor_paragraph(paragraph: etree._Element, comment_id: int) -> None:
    """Put a comment's range around all that a paragraph holds."""
    content = [child for child in paragraph if child.tag != names.PPR]
    if content:
        anchor(Change(content[0], content[-1]), comment_id, None)
        return
    placeholder = etree.SubElement(paragraph, w("proofErr"))
    anchor(Change(placeholder, placeholder), comment_id, None)
    paragraph.remove(placeholder)


def _reference(comment_id: int) -> etree._Element:
    reference = etree.Element(names.RUN)
    style = etree.SubElement(etree.SubElement(reference, names.RPR), w("rStyle"))
    style.set(names.VAL, "CommentReference")
    reference.append(_marker("commentReference", comment_id))
    return reference


def _marker(name: str, comment_id: int) -> etree._Element:
    element = etree.Element(w(name))
    element.set(names.ID, str(comment_id))
    return element


def _in_paragraph(element: etree._Element) -> etree._Element:
    while parent(element).tag != names.P:
        element = parent(element)
    return element
