"""One paragraph as text with handles: the only projection of OOXML into characters, shared by reading and writing.

A `Piece` is a run child that a reader sees as text, with its place in the paragraph's text, what it stands in (link,
content control) and why it may not change. Everything else in a paragraph (markers, drawings, note references, other
people's deletions) has no width: it is never moved, and edits go around it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from cxify.word import names
from cxify.word.controls import control_lock
from cxify.word.gate import too_deep
from cxify.word.names import w
from cxify.word.tree import parent, shown_text

_FIXED_CHARACTERS: Final = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
MAX_OPEN_FIELDS: Final = 50
"""Every paragraph inside an open field looks at all of them: without a limit a small file takes hours."""
_NOT_PLAIN: Final = (*_FIXED_CHARACTERS, w("br"), w("sym"), names.FLD_CHAR)
_FORM_FIELDS: Final = frozenset({"FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"})


@dataclass(slots=True, eq=False)
class Field:
    """A complex field that is open at some point of a story (ECMA-376-1 §17.16.18)."""

    code: str = ""
    in_result: bool = False
    begin: etree._Element | None = None
    end: etree._Element | None = None
    """The w:fldChar elements at its edges."""

    @property
    def name(self) -> str:
        """The field's type, such as PAGE or HYPERLINK."""
        found = re.match(r"\s*([A-Za-z]+)", self.code)
        return found.group(1).upper() if found else ""


Edge = etree._Element | Field


@dataclass(frozen=True, slots=True)
class Context:
    """What the text at some place stands in."""

    edges: tuple[Edge, ...] = ()
    """Links, controls and fields around it, outermost first: a change must not cross their edges."""
    revision: etree._Element | None = None
    """The w:ins or w:moveTo of another author around it."""
    lock: str | None = None


@dataclass(slots=True)
class Piece:
    """A run child that is text: `text` stands at `start` in the paragraph's text."""

    run: etree._Element
    child: etree._Element
    text: str
    start: int
    context: Context

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.start + len(self.text)

    @property
    def splittable(self) -> bool:
        """True for w:t; a tab, a symbol or a ruby group is one character or one unit."""
        return self.child.tag == names.T


@dataclass(slots=True)
class Paragraph:
    """A w:p, its text and its pieces. `open_fields` are the fields that go on in the next paragraph."""

    element: etree._Element
    pieces: list[Piece] = field(default_factory=list)
    open_fields: tuple[Field, ...] = ()
    boxes: list[etree._Element] = field(default_factory=list)
    """Runs' children that hold text boxes, in order."""

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def field_lock(self) -> str | None:
        """Why nothing may be written behind the paragraph's text, or None: a field goes on there."""
        outer = [f for f in self.open_fields if f.name not in ("HYPERLINK", "")]
        return field_reason(outer[0].name) if outer else None


def field_reason(name: str) -> str:
    """Say in plain words that Word itself writes this text."""
    if name in _FORM_FIELDS:
        return "a form field that people fill in"
    return f"text that Word generates itself (field {name})" if name else "a field's code"


def project(element: etree._Element, fields: list[Field]) -> Paragraph:
    """Return the paragraph's text with handles; `fields` is the story's stack of open fields and is moved on."""
    paragraph = Paragraph(element)
    _Walk(paragraph, fields).children(element, Context())
    paragraph.open_fields = tuple(fields)
    offset = 0
    for piece in paragraph.pieces:
        piece.start = offset
        offset += len(piece.text)
    return paragraph


Runs = list[tuple[etree._Element, str]]
"""(run, text) pairs."""


def plain_runs(root: etree._Element) -> dict[etree._Element, Runs]:
    """Return the runs of all paragraphs that are nothing but ordinary runs; the others must be projected.

    Most paragraphs are such, and this is many times faster. It gives the text of `project` where no field is open.
    """
    special = paragraphs_around(found for found in root.iter(*_NOT_PLAIN) if parent(found).tag == names.RUN)
    plain: dict[etree._Element, Runs] = {p: [] for p in root.iter(names.P) if p not in special}
    for text in root.iter(names.T):
        run = parent(text)
        holder = parent(run)
        if run.tag == names.RUN and holder.tag == names.P:
            if holder in plain:
                plain[holder].append((run, shown_text(text)))
        else:
            for paragraph in text.iterancestors(names.P):
                plain.pop(paragraph, None)
    return plain


def paragraphs_around(elements: Iterable[etree._Element]) -> set[etree._Element]:
    """Return the paragraphs that these elements stand in, at any depth."""
    return {paragraph for element in elements for paragraph in element.iterancestors(names.P)}


