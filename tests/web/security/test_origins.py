"""Another web site cannot act for a person who is signed in (cross-site request forgery)."""

import pytest
from fastapi.testclient import TestClient

OURS = "http://127.0.0.1:8765"


def post(web: TestClient, **headers: str | None) -> int:
    request = web.build_request("POST", "/preferences", data={"theme": "dark"})
    for name in ("sec-fetch-site", "origin"):
        request.headers.pop(name, None)
        if value := headers.get(name.replace("-", "_")):
            request.headers[name] = value
    return web.send(request).status_code


@pytest.mark.parametrize("site", ["cross-site", "same-site", "evil"])
def test_what_the_browser_says_comes_from_elsewhere_is_refused(web: TestClient, site: str) -> None:
    assert post(web, sec_fetch_site=site) == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:8766"])
def test_another_origin_is_refused(web: TestClient, origin: str) -> None:
    assert post(web, origin=origin) == 403


def test_another_origin_is_refused_whatever_else_is_said(web: TestClient) -> None:
    assert post(web, sec_fetch_site="same-origin", origin="https://evil.example") == 403


def test_our_own_origin_does_not_help_a_foreign_site(web: TestClient) -> None:
    assert post(web, sec_fetch_site="cross-site", origin=OURS) == 403


def test_a_browser_that_says_nothing_is_refused(web: TestClient) -> None:
    assert post(web) == 403


@pytest.mark.parametrize("said", [{"sec_fetch_site": "same-origin"}, {"origin": OURS}, {"sec_fetch_site": "none"}])
def test_our_own_pages_may(web: TestClient, said: dict[str, str]) -> None:
    assert post(web, **said) == 303


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "PROPFIND"])
def test_every_method_that_changes_something_is_looked_at(web: TestClient, method: str) -> None:
    answer = web.request(method, "/preferences", headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, "another web site" in answer.text) == (403, True)


def test_a_token_is_no_way_around_for_pages(web: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer x"}
    assert web.post("/preferences", data={"theme": "dark"}, headers=headers).status_code == 403
