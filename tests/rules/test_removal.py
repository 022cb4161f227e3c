"""An edit deletes only what a rule objects to."""

import pytest

from tests.rules.desk import blocked, edit, judged

REMOVABLE = [
    (
        "This is a back-office position with no customer-facing duties. The clerk pays vendors on schedule.",
        "This is a back-office position with no customer-facing duties.",
        "Vendors are paid as agreed.",
    ),
    (
        "Always smiles, is friendly and goes the extra mile",
        "Always smiles, is friendly and goes the extra mile",
        "Asks what the person needs before recommending.",
    ),
    (
        "Provide information to patients.",
        "Provide information to patients.",
        "Give information to patients and check it.",
    ),
    ("Answers questions from vendors.", "Answers questions", "Answering questions"),
    ("Work with various departments as needed.", "various departments", "the departments concerned"),
]
KEPT = [
    ("Must reconcile vendor statements.", "Must reconcile", "Reconcile"),
    ("Answer all questions within office hours.", "all questions", "questions"),
    (
        "Passionate about service, registered with the council.",
        "Passionate about service, registered with the council.",
        "Serves.",
    ),
    ("Enter invoices and match receipts.", " and match receipts", ""),
    ("Do not share data with relatives.", "Do not share data", "Share data"),
    ("Two years of experience.", "Two years of experience.", "Experience."),
]


@pytest.mark.parametrize(("text", "old", "new"), REMOVABLE)
def test_objectionable_words_may_go(text: str, old: str, new: str) -> None:
    """With the clause that they spoil, or word for word."""
    assert "CXL-304" not in blocked(judged(text, edit("replace", old=old, new=new)))


@pytest.mark.parametrize(("text", "old", "new"), KEPT)
def test_duties_and_requirements_stay(text: str, old: str, new: str) -> None:
    """Also the small words that make them binding."""
    assert "CXL-304" in blocked(judged(text, edit("replace", old=old, new=new)))
