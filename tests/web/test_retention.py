"""Keeping and deleting: what goes when, everything of one's own at once, and what is due for admins."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from cxify.store import lists
from cxify.store.moment import now
from cxify.store.paper_tables import PaperRow
from cxify.store.people import Role
from tests.audit.organisation import job
from tests.web.conftest import context
from tests.web.organisation import Organisation, open_page, organised
from tests.web.uploads import read, send, until

MARKED = job("Clerk", "Sales", "Answers letters about the quarrelsome zeppelin.")


def uploaded(web: TestClient, *names: str) -> None:
    batch = send(web, *((name, MARKED + bytes(str(number), "ascii")) for number, name in enumerate(names)))["batch"]
    until(web, batch, read)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Organisation]:
    with open_page(organised(tmp_path / "data")) as page:
        yield page


def test_it_says_how_long_documents_are_kept_and_when_each_goes(web: TestClient) -> None:
    uploaded(web, "a.docx")
    html = web.get("/retention").text
    goes = now() + timedelta(days=30)
    assert "deleted 30 days after their upload" in html
    assert f"{goes:%-d %b %Y}" in html
    assert "no word of it" in html


def test_everything_of_ones_own_goes_at_once_and_nothing_of_others(page: Organisation) -> None:
    kim, lee = page.signed_in(page.person("kim")), page.signed_in(page.person("lee"))
    uploaded(kim, "a.docx", "b.docx")
    uploaded(lee, "c.docx")
    assert kim.post("/retention").status_code == 422
    answer = kim.post("/retention", data={"sure": "true"})
    assert "2 documents have been deleted." in answer.text
    assert [paper.name for paper in lists.of_everyone(page.here.engine)] == ["c.docx"]


def test_deleted_text_is_in_no_file_of_the_database(web: TestClient) -> None:
    name = "a-quarrelsome-name.docx"
    uploaded(web, name)
    folder = Path(context(web).config.serve.data or "")
    assert any(name.encode() in file.read_bytes() for file in folder.glob("*.db*"))
    web.post("/retention", data={"sure": "true"})
    assert not any(name.encode() in file.read_bytes() for file in folder.glob("*.db*"))


def test_an_admin_sees_how_many_go_when_and_not_whose_or_which(page: Organisation) -> None:
    kim, ada = page.signed_in(page.person("kim")), page.signed_in(page.person("ada", Role.ADMIN))
    uploaded(kim, "a.docx", "b.docx")
    html = ada.get("/retention").text
    assert '<td class="n">2</td>' in html
    assert "a.docx" not in html
    assert "Kim" not in html
    assert "What goes when" not in kim.get("/retention").text


def test_an_admin_deletes_what_is_due_and_the_journal_says_so(page: Organisation) -> None:
    kim, ada = page.signed_in(page.person("kim")), page.signed_in(page.person("ada", Role.ADMIN))
    uploaded(kim, "old.docx", "new.docx")
    with page.here.engine.begin() as connection:
        past = {"expires": now() - timedelta(days=1)}
        connection.execute(update(PaperRow).where(PaperRow.name == "old.docx").values(past))
    assert kim.post("/retention/purge").status_code == 403
    assert "One document was due" in ada.post("/retention/purge").text
    assert [paper.name for paper in lists.of_everyone(page.here.engine)] == ["new.docx"]
    journal = ada.get("/journal").text
    assert "purged" in journal
    assert "expired" in journal
    assert "old.docx" not in journal
