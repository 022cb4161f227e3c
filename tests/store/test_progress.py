"""How far a review is: suggestions and questions counted in the database, decisions folded."""

import pytest
from sqlalchemy import Engine

from cxify import store
from cxify.pipeline import MAX_QUESTIONS
from cxify.store import decisions, documents, progress
from cxify.store.progress import Progress
from tests.store.uploaded import person, started, uploaded


def reviewed(database: Engine, outcome: dict[str, object], *steps: tuple[int, str]) -> Progress:
    ada = person(database)
    id = uploaded(database, ada)
    document = started(database, ada, id)
    assert progress.of(database, [id]) == {}, "nothing is counted before it is done"
    assert documents.take(database, document)
    assert documents.finish(database, document, output=b"", page=None, outcome=outcome)
    with store.writing(database) as connection:
        for suggestion, action in steps:
            decisions.add(connection, id, ada.id, suggestion, action)
    return progress.of(database, [id, "x" * 22])[id]


@pytest.mark.parametrize(
    ("outcome", "total"),
    [
        ({}, 0),
        ({"details": {}}, 0),
        ({"details": {"edits": [{"reason": "r"}] * 3}}, 3),
        ({"details": {"edits": [], "questions": ["Who?"]}}, 1),
        ({"details": {"edits": [{}], "questions": ["Who?"] * 50}}, 1 + MAX_QUESTIONS),
    ],
)
def test_edits_and_the_questions_in_the_document_are_counted(
    database: Engine, outcome: dict[str, object], total: int
) -> None:
    assert reviewed(database, outcome) == Progress(total, 0)


def test_what_was_undone_and_comments_decide_nothing(database: Engine) -> None:
    steps = ((0, "accept"), (1, "accept"), (1, "undo"), (2, "comment"), (3, "reject"), (3, "edit"), (3, "undo"))
    found = reviewed(database, {"details": {"edits": [{}] * 4}}, *steps)
    assert found == Progress(4, 2)
    assert not found.finished
