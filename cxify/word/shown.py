"""What a page that shows a document needs beyond its text: lists, links, controls, other people's tracked changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from cxify.word import names
from cxify.word.lists import ListPlace, Lists
from cxify.word.names import w
from cxify.word.package import Package, opened
from cxify.word.paragraph import Context, Field, Paragraph, paragraphs_around
from cxify.word.stories import Entry, shared_stories
from cxify.word.styles import read_styles
from cxify.word.tree import shown_text

_WIDTHLESS = {w("delText"): "", names.T: "", w("tab"): "\t", w("br"): "\n", w("cr"): "\n"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of a block between two offsets that stands in a control or a link, or that another person inserted."""

    start: int
    end: int
    control: bool = False
    link: bool = False
    inserted_by: str | None = None


@dataclass(frozen=True, slots=True)
class Deletion:
    """Words that another person deleted, tracked: no part of the block's text, shown at an offset of it."""

    at: int
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Shown:
    """How a block looks beside its text."""

    stretches: tuple[Stretch, ...] = ()
    deletions: tuple[Deletion, ...] = ()
    place: ListPlace | None = None


def shown(source: bytes | Package) -> dict[str, Shown]:
    """Return how the blocks look, by id; those of which there is nothing to say are left out. Raises as `read` does."""
    package = opened(source)
    stories = shared_stories(package)
    lists = Lists.of(package, read_styles(package))
    deleted = {p for root in stories.trees.values() for p in paragraphs_around(root.iter(*names.HIDDEN_REVISIONS))}
    told: dict[str, Shown] = {}
    for entry in stories.entries:
        looks = Shown(
            tuple(_stretches(entry)),
            tuple(_deletions(entry.paragraph)) if entry.element in deleted else (),
            lists.place(entry.element.find(names.PPR)),
        )
        if looks != Shown():
            told[entry.id] = looks
    return told


def _stretches(entry: Entry) -> Iterator[Stretch]:
    if entry.plain_runs is not None:
        return
    around = entry.element.getparent()
    boxed = around is not None and around.tag == names.SDT_CONTENT
    for piece in entry.paragraph.pieces:
        stretch = _stretch(piece.start, piece.end, piece.context, boxed=boxed)
        if stretch.control or stretch.link or stretch.inserted_by is not None:
            yield stretch


def _stretch(start: int, end: int, context: Context, *, boxed: bool) -> Stretch:
    tags = {"field" if isinstance(edge, Field) else edge.tag for edge in context.edges}
    link = names.HYPERLINK in tags or any(isinstance(e, Field) and e.name == "HYPERLINK" for e in context.edges)
    author = None if context.revision is None else context.revision.get(names.AUTHOR, "")
    return Stretch(start, end, boxed or names.SDT in tags, link, author)


def _deletions(paragraph: Paragraph) -> Iterator[Deletion]:
    """Yield the deletions of a paragraph where they stand between its pieces."""
    ends = {piece.child: piece.end for piece in paragraph.pieces}
    position = 0
    for node in _own(paragraph.element):
        position = ends.get(node, position)
        if node.tag in names.HIDDEN_REVISIONS and (text := "".join(_words(node))):
            yield Deletion(position, text, node.get(names.AUTHOR, ""))


def _own(element: etree._Element) -> Iterator[etree._Element]:
    """Yield what a paragraph holds in order, without its text boxes and without what is inside a deletion."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in (names.TXBX_CONTENT, names.ALTERNATE_CONTENT):
            continue
        yield child
        if child.tag not in names.HIDDEN_REVISIONS:
            yield from _own(child)


def _words(deletion: etree._Element) -> Iterator[str]:
    for node in deletion.iter(*_WIDTHLESS):
        yield _WIDTHLESS[node.tag] or shown_text(node)
