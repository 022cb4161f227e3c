"""The page of an organisation: uploads are done by workers on any machine, uploads before batches."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cxify import settings
from cxify.queue import Priority
from cxify.web.config import Config
from tests.web.conftest import client, config_of, context, signed_in
from tests.web.uploads import finished, send, states, until
from tests.worddoc import word_file
from tests.worker.processes import Site

pytestmark = pytest.mark.long


@pytest.fixture
def web(tmp_path: Path, queue_url: str) -> Iterator[TestClient]:
    """Yield a page whose documents wait in PostgreSQL."""
    own = settings.load({"USER": "Ada", "CXIFY_CONFIG": os.devnull, "CXIFY_QUEUE": queue_url})
    serve = config_of(tmp_path / "data").serve
    with client(Config(serve, own, queue_url, port=8765)) as browser:
        yield signed_in(browser)


def test_a_worker_does_what_was_uploaded_here(web: TestClient, tmp_path: Path, queue_url: str, samples: Path) -> None:
    nurse = (samples / "job_description_nurse_uk.docx").read_bytes()
    batch = send(web, ("nurse.docx", nurse), ("clerk.docx", word_file()))["batch"]
    assert web.post(f"/batches/{batch}/start").status_code == 303
    told = until(web, batch, lambda told: all(file["state"] == "waiting" for file in told["files"]))
    with Site(tmp_path, queue_url).worker():
        told = until(web, batch, finished)
    assert set(states(told).values()) == {"ready"}
    paper = next(file["id"] for file in told["files"] if file["name"] == "nurse.docx")
    assert web.get(f"/documents/{paper}/download/tracked", params={"open": "yes"}).status_code == 200
    with context(web).engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT DISTINCT priority FROM documents").all()
    assert rows == [(int(Priority.UPLOAD),)]


def test_what_was_stopped_before_a_worker_came_is_left(web: TestClient, tmp_path: Path, queue_url: str) -> None:
    batch = send(web, ("clerk.docx", word_file()))["batch"]
    assert web.post(f"/batches/{batch}/start").status_code == 303
    assert web.post(f"/batches/{batch}/cancel").status_code == 303
    with Site(tmp_path, queue_url).worker():
        assert states(until(web, batch, finished)) == {"clerk.docx": "cancelled"}
