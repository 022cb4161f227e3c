"""What people decide: nothing is accepted beforehand, every step can be taken back, the latest says how it stands."""

import pytest

from cxify.errors import BadEdits
from cxify.review import Decision, standings
from tests.review.papers import ANNA, decide, paper
from tests.word.build import doc, p, tbl
from tests.word.redlines import append, row_after
from tests.worddoc import word_file

MADE = paper(
    word_file("Duties", "Answer letters.", "Lock the doors."), append("b2", " Say who."), append("b3", " Early.")
)


def states(*decisions: Decision) -> list[str]:
    return [standing.state for standing in standings(MADE.record, decisions)]


def test_nothing_is_accepted_beforehand() -> None:
    assert states() == ["open", "open"]


def test_the_latest_decision_says_how_a_suggestion_stands() -> None:
    assert states(decide(0, "accept"), decide(1, "reject"), decide(0, "reject")) == ["rejected", "rejected"]


def test_undo_takes_back_one_step_of_its_own_suggestion() -> None:
    steps = [decide(0, "accept"), decide(0, "edit", " Name them."), decide(1, "accept"), decide(0, "undo")]
    assert states(*steps) == ["accepted", "accepted"]
    assert states(*steps, decide(0, "undo"), decide(0, "undo")) == ["open", "accepted"]


def test_a_comment_decides_nothing_and_stays() -> None:
    how = standings(MADE.record, [decide(0, "comment", "Who is that?"), decide(0, "accept")])[0]
    assert how.state == "accepted"
    assert [comment.text for comment in how.comments] == ["Who is that?"]


def test_a_wording_of_ones_own_takes_the_place_of_the_suggestion() -> None:
    how = standings(MADE.record, [decide(0, "edit", " Name them.")])[0]
    assert how.stands
    assert (how.operation, how.proposed) == (append("b2", " Name them."), append("b2", " Say who."))
    assert how.decided is not None
    assert how.decided.person == ANNA


@pytest.mark.parametrize("decision", [decide(7, "accept"), decide(-1, "accept"), decide(0, "edit", "  ")])
def test_a_decision_that_does_not_fit_is_refused(decision: Decision) -> None:
    with pytest.raises(BadEdits):
        standings(MADE.record, [decision])


def test_a_row_takes_one_line_a_cell() -> None:
    made = paper(doc(tbl(["Task", "Owner"]), p("End")), row_after("b1", "Calls", "Kim"))
    assert standings(made.record, [decide(0, "edit", "Letters\nJo")])[0].operation == row_after("b1", "Letters", "Jo")
    with pytest.raises(BadEdits, match="2 cells"):
        standings(made.record, [decide(0, "edit", "Letters")])
