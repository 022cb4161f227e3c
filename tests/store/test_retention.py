"""What is deleted is gone: from the tables, and from the database's files."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from cxify import store
from cxify.errors import NotFound
from cxify.store import approvals, decisions, journal, lists, papers, retention, runs
from cxify.store.approvals import Verdict
from cxify.store.moment import now
from tests.store.uploaded import done, looked, person, started, uploaded

MARK = b"Frau Beispiel ist oft krank"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "web.db"


def holds(file: Path, mark: bytes = MARK) -> list[str]:
    """Return which of the database's files hold the words, as SQLite or UTF-16 would write them."""
    forms = (mark, mark.decode().encode("utf-16-le"))
    return [each.name for each in file.parent.iterdir() if any(form in each.read_bytes() for form in forms)]


def everything(engine: Engine, days: float = 30, mark: bytes = MARK) -> str:
    """Upload a document, rewrite it, decide on it and ask for approval, with the words everywhere."""
    ada, words = person(engine), mark.decode()
    id = uploaded(engine, ada, mark * 3000, days, name=f"{words}.docx")
    document = started(engine, ada, id, run=id)
    done(engine, document, output=mark * 3000)
    with store.writing(engine) as connection:
        looked(connection, id, {"title": words})
        decisions.add(connection, id, ada.id, 1, "edit", {"text": words})
        approvals.add(connection, id, ada.id, Verdict.ASKED, words)
    return id


def test_the_words_are_in_the_files_before_and_not_afterwards(file: Path) -> None:
    engine = store.connect(store.file_address(file))
    ids = [everything(engine) for _ in range(3)]
    assert holds(file)
    with store.writing(engine) as connection:
        retention.erase(connection, ids, "ada", "by its owner")
    assert retention.scrub(engine)
    assert holds(file) == []
    engine.dispose()
    assert holds(file) == []


def test_the_words_of_many_documents_of_all_sizes_leave_the_files(file: Path) -> None:
    engine, chance = store.connect(store.file_address(file)), random.Random(7)  # noqa: S311  no secret
    ada = person(engine)
    kept = {uploaded(engine, ada, b"stays" * chance.randrange(1, 4000), 30) for _ in range(20)}
    gone = [uploaded(engine, ada, MARK * chance.choice([1, 2, 5, 40, 150, 700, 5000]), -1) for _ in range(120)]
    chance.shuffle(gone)
    for begin in range(0, len(gone), 7):
        with store.writing(engine) as connection:
            papers.remove(connection, gone[begin : begin + 7])
        kept.add(uploaded(engine, ada, b"stays" * chance.randrange(1, 4000), 30))
    assert retention.scrub(engine)
    assert holds(file) == []
    assert {paper.id for paper in lists.of_person(engine, ada.id)} == kept


def test_a_purge_deletes_what_is_due_and_nothing_else(database: Engine) -> None:
    due, stays = everything(database, -1), everything(database, 30)
    purged = retention.purge(database)
    assert (purged.papers, purged.scrubbed) == (1, True)
    ada = person(database)
    assert [paper.id for paper in lists.of_person(database, ada.id)] == [stays]
    with pytest.raises(NotFound):
        papers.source(database, due)
    assert runs.find(database, due) is None
    assert runs.find(database, stays) is not None


def test_nothing_of_a_deleted_document_stays_in_any_table(database: Engine) -> None:
    everything(database, -1)
    retention.purge(database)
    with database.connect() as connection:
        for table in ("papers", "documents", "decisions", "approvals", "batches", "runs"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table  # noqa: S608  ours


def test_the_journal_says_that_it_was_deleted_and_not_what_it_said(database: Engine) -> None:
    id = everything(database, -1)
    retention.purge(database)
    (entry,) = journal.entries(database)
    assert (entry.action, entry.object, entry.details) == ("document deleted", id, {"why": "expired"})


def test_somebody_who_reads_meanwhile_delays_the_scrubbing_and_is_told(file: Path) -> None:
    engine = store.connect(store.file_address(file))
    everything(engine, -1)
    with engine.connect() as reader:
        reader.exec_driver_sql("BEGIN")
        reader.execute(text("SELECT count(*) FROM papers")).one()
        assert retention.purge(engine).scrubbed is False
    assert retention.purge(engine).scrubbed
    assert holds(file) == []


def test_when_it_is_due_is_decided_by_the_given_time(database: Engine) -> None:
    everything(database, 30)
    assert retention.purge(database, now() + timedelta(days=29)).papers == 0
    assert retention.purge(database, now() + timedelta(days=31)).papers == 1


def test_old_words_do_not_stay_when_a_paper_is_looked_at_again(file: Path) -> None:
    engine = store.connect(store.file_address(file))
    id = uploaded(engine, person(engine))
    with store.writing(engine) as connection:
        looked(connection, id, {"title": MARK.decode() * 500})
    with store.writing(engine) as connection:
        looked(connection, id, {"title": "short"})
    assert retention.scrub(engine)
    assert holds(file) == []
