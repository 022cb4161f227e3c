"""Tracked changes inside one paragraph: only the runs of changed words are touched, nothing is ever moved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeGuard

from lxml import etree

from cxify.errors import EditNotApplicable
from cxify.word import names
from cxify.word.controls import is_plain_text
from cxify.word.diff import Hunk, tokens
from cxify.word.marks import (
    Stamp,
    clean_properties,
    delete_runs,
    inserted,
    make_run,
    place_after,
    place_before,
    split_run,
)
from cxify.word.names import w
from cxify.word.paragraph import Context, Edge, Field, Paragraph, Piece
from cxify.word.tree import attributes, new, parent

_REMEDY_EDGE: Final = "Make one edit for the words inside it and one for the words outside."
_REMEDY_LOCKED: Final = "Change it in Word by hand if it must change."
_EMPHASIS: Final = frozenset(
    w(name)
    for name in (
        "b", "bCs", "i", "iCs", "u", "strike", "dstrike", "caps", "smallCaps", "highlight", "color", "vertAlign", "shd",
        "em",         "outline", "shadow", "emboss", "imprint", "rStyle", "position", "bdr", "effect",
    )
)  # fmt: skip
_STAYS_IN_DELETION: Final = frozenset({w("lastRenderedPageBreak")})


@dataclass(frozen=True, slots=True)
class Change:
    """The elements that one edit made in a paragraph, first and last in document order."""

    first: etree._Element
    last: etree._Element


def rewrite(paragraph: Paragraph, hunks: Sequence[Hunk], stamp: Stamp) -> Change:
    """Write text changes into the paragraph's element; raise EditNotApplicable where that cannot be done faithfully."""
    parts = [part for hunk in hunks for part in _within_edges(paragraph, hunk)]
    for part in parts:
        _check_unlocked(paragraph, part)
    made: list[etree._Element] = []
    for part in reversed(parts):
        made = _write(paragraph, part, stamp) + made
    return Change(made[0], made[-1])


def append(paragraph: Paragraph, text: str, stamp: Stamp) -> Change:
    """Add text behind everything that the paragraph holds, in the format of the text it extends."""
    mark = inserted([make_run(text, extension_format(paragraph))], stamp)
    element = paragraph.element
    last = element[-1] if len(element) else None
    while last is not None and _ends_page(last):
        last = last.getprevious()
    if last is None:
        element.insert(0, mark)
    else:
        last.addnext(mark)
    return Change(mark, mark)


def mark_quote(paragraph: Paragraph, start: int, end: int, stamp: Stamp) -> Change:
    """Split runs so that a stretch of text fills whole runs, and return the first and the last."""
    for offset in (start, end):
        inside = next((p for p in paragraph.pieces if p.start < offset < p.end), None)
        if inside is not None and inside.splittable and not inside.context.lock:
            _cut(paragraph, inside, offset, stamp)
    pieces = _overlapping(paragraph, Hunk(start, end, ""))
    if not pieces[0].context.lock:
        _cut_before(paragraph, pieces[0], stamp)
    if not pieces[-1].context.lock:
        _cut_after(paragraph, pieces[-1], stamp)
    return Change(pieces[0].run, pieces[-1].run)


def extension_format(paragraph: Paragraph) -> etree._Element | None:
    """Return the run format in which the paragraph's text goes on.

    That of its last plain words; where they are emphasised and most of the paragraph is not, that of most of the
    paragraph.
    """
    plain = [p for p in paragraph.pieces if not p.context.edges and not p.context.lock and p.text.strip()]
    if not plain:
        own = paragraph.element.find(f"{names.PPR}/{names.RPR}")
        return clean_properties(own, outside_link=True)
    sizes: dict[bytes, int] = {}
    for piece in plain:
        sizes[_key(piece)] = sizes.get(_key(piece), 0) + len(piece.text)
    main = max(reversed(plain), key=lambda piece: sizes[_key(piece)])
    chosen = main if _emphasis(plain[-1]) > _emphasis(main) else plain[-1]
    return clean_properties(chosen.run.find(names.RPR), outside_link=True)


# --- one change -------------------------------------------------------------------------------------------------------


