"""Random Word files and random edits on them, for the properties that must hold for every document."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from cxify import word
from cxify.document import Block
from cxify.proposal import Operation
from tests.word.build import (
    bookmark,
    commented,
    control,
    dele,
    doc,
    field,
    ins,
    link,
    mark,
    math,
    moved,
    note,
    p,
    r,
    row,
    simple_field,
    tbl,
    text_box,
)
from tests.word.redlines import after, append, replace, row_after

WORDS = st.sampled_from(["calls", "clients", "R&D", "<x>", "kühl", "客户", "e-mail", "–", "a", "it’s", "😀", "one two"])
SPACES = st.sampled_from([" ", " ", " ", "\u00a0", "\t", "\n", "  ", ""])
TEXTS = st.lists(st.tuples(WORDS, SPACES), min_size=1, max_size=3).map(lambda parts: "".join(map("".join, parts)))
FORMATS = st.fixed_dictionaries(
    {},
    optional={"b": st.just(True), "i": st.just(True), "color": st.just("FF0000"), "changed_by": st.just("Eve")},
)
RUNS = st.builds(lambda text, style: r(text, **style), TEXTS, FORMATS)
PLAIN = st.lists(RUNS, min_size=1, max_size=3).map("".join)
FIXED = st.sampled_from([math("x"), note(1), '<w:r><w:br w:type="page"/></w:r>', '<w:proofErr w:type="spellStart"/>'])


def _inside(children: st.SearchStrategy[str], *, inserted: bool = True) -> st.SearchStrategy[str]:
    unique = st.uuids().map(lambda number: f"n{number.hex[:12]}")
    made: list[st.SearchStrategy[str]] = [
        children.map(link),
        st.builds(bookmark, unique, children),
        children.map(control),
        children.map(lambda c: control(c, lock="contentLocked")),
        children.map(lambda c: field('HYPERLINK "x"', c)),
        children.map(lambda c: field("REF duty", c)),
        children.map(lambda c: simple_field("PAGE", c)),
        children.map(lambda c: f"<w:smartTag>{c}</w:smartTag>"),
    ]
    return st.one_of(*made, *([_inside(PLAIN, inserted=False).map(ins), PLAIN.map(ins)] if inserted else []))


INLINE = st.one_of(
    PLAIN,
    PLAIN,
    FIXED,
    TEXTS.map(dele),
    st.builds(lambda n, c, to: moved(n.hex, c, to=to), st.uuids(), PLAIN, st.just(True)),
    _inside(st.one_of(PLAIN, PLAIN, TEXTS.map(dele), _inside(PLAIN))),
)
MARKS = st.sampled_from(["", "", "", mark("ins"), mark("del")])


def _paragraph(content: list[str], marked: str, bullet: bool, changed: bool) -> str:
    return p(*content, marked=marked, bullet=bullet, changed_by="Fay" if changed else "")


PARAGRAPHS = st.builds(_paragraph, st.lists(INLINE, max_size=4), MARKS, st.booleans(), st.booleans())
TABLES = st.builds(
    lambda a, b, kind: tbl(["Head", "Head"], row(a, b, marked=kind)),
    PARAGRAPHS,
    PARAGRAPHS,
    st.sampled_from(["", mark("ins"), mark("del")]),
)
BOXES = PARAGRAPHS.map(lambda inner: p("Host ", text_box(inner)))
BLOCKS = st.one_of(
    PARAGRAPHS,
    PARAGRAPHS,
    PARAGRAPHS,
    TABLES,
    PARAGRAPHS.map(control),
    BOXES,
    st.just(p("Section end", section=True)),
    st.just(p(commented(0, "said"), " so")),
)
DOCUMENTS = st.lists(BLOCKS, min_size=1, max_size=5).map(
    lambda blocks: doc(*_one_comment(blocks), p("Last"), footnotes=["Note text."], comments=["Theirs"])
)


def _one_comment(blocks: list[str]) -> list[str]:
    said = [block for block in blocks if "commentRangeStart" in block]
    return [block for block in blocks if block not in said] + said[:1]


def edits(data: Any, source: bytes, most: int = 3) -> list[Operation]:
    """Draw edits that fit the text of a file: at most one of a kind on a block."""
    blocks = list(word.read(source).blocks)
    drawn: list[Operation] = []
    for block in data.draw(st.lists(st.sampled_from(blocks), min_size=1, max_size=most, unique_by=lambda b: b.id)):
        kinds: list[Callable[[Any, Block], Operation]] = [_append, _after]
        kinds += [_replace, _replace, _replace] if block.text.strip() else []
        kinds += [_row] if block.place else []
        drawn.append(data.draw(st.sampled_from(kinds))(data, block))
    return drawn


def _replace(data: Any, block: Block) -> Operation:
    start = data.draw(st.integers(0, len(block.text) - 1))
    end = data.draw(st.integers(start + 1, len(block.text)))
    old = block.text[start:end]
    new = data.draw(
        st.one_of(TEXTS, st.just(""), TEXTS.map(lambda text: f"{old}{text}"), TEXTS.map(lambda t: f"{t}{old}"))
    )
    place, occurrence = -1, 0
    while place != start:
        place, occurrence = block.text.find(old, place + 1), occurrence + 1
    return replace(block.id, old, new, occurrence=occurrence)


def _append(data: Any, block: Block) -> Operation:
    return append(block.id, data.draw(TEXTS))


def _after(data: Any, block: Block) -> Operation:
    return after(block.id, data.draw(TEXTS))


def _row(data: Any, block: Block) -> Operation:
    return row_after(block.id, data.draw(TEXTS), "")


def wanted(source: bytes, operations: list[Operation]) -> list[str]:
    """Return the texts of all blocks as they should be once the edits are accepted, rows and new paragraphs aside."""
    texts = {block.id: block.text for block in word.read(source).blocks}
    for operation in operations:
        if operation.op == "replace":
            place = -1
            for _ in range(operation.occurrence):
                place = texts[operation.block].find(operation.old, place + 1)
            text = texts[operation.block]
            texts[operation.block] = text[:place] + operation.new + text[place + len(operation.old) :]
        elif operation.op == "append":
            texts[operation.block] += operation.text
        elif operation.op == "insert_after":
            texts[operation.block] += "¶" + operation.text
    return sorted(part for text in texts.values() for part in text.split("¶"))
