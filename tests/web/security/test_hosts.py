"""A foreign name that was made to point at this machine gets no answer (DNS rebinding)."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import config_of, idle


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "localhost.evil:8765", ""]
)
def test_another_name_is_not_answered(web: TestClient, host: str) -> None:
    answer = web.get("/login", headers={"Host": host})
    assert answer.status_code == 403
    assert "not the address" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_our_own_names_are_answered(web: TestClient, host: str) -> None:
    assert web.get("/login", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "origin"),
    [("127.0.0.1", "http://127.0.0.1:8765"), ("::1", "http://[::1]:8765"), ("127.0.0.2", "http://127.0.0.2:8765")],
)
def test_the_address_that_is_printed_is_answered(tmp_path: Path, host: str, origin: str) -> None:
    config = config_of(tmp_path, host=host)
    assert config.origin == origin
    assert origin in config.origins
    with idle(config) as browser:
        assert browser.get("/login").status_code == 200


def test_only_the_sign_of_life_is_given_under_any_name(web: TestClient) -> None:
    assert web.get("/healthz", headers={"Host": "10.0.0.7"}).text == "ok\n"
