"""The page an HR director sees first: self-contained, safe, readable, every number with what stands behind it."""

import re
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest

from cxify import audit as audits
from cxify import framework, kinds, pages
from cxify.audit import Audit, Facts, Unread
from cxify.audit.page.graph import graph
from cxify.rules.handovers import Handover
from tests.audit.conftest import Read
from tests.audit.html import parsed
from tests.audit.organisation import job

PAGES = (Path(pages.__file__).parent, Path(audits.__file__).parent / "page")
STYLE = "".join(path.read_text("utf-8") for folder in PAGES for path in sorted(folder.glob("*.css*")))
PURPOSE = "never scores, ranks, filters, monitors or evaluates people"
page = partial(audits.page, framework=framework.load(), kinds=kinds.load(None), date="2026-11-22T10:00:00Z")


def survey(*documents: Facts, unread: tuple[Unread, ...] = ()) -> Audit:
    return audits.survey(documents, unread, framework.load())


def test_the_page_is_whole_and_fetches_nothing(audit: Audit) -> None:
    html = page(audit)
    read = parsed(html)
    assert read.elements.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form"})
    assert (read.fetches, read.handlers) == ([], [])
    assert all(link.startswith("#") for link in read.links)
    assert not re.search(r"url\((?!#)|@import", html)
    assert "default-src 'none'" in html


def test_every_link_leads_somewhere_and_every_anchor_is_one(audit: Audit) -> None:
    read = parsed(page(audit))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))


def test_a_number_leads_to_the_documents_behind_it(audit: Audit) -> None:
    html = page(audit)
    anchor = re.search(r'<a href="#(list-\d+)" aria-label="1: measure people by survey scores">1</a>', html)
    assert anchor
    behind = html.split(f'id="{anchor[1]}"')[1].split("</div>")[0]
    assert re.findall(r"<bdi>([^<]+\.docx)</bdi>", behind) == ["finance/kpi.docx"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_says_what_it_is_for(audit: Audit, language: str) -> None:
    html = page(audit, language=language)
    assert f'<html lang="{language}">' in html
    said = {"en": PURPOSE, "de": "es bewertet, reiht, filtert oder überwacht keine Menschen"}
    assert said[language] in " ".join(parsed(html).text.split())


def test_the_language_is_that_of_most_documents(read: Read) -> None:
    german = (
        "Bearbeitet die Anträge der Bürgerinnen und Bürger und erklärt ihnen verständlich, was als Nächstes geschieht."
    )
    facts = [read(job("Sachbearbeiter", "Bürgeramt", german, purpose=german), f"{n}.docx") for n in range(2)]
    assert '<html lang="de">' in page(survey(*facts))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>.docx",
        '"><img src=x onerror=alert(1)>.docx',
        "{{ 7001*7 }}{% raw %}.docx",
        "a\u202egnp.docx",
        "bad\udcff name.docx",
        "</style></svg><script>1</script>.docx",
    ],
)
def test_hostile_names_are_text(read: Read, hostile: str) -> None:
    duty = f"Hands over the files {hostile} to the Dispatch team."
    facts = replace(read(job("Clerk", "Sales", "Hands over files to the Dispatch team.")), file=hostile, unit=hostile)
    said = replace(facts.exchange.gives[0], quote=duty)
    exchange = replace(facts.exchange, document=hostile, unit=hostile, gives=(said,))
    html = page(survey(replace(facts, exchange=exchange), unread=(Unread(hostile, hostile, "", 10),)))
    read_page = parsed(html)
    html.encode("utf-8")
    assert "script" not in read_page.elements
    assert (read_page.handlers, read_page.fetches) == ([], [])
    assert "\u202e" not in html
    assert "49007" not in read_page.text


def test_words_of_a_document_are_text(read: Read) -> None:
    duty = "Hands over <script>alert('x')</script> signed contracts to Finance."
    html = page(survey(read(job("Clerk", "Sales <b>", duty))))
    assert "script" not in parsed(html).elements
    assert "&lt;script&gt;" in html


def test_a_thousand_documents_are_one_page(audit: Audit) -> None:
    rows = zip(range(1000), cycle(audit.documents), strict=False)
    units = ("Finance", "Legal", "Stores", "Benefits", "Housing")
    many = [
        replace(
            facts, file=f"{n:04}.docx", unit=units[n % 5], exchange=replace(facts.exchange, document=f"{n:04}.docx")
        )
        for n, facts in rows
    ]
    html = page(survey(*many))
    read = parsed(html)
    assert sum(1 for id in read.ids if re.fullmatch(r"d\d+", id)) == 1000
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
    assert len(html) < 6_000_000


def test_nothing_to_show_is_a_page_too() -> None:
    read = parsed(page(survey(unread=(Unread("a.docx", "It is damaged.", "Ask for it again.", 10),))))
    assert "It is damaged." in read.text


def test_answers_differ_by_line_and_by_words(audit: Audit) -> None:
    html = page(audit)
    for answer, words in (("answered", "answered"), ("unanswered", "not answered"), ("unnamed", "receiver unnamed")):
        assert f'class="edge {answer}"' in html
        assert f">{words}</text>" in html
    dashes = re.findall(r"svg \.(answered|unanswered|unnamed|outside) \{([^}]*)\}", STYLE)
    assert len({re.sub(r"stroke: var\(--\w+\);?", "", style) for _, style in dashes}) == 4


def test_pictures_have_a_title_and_a_description(audit: Audit) -> None:
    html = page(audit)
    for picture in ("matrix", "graph"):
        assert f'aria-labelledby="{picture}-title {picture}-desc"' in html
        assert f'<title id="{picture}-title">' in html
        assert f'<desc id="{picture}-desc">' in html


def test_the_same_handovers_give_the_same_picture_without_crossing_words() -> None:
    names = [f"Unit {n}" for n in range(12)]
    handovers = [
        Handover("a.docx", giver, receiver, receiver.lower(), "b1", "…", "answered")
        for giver in names
        for receiver in names[:5]
    ]
    picture = graph(handovers)
    assert picture == graph(list(reversed(handovers)))
    assert len(picture.edges) + picture.left_out == len(names) * 5
    ends = [edge.end for edge in picture.edges]
    assert len(set(ends)) == len(ends)


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_text_has_the_contrast_that_wcag_asks_for(scheme: int) -> None:
    colours = [dict(re.findall(r"--([\w]+): (#\w{6})", block)) for block in re.findall(r":root \{([^}]*)\}", STYLE)]
    scheme_colours = colours[scheme]
    grounds = ("ground", "raised")
    pairs = [(text, ground) for text in ("ink", "quiet", "link", "good", "bad", "warn") for ground in grounds]
    pairs += [("on", f"s{step}") for step in range(5)] + [
        ("quiet", "s0"),
        ("ink", "s1"),
        ("quiet", "s1"),
        ("link", "s1"),
    ]
    weak = {pair for pair in pairs if contrast(scheme_colours[pair[0]], scheme_colours[pair[1]]) < 4.5}
    assert weak == set()
