"""What customers say, on the page: a table is read in a child, chosen for an upload, cited on cards, and deleted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cxify import store
from cxify.store import journal, runs, voices
from cxify.store.people import all_of
from tests.web.conftest import context
from tests.web.organisation import open_page, organised
from tests.web.uploads import at_work, done, finished, send, until

pytestmark = pytest.mark.long

JOB = "job_description_nurse_uk.docx"
MARK = "Wobbleton"
COMPLAINT = "Nobody called me back, and I had to ring three times to hear about my result."


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with at_work(tmp_path_factory.mktemp("voice")) as browser:
        yield browser


def table(*more: str) -> bytes:
    return "\n".join(["comment", *[f"{COMPLAINT} Case {n}." for n in range(12)], *more]).encode()


def kept(browser: TestClient) -> list[voices.Voice]:
    (me,) = all_of(context(browser).engine)
    return voices.of_person(context(browser).engine, me.id)


def send_comments(browser: TestClient, data: bytes, batch: str = "", name: str = "complaints.csv") -> int:
    return browser.post("/voice", files={"file": (name, data)}, data={"batch": batch}).status_code


def nurse(browser: TestClient, samples: Path) -> str:
    return str(send(browser, (JOB, (samples / JOB).read_bytes()))["batch"])


def test_comments_stand_as_evidence_on_the_cards(browser: TestClient, samples: Path) -> None:
    batch = nurse(browser, samples)
    assert send_comments(browser, table(), batch) == 303
    (mine,) = kept(browser)
    page = browser.get(f"/batches/{batch}").text
    assert f'<option value="{mine.id}" selected>' in page
    assert browser.post(f"/batches/{batch}/start").status_code == 303
    told = until(browser, batch, finished)
    shown = browser.get(f"/documents/{told['files'][0]['id']}").text
    assert "What customers say" in shown
    assert "12 of 12 comments" in shown
    listed = browser.get("/voice").text
    assert "complaints.csv" in listed
    assert "Case 3" not in listed, "themes are shown and no comment"


def test_none_is_none(browser: TestClient, samples: Path) -> None:
    batch = nurse(browser, samples)
    send_comments(browser, table(), batch)
    assert browser.post(f"/batches/{batch}/start", data={"voice": "none"}).status_code == 303
    told = until(browser, batch, finished)
    assert "12 of 12 comments" not in browser.get(f"/documents/{told['files'][0]['id']}").text


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", 400), (b"only a header", 400), (b"\xd0\xcf\x11\xe0old", 400), (b"PK\x03\x04nonsense", 400)],
)
def test_what_is_no_table_of_comments_says_so(browser: TestClient, data: bytes, status: int) -> None:
    before = len(kept(browser))
    assert send_comments(browser, data) in (status, 422)
    assert len(kept(browser)) == before


def test_too_few_say_nothing(browser: TestClient) -> None:
    send_comments(browser, b"comment\nNobody called me back.\nThe queue was long.\n", name="few.csv")
    assert "nothing of them is used" in browser.get("/voice").text


def test_deleted_comments_are_in_no_table_and_no_file(tmp_path: Path, samples: Path) -> None:
    with at_work(tmp_path / "data") as browser:
        batch = nurse(browser, samples)
        send_comments(browser, table(f"{MARK} was rude to me."), batch)
        browser.post(f"/batches/{batch}/start")
        told = until(browser, batch, finished)
        (mine,) = kept(browser)
        here = context(browser)
        folder = Path(here.processing.orders._folder.name)
        assert MARK in "".join(file.read_text() for file in folder.rglob("comments"))
        assert browser.post(f"/voice/{mine.id}/delete").status_code == 303
        assert kept(browser) == []
        assert runs.files(here.engine, {mine.sha256}), "a document that was made with them still needs them"
        assert browser.get(f"/documents/{told['files'][0]['id']}").status_code == 200
        assert browser.post(f"/batches/{batch}/delete", data={"sure": "true"}).status_code == 303
        assert runs.files(here.engine, {mine.sha256}) == {}
        assert list(folder.rglob("comments")) == []
        found = [f for f in (tmp_path / "data").iterdir() if MARK.encode() in f.read_bytes()]
        assert found == []


def test_comments_go_when_their_time_is_up(browser: TestClient) -> None:
    send_comments(browser, table(), name="old.csv")
    here = context(browser)
    due = max(each.expires for each in kept(browser))
    store.retention.purge(here.engine, due)
    assert kept(browser) == []


def test_who_deletes_everything_deletes_the_comments_too(tmp_path: Path) -> None:
    with at_work(tmp_path / "data") as browser:
        send_comments(browser, table())
        assert browser.post("/retention", data={"sure": "true"}).status_code == 200
        assert kept(browser) == []


def test_the_journal_knows_of_comments_and_holds_none(browser: TestClient) -> None:
    send_comments(browser, table(), name="private.csv")
    (mine, *_) = kept(browser)
    browser.post(f"/voice/{mine.id}/delete")
    last = [entry for entry in journal.latest(context(browser).engine, 5) if entry.object == mine.id]
    assert [entry.action for entry in last] == ["comments deleted", "comments uploaded"]
    assert not any("private" in str(entry.as_data()) or "call" in str(entry.as_data()) for entry in last)


def test_comments_that_were_deleted_are_not_started_with(browser: TestClient, samples: Path) -> None:
    batch = nurse(browser, samples)
    send_comments(browser, table(), batch)
    (mine, *_) = kept(browser)
    browser.post(f"/voice/{mine.id}/delete")
    answer = browser.post(f"/batches/{batch}/start")
    assert answer.status_code == 422
    assert "no longer there" in answer.text
    assert browser.post(f"/batches/{batch}/start", data={"voice": "none"}).status_code == 303


def test_somebody_else_s_comments_cannot_be_chosen(tmp_path: Path, samples: Path) -> None:
    with open_page(organised(tmp_path)) as page:
        kim, lee = (page.signed_in(page.person(name)) for name in ("kim", "lee"))
        assert send_comments(kim, table()) == 303
        engine = page.here.engine
        (hers,) = voices.of_person(engine, page.person("kim").id)
        batch = nurse(lee, samples)
        assert lee.post(f"/batches/{batch}/start", data={"voice": hers.id}).status_code == 422
        assert send_comments(kim, table(), batch) == 404
        assert hers.name not in lee.get("/voice").text
        done(lee, (JOB, (samples / JOB).read_bytes()))
