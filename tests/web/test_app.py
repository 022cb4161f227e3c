"""The page starts, signs its one person in, and says what is wrong in sentences."""

import os
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from cxify import settings, store
from cxify.errors import BadEdits
from cxify.store import batches, lists, papers, people
from cxify.store.moment import now
from cxify.store.papers import NewPaper
from cxify.web import config as config_
from cxify.web.config import Config
from cxify.web.signed_in import Admin, Person
from tests.web.conftest import client, context, idle, signed_in

trial = APIRouter()


@trial.get("/trial/me")
def me(person: Person) -> dict[str, str]:
    return {"name": person.name, "role": person.role}


@trial.get("/trial/admin")
def for_admins(person: Admin) -> dict[str, str]:
    return {"name": person.name}


@trial.get("/trial/wrong")
def wrong() -> None:
    raise BadEdits("The edits are wrong.", "Correct them.")


@trial.get("/trial/number/{number}")
def numbered(number: int) -> int:
    return number


@pytest.fixture
def tried(web: TestClient) -> TestClient:
    web.app.include_router(trial)  # type: ignore[attr-defined]  # a FastAPI application
    return web


def test_the_page_and_its_database_answer(stranger: TestClient) -> None:
    assert stranger.get("/healthz").text == "ok\n"


def test_the_start_address_signs_the_one_person_in(tried: TestClient) -> None:
    assert tried.get("/trial/me").json() == {"name": "Ada", "role": "admin"}


def test_a_stranger_is_sent_to_sign_in_and_back(stranger: TestClient) -> None:
    stranger.app.include_router(trial)  # type: ignore[attr-defined]  # a FastAPI application
    answer = stranger.get("/trial/me?a=1", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/trial/me%3Fa%3D1")


def test_a_program_without_sign_in_is_told_so(stranger: TestClient) -> None:
    stranger.app.include_router(trial)  # type: ignore[attr-defined]  # a FastAPI application
    answer = stranger.get("/trial/me", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["code"] == "SignInNeeded"


def test_what_is_for_another_role_is_refused(tried: TestClient) -> None:
    here = context(tried)
    assert tried.get("/trial/admin").status_code == 200
    with here.engine.begin() as connection:
        (only,) = people.all_of(connection)
        people.appoint(connection, only.id, people.Role.EDITOR)
    assert tried.get("/trial/admin").status_code == 403


def test_an_error_is_a_page_with_its_remedy(tried: TestClient) -> None:
    answer = tried.get("/trial/wrong", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "The edits are wrong." in answer.text
    assert "Correct them." in answer.text


def test_an_error_is_json_for_who_asks_for_it(tried: TestClient) -> None:
    answer = tried.get("/trial/wrong", headers={"Accept": "application/json"})
    assert answer.json() == {"message": "The edits are wrong.", "remedy": "Correct them.", "code": "BadEdits"}


def test_what_does_not_fit_is_named_but_not_repeated(tried: TestClient) -> None:
    answer = tried.get("/trial/number/secret-words")
    assert answer.status_code == 422
    assert "number" in answer.text
    assert "secret-words" not in re.sub(r'value="[^"]*"', "", answer.text)


def test_an_unknown_address_is_a_page_too(web: TestClient) -> None:
    answer = web.get("/nothing-here")
    assert answer.status_code == 404
    assert "text/html" in answer.headers["content-type"]


@pytest.mark.parametrize(
    ("asked", "language"), [("de-AT,en;q=0.5", "de"), ("en-GB", "en"), ("ja", "en"), ("en;q=0.1,de;q=0.9", "de")]
)
def test_the_page_speaks_the_language_of_the_browser(stranger: TestClient, asked: str, language: str) -> None:
    text = stranger.get("/login", headers={"Accept-Language": asked}).text
    assert re.search(r'<html lang="(\w+)"', text)[1] == language  # type: ignore[index]  # it stands there


def test_choices_of_the_page_are_kept_in_this_browser(stranger: TestClient) -> None:
    answer = stranger.post("/preferences", data={"theme": "dark", "next": "/login"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert 'data-theme="dark"' in stranger.get("/login").text


@pytest.mark.parametrize("next", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"])
def test_nobody_is_led_away_from_the_page(stranger: TestClient, next: str) -> None:
    assert stranger.post("/preferences", data={"theme": "dark", "next": next}).headers["location"] == "/"


@pytest.mark.long
def test_documents_whose_time_is_up_are_deleted_while_the_page_runs(config: Config) -> None:
    with client(config) as browser:
        here = context(signed_in(browser))
        (only,) = people.all_of(here.engine)
        with store.writing(here.engine) as connection:
            batch = batches.add(connection, only.id, {})
            old, new = (
                papers.add(connection, batch, only.id, NewPaper("a.docx", b"words", "0" * 64), now() + days)
                for days in (timedelta(days=-1), timedelta(days=1))
            )
    with client(config) as browser:
        left = [old, new]
        until = time.monotonic() + 30
        while len(left) == 2 and time.monotonic() < until:
            time.sleep(0.05)
            left = [paper.id for paper in lists.of_person(context(browser).engine, only.id)]
    assert left == [new]


def test_the_page_runs_on_postgresql(queue_url: str, tmp_path: Path) -> None:
    own = settings.load({"USER": "Ada", "CXIFY_CONFIG": os.devnull}, queue=queue_url)
    chosen = settings.load_serve({}, data=str(tmp_path))
    with idle(Config(chosen, own, config_.database(chosen, own), port=8765)) as browser:
        assert signed_in(browser).get("/").status_code == 200
        assert store.journal.verify(context(browser).engine).entries == 1
    assert not list(tmp_path.iterdir())
