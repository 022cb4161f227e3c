"""Sections are found however people mark them."""

import pytest

from cxify import kinds
from cxify.document import Document
from tests.documents import document
from tests.kinds.gold import KINDS


def sections(text: str) -> dict[str, list[str]]:
    """Return the texts under each section title."""
    found: Document = kinds.classify(document(text), KINDS, kind="job_description")
    return {
        section.title: [found.by_id[id].text for id in section.blocks] for section in found.sections if section.title
    }


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("# Purpose", "# Main duties"),
        ("**Purpose**", "**Main duties**"),
        ("PURPOSE", "MAIN DUTIES"),
        ("1. Purpose", "2. Main duties"),
        ("A) Purpose:", "B) Main duties:"),
        ("Purpose of the post", "Main duties (80 %)"),
        ("Section 1: Purpose", "Section 2: Main duties"),
        ("3.1 Purpose", "3.2 Main duties"),
        ("Ziel der Stelle", "Ihre Aufgaben"),
        ("Mission principale", "Vos missions"),
        ("Doel van de functie", "Taken en verantwoordelijkheden"),
        ("Misión del puesto", "Funciones principales"),
        ("**What we are proud of**", "**How the days go**"),
    ],
)
def test_a_heading_is_seen(one: str, two: str) -> None:
    found = sections(f"Job description: Buyer\n{one}\nBuys what the shops need.\n{two}\nAgrees delivery dates.")
    assert list(found.values()) == [["Buys what the shops need."], ["Agrees delivery dates."]]


def test_a_label_opens_a_section_of_its_own_line() -> None:
    found = sections("Main duties\nAnswer letters.\nSafeguarding: All staff protect children.\nFile letters.")
    assert found["Safeguarding"] == ["Safeguarding: All staff protect children."]
    assert "File letters." in found["Main duties"]


def test_the_first_cells_of_a_layout_table_are_headings() -> None:
    found = sections(
        "Job description\n| Job title | Buyer |\n| Purpose of the job | Buys what the shops need. |\n"
        "| Main duties | Agrees delivery dates. |\n| | Checks prices. |\n\nThis line stands outside."
    )
    assert found["Purpose of the job"] == ["Buys what the shops need."]
    assert found["Main duties"] == ["Agrees delivery dates.", "", "Checks prices."]


def test_a_bold_line_is_no_section_where_the_author_uses_headings() -> None:
    found = sections("# Purpose\nBuys.\n# Main duties\n**Every day**\nAgrees delivery dates.")
    assert list(found) == ["Purpose", "Main duties"]


def test_a_weaker_heading_stands_below_a_stronger_one() -> None:
    found = sections(
        "MAIN DUTIES\n**Every day**\nAnswer letters.\n**Every week**\nFile letters.\nQUALIFICATIONS\nNone."
    )
    assert len(found["MAIN DUTIES"]) == 4
    assert found["Every day"] == ["Answer letters."]


@pytest.mark.parametrize(
    "line",
    [
        "Duties of a host are explained to guests.",
        "- Communication",
        "Purpose-built tools are checked every week.",
        "Team: ask before lifting.",
    ],
)
def test_a_sentence_or_list_item_is_no_heading(line: str) -> None:
    assert len(sections(f"Main duties\nAnswer letters.\n{line}\nFile letters.")) == 1


def test_the_title_is_no_section() -> None:
    assert "JOB DESCRIPTION AND PERSON SPECIFICATION" not in sections(
        "JOB DESCRIPTION AND PERSON SPECIFICATION\nPurpose\nBuys what the shops need."
    )


def test_each_block_knows_the_heading_above_it() -> None:
    found = kinds.classify(document("Job description\nPurpose\nBuys.\nMain duties\nAgrees."), KINDS)
    assert [block.section for block in found.blocks] == [None, None, "Purpose", None, "Main duties"]
