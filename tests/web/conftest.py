"""The page for tests: `web` asks the application directly, `running` is a process as people start it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cxify import settings
from cxify.web import config as config_
from cxify.web.app import create_app
from cxify.web.config import Config
from cxify.web.context import Context

FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}
"""What a browser adds to what our own pages send."""


def config_of(folder: Path, **serve: object) -> Config:
    """Return how a page for tests is served, its database in a folder."""
    chosen = settings.load_serve({}, **{"data": str(folder), "requests_per_minute": 100_000, **serve})
    own = settings.load({"USER": "Ada", "CXIFY_CONFIG": os.devnull})
    config_.check(chosen)
    return Config(chosen, own, config_.database(chosen, own), port=8765)


def client(config: Config) -> TestClient:
    """Return a browser that nobody has signed in with."""
    return TestClient(create_app(config), base_url=config.origin, headers=FROM_OUR_PAGE, follow_redirects=False)


def context(web: TestClient) -> Context:
    """Return what the requests of a page share."""
    found: Context = web.app.state.context  # type: ignore[attr-defined]  # a FastAPI application
    return found


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return config_of(tmp_path / "data")


@contextmanager
def idle(config: Config) -> Iterator[TestClient]:
    """Yield a browser on a page behind which nothing works: no child processes, no clock; many tests need no more."""
    browser = client(config)
    yield browser
    context(browser).close()


def signed_in(browser: TestClient) -> TestClient:
    """Return the browser of the one person of local mode, after the start address was opened."""
    started = browser.get("/start", params={"token": context(browser).config.start_token})
    assert started.status_code == 303
    return browser


@pytest.fixture
def stranger(config: Config) -> Iterator[TestClient]:
    """Yield a browser in local mode before the start address was opened; nothing works behind the page."""
    with idle(config) as browser:
        yield browser


@pytest.fixture
def web(stranger: TestClient) -> TestClient:
    """Return the browser of the one person of local mode, signed in; nothing works behind the page."""
    return signed_in(stranger)


@pytest.fixture
def working(config: Config) -> Iterator[TestClient]:
    """Yield the browser of the one person of local mode, with everything at work that `cxify serve` starts."""
    with client(config) as browser:
        yield signed_in(browser)


@dataclass(frozen=True)
class Running:
    """A page in a process of its own."""

    process: subprocess.Popen[str]
    address: str
    """Opens the page once."""
    data: Path

    @property
    def origin(self) -> str:
        return self.address.partition("/start")[0]

    def end(self) -> None:
        """End it at once, as a failing machine does; its children find out by themselves."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()


def start_page(data: Path, *options: str, **environment: str) -> Running:
    """Start `cxify serve` on a free port and wait until it says where it answers."""
    command = [sys.executable, "-m", "cxify", "serve", "--port", "0", "--data", str(data), "--json", *options]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("CXIFY_")}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=plain | environment, cwd=data.parent
    )
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if line.rstrip() == "}":
            return Running(process, json.loads(said)["serve"]["address"], data)
    raise AssertionError(process.stderr.read() if process.stderr else "")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """Yield a real server in a process of its own."""
    page = start_page(tmp_path / "data")
    yield page
    page.end()