def _write(paragraph: Paragraph, part: Hunk, stamp: Stamp) -> list[etree._Element]:
    if part.start == part.end:
        return [_insert(paragraph, part, stamp)]
    pieces = _isolate(paragraph, part, stamp)
    runs = [run for run, _ in groupby(pieces, key=lambda piece: piece.run)]
    segments = _formatted(pieces, part.new)
    marks = delete_runs(runs, stamp)
    if not segments:
        return marks
    mark = inserted([make_run(text, properties) for text, properties in segments], stamp)
    _check_splittable(pieces[-1])
    place_after(marks[-1], mark, stamp)
    return [*marks, mark]


def _insert(paragraph: Paragraph, part: Hunk, stamp: Stamp) -> etree._Element:
    inside = next((p for p in paragraph.pieces if p.start < part.start < p.end), None)
    if inside is not None:
        _cut(paragraph, inside, part.start, stamp)
    left = next((p for p in reversed(paragraph.pieces) if p.end == part.start), None)
    right = next((p for p in paragraph.pieces if p.start == part.start), None)
    common = _common_edges(left, right)
    beside = [p for p in (left, right) if p is not None and p.context.edges == common]
    mark = inserted([make_run(part.new, _format_beside(paragraph, beside))], stamp)
    if left is not None and left in beside:
        _check_splittable(left)
        _cut_after(paragraph, left, stamp)
        place_after(_behind_range_ends(left.run), mark, stamp)
    elif right is not None and right in beside:
        _check_splittable(right)
        _cut_before(paragraph, right, stamp)
        place_before(right.run, mark, stamp)
    elif left is not None:
        place_after(_behind_edge(paragraph, left.context.edges[len(common)], stamp), mark, stamp)
    elif right is not None:
        place_before(_before_edge(paragraph, right.context.edges[len(common)], stamp), mark, stamp)
    return mark


def _format_beside(paragraph: Paragraph, beside: list[Piece]) -> etree._Element | None:
    if not beside:
        return extension_format(paragraph)
    return clean_properties(min(beside, key=_emphasis).run.find(names.RPR))


def _formatted(pieces: list[Piece], new: str) -> list[tuple[str, etree._Element | None]]:
    """Pair the new words with the formats of the words they replace, as (text, run properties) segments."""
    old = "".join(piece.text for piece in pieces)
    base = pieces[0].start
    segments: list[tuple[str, Piece]] = []
    for text, offset in assign(old, new):
        piece = next(p for p in pieces if p.start - base <= offset < p.end - base)
        if segments and _key(segments[-1][1]) == _key(piece):
            segments[-1] = (segments[-1][0] + text, segments[-1][1])
        else:
            segments.append((text, piece))
    return [(text, clean_properties(piece.run.find(names.RPR))) for text, piece in segments]


def assign(old: str, new: str) -> list[tuple[str, int]]:
    """Return the new tokens, each with the offset of the old token whose place it takes.

    Equal counts pair word by word; otherwise words are spread in proportion, in order. White space between the places
    of two old words takes that of the white space there.
    """
    words, spaces = _offsets(old)
    new_tokens = tokens(new)
    count = sum(1 for token in new_tokens if not token.isspace())
    places = range(count) if count == len(words) else [int((n + 0.5) * len(words) / count) for n in range(count)]
    assigned, seen = [], 0
    for token in new_tokens:
        if token.isspace():
            before, behind = (places[seen - 1] if seen else -1), (places[seen] if seen < count else len(words))
            offset = spaces.get(before) if before != behind else None
            assigned.append((token, words[max(before, 0)] if offset is None else offset))
        else:
            assigned.append((token, words[places[seen]]))
            seen += 1
    return assigned


def _offsets(text: str) -> tuple[list[int], dict[int, int]]:
    """Return where the words of a text begin, and where the white space behind the n-th word does (-1: before all)."""
    words: list[int] = []
    spaces: dict[int, int] = {}
    position = 0
    for token in tokens(text):
        if token.isspace():
            spaces[len(words) - 1] = position
        else:
            words.append(position)
        position += len(token)
    return words or [0], spaces


# --- where the pieces are -------------------------------------------------------------------------------------------


