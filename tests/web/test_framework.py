"""The framework's page: shown to everybody; admins change it by form, as a file, from Excel; versions are kept."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from cxify import framework
from cxify.store import frameworks, runs
from cxify.store.people import Role
from tests.web.conftest import context
from tests.web.organisation import Organisation, open_page, organised
from tests.web.uploads import done

pytestmark = pytest.mark.long

TEXT = framework.template().replace('version: "0.1.0"', 'version: "1.0"')


def kept(web: TestClient, text: str) -> str:
    """Keep a framework file and return the number of its version."""
    answer = web.post("/framework/edit", data={"text": text})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("version=")[2]


def form_of(**changed: str) -> dict[str, Any]:
    """Return what the form would send, with some fields changed."""
    values = {"base": "", "version": "0.2.0", "status": "draft"}
    return {**values, **changed}


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Organisation]:
    with open_page(organised(tmp_path / "data")) as page:
        yield page


def test_it_shows_what_is_in_use(web: TestClient) -> None:
    html = web.get("/framework").text
    built_in = framework.load()
    for text in (built_in.competencies[0].definition, built_in.service_standards[0].statement):
        assert text.replace("'", "&#39;") in html
    assert "to be agreed" in html
    german = web.get("/framework", headers={"Accept-Language": "de"}).text
    assert built_in.localised("de").competencies[0].name in german


def test_a_version_is_kept_with_who_made_it_and_used_only_when_it_is_put_in_use(web: TestClient) -> None:
    id = kept(web, TEXT)
    listed = web.get("/framework").text
    assert "Our customer experience framework 1.0" in listed
    assert "Ada" in listed
    assert frameworks.active(context(web).engine) is None
    assert web.post("/framework/active", data={"version": id}).status_code == 303
    assert "<h1>Our customer experience framework</h1>" in web.get("/framework").text
    assert web.post("/framework/active", data={"version": "template"}).status_code == 303
    assert frameworks.active(context(web).engine) is None
    journal = web.get("/journal").text
    assert "framework kept" in journal
    assert "framework put in use" in journal


def test_mistakes_are_told_with_their_lines_and_nothing_is_kept(web: TestClient) -> None:
    wrong = TEXT.replace("status: draft ", "status: aproved ")
    line = next(number for number, text in enumerate(wrong.splitlines(), 1) if "aproved" in text)
    answer = web.post("/framework/edit", data={"text": wrong})
    assert answer.status_code == 422
    assert f"Line {line}" in answer.text
    assert "aproved" in answer.text
    assert frameworks.all_of(context(web).engine) == []
    assert "No mistakes" in web.post("/framework/edit", data={"text": TEXT, "check": "true"}).text
    assert frameworks.all_of(context(web).engine) == []


@pytest.mark.parametrize("text", ["", "[1, 2", "a: &a [*a]", "- one", "\x00", "framework: 5", "x: " + "[" * 3000])
def test_nonsense_is_told_and_never_a_fault(web: TestClient, text: str) -> None:
    assert web.post("/framework/edit", data={"text": text}).status_code == 422


def test_a_version_number_is_given_once(web: TestClient) -> None:
    kept(web, TEXT)
    again = web.post("/framework/edit", data={"text": TEXT.replace("  why: ", "  # more\n  why: ")})
    assert again.status_code == 422
    assert "There is a version 1.0 already." in again.text


def test_the_form_changes_the_common_things_and_leaves_the_rest_as_it_was_written(web: TestClient) -> None:
    base = kept(web, TEXT)
    given = form_of(base=base, external="patient", external_plural="patients", phrases="Patient First\nDuty of care")
    answer = web.post("/framework/common", data={**given, "target.S02": "95 %"})
    assert answer.status_code == 303, answer.text
    version = frameworks.all_of(context(web).engine)[0]
    text = frameworks.contents(context(web).engine, version)["framework.yaml"].decode()
    assert "external: patient" in text
    assert "# ---- what you may want to change" in text
    assert "# the why, quoted word for word" in text
    shown = web.get(f"/framework?version={version.id}").text
    assert "Duty of care" in shown
    assert "95 %" in shown


def test_the_form_tells_what_the_checks_say(web: TestClient) -> None:
    answer = web.post("/framework/common", data=form_of(status="approved"))
    assert answer.status_code == 422
    assert "nobody is named who approved it" in answer.text


def test_a_workbook_is_read_looked_through_and_kept(web: TestClient) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Standard", "Promise", "Measure"])
    sheet.append(["Call back", "We call back within one working day.", "Calls returned within one working day"])
    data = io.BytesIO()
    book.save(data)
    answer = web.post("/framework/import", files={"file": ("ours.xlsx", data.getvalue())})
    assert answer.status_code == 200
    assert "We call back within one working day." in answer.text
    assert frameworks.all_of(context(web).engine) == []
    refused = web.post("/framework/import", files={"file": ("ours.xlsx", b"PK")})
    assert refused.status_code == 400


def test_two_versions_are_compared_place_by_place(web: TestClient) -> None:
    first = kept(web, TEXT)
    second = kept(
        web, TEXT.replace('  version: "1.0"', '  version: "1.1"').replace("external: customer ", "external: guest ")
    )
    html = web.get("/framework/compare", params={"before": first, "after": second}).text
    assert "<del>customer</del>" in html
    assert "<ins>guest</ins>" in html
    assert "customer_terms › external" in html
    assert "Both versions say the same." in web.get(f"/framework/compare?before={first}&after={first}").text


def test_a_version_is_taken_as_the_file_that_it_is(web: TestClient) -> None:
    answer = web.get("/framework.yaml", params={"version": kept(web, TEXT)})
    assert answer.text == TEXT
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("version", ["99", "x", "-1", "1" * 30])
def test_what_is_no_version_is_not_found(web: TestClient, version: str) -> None:
    assert web.get("/framework", params={"version": version}).status_code == 404
    assert web.post("/framework/active", data={"version": version[:20]}).status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER])
def test_others_see_it_and_do_not_change_it(page: Organisation, role: Role) -> None:
    browser = page.signed_in(page.person("kim", role))
    assert browser.get("/framework").status_code == 200
    assert "/framework/edit" not in browser.get("/framework").text
    assert browser.get("/framework/edit").status_code == 403
    assert browser.post("/framework/edit", data={"text": TEXT}).status_code == 403
    assert browser.post("/framework/common", data={"name": "x"}).status_code == 403
    assert browser.post("/framework/import", files={"file": ("a.xlsx", b"PK")}).status_code == 403
    assert browser.post("/framework/active", data={"version": "template"}).status_code == 403
    assert frameworks.all_of(page.here.engine) == []


def test_an_upload_keeps_the_version_that_it_was_started_with(working: TestClient, samples: Path) -> None:
    first = kept(working, TEXT)
    working.post("/framework/active", data={"version": first})
    told = done(working, ("nurse.docx", (samples / "job_description_nurse_uk.docx").read_bytes()))
    working.post(
        "/framework/active", data={"version": kept(working, TEXT.replace('  version: "1.0"', '  version: "1.1"'))}
    )
    here = context(working)
    version = frameworks.known(here.engine, int(first))
    (run,) = runs.all_of(here.engine)
    files = run.settings["files"]["framework"]["files"]
    assert files == dict(version.files)
    assert told["finished"]
