"""Postings without headings get what other adverts get, in the paragraphs that they have."""

import pytest

from cxify.proposal import Append, Comment, InsertAfter
from tests.kinds.test_recognition_in_prose import ADVERTS
from tests.writers.test_library import task, written


@pytest.mark.parametrize("name", ADVERTS)
def test_listening_is_a_plus_beside_what_is_asked_and_nothing_is_required(name: str) -> None:
    given = task(ADVERTS[name])
    edits = written(given).edits
    assert all(isinstance(edit.operation, Append | Comment | InsertAfter) for edit in edits)
    listening = [edit for edit in edits if edit.competencies and edit.competencies[0].startswith("CX-LISTEN")]
    assert len(listening) == 1
    assert listening[0].inserted.endswith(".")


@pytest.mark.parametrize("name", ADVERTS)
def test_the_question_about_the_reply_stands_where_people_are_told_how_to_apply(name: str) -> None:
    given = task(ADVERTS[name])
    asked = [edit.operation.block for edit in written(given).edits if edit.rule == "CXL-709"]
    assert asked == [list(given.document.body)[-1].id]
