"""A file that was accepted, rejected and reworded in Word comes back, and its decisions are read from it."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxify import packet, word
from cxify.errors import InputError
from cxify.proposal import Operation
from cxify.review import Decision, Returned, clean, comments_only, returned, tracked
from cxify.word.redline import stamped
from tests.libreoffice import Referee
from tests.review.papers import ANNA, LATER, Paper, decide, paper, read, rewritten, texts
from tests.word.build import doc, p, row, tbl
from tests.word.generated import DOCUMENTS, edits
from tests.word.redlines import after, append, remark, replace, row_after
from tests.worddoc import word_file

SOURCE = word_file(
    "Job description: Cleaner",
    "Main duties",
    "Answer letters from residents in this customer-facing role.",
    "Empty the bins every evening and always with a friendly smile.",
    "Lock the doors.",
)
OPERATIONS = (
    replace("b3", "in this customer-facing role", "and name the next step"),
    append("b4", " Notes what residents report, and says who takes it on."),
    after("b5", "Tells residents what happens next and by when."),
    remark("b5", "Who holds the keys?"),
)


def made() -> Paper:
    return paper(SOURCE, *OPERATIONS)


def back(one: Paper, data: bytes, *decisions: Decision) -> Returned:
    return returned(one.source, one.record, data, decisions=decisions, person=ANNA, at=LATER)


def actions(found: Returned) -> list[tuple[int, str]]:
    return [(decision.suggestion, decision.action) for decision in found.decisions]


def as_word_leaves_it(one: Paper, *accepted: int) -> bytes:
    """Return the file in which some suggestions were accepted and the others rejected: plain text, the whole record."""
    decisions = [decide(number, "accept") for number in accepted]
    return stamped(clean(one.source, one.record, decisions).data, one.record)


def typed(data: bytes, change: Callable[[docx.document.Document], object]) -> bytes:
    """Return the file after somebody typed in it."""
    document = docx.Document(io.BytesIO(data))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_a_file_as_it_left_holds_no_decision() -> None:
    found = back(made(), made().output)
    assert (found.decisions, found.open, found.elsewhere, found.told) == ((), (0, 1, 2, 3), (), ())


def test_everything_accepted_or_everything_rejected() -> None:
    one = made()
    everything = back(one, word.resolve(one.output, accept=True))
    assert actions(everything) == [(0, "accept"), (1, "accept"), (2, "accept")]
    assert {(decision.person, decision.at) for decision in everything.decisions} == {(ANNA, LATER)}
    assert actions(back(one, word.resolve(one.output, accept=False)))[:3] == [(n, "reject") for n in range(3)]


@pytest.mark.parametrize("accepted", [(), (0,), (1,), (2,), (0, 2), (1, 2)])
def test_each_is_told_from_the_others(accepted: tuple[int, ...]) -> None:
    one = made()
    wanted = [(number, "accept" if number in accepted else "reject") for number in range(3)]
    assert actions(back(one, as_word_leaves_it(one, *accepted)))[:3] == wanted


def test_words_that_somebody_changed_become_their_wording() -> None:
    one = made()

    def change(document: docx.document.Document) -> None:
        document.paragraphs[3].add_run(" Daily.")
        document.paragraphs[5].runs[0].text = "Tells every resident what happens next."

    found = back(one, typed(as_word_leaves_it(one, 0, 1, 2), change))
    assert [(d.suggestion, d.action, d.text) for d in found.decisions][:3] == [
        (0, "accept", ""),
        (1, "edit", " Notes what residents report, and says who takes it on. Daily."),
        (2, "edit", "Tells every resident what happens next."),
    ]
    decided = one.view(*found.decisions)
    assert "Tells every resident what happens next." in texts(decided, accepted=True)


def test_what_was_changed_elsewhere_is_told_and_no_decision() -> None:
    one = made()

    def change(document: docx.document.Document) -> None:
        document.paragraphs[4].runs[0].text = "Lock the doors and windows."
        document.add_paragraph("A paragraph of my own about parking.")

    found = back(one, typed(as_word_leaves_it(one, 0), change))
    assert [(each.before, each.after) for each in found.elsewhere] == [
        ("Lock the doors.", "Lock the doors and windows."),
        ("", "A paragraph of my own about parking."),
    ]
    assert "changed in 2 places" in found.told[0]
    assert actions(found)[:3] == [(0, "accept"), (1, "reject"), (2, "reject")]


def test_a_comment_that_was_deleted_is_a_rejected_one() -> None:
    one = made()
    assert (3, "reject") in actions(back(one, as_word_leaves_it(one, 0, 1, 2)))
    assert 3 in back(one, word.resolve(one.output, accept=True)).open


def test_rows_are_found_by_their_cells() -> None:
    source = doc(tbl(["Task", "Owner"], row(p("Letters"), p("Kim"))), p("End"))
    one = paper(source, row_after("b3", "Tell residents by when", "Jo"))
    assert actions(back(one, word.resolve(one.output, accept=True))) == [(0, "accept")]
    assert actions(back(one, word.resolve(one.output, accept=False))) == [(0, "reject")]

    def change(document: docx.document.Document) -> None:
        document.tables[0].cell(2, 0).paragraphs[0].runs[0].text = "Tell all residents by when"

    found = back(one, typed(word.resolve(one.output, accept=True), change))
    assert [(d.action, d.cells) for d in found.decisions] == [("edit", ("Tell all residents by when", "Jo"))]


def parts(data: bytes, *changes: Callable[[str], str]) -> bytes:
    """Change the text of the main part as a person in Word does, who accepts or rejects only some of it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after_:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                for change in changes:
                    content, old = change(content.decode()).encode(), content
                    assert content != old
            after_.writestr(name, content)
    return made.getvalue()


