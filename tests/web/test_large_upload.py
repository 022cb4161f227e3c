"""Uploads of hundreds of files: shown page by page, found by state and name, followed in parts, deleted whole."""

import io
import re
import time
import zipfile
from datetime import timedelta
from hashlib import sha256

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from cxify import store
from cxify.store import batches, lists, papers
from cxify.store.moment import now
from cxify.store.papers import NewPaper
from cxify.store.people import all_of
from cxify.web.desk import downloading
from tests.web.conftest import context
from tests.web.uploads import part

pytestmark = pytest.mark.long

NUMBER = 230
REFUSED = (7, 118, 229)
PDF = {"message": "This is a PDF file.", "remedy": "Give cxify the Word file that the PDF was made from."}


@pytest.fixture
def batch(web: TestClient) -> str:
    """Return an upload of many files, three of which cannot be used."""
    here = context(web)
    (me,) = all_of(here.engine)
    with store.writing(here.engine) as connection:
        id = batches.add(connection, me.id, {})
        for number in range(NUMBER):
            content, error = b"%d" % number, PDF if number in REFUSED else None
            looked = None if error else {"kind": "job_description", "language": "en-GB"}
            name = f"{number:03}.docx"
            new = NewPaper(name, content, sha256(content).hexdigest(), "jobs", looked=looked, error=error)
            papers.add(connection, id, me.id, new, now() + timedelta(days=1))
    return id


def names(html: str) -> list[str]:
    return re.findall(r"<bdi>(\d{3})\.docx</bdi>", html)


def test_files_are_shown_page_by_page(web: TestClient, batch: str) -> None:
    pages = [names(web.get(f"/batches/{batch}?page={page}").text) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [100, 100, 30]
    assert [name for page in pages for name in page] == [f"{number:03}" for number in range(NUMBER)]
    first = web.get(f"/batches/{batch}").text
    assert "227 files have been read." in first
    assert "3 more files cannot be used" in first
    assert "Make suggestions for 227 documents" in first


def test_those_that_cannot_be_used_are_found_at_once(web: TestClient, batch: str) -> None:
    shown = web.get(f"/batches/{batch}?state=refused").text
    assert names(shown) == [f"{number:03}" for number in REFUSED]
    assert "This is a PDF file." in shown


def test_a_file_is_shown_on_the_page_that_it_stands_on(web: TestClient, batch: str) -> None:
    whole = lists.of_batch(context(web).engine, batch)
    last = whole[-1]
    assert "229" in names(web.get(f"/batches/{batch}?at={last.id}").text)
    sent = web.get(f"/documents/{last.id}", headers={"Accept": "text/html"})
    assert sent.headers["location"] == f"/batches/{batch}?at={last.id}#f{last.id}"
    assert names(web.get(f"/batches/{batch}?at={'x' * 22}").text)[0] == "000"


@pytest.mark.parametrize("part", ["page=0", "page=99999999", "state=nonsense", "page=-3"])
def test_nonsense_in_the_address_is_no_fault(web: TestClient, batch: str, part: str) -> None:
    assert web.get(f"/batches/{batch}?{part}").status_code == 200
    assert web.get(f"/batches/{batch}/state?{part}").status_code == 200


def test_the_script_is_told_of_all_and_shown_a_page(web: TestClient, batch: str) -> None:
    told = part(web, batch, 1)
    assert (told["total"], told["done"], told["read"], told["reading"], len(told["files"])) == (227, 0, 227, False, 100)
    assert [file["name"] for file in part(web, batch, 3)["files"]][-1] == "229.docx"


@pytest.mark.usefixtures("batch")
def test_the_overview_finds_a_name_among_all(web: TestClient) -> None:
    assert names(web.get("/?q=117").text) == ["117"]
    assert len(names(web.get("/?state=refused").text)) == 3
    assert len(names(web.get("/?page_number=5").text)) == NUMBER - 4 * 50
    assert len(names(web.get("/?q=job+description+11").text)) == 11


def test_an_archive_begins_with_what_it_holds_however_much_it_lacks(web: TestClient, batch: str) -> None:
    here, asked = context(web), list[str]()
    (me,) = all_of(here.engine)
    with store.writing(here.engine) as connection:
        for paper in lists.of_batch(connection, batch)[:-3]:
            papers.refuse(connection, paper.id, PDF)
    event.listen(here.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    parts = downloading.batch_zip(here, me, batch, "original")
    first = next(parts)
    assert len(asked) < 20
    with zipfile.ZipFile(io.BytesIO(first + b"".join(parts))) as archive:
        assert archive.namelist() == ["jobs/227.docx", "jobs/228.docx", "manifest.csv"]
        lines = archive.read("manifest.csv").decode("utf-8-sig").splitlines()
    assert len(lines) == NUMBER + 1
    assert [line.count("This is a PDF file.") for line in lines] == [0, *[1] * (NUMBER - 3), 0, 0, 1]


def test_it_is_deleted_as_a_whole_and_only_by_somebody_who_is_sure(web: TestClient, batch: str) -> None:
    assert web.post(f"/batches/{batch}/delete").status_code == 422
    engine = context(web).engine
    assert len(lists.of_batch(engine, batch)) == NUMBER
    assert web.post(f"/batches/{batch}/delete", data={"sure": "true"}).status_code == 303
    until = time.monotonic() + 60
    while lists.of_batch(engine, batch) and time.monotonic() < until:
        time.sleep(0.05)
    assert lists.of_batch(engine, batch) == []
    assert web.get(f"/batches/{batch}").status_code == 404
    assert store.journal.verify(engine).whole
