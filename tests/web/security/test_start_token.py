"""Local mode: the page opens once, for whoever can read the terminal, and for this machine only."""

import secrets
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cxify import settings
from cxify.errors import SettingsInvalid
from cxify.web import config as config_
from cxify.web.security.start import StartToken
from tests.web.conftest import config_of, context, idle


def test_the_start_token_opens_the_page_once(stranger: TestClient) -> None:
    token = {"token": context(stranger).config.start_token}
    assert stranger.get("/start", params=token).status_code == 303
    stranger.cookies.clear()
    again = stranger.get("/start", params=token)
    assert again.status_code == 403
    assert not again.cookies


def test_a_wrong_start_token_opens_nothing(stranger: TestClient) -> None:
    for wrong in ("", "x", secrets.token_urlsafe(24), "ü"):
        answer = stranger.get("/start", params={"token": wrong})
        assert answer.status_code == 403
        assert not answer.cookies


def test_a_wrong_guess_does_not_use_the_start_token_up() -> None:
    token = StartToken("right")
    assert not token.use("wrong")
    assert token.use("right")
    assert not token.use("right")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "cxify.example.org"])  # noqa: S104  refused
def test_without_sign_in_the_page_is_not_opened_to_other_machines(host: str) -> None:
    with pytest.raises(SettingsInvalid, match="for this machine only") as refused:
        config_.check(settings.load_serve({}, host=host))
    assert "oidc_issuer" in refused.value.remedy


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_is_enough(host: str) -> None:
    config_.check(settings.load_serve({}, host=host))


def test_without_sign_in_a_public_address_is_refused() -> None:
    with pytest.raises(SettingsInvalid, match="for this machine only"):
        config_.check(settings.load_serve({}, public_url="https://cxify.example.org"))


def test_an_organisation_has_no_start_token(tmp_path: Path) -> None:
    config = config_of(tmp_path, **ORGANISATION)
    with idle(config) as browser:
        assert browser.get("/start", params={"token": config.start_token}).status_code == 403


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"oidc_client_id": None}, "oidc_client_id is not"),
        ({"public_url": None}, "public_url is not"),
        ({"public_url": "http://cxify.example.org"}, "public_url is not https"),
        ({"oidc_issuer": "http://login.example.org"}, "oidc_issuer is not https"),
    ],
)
def test_an_organisation_is_served_by_https_and_with_sign_in_only(changed: dict[str, str | None], said: str) -> None:
    with pytest.raises(SettingsInvalid, match=said):
        config_.check(settings.load_serve({}, **{**ORGANISATION, **changed}))


def test_only_the_user_can_read_the_database_file(tmp_path: Path) -> None:
    with idle(config_of(tmp_path / "data")) as browser:
        browser.get("/healthz")
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "data").iterdir())


ORGANISATION = {
    "host": "0.0.0.0",  # noqa: S104  only with sign-in
    "public_url": "https://cxify.example.org",
    "oidc_issuer": "https://login.example.org",
    "oidc_client_id": "cxify",
}
