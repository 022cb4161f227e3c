"""Sign-in is kept on the server, its secret only in the cookie, and it ends when it should."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cxify import store
from cxify.store import people, sessions
from cxify.store.moment import now
from cxify.store.people import Identity
from cxify.web.security.sessions import cookie_name
from cxify.web.signed_in import Person
from tests.web.conftest import config_of, context, idle
from tests.web.security.test_start_token import ORGANISATION


@pytest.fixture
def signed_in(web: TestClient) -> TestClient:
    """Return a browser with a page that only people see who are signed in."""

    @web.app.get("/trial")  # type: ignore[attr-defined]  # a FastAPI application
    def trial(person: Person) -> str:
        return person.id

    return web


@pytest.fixture
def of_organisation(tmp_path: Path) -> Iterator[TestClient]:
    with idle(config_of(tmp_path, **ORGANISATION)) as browser:
        yield browser


def secret_of(web: TestClient) -> str:
    return str(web.cookies[cookie_name(context(web).config)])


def aged(web: TestClient, **columns: timedelta) -> None:
    """Put a session's times back, as if time had passed."""
    with store.writing(context(web).engine) as connection:
        for column, by in columns.items():
            at = (now() - by).replace(tzinfo=None).isoformat(" ")
            connection.exec_driver_sql(f"UPDATE sessions SET {column} = '{at}'")  # noqa: S608  ours


def test_the_database_holds_only_a_hash_of_the_cookie(signed_in: TestClient) -> None:
    secret = secret_of(signed_in)
    with sqlite3.connect(context(signed_in).engine.url.database or "") as database:
        ids = [id for (id,) in database.execute("SELECT id FROM sessions")]
        assert ids == [sha256(secret.encode()).hexdigest()]
        assert secret not in "".join(database.iterdump())


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: TestClient) -> None:
    answer = stranger.get("/start", params={"token": context(stranger).config.start_token})
    parts = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= parts
    assert not any(part.startswith("domain") for part in parts)


def test_by_https_the_cookie_is_bound_to_the_host_and_never_sent_in_the_clear(of_organisation: TestClient) -> None:
    from fastapi import Request, Response

    from cxify.web.security import sessions as web_sessions

    here = context(of_organisation)
    with store.writing(here.engine) as connection:
        person = people.welcome(connection, Identity("https://login.example.org", "1", "Ada"))
    response = Response()
    web_sessions.sign_in(Request({"type": "http", "headers": [], "app": of_organisation.app}), response, here, person)
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-cxify=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_signing_in_makes_a_new_session_and_ends_the_one_before(stranger: TestClient) -> None:
    here = context(stranger)
    with store.writing(here.engine) as connection:
        planted = sessions.begin(connection, None, here.config.lifetime)
    name = cookie_name(here.config)
    answer = stranger.get("/start", params={"token": here.config.start_token}, headers={"Cookie": f"{name}={planted}"})
    assert answer.cookies[name] != planted
    assert sessions.find(here.engine, planted, here.config.lifetime) is None


def test_signing_out_ends_the_session_on_the_server_too(signed_in: TestClient) -> None:
    name, secret = cookie_name(context(signed_in).config), secret_of(signed_in)
    assert signed_in.get("/trial").status_code == 200
    left = signed_in.post("/logout")
    assert name not in signed_in.cookies
    assert left.headers["clear-site-data"] == '"cache"', "the back button shows nothing either"
    kept = signed_in.get("/trial", headers={"Cookie": f"{name}={secret}", "Accept": "application/json"})
    assert kept.status_code == 401


def test_an_unused_session_ends(signed_in: TestClient) -> None:
    aged(signed_in, used=timedelta(minutes=59))
    assert signed_in.get("/trial").status_code == 200
    aged(signed_in, used=timedelta(minutes=61))
    assert signed_in.get("/trial").status_code == 303


def test_using_a_session_keeps_it(signed_in: TestClient) -> None:
    aged(signed_in, used=timedelta(minutes=40))
    signed_in.get("/trial")
    here = context(signed_in)
    found = sessions.find(here.engine, secret_of(signed_in), here.config.lifetime)
    assert found is not None
    assert now() - found.used < timedelta(minutes=1)


def test_a_session_ends_however_much_it_is_used(signed_in: TestClient) -> None:
    aged(signed_in, expires=timedelta(seconds=1))
    assert signed_in.get("/trial").status_code == 303


def test_sessions_that_have_ended_are_deleted(signed_in: TestClient) -> None:
    here = context(signed_in)
    aged(signed_in, used=timedelta(minutes=61))
    with store.writing(here.engine) as connection:
        assert sessions.sweep(connection, here.config.lifetime) == 1


@pytest.mark.parametrize("value", ["", "x", "a" * 10_000, "' OR 1=1 --"])
def test_an_invented_cookie_is_nobody(stranger: TestClient, value: str) -> None:
    name = cookie_name(context(stranger).config)

    @stranger.app.get("/trial")  # type: ignore[attr-defined]
    def trial(person: Person) -> str:
        return person.id

    assert stranger.get("/trial", headers={"Cookie": f"{name}={value}"}).status_code == 303
