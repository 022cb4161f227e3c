"""Tokens with which programs speak for a person: shown once, kept as a hash, ended when somebody says so."""

import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cxify import store
from cxify.store import journal, tokens
from cxify.store.moment import now
from cxify.store.tokens import Scope
from cxify.web.routes.tokens import MOST
from tests.web.organisation import Organisation, open_page, organised

pytestmark = pytest.mark.long

ME = "/api/v1/me"


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Organisation]:
    with open_page(organised(tmp_path / "data")) as page:
        yield page


def made(browser: TestClient, scope: str = "read", days: int = 30) -> str:
    """Make a token as a person does, and return what the page shows."""
    answer = browser.post("/tokens", data={"name": "Payroll 7", "scope": scope, "days": days})
    assert answer.status_code == 201
    found = re.search(r"cxify_[\w-]{43}", answer.text)
    assert found
    return found[0]


def asked(page: Organisation, secret: str, path: str = ME) -> int:
    browser = page.browser()
    return browser.get(path, headers={"Authorization": f"Bearer {secret}"}).status_code


def test_a_token_is_shown_once_and_kept_as_a_hash(page: Organisation) -> None:
    browser = page.signed_in(page.person("kim"))
    secret = made(browser)
    assert secret not in browser.get("/tokens").text
    database = b"".join(file.read_bytes() for file in Path(page.here.config.serve.data or "").iterdir())
    assert secret.encode() not in database
    assert sha256(secret.encode()).hexdigest().encode() in database
    assert secret not in str([entry.details for entry in journal.latest(page.here.engine)])


def test_a_token_speaks_for_its_person(page: Organisation) -> None:
    secret = made(page.signed_in(page.person("kim")))
    told = page.browser().get(ME, headers={"Authorization": f"Bearer {secret}"}).json()
    assert (told["name"], told["role"]) == ("Kim", "editor")


def test_a_token_that_was_ended_is_worth_nothing(page: Organisation) -> None:
    kim = page.person("kim")
    browser = page.signed_in(kim)
    secret = made(browser)
    assert asked(page, secret) == 200
    (token,) = tokens.of(page.here.engine, kim.id)
    assert browser.post("/tokens", data={"revoke": token.id}).status_code == 303
    assert asked(page, secret) == 401


def test_a_token_ends_by_itself(page: Organisation) -> None:
    kim, yesterday = page.person("kim"), now() - timedelta(days=1)
    with store.writing(page.here.engine) as connection:
        secret = tokens.issue(connection, kim.id, "old", Scope.WRITE, yesterday)
    assert asked(page, secret) == 401


def test_nobody_ends_or_sees_tokens_of_others(page: Organisation) -> None:
    kim, lee = page.person("kim"), page.person("lee")
    secret = made(page.signed_in(kim))
    (token,) = tokens.of(page.here.engine, kim.id)
    other = page.signed_in(lee)
    assert other.post("/tokens", data={"revoke": token.id}).status_code == 404
    assert "Payroll 7" not in other.get("/tokens").text
    assert asked(page, secret) == 200


def test_a_token_that_may_read_changes_nothing(page: Organisation) -> None:
    browser = page.signed_in(page.person("kim"))
    path = f"/api/v1/documents/{'x' * 22}"
    for scope, status in (("read", 403), ("write", 404)):
        headers = {"Authorization": f"Bearer {made(browser, scope)}"}
        assert page.browser().delete(path, headers=headers).status_code == status


@pytest.mark.parametrize("scheme", ["", "Basic ", "bearer", "Bearer"])
def test_without_a_token_the_api_says_so(page: Organisation, scheme: str) -> None:
    headers = {"Authorization": f"{scheme}nothing"} if scheme else {}
    answer = page.browser().get(ME, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert set(answer.json()) == {"message", "remedy", "code"}


def test_a_session_opens_no_api(page: Organisation) -> None:
    assert page.signed_in(page.person("kim")).get(ME).status_code == 401


def test_a_token_opens_no_page(page: Organisation) -> None:
    secret = made(page.signed_in(page.person("kim")))
    assert asked(page, secret, "/tokens") == 303


def test_nobody_has_tokens_without_end(page: Organisation) -> None:
    browser = page.signed_in(page.person("kim"))
    for _ in range(MOST):
        made(browser)
    answer = browser.post("/tokens", data={"name": "one more", "days": 30})
    assert answer.status_code == 422
    assert "End those that no program uses" in answer.text


@pytest.mark.parametrize("data", [{"name": " "}, {"name": "x", "days": 9999}, {"name": "x", "scope": "everything"}])
def test_a_token_without_name_or_limits_is_not_made(page: Organisation, data: dict[str, object]) -> None:
    kim = page.person("kim")
    assert page.signed_in(kim).post("/tokens", data=data).status_code == 422
    assert not tokens.of(page.here.engine, kim.id)
