"""Browsers are told to run, frame, keep and tell nothing that is not ours, on every answer."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cxify.web.app import STATIC
from cxify.web.context import TEMPLATES
from tests.web.conftest import config_of, idle
from tests.web.security.test_start_token import ORGANISATION

PATHS = ["/login", "/healthz", "/nothing", "/static/cxify.css", "/static/nothing", "/start?token=x"]


def policy(web: TestClient, path: str = "/login") -> dict[str, list[str]]:
    parts = web.get(path).headers["content-security-policy"].split(";")
    return {name: values for name, *values in (part.split() for part in parts)}


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_them(web: TestClient, path: str) -> None:
    headers = web.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]


def test_an_answer_of_what_refuses_a_request_has_them_too(web: TestClient) -> None:
    answer = web.get("/login", headers={"Host": "evil.example"})
    assert answer.status_code == 403
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_only_our_own_files_run_and_nothing_inline(web: TestClient) -> None:
    told = policy(web)
    assert told["script-src"] == told["style-src"] == ["'self'"]
    assert not any("unsafe" in value or "*" in value for values in told.values() for value in values)


def test_no_page_of_ours_can_be_framed(web: TestClient) -> None:
    assert policy(web)["frame-ancestors"] == ["'none'"]
    assert web.get("/login").headers["x-frame-options"] == "DENY"


def test_forms_lead_to_us_and_to_the_sign_in_service_only(web: TestClient, tmp_path: Path) -> None:
    assert policy(web)["form-action"] == ["'self'"]
    with idle(config_of(tmp_path, **ORGANISATION)) as browser:
        assert policy(browser)["form-action"] == ["'self'", "https://login.example.org"]


def test_pages_are_never_kept_by_the_browser(web: TestClient) -> None:
    assert web.get("/login").headers["cache-control"] == "no-store"
    assert web.get("/static/cxify.css").headers["cache-control"] == "no-cache"


def test_by_https_a_browser_is_told_to_stay_there(tmp_path: Path) -> None:
    with idle(config_of(tmp_path, **ORGANISATION)) as browser:
        assert "max-age" in browser.get("/login").headers["strict-transport-security"]


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_no_template_needs_what_the_policy_forbids(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text)


def test_our_script_and_style_fetch_nothing_from_elsewhere() -> None:
    for file in (*STATIC.glob("*.js"), *STATIC.glob("*.css")):
        text = file.read_text("utf-8")
        assert not re.search(r"\beval\(|new Function|document\.write", text)
        assert not re.search(r"https?://(?!www\.w3\.org/)", text)
