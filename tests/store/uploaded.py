"""People and papers for tests of the store."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine

from cxify import store
from cxify.store import New, Writing, batches, documents, looks, papers, people
from cxify.store.moment import now
from cxify.store.papers import NewPaper
from cxify.store.people import Identity, Person, Role


def person(engine: Engine, name: str = "Ada", role: Role | None = None) -> Person:
    with store.writing(engine) as connection:
        return people.welcome(connection, Identity("https://login.example", name.lower(), name), role)


def uploaded(engine: Engine, owner: Person, source: bytes = b"words", days: float = 30, name: str = "a.docx") -> str:
    """Upload a paper of its own batch and return its id."""
    with store.writing(engine) as connection:
        batch = batches.add(connection, owner.id, {})
        new = NewPaper(name, source, sha256(source).hexdigest(), looked={"kind": "advert"})
        return papers.add(connection, batch, owner.id, new, now() + timedelta(days=days))


def looked(connection: Writing, id: str, found: dict[str, Any]) -> None:
    """Let somebody look at a paper."""
    paper = papers.behind(connection, id)
    assert paper
    assert looks.correct(connection, paper, found, paper.correction)


def started(engine: Engine, owner: Person, id: str, run: str = "r1") -> int:
    """Make a paper a document of a run and return that document's number."""
    paper, source = papers.mine(engine, owner, id), papers.source(engine, id)
    with store.writing(engine) as connection:
        documents.start(connection, run=run, edition="e1", settings={"a": 1}, fingerprint="f", files=[])
        (document,) = documents.add(connection, run, [New(paper.id, source, paper.sha256, "s", None, 10)])
        batches.choose(connection, paper.batch_id, {"runs": {"": run}})
        assert papers.started(connection, id, document)
    return document


def done(engine: Engine, document: int, output: bytes = b"redlined") -> None:
    assert documents.take(engine, document)
    assert documents.finish(engine, document, output=output, page="page", outcome={"changed": True})