class _Walk:
    """Visits a paragraph in document order, dispatching on element names; what it does not know has no width."""

    def __init__(self, paragraph: Paragraph, fields: list[Field]) -> None:
        self.paragraph = paragraph
        self.fields = fields

    def children(self, holder: etree._Element, context: Context) -> None:
        for child in holder:
            tag = child.tag
            if tag == names.RUN:
                self.run(child, context)
            elif tag in _CONTAINERS:
                _CONTAINERS[tag](self, child, context)

    def run(self, run: etree._Element, context: Context) -> None:
        for child in run:
            tag = child.tag
            if tag == names.T:
                self.text(run, child, shown_text(child), context)
            elif tag == names.RPR:
                continue
            elif tag == names.FLD_CHAR:
                self.field_character(child)
            elif tag == names.INSTR_TEXT:
                if self.fields and not self.fields[-1].in_result:
                    self.fields[-1].code += child.text or ""
            elif tag in _FIXED_CHARACTERS:
                self.text(run, child, _FIXED_CHARACTERS[tag], context)
            elif tag in _RUN_CHILDREN:
                _RUN_CHILDREN[tag](self, run, child, context)

    def text(self, run: etree._Element, child: etree._Element, text: str, context: Context) -> None:
        if not text:
            return
        if self.fields:
            if not all(f.in_result for f in self.fields):
                return
            context = self.within_fields(context)
        self.paragraph.pieces.append(Piece(run, child, text, 0, context))

    def within_fields(self, context: Context) -> Context:
        locking = next((f for f in self.fields if f.name != "HYPERLINK"), None)
        edges = (*context.edges, *self.fields)
        return Context(edges, context.revision, context.lock or (field_reason(locking.name) if locking else None))

    def field_character(self, child: etree._Element) -> None:
        match child.get(w("fldCharType")):
            case "begin":
                if len(self.fields) >= MAX_OPEN_FIELDS:
                    raise too_deep("A field of the document")
                self.fields.append(Field(begin=child))
            case "separate" if self.fields:
                self.fields[-1].in_result = True
            case "end" if self.fields:
                self.fields.pop().end = child

    def line_break(self, run: etree._Element, child: etree._Element, context: Context) -> None:
        if child.get(w("type"), "textWrapping") == "textWrapping":
            self.text(run, child, "\n", context)

    def symbol(self, run: etree._Element, child: etree._Element, context: Context) -> None:
        code = child.get(w("char"), "")
        if re.fullmatch(r"(?!0*[01]?[0-9A-F]$|0*D[89A-F])[0-9A-F]{2,4}", code, re.IGNORECASE):
            self.text(run, child, chr(int(code, 16)), context)

    def ruby(self, run: etree._Element, child: etree._Element, context: Context) -> None:
        base = child.find(w("rubyBase"))
        text = "".join(map(shown_text, base.iter(names.T))) if base is not None else ""
        locked = Context(context.edges, context.revision, context.lock or "text with a reading aid (ruby)")
        self.text(run, child, text, locked)

    def box(self, _run: etree._Element, child: etree._Element, _context: Context) -> None:
        if next(child.iter(names.TXBX_CONTENT), None) is not None:
            self.paragraph.boxes.append(child)

    def transparent(self, element: etree._Element, context: Context) -> None:
        self.children(element, context)

    def revision(self, element: etree._Element, context: Context) -> None:
        self.children(element, Context(context.edges, element, context.lock))

    def link(self, element: etree._Element, context: Context) -> None:
        self.children(element, Context((*context.edges, element), context.revision, context.lock))

    def simple_field(self, element: etree._Element, context: Context) -> None:
        name = Field(element.get(w("instr"), "")).name
        lock = None if name == "HYPERLINK" else field_reason(name)
        self.children(element, Context((*context.edges, element), context.revision, context.lock or lock))

    def control(self, element: etree._Element, context: Context) -> None:
        content = element.find(names.SDT_CONTENT)
        if content is not None:
            lock = context.lock or control_lock(element)
            self.children(content, Context((*context.edges, element), context.revision, lock))


_CONTAINERS: Final = {
    **dict.fromkeys(names.TRANSPARENT, _Walk.transparent),
    **dict.fromkeys(names.SHOWN_REVISIONS, _Walk.revision),
    names.HYPERLINK: _Walk.link,
    names.FLD_SIMPLE: _Walk.simple_field,
    names.SDT: _Walk.control,
}
_RUN_CHILDREN: Final = {
    w("br"): _Walk.line_break,
    w("sym"): _Walk.symbol,
    w("ruby"): _Walk.ruby,
    w("drawing"): _Walk.box,
    w("pict"): _Walk.box,
    w("object"): _Walk.box,
    names.ALTERNATE_CONTENT: _Walk.box,
}
