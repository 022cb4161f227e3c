"""What every test may rely on: no network but loopback, the referee, the corpus."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import postgres
from tests.libreoffice import Referee, missing

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class NetworkRefusedError(Exception):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise NetworkRefusedError(f"This test connects to {address}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the settings and keys of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("CXIFY_") or name.endswith("_API_KEY")]:
        if not name.startswith("CXIFY_REQUIRE_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of Word files from the wild; it stands beside the repository and not in it."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus is not on this machine")
    return CORPUS


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of sample documents."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Yield a running PostgreSQL as `tests.postgres.database` wants it; CI requires it."""
    if lack := postgres.missing():
        if os.environ.get("CXIFY_REQUIRE_POSTGRESQL") == "1":
            pytest.fail(f"CXIFY_REQUIRE_POSTGRESQL=1, but {lack}")
        pytest.skip(lack)
    with postgres.cluster() as server:
        yield server


@pytest.fixture
def queue_url(postgresql: str) -> Iterator[str]:
    """Yield the address of an empty database."""
    with postgres.database(postgresql) as url:
        yield url


@pytest.fixture(scope="session")
def referee() -> Iterator[Referee]:
    """Yield LibreOffice as the independent reader; mark such tests `@pytest.mark.libreoffice`."""
    if lack := missing():
        if os.environ.get("CXIFY_REQUIRE_LIBREOFFICE") == "1":
            pytest.fail(f"CXIFY_REQUIRE_LIBREOFFICE=1, but {lack}")
        pytest.skip(lack)
    with Referee() as ready:
        yield ready


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the installed Chromium; CI requires it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("CXIFY_REQUIRE_CHROMIUM") == "1":
            pytest.fail("CXIFY_REQUIRE_CHROMIUM=1, but Chromium is not installed (Debian: chromium)")
        pytest.skip("Chromium is not installed (Debian: chromium)")
    return found


_TAKES_LONG = frozenset(("chromium", "running", "working"))
"""Fixtures that start a browser or a whole page with its processes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the referee's tests on one worker, so that one office serves them all."""
    for item in items:
        if "referee" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.libreoffice)
            item.add_marker(pytest.mark.xdist_group("libreoffice"))
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if not _TAKES_LONG.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.long)
        if "postgresql" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.postgresql)
            item.add_marker(pytest.mark.xdist_group("postgresql"))
        for marker in ("slow", "long"):
            if item.get_closest_marker(marker) and os.environ.get(f"CXIFY_{marker.upper()}") != "1":
                item.add_marker(pytest.mark.skip(reason=f"takes its time: CXIFY_{marker.upper()}=1"))
