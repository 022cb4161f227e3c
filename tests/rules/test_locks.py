"""What must never change does not change, whatever is proposed."""

import dataclasses

import pytest

from cxify.document import Document, Span
from tests.rules.desk import blocked, edit, judged, source


def with_block(doc: Document, id: str, **changes: object) -> Document:
    """Return the document with one block changed."""
    return dataclasses.replace(
        doc,
        blocks=tuple(dataclasses.replace(b, **changes) if b.id == id else b for b in doc.blocks),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    "change",
    [
        edit("replace", old="Grade", new="Band"),
        edit("append", text=" Tells people what happens next."),
    ],
)
def test_a_locked_block_keeps_its_text(change: dict[str, object]) -> None:
    """Neither its words nor its end."""
    doc = with_block(source("Grade: 5"), "b1", lock="a grade")
    assert "CXL-301" in blocked(judged(doc, change))


def test_a_paragraph_may_follow_a_locked_block() -> None:
    """Only a closed block refuses that."""
    doc = with_block(source("Answer letters."), "b1", lock="a duty")
    new = edit("insert_after", text="Tells people what happens next.")
    assert blocked(judged(doc, new)) == set()
    assert "CXL-301" in blocked(judged(with_block(doc, "b1", closed=True), new))


def test_a_comment_may_stand_anywhere() -> None:
    """It changes no text."""
    doc = with_block(source("Grade: 5"), "b1", lock="a grade", closed=True)
    checked = judged(dataclasses.replace(doc, state="signed"), edit("comment", comment="Is this grade current?"))
    assert blocked(checked) == set()


def test_a_protected_stretch_survives_a_replacement() -> None:
    """The words around it may change."""
    doc = with_block(source("Answer letters by 1 May 2027 and file them."), "b1", spans=(Span(18, 28, "a date"),))
    around = edit("replace", old="by 1 May 2027 and file them.", new="by 1 May 2027, file them and tell the sender.")
    through = edit("replace", old="by 1 May 2027", new="by the date given")
    assert blocked(judged(doc, around)) == set()
    assert "CXL-301" in blocked(judged(doc, through))


def test_text_may_follow_a_protected_stretch_at_the_end() -> None:
    """An append touches nothing."""
    doc = with_block(source("Answer letters by 1 May 2027"), "b1", spans=(Span(18, 28, "a date"),))
    assert blocked(judged(doc, edit("append", text=", and tell the sender."))) == set()


@pytest.mark.parametrize(
    ("reason", "state", "rule"),
    [
        ("the rating scale", "blank", "CXL-303"),
        ("a form field that people fill in", "blank", "CXL-306"),
        ("an entry that somebody typed", "filled", "CXL-302"),
        ("a job title", "blank", "CXL-301"),
    ],
)
def test_the_reason_tells_which_promise_would_break(reason: str, state: str, rule: str) -> None:
    """So that the reviewer reads why."""
    doc = with_block(source("3 = Meets", state=state), "b1", lock=reason)
    assert blocked(judged(doc, edit("append", text=" and more"))) == {rule}


def test_essential_functions_take_nothing() -> None:
    """Not even at their end; a comment is welcome."""
    doc = source("# Essential Functions\n- Enter invoices.\n# Other Duties\n- Answer questions.")
    new = {"text": "Tells people what happens next."}
    assert blocked(judged(doc, edit("insert_after", "b2", **new))) == {"CXL-305"}
    assert blocked(judged(doc, edit("insert_after", "b1", **new))) == {"CXL-305"}
    assert blocked(judged(doc, edit("insert_after", "b4", **new))) == set()
    assert blocked(judged(doc, edit("comment", "b2", comment="Left as it is."))) == set()


def test_a_signed_document_takes_comments_only() -> None:
    """People signed these words."""
    doc = source("Answer letters.", state="signed")
    assert "CXL-905" in blocked(judged(doc, edit("append", text=" Tell the sender.")))


def test_a_row_is_refused_only_where_all_cells_are_closed() -> None:
    """An open cell means that the table takes rows."""
    doc = source("| Behaviour | Meaning |\n| Care | Helps |")
    row = edit("insert_row_after", "b3", cells=("Handing over", "Passes on the details"))
    half = with_block(doc, "b3", closed=True)
    assert blocked(judged(half, row)) == set()
    assert blocked(judged(with_block(half, "b4", closed=True), row)) == {"CXL-301"}
