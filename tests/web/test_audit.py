"""The audit as a page: of one's own documents, of everybody's for admins, without a word that is somebody else's."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cxify.store.people import Role
from tests.audit.organisation import job
from tests.web.conftest import context
from tests.web.organisation import Organisation, open_page, organised
from tests.web.uploads import read, send, until

pytestmark = pytest.mark.long

CLERK = job(
    "Sales Clerk",
    "Sales",
    "Hands over signed contracts to Finance with the agreed dates.",
    "Asks what the customer needs to achieve before starting work on a request.",
)
ACCOUNTANT = job("Accountant", "Finance", "This is a back-office position and is not customer-facing.")


def uploaded(web: TestClient, *files: tuple[str, bytes]) -> str:
    """Upload files and return their batch once all were looked at."""
    batch: str = send(web, *files)["batch"]
    until(web, batch, read)
    return batch


def whole(web: TestClient, address: str = "/audit", total: int = 2) -> str:
    """Return the audit's page once every document was read."""
    given_up = time.monotonic() + 120
    while True:
        answer = web.get(address)
        assert answer.status_code == 200
        if "is about those that have been read" not in answer.text:
            assert len(re.findall(r'<tr id="d\d+">', answer.text)) == total
            return answer.text
        assert time.monotonic() < given_up
        time.sleep(0.1)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Organisation]:
    with open_page(organised(tmp_path / "data")) as page:
        yield page


def test_without_documents_it_says_how_to_begin(web: TestClient) -> None:
    assert "Upload Word files, and this page shows" in web.get("/audit").text


def test_it_shows_pictures_and_tables_of_what_was_uploaded(web: TestClient) -> None:
    uploaded(web, ("clerk.docx", CLERK), ("accountant.docx", ACCOUNTANT), ("broken.docx", b"PK"))
    html = whole(web)
    assert "<svg" in html
    assert "clerk.docx" in html
    assert "“customer-facing”</bdi>" in html
    assert "broken.docx" in html
    assert 'class="edge unanswered"' in html


@pytest.mark.parametrize("address", ["/audit", "/audit.html"])
def test_what_the_core_says_is_in_the_language_of_the_person(web: TestClient, address: str) -> None:
    uploaded(web, ("clerk.docx", CLERK), ("accountant.docx", ACCOUNTANT), ("notes.docx", b"Buy milk."))
    assert "has no service standard" in whole(web)
    german = web.get(address, headers={"Accept-Language": "de"}).text
    for english in ("has no service standard", "Agree with the job holder", "is not a Word document"):
        assert english not in german
    assert "keinen Servicestandard" in german
    assert "Die Datei ist kein Word-Dokument." in german


def test_nothing_of_it_is_inline(web: TestClient) -> None:
    """The content security policy lets no style attribute and no style element take effect."""
    uploaded(web, ("clerk.docx", CLERK), ("accountant.docx", ACCOUNTANT))
    html = whole(web)
    assert not re.search(r"<style|\sstyle=|<script(?! src)", html)
    style = web.get("/audit/pictures.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "svg .unanswered" in style.text


def test_it_is_taken_as_one_page_and_as_a_table(web: TestClient) -> None:
    uploaded(web, ("clerk.docx", CLERK), ("accountant.docx", ACCOUNTANT))
    whole(web)
    alone = web.get("/audit.html")
    assert alone.headers["content-disposition"].startswith("attachment")
    assert "<style>" in alone.text
    assert "http" not in re.sub(r'xmlns="[^"]*"|http-equiv', "", alone.text)
    rows = web.get("/audit.csv").text.splitlines()
    assert rows[0].startswith("\ufefffile,status,kind")
    assert len(rows) == 3


def test_the_latest_upload_of_a_file_counts(web: TestClient) -> None:
    uploaded(web, ("clerk.docx", ACCOUNTANT))
    uploaded(web, ("clerk.docx", CLERK))
    assert "“customer-facing”</bdi>" not in whole(web, total=1)


def test_a_deleted_document_is_forgotten(web: TestClient) -> None:
    batch = uploaded(web, ("clerk.docx", CLERK), ("accountant.docx", ACCOUNTANT))
    whole(web)
    shelf = context(web).facts
    told = web.get(f"/batches/{batch}/state").json()["files"]
    gone = next(file["id"] for file in told if file["name"] == "clerk.docx")
    assert gone in shelf.ids()
    assert web.post(f"/documents/{gone}/delete").status_code == 303
    assert gone not in shelf.ids()
    assert "clerk.docx" not in whole(web, total=1)


def test_somebody_elses_form_about_a_person_goes_without_its_name(page: Organisation, samples: Path) -> None:
    kim, ada = page.signed_in(page.person("kim")), page.signed_in(page.person("ada", Role.ADMIN))
    uploaded(kim, ("Review of Robin Doe.docx", (samples / "review_form_completed_signed.docx").read_bytes()))
    assert "Robin" in whole(kim, total=1)
    whole(ada, "/audit?of=all", total=1)
    for address in ("/audit?of=all", "/audit.csv?of=all", "/audit.html?of=all"):
        assert "Robin" not in ada.get(address).text


def test_people_see_their_own_and_admins_everybodys_without_their_words(page: Organisation) -> None:
    kim, ada = page.signed_in(page.person("kim")), page.signed_in(page.person("ada", Role.ADMIN))
    uploaded(kim, ("clerk.docx", CLERK), ("accountant.docx", ACCOUNTANT))
    assert "Asks what the customer needs" in whole(kim)
    assert "clerk.docx" not in ada.get("/audit").text
    html = whole(ada, "/audit?of=all")
    assert "clerk.docx" in html
    assert "Asks what the customer needs" not in html
    assert "Hands over signed contracts" not in html
    table = ada.get("/audit.csv?of=all").text
    assert "Kim/clerk.docx" in table
    assert "Sales Clerk" not in table
    assert kim.get("/audit?of=all").status_code == 403
    assert "audit of all documents read" in ada.get("/journal").text
