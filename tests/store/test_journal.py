"""The journal: appended to and never changed, and whoever changes it all the same is found out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from cxify import store
from cxify.store import journal


def written(engine: Engine, number: int = 5) -> None:
    with store.writing(engine) as connection:
        for each in range(number):
            journal.append(connection, "ada", "document uploaded", f"paper-{each}", {"size": each, "kind": "Ü"})


def without_guards(engine: Engine, *changes: str) -> None:
    """Change the journal as somebody does who has the database's own password."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE journal DISABLE TRIGGER ALL"))
        else:
            for trigger in ("journal_update", "journal_delete"):
                connection.execute(text(f"DROP TRIGGER {trigger}"))
        for change in changes:
            connection.execute(text(change))


def test_what_was_written_is_read_back_in_its_order(database: Engine) -> None:
    at = datetime(2026, 11, 22, 12, 30, 15, 123456, tzinfo=timezone(timedelta(hours=1)))
    with store.writing(database) as connection:
        first = journal.append(connection, None, "started", "cxify", {"n": 1, "words": ["ä", None]}, at=at)
        second = journal.append(connection, "ada", "signed in", "ada")
    found = list(journal.entries(database))
    assert found == [first, second]
    assert found[0].at == at.astimezone(UTC)
    assert found[1].previous == found[0].hash
    assert [entry.seq for entry in journal.latest(database, 1)] == [2]


def test_an_untouched_journal_is_whole(database: Engine) -> None:
    assert journal.verify(database).whole
    written(database)
    verdict = journal.verify(database)
    assert (verdict.whole, verdict.entries) == (True, 5)
    assert verdict.last == journal.latest(database, 1)[0].hash


@pytest.mark.parametrize("change", ["UPDATE journal SET action = 'x' WHERE seq = 2", "DELETE FROM journal"])
def test_the_database_itself_refuses_to_change_an_entry(database: Engine, change: str) -> None:
    written(database)
    with pytest.raises(DBAPIError, match="append-only"), database.begin() as connection:
        connection.execute(text(change))
    assert journal.verify(database).entries == 5


def test_postgresql_refuses_to_empty_it(queue_url: str) -> None:
    engine = store.connect(queue_url)
    written(engine)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("TRUNCATE journal"))
    engine.dispose()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE journal SET person_id = 'eve' WHERE seq = 3", "entry 3 was changed"),
        ("UPDATE journal SET action = 'x' WHERE seq = 1", "entry 1 was changed"),
        ("UPDATE journal SET object = 'x' WHERE seq = 5", "entry 5 was changed"),
        ("""UPDATE journal SET details = '{"size": 7}' WHERE seq = 3""", "entry 3 was changed"),
        ("UPDATE journal SET at = '2020-01-01 00:00:00' WHERE seq = 2", "entry 2 was changed"),
        ("DELETE FROM journal WHERE seq = 1", "entry 1 is missing"),
        ("DELETE FROM journal WHERE seq = 3", "entry 3 is missing"),
        ("DELETE FROM journal WHERE seq = 5", "entry 5 is missing"),
        ("DELETE FROM journal", "entry 1 is missing"),
        ("UPDATE journal SET hash = previous WHERE seq = 4", "entry 4 was changed"),
    ],
)
def test_any_change_is_found(database: Engine, change: str, fault: str) -> None:
    written(database)
    without_guards(database, change)
    verdict = journal.verify(database)
    assert (verdict.whole, verdict.fault) == (False, fault)


def forged(engine: Engine) -> None:
    """Make the journal anew from its third entry on, hashes and head included."""
    entries = list(journal.entries(engine))[:2]
    changes = ["DELETE FROM journal WHERE seq > 2"]
    changes.append(f"UPDATE journal_head SET seq = 2, hash = '{entries[-1].hash}'")  # noqa: S608  a hash
    without_guards(engine, *changes)
    written(engine, 3)


@pytest.mark.parametrize("make", [forged, lambda engine: without_guards(engine, *SHORTENED)])
def test_a_journal_that_was_made_anew_does_not_fit_what_was_noted_down(
    database: Engine, make: Callable[[Engine], None]
) -> None:
    written(database)
    noted = journal.latest(database, 1)[0]
    make(database)
    assert not journal.verify(database, (noted.seq, noted.hash)).whole


SHORTENED = (
    "UPDATE journal_head SET seq = 4, hash = (SELECT hash FROM journal WHERE seq = 4)",
    "DELETE FROM journal WHERE seq = 5",
)


def test_an_entry_stands_only_with_what_it_tells(database: Engine) -> None:
    written(database, 1)
    with database.connect() as connection:
        journal.append(connection, "ada", "document deleted", "paper-1")
        connection.rollback()
    written(database, 1)
    assert [entry.seq for entry in journal.entries(database)] == [1, 2]
    assert journal.verify(database).whole


def test_many_who_write_at_once_make_one_chain(database: Engine) -> None:
    def write(number: int) -> None:
        for each in range(10):
            with store.writing(database) as connection:
                journal.append(connection, f"p{number}", "decided", f"{each}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    verdict = journal.verify(database)
    assert (verdict.whole, verdict.entries) == (True, 80)


@pytest.mark.long
def test_a_long_journal_is_read_in_parts(database: Engine) -> None:
    written(database, 2500)
    assert [entry.seq for entry in journal.entries(database)] == list(range(1, 2501))
    assert journal.verify(database).entries == 2500