def _within_edges(paragraph: Paragraph, hunk: Hunk) -> list[Hunk]:
    """Cut a change at the edges of links and controls; refuse where it is unclear which new words belong inside."""
    groups = _groups(paragraph, hunk)
    if len(groups) <= 1:
        return [hunk]
    while groups and hunk.new.startswith(groups[0].new):
        hunk = Hunk(groups[0].end, hunk.end, hunk.new.removeprefix(groups.pop(0).new))
    while groups and hunk.new.endswith(groups[-1].new):
        hunk = Hunk(hunk.start, groups[-1].start, hunk.new.removesuffix(groups.pop().new))
    if len(groups) <= 1:
        return [hunk]
    old = "".join(group.new for group in groups)
    assigned = [(token, offset + hunk.start) for token, offset in assign(old, hunk.new)]
    if _touches_control(paragraph, hunk) and not _pairs_up(
        old, hunk.new, {group.start - hunk.start for group in groups}
    ):
        raise EditNotApplicable("The words to be replaced cross the edge of a content control.", _REMEDY_EDGE)
    return [
        Hunk(group.start, group.end, "".join(token for token, offset in assigned if group.start <= offset < group.end))
        for group in groups
    ]


def _groups(paragraph: Paragraph, hunk: Hunk) -> list[Hunk]:
    """Return the stretches of the old text that stand in the same links and controls, each with its text."""
    groups = []
    for _, members in groupby(_overlapping(paragraph, hunk), key=lambda piece: piece.context.edges):
        pieces = list(members)
        start, end = max(pieces[0].start, hunk.start), min(pieces[-1].end, hunk.end)
        groups.append(Hunk(start, end, paragraph.text[start:end]))
    return groups


def _touches_control(paragraph: Paragraph, hunk: Hunk) -> bool:
    edges = {edge for piece in _overlapping(paragraph, hunk) for edge in piece.context.edges}
    return any(map(_is_control, edges))


def _pairs_up(old: str, new: str, cuts: set[int]) -> bool:
    """Tell whether old and new words pair one by one and no word reaches over a cut."""
    a, b = tokens(old), tokens(new)
    starts = {sum(map(len, a[:index])) for index in range(len(a))}
    return cuts <= starts and [token.isspace() for token in a] == [token.isspace() for token in b]


def _check_unlocked(paragraph: Paragraph, part: Hunk) -> None:
    pieces = _overlapping(paragraph, part)
    if part.start == part.end:
        left = next((p for p in reversed(paragraph.pieces) if p.end >= part.start > p.start), None)
        right = next((p for p in paragraph.pieces if p.start <= part.start < p.end), None)
        pieces = [left] if left and right and left.context.edges == right.context.edges else []
    for piece in pieces:
        if piece.context.lock:
            raise EditNotApplicable(f"The edit would change {piece.context.lock}.", _REMEDY_LOCKED)
        if "\n" in part.new and any(_is_control(e) and is_plain_text(e, one_line=True) for e in piece.context.edges):
            raise EditNotApplicable(
                "The words stand in a control that holds one line of plain text.", "Leave the line break out."
            )


def _is_control(edge: Edge) -> TypeGuard[etree._Element]:
    return not isinstance(edge, Field) and edge.tag == names.SDT


def _check_splittable(piece: Piece) -> None:
    holder = parent(piece.run)
    if holder.tag == names.DEL:
        holder = parent(holder)
    if piece.context.revision is not None and holder.tag not in names.SHOWN_REVISIONS:
        raise EditNotApplicable(
            "The words stand inside something that another person inserted as a whole.",
            "Accept or reject that insertion first.",
        )


def _overlapping(paragraph: Paragraph, hunk: Hunk) -> list[Piece]:
    return [piece for piece in paragraph.pieces if piece.start < hunk.end and piece.end > hunk.start]


def _isolate(paragraph: Paragraph, part: Hunk, stamp: Stamp) -> list[Piece]:
    """Split runs so that the words to delete fill whole runs, and return their pieces."""
    for offset in (part.start, part.end):
        inside = next((p for p in paragraph.pieces if p.start < offset < p.end), None)
        if inside is not None:
            _cut(paragraph, inside, offset, stamp)
    pieces = _overlapping(paragraph, part)
    children = [piece.child for piece in pieces]
    for index, piece in enumerate(pieces):
        if _kept_between(piece.child.itersiblings(preceding=True), children[index - 1] if index else None):
            _cut_before(paragraph, piece, stamp)
        if _kept_between(piece.child.itersiblings(), children[index + 1] if index + 1 < len(children) else None):
            _cut_after(paragraph, piece, stamp)
    return pieces


