"""LibreOffice as referee: what it reads after rejecting is the source, after accepting the target.

One document holds many structures, so that few files need opening. Content controls, cell revisions and moves are not
here: LibreOffice 7.4 itself gets them wrong.
"""

from pathlib import Path

import pytest

from tests.libreoffice import Referee
from tests.word.build import bookmark, cell, dele, doc, field, ins, link, note, p, r, row, tbl, text_box
from tests.word.redlines import after, append, block_of, redlined, replace, row_after

SOURCE = doc(
    p("Duties", style="Heading1"),
    p("Answer ", r("all", b=True), " calls ", ins("now "), dele("then "), "please."),
    p("First item", bullet=True),
    p("Last item", bullet=True),
    p("See ", link("our site"), " and ", bookmark("mark", "this mark"), note(1), " today."),
    p("Before the table"),
    tbl(row("Task", "Owner", header=True), ["Calls", "Ann"], row(cell("Wide", span=2))),
    p("End of section", section=True),
    p("Page ", field("PAGE", "1"), " of the new section"),
    p("Last of all", bullet=True),
    headers={"default": p("Head line")},
    footers={"default": p("Foot line")},
    footnotes=["The old rule."],
)


def block(text: str) -> str:
    return block_of(SOURCE, text)


EDITS = (
    replace(block("Answer"), "all calls", "every letter", comment="Why"),
    append(block("Answer"), " Thank you."),
    after(block("Duties"), "We serve people."),
    after(block("First item"), "Middle item", comment="New"),
    after(block("Last item"), "Very last item"),
    replace(block("See "), "our site and this", "the page or that"),
    after(block("Before the table"), "Still before the table"),
    row_after(block("Calls"), "Chat", "Cem"),
    row_after(block("Wide"), "Wider"),
    after(block("Ann"), "and Ben"),
    after(block("End of section"), "New end of section"),
    replace(block("Page "), "new section", "second section"),
    after(block("Last of all"), "After all"),
    replace(block("Head line"), "Head", "Top"),
    after(block("Foot line"), "Second foot line"),
    replace(block("old rule"), "old", "new"),
)


def read(referee: Referee, path: Path, data: bytes, action: str | None) -> dict[str, list[str]]:
    path.write_bytes(data)
    found = referee.texts(path, action)  # type: ignore[arg-type]
    return {story: texts for story, texts in found.items() if story not in ("comments", "revisions")}


def test_rejecting_in_libreoffice_gives_the_source(tmp_path: Path, referee: Referee) -> None:
    source = read(referee, tmp_path / "source.docx", SOURCE, "reject")
    assert read(referee, tmp_path / "redline.docx", redlined(SOURCE, *EDITS), "reject") == source


def test_accepting_in_libreoffice_gives_the_target(tmp_path: Path, referee: Referee) -> None:
    found = read(referee, tmp_path / "redline.docx", redlined(SOURCE, *EDITS), "accept")
    assert found["body"] == [
        "Duties",
        "We serve people.",
        "Answer every letter now please. Thank you.",
        "First item",
        "Middle item",
        "Last item",
        "Very last item",
        found["body"][7],
        "Before the table",
        "Still before the table",
        "[A1] Task",
        "[B1] Owner",
        "[A2] Calls",
        "[B2] Ann",
        "[B2] and Ben",
        "[A3] Chat",
        "[B3] Cem",
        "[A4] Wide",
        "[A5] Wider",
        "End of section",
        "New end of section",
        "Page 2 of the second section",
        "Last of all",
        "After all",
    ]
    assert found["body"][7].startswith("See the page or that mark")
    assert "Top line" in str(found)
    assert "Second foot line" in str(found)
    assert found["footnotes"][-1].endswith("The new rule.")


@pytest.mark.parametrize("end", [tbl(["A", "B"]) + p(), ""])
def test_a_paragraph_behind_the_last_one_leaves_nothing_when_rejected(
    tmp_path: Path, referee: Referee, end: str
) -> None:
    source = doc(p("One"), p("Two", bullet=True), end)
    redline = redlined(source, after("b2", "Three"), after("b2", "Four"))
    assert read(referee, tmp_path / "r.docx", redline, "reject") == read(referee, tmp_path / "s.docx", source, None)


def test_a_strict_file_and_a_text_box(tmp_path: Path, referee: Referee) -> None:
    strict = doc(p("Answer calls."), p("Two"), strict=True)
    redline = redlined(strict, replace("b1", "calls", "letters"), after("b1", "New"))
    assert read(referee, tmp_path / "a.docx", redline, "accept")["body"] == ["Answer letters.", "New", "Two"]
    boxed = doc(p("Host ", text_box(p("In the box"))), p("End"))
    redline = redlined(boxed, replace(block_of(boxed, "In the"), "box", "frame"))
    assert read(referee, tmp_path / "b.docx", redline, "reject") == read(referee, tmp_path / "c.docx", boxed, None)
