"""A document is handed over once, done once and stored once, in SQLite and in PostgreSQL."""

import _sqlite3
import ctypes
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from cxify import store
from cxify.errors import SettingsInvalid, StoreUnavailable
from cxify.store import New, State, documents, runs
from cxify.store.tables import Base


def new(name: str, source: bytes = b"words", settings: str = "s1") -> New:
    return New(name, source, sha256(source).hexdigest(), settings, {"role": "Nurse"}, 0)


def begin(engine: Engine, *handed: New, run: str = "r1") -> list[int]:
    with engine.begin() as connection:
        documents.start(connection, run=run, edition="e1", settings={"a": 1}, fingerprint="f", files=[b"x"])
        return documents.add(connection, run, handed)


def counts(engine: Engine, run: str = "r1") -> dict[State, int]:
    return runs.known(engine, run).counts


def test_the_migrations_make_what_the_tables_say(database: Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_document_goes_from_waiting_to_done_with_all_that_belongs_to_it(database: Engine) -> None:
    (id,) = begin(database, new("a.docx"))
    taken = documents.take(database, id)
    assert taken is not None
    assert (taken.name, taken.source, taken.profile, taken.attempts) == ("a.docx", b"words", {"role": "Nurse"}, 1)
    assert documents.finish(database, id, output=b"redlined", page="# Page", outcome={"changed": True})
    result = documents.result(database, id)
    assert (result.state, result.output, result.page) == (State.DONE, b"redlined", "# Page")
    assert [one.id for one in documents.ended(database, "r1")] == [id]
    assert counts(database) == {State.DONE: 1}


def test_files_that_were_handed_over_do_not_stay_in_memory(tmp_path: Path) -> None:
    """Python's driver would keep the last hundred statements, each with all files that were bound to it."""
    library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    library.sqlite3_memory_used.restype = ctypes.c_int64
    before = library.sqlite3_memory_used()  # of what other tests in this process have open
    engine = store.connect(f"sqlite:///{tmp_path / 'a.db'}")
    for run in range(4):
        begin(engine, *(new(f"{number}.docx", bytes(2**20)) for number in range(4 + run)), run=str(run))
    kept = library.sqlite3_memory_used() - before
    engine.dispose()
    assert kept < 6 * 2**20


def test_what_two_workers_did_is_stored_once(database: Engine) -> None:
    (id,) = begin(database, new("a.docx"))
    assert documents.take(database, id)
    second = documents.take(database, id)
    assert second is not None
    assert second.attempts == 2
    assert documents.finish(database, id, output=b"first", page=None, outcome={})
    assert not documents.finish(database, id, output=b"second", page=None, outcome={})
    assert not documents.fail(database, id, {"message": "too late"})
    assert documents.result(database, id).output == b"first"
    assert documents.take(database, id) is None


def test_the_same_document_is_handed_over_once_and_a_changed_one_again(database: Engine) -> None:
    assert len(begin(database, new("a.docx"), new("b.docx"))) == 2
    assert begin(database, new("a.docx"), new("b.docx")) == []
    assert len(begin(database, new("a.docx", b"other words"))) == 1
    assert len(begin(database, new("a.docx", settings="s2"))) == 1


def test_what_failed_is_tried_again_when_it_is_handed_over_again(database: Engine) -> None:
    failed, done = begin(database, new("a.docx"), new("b.docx"))
    for id in (failed, done):
        documents.take(database, id)
    documents.fail(database, failed, {"message": "no"})
    documents.finish(database, done, output=b"", page=None, outcome={})
    assert begin(database, new("a.docx"), new("b.docx")) == [failed]
    again = documents.take(database, failed)
    assert again is not None
    assert again.attempts == 1


def test_cancelling_stops_what_waits_and_lets_what_is_in_work_finish(database: Engine) -> None:
    working, waiting = begin(database, new("a.docx"), new("b.docx"))
    documents.take(database, working)
    with database.begin() as connection:
        assert documents.cancel(connection, "r1") == 1
    assert documents.take(database, waiting) is None
    assert documents.finish(database, working, output=b"", page=None, outcome={})
    assert counts(database) == {State.DONE: 1, State.CANCELLED: 1}
    assert runs.known(database, "r1").cancelled


def test_what_is_handed_over_after_the_run_was_cancelled_is_cancelled_too(database: Engine) -> None:
    begin(database)
    with database.begin() as connection:
        documents.cancel(connection, "r1")
    (id,) = begin(database, new("a.docx"))
    assert documents.take(database, id) is None
    assert counts(database) == {State.CANCELLED: 1}


def test_a_deleted_run_leaves_no_document(database: Engine) -> None:
    begin(database, new("a.docx"))
    begin(database, new("b.docx"), run="r2")
    with database.begin() as connection:
        runs.forget(connection, "r1")
    assert runs.find(database, "r1") is None
    with closing(database.connect()) as connection:
        assert connection.scalar(text("SELECT count(*) FROM documents")) == 1


def test_documents_of_other_editions_are_counted(database: Engine) -> None:
    begin(database, new("a.docx"), new("b.docx"))
    assert documents.waiting_elsewhere(database, ["e1"]) == {}
    assert documents.waiting_elsewhere(database, ["e2"]) == {"e1": 2}


def test_opening_twice_changes_nothing(database: Engine) -> None:
    begin(database, new("a.docx"))
    store.connect(database.url.render_as_string(hide_password=False)).dispose()
    assert counts(database) == {State.WAITING: 1}


def test_tables_of_a_newer_cxify_are_refused(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match="newer cxify"):
        store.connect(database.url.render_as_string(hide_password=False))


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("postgresql://u:geheim@127.0.0.1:1/x?connect_timeout=2", StoreUnavailable),
        ("geheim", SettingsInvalid),
        ("mysql://u:geheim@h/x", SettingsInvalid),
        ("postgresql://u:geheim@h:port/x", SettingsInvalid),
    ],
)
def test_a_wrong_address_is_told_without_its_secret(url: str, error: type[Exception]) -> None:
    with pytest.raises(error) as met:
        store.connect(url)
    assert "geheim" not in str(met.value)
