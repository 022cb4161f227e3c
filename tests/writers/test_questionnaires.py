"""Questionnaires and lists of criteria gain a statement in their own form; scales and other statements stay."""

from cxify.proposal import Comment, InsertRowAfter
from tests.writers.test_library import task, written

BOXES = "☐ | ☐ | ☐ | ☐ | ☐"


def rows(text: str, language: str = "en") -> list[tuple[str, ...]]:
    """Return the cells of the rows that are proposed for a review form."""
    edits = written(task(text, kind="review_form", language=language)).edits
    return [edit.operation.cells for edit in edits if isinstance(edit.operation, InsertRowAfter)]


def questionnaire(head: str, *statements: str) -> str:
    """Return a form with a table of statements to tick."""
    lines = [f"| {head} | 1 | 2 | 3 | 4 | 5 |", *(f"| {one} | {BOXES} |" for one in statements)]
    return "\n".join(["360-degree feedback", "## Conduct", *lines])


def test_a_statement_joins_the_others_with_empty_boxes() -> None:
    found = rows(questionnaire("The person …", "keeps promises", "plans own work", "shares what others need to know"))
    assert 1 <= len(found) <= 2
    for first, *boxes in found:
        assert first[0].islower()
        assert boxes == ["☐"] * 5


def test_whoever_speaks_of_themselves_goes_on_doing_so() -> None:
    found = rows(questionnaire("Statement", "I keep my promises.", "I plan my work.", "I share what others need."))
    assert found
    assert all(cells[0].startswith("I ") for cells in found)


def test_no_statement_is_written_in_the_wrong_person() -> None:
    text = questionnaire("Aussage", "Ich halte meine Zusagen ein.", "Ich plane meine Arbeit.", "Ich teile mein Wissen.")
    assert rows(text, "de") == []


def test_what_a_questionnaire_has_is_not_added_again() -> None:
    head, *rest = questionnaire(
        "The person …",
        "hands work over complete",
        "asks what others need before starting",
        "keeps promises",
    ).splitlines()
    assert rows("\n".join([head, *rest])) == []


def test_a_matrix_of_machines_gets_no_statement_on_conduct() -> None:
    text = "Skills matrix\n## Machines\n" + "\n".join(
        ["| Skill | 1 | 2 | 3 |", "| Lathe | | | |", "| Milling | | | |", "| Welding | | | |", "| Crane | | | |"]
    )
    assert rows(text) == []


def test_names_without_teamwork_gain_one_criterion_before_the_total() -> None:
    text = "Annual appraisal\n## Rating\n" + "\n".join(
        [
            "| Criterion | Rating | Comments |",
            "| Quality of work | | |",
            "| Reliability | | |",
            "| Initiative | | |",
            "| Total | | |",
        ]
    )
    given = task(text, kind="review_form", language="en")
    edits = [edit for edit in written(given).edits if isinstance(edit.operation, InsertRowAfter)]
    assert len(edits) == 1
    assert given.document.by_id[edits[0].operation.block].text == "Initiative"


def test_a_scale_in_the_line_of_each_statement_is_never_copied() -> None:
    line = "The person {}.\t1   2   3   4   5"
    said = ("keeps promises", "plans own work", "shares knowledge")
    text = "\n".join(["360-degree feedback", "## Conduct", *(line.format(one) for one in said)])
    operations = [edit.operation for edit in written(task(text, kind="review_form", language="en")).edits]
    assert len(operations) == 1
    assert isinstance(operations[0], Comment)
    assert "The person asks" in operations[0].comment