def _kept_between(siblings: Iterable[etree._Element], neighbour: etree._Element | None) -> bool:
    """Tell whether the run holds something that must survive between a deleted child and its deleted neighbour."""
    for sibling in siblings:
        if sibling is neighbour or sibling.tag == names.RPR:
            return False
        if sibling.tag not in _STAYS_IN_DELETION:
            return True
    return False


def _cut(paragraph: Paragraph, piece: Piece, offset: int, stamp: Stamp) -> None:
    if not piece.splittable:
        raise EditNotApplicable(
            "The edit begins or ends inside a unit that cannot be split.", "Include the whole unit."
        )
    left, right = piece.text[: offset - piece.start], piece.text[offset - piece.start :]
    child = new(piece.child.tag, attributes(piece.child))
    child.text = right
    piece.child.addnext(child)
    for element in (piece.child, child):
        element.set(names.SPACE, "preserve")
    piece.child.text = piece.text = left
    tail = Piece(piece.run, child, right, offset, piece.context)
    paragraph.pieces.insert(paragraph.pieces.index(piece) + 1, tail)
    _cut_before(paragraph, tail, stamp)


def _cut_before(paragraph: Paragraph, piece: Piece, stamp: Stamp) -> None:
    before = piece.child.getprevious()
    if before is not None and before.tag != names.RPR:
        _split(paragraph, piece.run, piece.run.index(piece.child), stamp)


def _cut_after(paragraph: Paragraph, piece: Piece, stamp: Stamp) -> None:
    if piece.child.getnext() is not None:
        _split(paragraph, piece.run, piece.run.index(piece.child) + 1, stamp)


def _split(paragraph: Paragraph, run: etree._Element, index: int, stamp: Stamp) -> etree._Element:
    tail = split_run(run, index, stamp)
    for piece in paragraph.pieces:
        if piece.run is run and parent(piece.child) is tail:
            piece.run = tail
    return tail


def _common_edges(left: Piece | None, right: Piece | None) -> tuple[Edge, ...]:
    a = left.context.edges if left is not None else ()
    b = right.context.edges if right is not None else ()
    count = 0
    while count < min(len(a), len(b)) and a[count] is b[count]:
        count += 1
    return a[:count]


def _behind_edge(paragraph: Paragraph, edge: Edge, stamp: Stamp) -> etree._Element:
    """Return the last element of a link, control or field, so that text can stand behind it."""
    if not isinstance(edge, Field):
        return edge
    last = _own_character(paragraph, edge.end)
    run = parent(last)
    if last.getnext() is not None:
        _split(paragraph, run, run.index(last) + 1, stamp)
    return run


def _before_edge(paragraph: Paragraph, edge: Edge, stamp: Stamp) -> etree._Element:
    """Return the first element of a link, control or field, so that text can stand before it."""
    if not isinstance(edge, Field):
        return edge
    first = _own_character(paragraph, edge.begin)
    run = parent(first)
    before = first.getprevious()
    return run if before is None or before.tag == names.RPR else _split(paragraph, run, run.index(first), stamp)


def _own_character(paragraph: Paragraph, character: etree._Element | None) -> etree._Element:
    if character is None or next(character.iterancestors(names.P)) is not paragraph.element:
        raise EditNotApplicable(
            "The place of the edit lies at the edge of a field over several paragraphs.", _REMEDY_LOCKED
        )
    return character


def _behind_range_ends(run: etree._Element) -> etree._Element:
    """Skip markers that end a bookmark or a comment right here, so that it does not grow over the new text."""
    anchor, following = run, run.getnext()
    while following is not None and (following.tag in names.RANGE_ENDS or _is_comment_reference(following)):
        anchor, following = following, following.getnext()
    return anchor


def _is_comment_reference(element: etree._Element) -> bool:
    return element.tag == names.RUN and element.find(names.COMMENT_REFERENCE) is not None


def _ends_page(element: etree._Element) -> bool:
    return element.tag == names.RUN and any(
        child.tag == w("br") and child.get(w("type")) in ("page", "column") for child in element
    ) and element.find(names.T) is None  # fmt: skip


def _key(piece: Piece) -> bytes:
    properties = piece.run.find(names.RPR)
    return etree.tostring(properties, with_tail=False) if properties is not None else b""


def _emphasis(piece: Piece) -> int:
    properties = piece.run.find(names.RPR)
    return sum(1 for e in properties if e.tag in _EMPHASIS) if properties is not None else 0


__all__ = ["Change", "Context", "append", "assign", "extension_format", "mark_quote", "rewrite"]
