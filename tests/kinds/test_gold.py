"""On the gold cases: the right kind, every untouchable locked, every place that an expert edits still open."""

import pytest

from tests.kinds.gold import KINDS, blocks, case, classified

GOLD = ("G1", "G2", "G3", "G4")
NOT_BY_LOCK = {("G3", "P08")}
"""An ordinary duty that an expert leaves alone; nothing in it says that it must stay."""


@pytest.mark.parametrize("id", GOLD)
def test_kind_language_and_state(id: str) -> None:
    document = classified(id)
    assert (document.kind, document.language, document.state) == (case(id)["kind"], case(id)["locale"], "blank")


@pytest.mark.parametrize(
    ("id", "label"),
    [(id, entry["at"]) for id in GOLD for entry in case(id)["untouchable"] if "text" not in entry],
)
def test_what_must_never_change_is_locked(id: str, label: str) -> None:
    if (id, label) not in NOT_BY_LOCK:
        assert all(block.lock for block in blocks(id, label))


@pytest.mark.parametrize(
    ("id", "label"),
    [
        *(("G1", label) for label in ("P07", "P11", "P12", "P13")),
        *(("G2", label) for label in ("P06", "P13", "P14")),
        *(("G3", label) for label in ("P06", "P09", "P10", "P12")),
        *(("G4", label) for label in ("P11",)),
    ],
)
def test_what_an_expert_edits_is_open(id: str, label: str) -> None:
    (block,) = blocks(id, label)
    assert (block.lock, block.closed) == (None, False)


@pytest.mark.parametrize(
    ("id", "label"), [("G1", "P19"), ("G2", "P15"), ("G2", "P18"), ("G3", "P11"), ("G3", "P16"), ("G4", "P12")]
)
def test_something_may_stand_after_it(id: str, label: str) -> None:
    assert not blocks(id, label)[0].closed


def test_only_the_description_cells_of_a_review_form_are_open() -> None:
    for row in ("T2R1", "T2R2", "T2R3"):
        name, description, rating, comments = blocks("G4", row)
        assert name.lock
        assert description.lock is None
        assert rating.closed
        assert comments.closed


def test_a_row_may_follow_in_the_behaviours_but_not_in_the_weighted_objectives() -> None:
    assert not all(block.closed for block in blocks("G4", "T2R3"))
    assert all(block.closed for block in blocks("G4", "T1R3"))


def test_essential_functions_are_closed_from_heading_to_last_item() -> None:
    assert all(blocks("G2", label)[0].closed for label in ("P07", "P08", "P09", "P10", "P11"))
    assert not blocks("G2", "P12")[0].closed


def test_a_signed_review_is_locked_throughout() -> None:
    document = classified("R1")
    assert document.state == "signed"
    assert all(block.lock and block.closed for block in document.blocks)


@pytest.mark.parametrize("id", GOLD)
def test_section_roles_can_be_asked_for_by_title(id: str) -> None:
    document = classified(id)
    kind = KINDS[document.kind]
    roles = {kind.role_of(section.title, document.language) for section in document.sections}
    expected = {"objectives", "competencies", "development"} if id == "G4" else {"purpose", "duties", "person_spec"}
    assert expected <= roles
