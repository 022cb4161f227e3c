"""Who may do what: shown to, and changed by, those who look after cxify."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cxify.store import journal, people
from cxify.store.people import Role
from tests.web.organisation import Organisation, open_page, organised
from tests.web.test_tokens import asked, made


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Organisation]:
    with open_page(organised(tmp_path / "data")) as page:
        yield page


def test_an_admin_gives_a_role_and_it_holds_at_once(page: Organisation) -> None:
    kim, ada = page.person("kim"), page.person("ada", Role.ADMIN)
    browser, admin = page.signed_in(kim), page.signed_in(ada)
    assert browser.get("/people").status_code == 403
    assert "Kim" in admin.get("/people").text
    assert admin.post("/people", data={"person": kim.id, "role": "admin"}).status_code == 303
    assert browser.get("/people").status_code == 200
    entry = journal.latest(page.here.engine)[0]
    assert (entry.action, entry.object, entry.details) == ("role given", kim.id, {"role": "admin"})


def test_an_admin_ends_somebodys_access_but_not_their_documents(page: Organisation) -> None:
    kim = page.person("kim")
    browser, admin = page.signed_in(kim), page.signed_in(page.person("ada", Role.ADMIN))
    secret = made(browser)
    assert asked(page, secret) == 200
    assert "End sessions and tokens" in admin.get("/people").text
    assert admin.post("/people", data={"person": kim.id, "end": "true"}).status_code == 303
    assert asked(page, secret) == 401
    assert browser.get("/tokens").status_code == 303
    entry = journal.latest(page.here.engine)[0]
    assert (entry.action, entry.details) == ("access ended", {"sessions": 1, "tokens": 1})
    assert people.find(page.here.engine, kim.id) is not None


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER])
def test_others_give_no_roles(page: Organisation, role: Role) -> None:
    kim = page.person("kim", role)
    assert page.signed_in(kim).post("/people", data={"person": kim.id, "role": "admin"}).status_code == 403
    found = people.find(page.here.engine, kim.id)
    assert found
    assert found.role is role


def test_nobody_changes_their_own_role(page: Organisation) -> None:
    ada = page.person("ada", Role.ADMIN)
    assert page.signed_in(ada).post("/people", data={"person": ada.id, "role": "editor"}).status_code == 403


def test_a_person_or_role_that_does_not_exist_is_said(page: Organisation) -> None:
    admin = page.signed_in(page.person("ada", Role.ADMIN))
    assert admin.post("/people", data={"person": "x" * 22, "role": "editor"}).status_code == 404
    assert admin.post("/people", data={"person": "x" * 22, "role": "emperor"}).status_code == 422
