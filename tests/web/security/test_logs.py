"""No text of a document, no name, no search and no secret reaches a log or an error page."""

import logging
from pathlib import Path

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient
from sqlalchemy import text

from cxify import pages
from cxify.web.context import Here
from cxify.web.signed_in import Person
from tests.web.conftest import context

WORDS = "Herr Müller war krank"
trial = APIRouter()


@trial.get("/trial/{id}/{name}")
def fails(id: str, name: str, person: Person) -> None:  # noqa: ARG001  the route's parameters
    raise ValueError(f"cannot read {WORDS}")


@trial.get("/chained/{id}")
def fails_because(id: str) -> None:
    try:
        fails(id, id, None)  # type: ignore[arg-type]  # nobody
    except ValueError as error:
        raise RuntimeError(WORDS) from error


@trial.get("/database")
def database_fails(here: Here) -> None:
    with here.engine.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": WORDS})


@pytest.fixture
def tried(web: TestClient, caplog: pytest.LogCaptureFixture) -> TestClient:
    caplog.set_level(logging.DEBUG)
    web.app.include_router(trial)  # type: ignore[attr-defined]  # a FastAPI application
    return web


@pytest.mark.parametrize("path", ["/trial/1/name", "/chained/1", "/database"])
def test_a_fault_is_told_without_its_words(tried: TestClient, caplog: pytest.LogCaptureFixture, path: str) -> None:
    caplog.clear()
    answer = tried.get(path)
    assert answer.status_code in (500, 503)
    assert WORDS not in answer.text
    assert "Traceback" not in answer.text
    ours = [record for record in caplog.records if record.name.startswith(("cxify", "uvicorn", "sqlalchemy"))]
    assert WORDS not in "".join(record.getMessage() + str(record.exc_text) for record in ours)


def test_a_fault_has_a_number_by_which_the_log_knows_it(tried: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = tried.get("/chained/1", headers={"Accept": "application/json"})
    number = answer.json()["remedy"].rstrip(".").split()[-1]
    (line,) = [record.getMessage() for record in caplog.records if number in record.getMessage()]
    assert "RuntimeError" in line
    assert "fails_because" in line


def test_an_error_whose_page_fails_is_a_bare_sentence(tried: TestClient) -> None:
    here = context(tried)
    here.templates = pages.environment(Path(__file__).parent)
    answer = tried.get("/nothing")
    assert answer.status_code == 500
    assert answer.text.startswith("cxify itself failed on this.")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_access_log_has_routes_and_ids_only(tried: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    id = "A" * 22
    caplog.clear()
    tried.get(f"/trial/{id}/{WORDS}", params={"q": WORDS})
    (line,) = [record.getMessage() for record in caplog.records if record.name == "cxify.web.access"]
    assert line.startswith("GET /trial/{id}/{name} 500 ")
    assert f"of={id}" in line
    assert "person=" in line
    assert "Müller" not in line
    assert "Ada" not in line


def test_the_start_token_is_in_no_log(stranger: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    token = context(stranger).config.start_token
    stranger.get("/start", params={"token": token})
    assert token not in "".join(record.getMessage() for record in caplog.records if record.name.startswith("cxify"))


def test_secrets_are_not_shown_by_what_holds_them(web: TestClient) -> None:
    config = context(web).config
    assert config.start_token not in repr(config)
    assert config.database not in repr(config)
