"""The page as HTML: a part of another page, or a file that needs nothing else."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from cxify import pages
from cxify.packet.lines import Leaf, Line

_SPAN: Final = re.compile(
    r"\*\*(?P<strong>(?:\\.|[^*\\])+)\*\*|\*(?P<em>(?:\\.|[^*\\])+)\*|(?P<plain>(?:\\.|[^*\\])+|[*\\])", re.DOTALL
)
_ESCAPED: Final = re.compile(r"\\([\\`*<>_()])")
_LISTS: Final = {"point": "ul", "more": "ul", "number": "ol"}
_BLOCKS: Final = {"title": Markup("<h1>{}</h1>"), "heading": Markup("<h2>{}</h2>")}
_PURPOSE: Final = Markup('<p class="purpose">{}</p>')
_PARAGRAPH: Final = Markup("<p>{}</p>")


def document(leaf: Leaf) -> str:
    """Return the page as one file in the house style, which fetches nothing and runs nothing."""
    template = pages.environment(Path(__file__).parent).get_template("leaf.html.jinja")
    return template.render(language=leaf.language, title=plain(leaf.title), body=body(leaf))


def body(leaf: Leaf) -> Markup:
    """Return the page as a part of another one; its title is a heading of the first level."""
    return Markup("\n").join(block for part in leaf.parts for block in _blocks(part))


def plain(text: str) -> str:
    """Return a line without marks."""
    return _unescaped("".join(found.group(found.lastgroup or 0) for found in _SPAN.finditer(text)))


def _blocks(part: tuple[Line, ...]) -> Iterator[Markup]:
    for tag, lines in groupby(part, lambda line: _LISTS.get(line.sort, "")):
        if tag:
            items = Markup("").join(Markup("<li>{}</li>").format(item) for item in _items(lines))
            yield Markup("<{0}>{1}</{0}>").format(tag, items)
        else:
            yield from (_block(line) for line in lines if line.sort != "gap")


def _block(line: Line) -> Markup:
    form = _PURPOSE if line.sort == "purpose" else _BLOCKS.get(line.sort, _PARAGRAPH)
    return form.format(_inline(line.text))


def _items(lines: Iterator[Line]) -> Iterator[Markup]:
    """Yield list items; what belongs to the one before stands under it."""
    item: Markup | None = None
    for line in lines:
        if line.sort == "more" and item is not None:
            item = Markup("{}<br>{}").format(item, _inline(line.text))
            continue
        if item is not None:
            yield item
        item = _inline(line.text)
    if item is not None:
        yield item


def _inline(text: str) -> Markup:
    return Markup("").join(_span(found.lastgroup or "plain", found.group()) for found in _SPAN.finditer(text))


def _span(sort: str, text: str) -> Markup:
    words = Markup(escape(pages.visible(_unescaped(text.strip("*") if sort != "plain" else text))))  # noqa: S704  escaped
    return words if sort == "plain" else Markup("<{0}>{1}</{0}>").format(sort, words)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
