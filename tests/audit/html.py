"""Read a page as a browser would: elements in balance, ids, links, and what it would fetch."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "path", "rect", "link", "img", "input", "hr", "wbr"}
FETCHING = {"src", "srcset", "poster", "data", "action", "formaction", "background"}


@dataclass
class Page(HTMLParser):
    """What a page consists of."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    elements: set[str] = field(default_factory=set)
    fetches: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    text: str = ""
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            self.ids += [value or ""] if name == "id" else []
            self.links += [value or ""] if name in ("href", "xlink:href") else []
            self.fetches += [f"{name}={value}"] if name in FETCHING else []
            self.handlers += [name] if name.startswith("on") else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Page:
    """Return the page; elements that do not close in order are an error."""
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page
