"""Signing in to an organisation's page, in and out, as browsers do it."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from cxify.store import journal, people, tokens
from cxify.store.moment import now
from cxify.store.people import Role
from cxify.store.tokens import Scope
from cxify.web.security.sessions import cookie_name
from tests.web.organisation import Organisation, open_page, organised, sign_in, to_the_service
from tests.web.sign_in_service import Service, running

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running() as service:
        yield service


@pytest.fixture
def page(service: Service, tmp_path: Path) -> Iterator[Organisation]:
    service.person, service.claimed = {}, lambda claims: claims
    with open_page(organised(tmp_path / "data", service.issuer)) as page:
        yield page


def test_a_person_signs_in_and_is_where_they_wanted_to_go(page: Organisation, service: Service) -> None:
    browser = page.browser()
    answer = sign_in(browser, service, "/tokens?a=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/tokens?a=1")
    assert "Kim Meyer" in browser.get("/tokens").text
    (person,) = people.all_of(page.here.engine)
    assert (person.issuer, person.subject, person.role) == (service.issuer, "kim", Role.EDITOR)


def test_nobody_is_led_elsewhere_after_signing_in(page: Organisation, service: Service) -> None:
    assert sign_in(page.browser(), service, "https://evil.example/").headers["location"] == "/"


def test_the_session_is_a_new_one_after_signing_in(page: Organisation, service: Service) -> None:
    browser, name = page.browser(), cookie_name(page.here.config)
    browser.cookies.set(name, "planted by somebody else", domain="127.0.0.1", path="/")
    sign_in(browser, service)
    first = browser.cookies[name]
    sign_in(browser, service)
    assert len({"planted by somebody else", first, browser.cookies[name]}) == 3
    old = page.browser()
    old.cookies.set(name, first, domain="127.0.0.1", path="/")
    assert old.get("/tokens").status_code == 303


def test_a_sign_in_under_way_opens_nothing(page: Organisation) -> None:
    browser = page.browser()
    browser.get("/login/oidc")
    (pending,) = [value for name, value in browser.cookies.items() if name.endswith("sign-in")]
    browser.cookies.set(cookie_name(page.here.config), pending, domain="127.0.0.1", path="/")
    assert browser.get("/tokens").status_code == 303


def test_an_address_of_a_sign_in_works_once_and_in_its_own_browser(page: Organisation, service: Service) -> None:
    service.person = {"sub": "kim", "groups": ["hr"]}
    browser, thief = page.browser(), page.browser()
    back = to_the_service(browser)
    assert thief.get(back).status_code == 403
    assert browser.get(back).status_code == 303
    again = browser.get(back)
    assert again.status_code == 403
    assert "another window" in again.text


def test_an_answer_that_is_not_believed_is_a_page_with_a_sentence(page: Organisation, service: Service) -> None:
    service.claimed = lambda claims: claims | {"nonce": "another"}
    browser = page.browser()
    answer = sign_in(browser, service)
    assert answer.status_code == 403
    assert "does not belong to this sign-in" in answer.text
    assert browser.get("/tokens").status_code == 303


def test_groups_decide_at_every_sign_in(page: Organisation, service: Service) -> None:
    for groups, role in ((["it"], Role.ADMIN), (["hr-leads", "hr"], Role.APPROVER), (["hr"], Role.EDITOR)):
        sign_in(page.browser(), service, groups=groups)
        assert people.all_of(page.here.engine)[0].role is role


def test_who_left_the_groups_loses_sessions_and_tokens_at_once(page: Organisation, service: Service) -> None:
    browser = page.browser()
    sign_in(browser, service)
    (person,) = people.all_of(page.here.engine)
    with page.here.engine.begin() as connection:
        secret = tokens.issue(connection, person.id, "HR system", Scope.READ, now().replace(year=2100))
    answer = sign_in(page.browser(), service, groups=["sales"])
    assert answer.status_code == 403
    assert "has not given you access" in answer.text
    assert browser.get("/tokens").status_code == 303
    assert tokens.find(page.here.engine, secret) is None
    assert journal.latest(page.here.engine)[0].action == "sign-in refused"


def test_signing_out_ends_the_session_on_the_server(page: Organisation, service: Service) -> None:
    browser, name = page.browser(), cookie_name(page.here.config)
    sign_in(browser, service)
    kept = browser.cookies[name]
    answer = browser.post("/logout")
    assert answer.headers["location"].startswith("/login")
    assert name not in browser.cookies
    browser.cookies.set(name, kept, domain="127.0.0.1", path="/")
    assert browser.get("/tokens").status_code == 303
    actions = [entry.action for entry in journal.latest(page.here.engine)]
    assert actions[:2] == ["signed out", "signed in"]


def test_after_signing_out_the_service_is_one_step_away(page: Organisation, service: Service) -> None:
    shown = page.browser().get("/login?out=true").text
    assert f'href="{service.issuer}/end?client_id=' in shown


def test_a_service_that_is_away_is_a_page_that_says_so(tmp_path: Path) -> None:
    with open_page(organised(tmp_path / "data", "http://127.0.0.1:9")) as page:
        answer = page.browser().get("/login/oidc")
        assert answer.status_code == 503
        assert "does not answer as it should" in answer.text
        assert page.browser().get("/login?out=true").status_code == 200


def test_in_local_mode_there_is_no_service_to_go_to(stranger: httpx2.Client) -> None:
    for address in ("/login/oidc", "/login/callback?code=a&state=b"):
        assert stranger.get(address, headers={"Accept": "text/html"}).headers["location"].startswith("/login")


def test_the_log_holds_no_secret_of_a_sign_in(page: Organisation, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "cxify")
    browser = page.browser()
    back = to_the_service(browser)
    browser.get(back)
    assert not any(secret in caplog.text for secret in re.findall(r"(?:code|state)=([^&]+)", back))


@pytest.fixture(scope="module")
def another_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a sign-in service that others have written, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    person = json.dumps({"sub": "lee", "name": "Lee Novak", "email": "lee@example.org", "groups": ["hr-leads"]})
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--user-claims", person]
    log = tmp_path_factory.mktemp("service") / "log.txt"
    environ = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}
    with log.open("w") as said, subprocess.Popen(command, stdout=said, stderr=said, env=environ) as process:
        issuer = f"http://127.0.0.1:{port}"
        given_up = time.monotonic() + 60
        while True:
            try:
                httpx2.get(f"{issuer}/.well-known/openid-configuration")
                break
            except httpx2.TransportError:
                assert time.monotonic() < given_up, log.read_text()
                time.sleep(0.1)
        yield issuer
        process.kill()


def test_sign_in_through_a_service_that_others_have_written(another_service: str, tmp_path: Path) -> None:
    with open_page(organised(tmp_path / "data", another_service)) as page:
        browser = page.browser()
        sent = browser.get("/login/oidc?next=/tokens").headers["location"]
        back = httpx2.post(sent, data={"sub": "lee"}, follow_redirects=False).headers["location"]
        answer = browser.get(back.removeprefix(page.here.config.origin), headers={"Sec-Fetch-Site": "cross-site"})
        assert (answer.status_code, answer.headers.get("location")) == (303, "/tokens"), answer.text
        assert "Lee Novak" in browser.get("/tokens").text
        (person,) = people.all_of(page.here.engine)
        assert (person.subject, person.email, person.role) == ("lee", "lee@example.org", Role.APPROVER)
