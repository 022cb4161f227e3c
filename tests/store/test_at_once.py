"""Many people at once on one database: nobody is told that it is locked, and nothing is lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, event

from cxify import store
from cxify.store import decisions, journal, lists, retention
from cxify.store.people import Person
from tests.store.uploaded import looked, person, uploaded

pytestmark = pytest.mark.long

PEOPLE, EACH = 12, 8


def work(engine: Engine, who: Person) -> str:
    """Upload, look, decide and note it, as one person does."""
    id = uploaded(engine, who, b"words" * 20_000)
    with store.writing(engine) as connection:
        looked(connection, id, {"kind": "advert"})
        decisions.add(connection, id, who.id, 1, "accept")
        journal.append(connection, who.id, "decided", id)
    return id


def test_people_who_write_at_once_wait_for_each_other(database: Engine) -> None:
    people = [person(database, f"P{number}") for number in range(PEOPLE)]
    with ThreadPoolExecutor(PEOPLE) as pool:
        ids = list(pool.map(work, repeat(database), people * EACH))
    assert len(set(ids)) == PEOPLE * EACH
    assert all(len(lists.of_person(database, who.id)) == EACH for who in people)
    assert all(len(decisions.of(database, id)) == 1 for id in ids)
    verdict = journal.verify(database)
    assert (verdict.whole, verdict.entries) == (True, PEOPLE * EACH)


def test_deleting_for_good_does_not_stop_those_who_write(database: Engine) -> None:
    ended, who = Event(), person(database)

    def delete() -> int:
        rounds = 0
        while not ended.is_set():
            retention.scrub(database)
            rounds += 1
        return rounds

    with ThreadPoolExecutor(5) as pool:
        deleting = pool.submit(delete)
        ids = list(pool.map(work, repeat(database, 40), repeat(who)))
        ended.set()
        assert deleting.result() > 0
    assert {paper.id for paper in lists.of_person(database, who.id)} == set(ids)


def test_nobody_starves_who_writes_in_sqlite(tmp_path: Path) -> None:
    """SQLite lets those wait who come second, without any order; here it lets nobody wait, and still nobody fails."""
    database = store.connect(f"sqlite:///{tmp_path / 'a.db'}")
    event.listen(database, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=0"))
    database.dispose()
    ada = person(database)

    def write(number: int) -> None:
        with store.writing(database) as connection:
            journal.append(connection, ada.id, "wrote", str(number))
            time.sleep(0.01)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(80)))
    assert journal.verify(database).whole
    assert len(list(journal.entries(database))) == 80