def accept_row(xml: str) -> str:
    return re.sub(r"(<w:trPr>(?:(?!</w:trPr>).)*?)<w:ins [^>]*/>", r"\1", xml)


def accept_cell(xml: str) -> str:
    return re.sub(r"<w:ins [^>/]*>(<w:r>.*?</w:r>)</w:ins>", r"\1", xml, count=1)


def reject_cell(xml: str) -> str:
    return re.sub(r"<w:ins [^>/]*><w:r>.*?</w:r></w:ins>", "", xml, count=1)


def test_a_row_that_was_accepted_in_part_waits_and_is_told() -> None:
    source = doc(tbl(["Task", "Owner"], row(p("Letters"), p("Kim"))), p("End"))
    one = paper(source, row_after("b3", "Tell residents by when", "Jo"))
    half = back(one, parts(one.output, accept_row, accept_cell))
    assert (half.decisions, half.open) == ((), (0,))
    assert "accepted in part only" in half.told[0]
    assert back(one, parts(one.output, accept_row)).open == (0,)


def test_a_row_that_was_accepted_without_a_cell_stands_so_and_is_told() -> None:
    source = doc(tbl(["Task", "Owner"], row(p("Letters"), p("Kim"))), p("End"))
    one = paper(source, row_after("b3", "Tell residents by when", "Jo"))
    found = back(one, parts(one.output, accept_row, accept_cell, reject_cell))
    assert [(d.action, d.cells) for d in found.decisions] == [("edit", ("Tell residents by when", ""))]
    assert "without some of the cells" in found.told[0]


def test_a_file_of_what_was_decided_here_adds_only_what_is_new() -> None:
    one = made()
    decisions = [decide(0, "accept"), decide(1, "edit", " Notes what residents say."), decide(2, "reject")]
    data = tracked(one.source, one.record, decisions).data
    assert back(one, data, *decisions).open == (0, 1)
    assert back(one, word.resolve(data, accept=True), *decisions).decisions == ()
    assert actions(back(one, word.resolve(data, accept=False), *decisions)) == [(0, "reject"), (1, "reject")]
    assert [(d.suggestion, d.text) for d in back(one, word.resolve(data, accept=True)).decisions] == [
        (0, ""),
        (1, " Notes what residents say."),
    ]


def test_a_comment_of_a_person_is_no_suggestion() -> None:
    one = made()
    decisions = [decide(0, "accept"), decide(0, "comment", "Tenants, too?")]
    data = tracked(one.source, one.record, decisions).data
    assert back(one, data, *decisions).open == (0,)


def test_a_file_that_is_no_descendant_is_refused() -> None:
    one = made()
    with pytest.raises(InputError, match="no record"):
        back(one, SOURCE)
    with pytest.raises(InputError, match="another document"):
        back(one, paper(word_file("Other.", "Lines."), append("b1", " More.")).output)
    with pytest.raises(InputError, match="as comments"):
        back(one, comments_only(one.source, one.record, [], pages=packet.load()).data)


NEW_WORDS = ("Greets people by name.", "Writes the minutes.", "Orders paper on Mondays.", "Keeps the keys safe.")


def distinct(operations: list[Operation]) -> list[Operation]:
    """Give each operation words of its own: two suggestions never say the same (CXL-409)."""
    changed = []
    for words, operation in zip(NEW_WORDS, operations, strict=False):
        match operation.op:
            case "replace":
                update: dict[str, object] = {"new": words}
            case "insert_row_after":
                update = {"cells": (words, *operation.cells[1:])}
            case _:
                update = {"text": words}
        changed.append(operation.model_copy(update=update))
    return changed


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS, st.data())
def test_reading_back_gives_the_text_that_stands_in_the_file(source: bytes, data: st.DataObject) -> None:
    one = paper(source, *distinct(edits(data, source, 4)))
    numbers = range(len(one.record.edits))
    assert back(one, one.output).decisions == ()
    theirs = as_word_leaves_it(one, *(number for number in numbers if data.draw(st.booleans())))
    found = back(one, theirs)
    rejected = [decide(number, "reject") for number in numbers if number not in {d.suggestion for d in found.decisions}]
    assert found.open == ()
    assert rejected == []
    assert texts(one.view(*found.decisions), accepted=True) == read(theirs)


@pytest.mark.libreoffice
def test_a_round_trip_through_libreoffice_keeps_every_decision(samples: Path, tmp_path: Path, referee: Referee) -> None:
    one = rewritten((samples / "job_description_nurse_uk.docx").read_bytes())
    edits_of_text = [n for n, edit in enumerate(one.record.edits) if edit.operation.op != "comment"]

    def through(name: str, data: bytes) -> Returned:
        before, after_ = tmp_path / f"{name}.docx", tmp_path / f"{name}-saved.docx"
        before.write_bytes(data)
        referee.texts(before, save_as=after_)
        return back(one, after_.read_bytes())

    untouched = through("open", one.output)
    assert untouched.decisions == ()
    assert set(edits_of_text) <= set(untouched.open)
    half = edits_of_text[::2]
    found = through("half", as_word_leaves_it(one, *half))
    assert [(d.suggestion, d.action) for d in found.decisions if d.suggestion in edits_of_text] == [
        (number, "accept" if number in half else "reject") for number in edits_of_text
    ]
    assert found.elsewhere == ()
