"""What a person does in a browser, in a line each."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from tests.web.conftest import client, config_of, signed_in

JSON = {"Accept": "application/json"}


def send(web: TestClient, *files: tuple[str, bytes], batch: str = "") -> dict[str, Any]:
    """Upload files as the script does and return what it is told."""
    answer = web.post("/upload", files=[("files", each) for each in files], data={"batch": batch}, headers=JSON)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def state(web: TestClient, batch: str) -> dict[str, Any]:
    """Return how far an upload is, with the files of all its pages."""
    told = part(web, batch, 1)
    for page in range(2, told["pages"] + 1):
        told["files"] += part(web, batch, page)["files"]
    return told


def part(web: TestClient, batch: str, page: int) -> dict[str, Any]:
    """Return how far an upload is, with the files of one page."""
    answer = web.get(f"/batches/{batch}/state", params={"page": page})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def until(web: TestClient, batch: str, holds: Callable[[dict[str, Any]], bool], seconds: float = 240) -> dict[str, Any]:
    """Wait until an upload is so far."""
    given_up = time.monotonic() + seconds
    while not holds(told := state(web, batch)):
        assert time.monotonic() < given_up, told
        time.sleep(0.05)
    return told


def read(told: dict[str, Any]) -> bool:
    """Return whether every file was looked at."""
    return all(file["state"] != "reading" for file in told["files"])


def finished(told: dict[str, Any]) -> bool:
    """Return whether the work on an upload has ended."""
    return bool(told["started"] and told["finished"])


def done(web: TestClient, *files: tuple[str, bytes]) -> dict[str, Any]:
    """Upload files, start, and return the upload once all is done."""
    batch = send(web, *files)["batch"]
    assert web.post(f"/batches/{batch}/start").status_code == 303
    return until(web, batch, finished)


def states(told: dict[str, Any]) -> dict[str, str]:
    """Return the state of each file by its name."""
    return {file["name"]: file["state"] for file in told["files"]}


@contextmanager
def at_work(folder: Path, **serve: object) -> Iterator[TestClient]:
    """Yield the browser of the one person of local mode, with everything at work that `cxify serve` starts."""
    with client(config_of(folder, **serve)) as browser:
        yield signed_in(browser)
