"""Lists of papers: what a list says is what each paper says, and it is read without reading through files."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, event, text

from cxify import store
from cxify.store import database as database_
from cxify.store import decisions, documents, lists, papers
from cxify.store.lists import Those
from cxify.store.papers import Standing
from tests.store.uploaded import done, person, started, uploaded

EDITS = {"details": {"edits": [{}, {}], "questions": []}}


def of_each_sort(engine: Engine) -> dict[str, str]:
    """Upload papers that stand differently, and return where each stands by its name."""
    ada = person(engine)
    names = {"up.docx": "uploaded", "wait.docx": "waiting", "ready.docx": "ready", "fail.docx": "failed"}
    names |= {"begun.docx": "ready", "decided.docx": "done"}
    for name in names:
        id = uploaded(engine, ada, name.encode(), name=name)
        if name == "up.docx":
            continue
        document = started(engine, ada, id, f"run of {name}")
        if name == "fail.docx":
            assert documents.take(engine, document)
            documents.fail(engine, document, {"message": "No.", "remedy": "Try."})
        elif name != "wait.docx":
            assert documents.take(engine, document)
            documents.finish(engine, document, output=b"made", page=None, outcome=EDITS)
        with store.writing(engine) as connection:
            for suggestion in {"begun.docx": [0], "decided.docx": [0, 1]}.get(name, []):
                decisions.add(connection, id, ada.id, suggestion, "accept")
    return names


def test_a_list_says_of_each_paper_what_the_paper_says_itself(database: Engine) -> None:
    names, ada = of_each_sort(database), person(database)
    found = lists.of_person(database, ada.id)
    assert {each.name: each.word for each in found} == names
    whole = {paper.id: paper for paper in papers.some(database, [each.id for each in found])}
    assert all(whole[each.id].standing is each.standing for each in found)
    assert {each.taken_for for each in found} == {"advert"}
    assert whole[next(each.id for each in found if each.word == "failed")].error == {"message": "No.", "remedy": "Try."}


def test_counts_and_parts_are_those_of_the_whole_list(database: Engine) -> None:
    names, ada = of_each_sort(database), person(database)
    those = Those(owner=ada.id)
    assert lists.counts(database, those) == {"uploaded": 1, "waiting": 1, "ready": 2, "failed": 1, "done": 1}
    ids = [each.id for each in lists.found(database, those)]
    parts = [each.id for first in range(0, 6, 2) for each in lists.found(database, those, first=first, most=2)]
    assert parts == ids
    assert [lists.place(database, those, id) for id in ids] == list(range(6))
    ready = lists.found(database, Those(owner=ada.id, words=("ready", "done")))
    assert {each.name for each in ready} == {name for name, word in names.items() if word in ("ready", "done")}
    assert lists.found(database, Those(owner=ada.id, kinds=("review_form",))) == []
    assert lists.place(database, Those(owner="nobody"), ids[0]) is None


def test_a_decision_taken_back_is_open_again_in_the_list(database: Engine) -> None:
    ada = person(database)
    id = uploaded(database, ada)
    document = started(database, ada, id)
    assert documents.take(database, document)
    documents.finish(database, document, output=b"made", page=None, outcome=EDITS)
    words = []
    with store.writing(database) as connection:
        for suggestion, action in ((0, "accept"), (1, "reject"), (1, "undo"), (0, "undo")):
            decisions.add(connection, id, ada.id, suggestion, action)
            words.append(lists.found(connection, Those(owner=ada.id))[0].word)
    assert words == ["ready", "done", "ready", "ready"]


def test_no_list_reads_through_files(tmp_path: Path) -> None:
    engine = store.connect(f"sqlite:///{tmp_path / 'a.db'}")  # PostgreSQL keeps large values elsewhere by itself
    asked: list[tuple[str, object]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, query, values, *_: asked.append((query, values)))
    lists.of_person(engine, "x")
    lists.of_batch(engine, "x")
    lists.of_everyone(engine)
    lists.counts(engine, Those(owner="x"))
    lists.counts(engine, Those(batch="x", words=("ready",)))
    lists.expiring(engine)
    lists.names(engine, "x")
    listed, plans = list(asked), list[str]()
    with engine.connect() as connection:
        for query, values in listed:
            plans += [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values)]
    assert len(listed) == 7
    for plan in plans:
        assert "COVERING INDEX" in plan or "TEMP B-TREE" in plan, plan


def test_papers_of_an_older_cxify_are_listed_as_they_stand(database: Engine) -> None:
    names, ada = of_each_sort(database), person(database)
    config = Config()
    config.set_main_option("script_location", str(database_._MIGRATIONS))
    for step, to in ((command.downgrade, "0004"), (command.upgrade, "head")):
        with database.begin() as connection:
            config.attributes["connection"] = connection
            step(config, to)
    assert {each.name: each.word for each in lists.of_person(database, ada.id)} == names
    with database.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM papers WHERE taken_for = 'advert'")) == len(names)


def test_what_is_condemned_goes_with_the_next_purge(database: Engine) -> None:
    ada = person(database)
    gone, stays = [uploaded(database, ada, name=f"{number}.docx") for number in range(3)], uploaded(database, ada)
    with store.writing(database) as connection:
        papers.condemn(connection, gone)
    assert store.retention.purge(database).papers == 3
    assert [each.id for each in lists.of_person(database, ada.id)] == [stays]


def test_a_paper_without_suggestions_is_ready_and_never_decided(database: Engine) -> None:
    ada = person(database)
    done(database, started(database, ada, uploaded(database, ada)))
    (only,) = lists.of_person(database, ada.id)
    assert (only.word, only.standing) == ("ready", Standing.READY)
