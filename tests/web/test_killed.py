"""The page is killed at any moment and started again: nothing is lost, nothing is done twice, work is taken up."""

import random
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.web.conftest import Running, start_page
from tests.worddoc import word_file

pytestmark = pytest.mark.long
JSON = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"}


@dataclass
class Site:
    """A page that is killed and started again on the same data, and a browser that signs in each time."""

    data: Path
    page: Running | None = None
    browser: httpx2.Client | None = field(default=None, repr=False)

    def start(self) -> None:
        self.page = start_page(self.data)
        self.browser = httpx2.Client(base_url=self.page.origin, headers=JSON, timeout=120)
        assert self.browser.get(self.page.address).status_code == 303

    def kill(self) -> None:
        assert self.page
        self.page.end()

    def post(self, path: str, **given: Any) -> httpx2.Response:
        assert self.browser
        return self.browser.post(path, **given)

    def state(self, batch: str) -> dict[str, Any]:
        assert self.browser
        told: dict[str, Any] = self.browser.get(f"/batches/{batch}/state").json()
        return told

    def upload(self, *files: tuple[str, bytes], batch: str = "") -> str:
        answer = self.post("/upload", files=[("files", each) for each in files], data={"batch": batch})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["batch"])

    def until_finished(self, batch: str, seconds: float = 300) -> dict[str, Any]:
        given_up = time.monotonic() + seconds
        while not (told := self.state(batch))["started"] or not told["finished"]:
            assert time.monotonic() < given_up, told
            time.sleep(0.2)
        return told

    def rows(self, query: str) -> list[Any]:
        with sqlite3.connect(self.data / "web.db") as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path / "data")
    made.start()
    yield made
    made.kill()


def papers(number: int) -> list[tuple[str, bytes]]:
    """Return files of which no two are of one role."""
    trades = ("Clerk", "Porter", "Nurse", "Planner", "Driver", "Cook", "Teacher", "Buyer", "Guard", "Tutor")
    return [
        (
            f"{each}.docx",
            word_file(
                f"Job description: {trades[each % 10]} {chr(65 + each // 10)}",
                "Main duties",
                f"Answer letters from residents of district {each} and pass on what others have to do.",
                "Keep the records complete and up to date.",
            ),
        )
        for each in range(number)
    ]


def test_whatever_was_in_work_is_taken_up_and_everything_is_done_once(site: Site) -> None:
    batch = site.upload(*papers(12))
    assert site.post(f"/batches/{batch}/start").status_code == 303
    dice = random.Random(8)  # noqa: S311  the same moments each time
    for _ in range(3):
        time.sleep(dice.uniform(0.2, 3.0))
        site.kill()
        site.start()
    told = site.until_finished(batch)
    assert {file["state"] for file in told["files"]} == {"ready"}
    assert site.rows("SELECT count(*), count(DISTINCT sha256) FROM documents") == [(12, 12)]
    assert site.rows("SELECT count(*) FROM documents WHERE output IS NULL OR state != 'done'") == [(0,)]
    assert site.rows("SELECT count(DISTINCT document_id) FROM papers") == [(12,)]


def test_what_was_uploaded_and_not_yet_looked_at_is_looked_at_after_the_start(site: Site) -> None:
    batch = site.upload(*papers(30))
    site.kill()
    assert site.rows("SELECT count(*) FROM papers") == [(30,)], "what was answered is stored"
    site.start()
    given_up = time.monotonic() + 120
    told = site.state(batch)
    while any(file["state"] == "reading" for file in told["files"]):
        assert time.monotonic() < given_up, told
        time.sleep(0.2)
        told = site.state(batch)
    assert {file["state"] for file in told["files"]} == {"uploaded"}


def test_a_start_that_was_answered_is_carried_out_after_the_start(site: Site) -> None:
    batch = site.upload(*papers(8))
    assert site.post(f"/batches/{batch}/start").status_code == 303
    site.kill()
    site.start()
    assert {file["state"] for file in site.until_finished(batch)["files"]} == {"ready"}
    assert len(site.rows("SELECT id FROM runs")) == 1


def test_ctrl_c_leaves_the_rest_for_the_next_start(site: Site) -> None:
    assert site.page
    batch = site.upload(*papers(6))
    assert site.post(f"/batches/{batch}/start").status_code == 303
    site.page.process.terminate()
    site.page.process.wait(60)
    assert site.rows("SELECT count(*) FROM papers WHERE state = 'refused'") == [(0,)]
    site.start()
    assert {file["state"] for file in site.until_finished(batch)["files"]} == {"ready"}
