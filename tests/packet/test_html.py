"""The page as HTML: the same lines as in Markdown, and a document's words never as markup."""

from html.parser import HTMLParser

from cxify import packet
from cxify.packet import Leaf, Line
from tests.packet.test_page import PAGES, added, asked, facts

EVIL = "<script>alert(1)</script> **not bold** [x](javascript:alert(1)) \u202egpj\u200b & \"q\" <img src=x onerror='a'>"


class Tags(HTMLParser):
    """Collects tags and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(str(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_lines_become_headings_lists_and_paragraphs() -> None:
    lines = (
        *(Line("title", r"A \*b\*"), Line("gap"), Line("text", "One."), Line("text", "Two.")),
        *(Line("point", "**Head**: c"), Line("more", "Why: d"), Line("point", "e"), Line("number", "**To:** f")),
        Line("purpose", "g"),
    )
    assert packet.body(Leaf("en", (lines,))) == "\n".join(
        (
            *("<h1>A *b*</h1>", "<p>One.</p>", "<p>Two.</p>"),
            "<ul><li><strong>Head</strong>: c<br>Why: d</li><li>e</li></ul>",
            *("<ol><li><strong>To:</strong> f</li></ol>", '<p class="purpose">g</p>'),
        )
    )


def test_words_of_a_document_stay_words() -> None:
    made = packet.leaf(facts(added(EVIL, competencies=(EVIL,)), asked(EVIL), role=EVIL), PAGES)
    body = Tags(packet.body(made))
    assert {tag for tag, _ in body.tags} <= {"h1", "h2", "p", "ul", "ol", "li", "strong", "em", "br"}
    assert {name for _, attrs in body.tags for name, _ in attrs} <= {"class"}
    assert "**not bold**" in body.text
    assert "\u202e" not in body.text


def test_a_file_needs_nothing_else_and_says_its_language() -> None:
    html = packet.document(packet.leaf(facts(added(EVIL), language="de-AT", role=EVIL), PAGES))
    page = Tags(html)
    assert page.tags[0] == ("html", [("lang", "de-AT")])
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert html.count("<title>") == 1
    fallback = packet.document(packet.leaf(facts(added(), language="it"), PAGES))
    assert Tags(fallback).tags[0] == ("html", [("lang", "en")])


def test_both_forms_say_the_same() -> None:
    made = packet.leaf(facts(added(), asked("Who answers?")), PAGES)
    plain = [packet.plain(line.text) for part in made.parts for line in part if line.text]
    text = Tags(packet.body(made)).text
    assert [line for line in plain if line not in text] == []
    assert made.markdown() == packet.page(facts(added(), asked("Who answers?")), PAGES)
