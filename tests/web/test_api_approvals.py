"""The second person, by programs: asked, listed, given or refused with a comment, by the same rules as on the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from cxify import store
from cxify.store import tokens
from cxify.store.moment import now
from cxify.store.people import Person, Role
from cxify.store.tokens import Scope
from tests.web.organisation import Organisation, open_page, organised
from tests.web.uploads import done

pytestmark = pytest.mark.long

FORM = "review_form_retail_uk.docx"
API = "/api/v1"


@dataclass
class Scene:
    """Kim's review form with one suggestion accepted, and the programs of three people."""

    page: Organisation
    kim: TestClient
    lee: TestClient
    other: TestClient
    id: str

    @property
    def address(self) -> str:
        return f"{API}/documents/{self.id}/approval"

    def told(self, program: TestClient) -> dict[str, Any]:
        answer = program.get(self.address)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def step(self, program: TestClient, verdict: str, **more: Any) -> int:
        return program.post(self.address, json={"verdict": verdict, **more}).status_code

    def clean(self, program: TestClient) -> int:
        return program.get(f"{API}/documents/{self.id}/download/clean").status_code

    def decide(self, action: str) -> None:
        given = {"suggestion": 0, "action": action}
        assert self.kim.post(f"{API}/documents/{self.id}/decisions", json=given).status_code == 201


def program(page: Organisation, person: Person, scope: Scope = Scope.WRITE) -> TestClient:
    """Return a program with a token of a person."""
    with store.writing(page.here.engine) as connection:
        secret = tokens.issue(connection, person.id, "HR system", scope, now() + timedelta(days=1))
    made = page.browser()
    made.headers = {"Authorization": f"Bearer {secret}"}  # type: ignore[assignment]
    return made


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Organisation]:
    with open_page(organised(tmp_path_factory.mktemp("approvals"))) as page:
        yield page


@pytest.fixture
def scene(page: Organisation, samples: Path) -> Scene:
    kim, lee, pat = page.person("kim"), page.person("lee", Role.APPROVER), page.person("pat")
    told = done(page.signed_in(kim), (FORM, (samples / FORM).read_bytes()))
    scene = Scene(page, *(program(page, each) for each in (kim, lee, pat)), told["files"][0]["id"])
    scene.decide("accept")
    return scene


def test_a_program_asks_and_another_person_s_program_approves(scene: Scene) -> None:
    before = scene.told(scene.kim)
    assert (before["state"], before["clean_copy"], before["owner"]) == ("needed", False, "Kim")
    assert scene.clean(scene.kim) == 403
    assert scene.step(scene.kim, "asked", comment="Please read it.") == 201
    (waiting,) = [each for each in scene.lee.get(f"{API}/approvals").json()["awaiting"] if each["document"] == scene.id]
    assert (waiting["name"], waiting["owner"], waiting["comment"]) == (FORM, "Kim", "Please read it.")
    suggestions = scene.lee.get(f"{API}/documents/{scene.id}/suggestions").json()["suggestions"]
    assert suggestions[0]["standing"] == "accepted"
    assert scene.lee.get(f"{API}/documents/{scene.id}/download/tracked").status_code == 200
    assert scene.clean(scene.lee) == 403
    assert scene.step(scene.lee, "approved", seen=waiting["seen"]) == 201
    assert scene.clean(scene.kim) == 200
    (own,) = [each for each in scene.kim.get(f"{API}/approvals").json()["own"] if each["document"] == scene.id]
    assert (own["state"], own["person"], own["asked_by"]) == ("approved", "Lee", "Kim")


def test_it_goes_back_with_a_comment_and_not_without(scene: Scene) -> None:
    scene.step(scene.kim, "asked")
    assert scene.step(scene.lee, "returned") == 422
    assert scene.step(scene.lee, "returned", comment="Not measurable.") == 201
    assert scene.told(scene.kim)["comment"] == "Not measurable."
    assert scene.clean(scene.kim) == 403


def test_who_asks_does_not_approve_not_even_by_a_program(page: Organisation, samples: Path) -> None:
    ada = page.person("ada", Role.ADMIN)
    told = done(page.signed_in(ada), (FORM, (samples / FORM).read_bytes()))
    mine = program(page, ada)
    scene = Scene(page, mine, mine, mine, told["files"][0]["id"])
    assert scene.step(mine, "asked") == 201
    assert scene.step(mine, "approved", seen=scene.told(mine)["seen"]) == 403
    assert scene.told(mine)["state"] == "asked"


def test_what_was_decided_since_is_looked_at_first(scene: Scene) -> None:
    scene.step(scene.kim, "asked")
    seen = scene.told(scene.lee)["seen"]
    scene.decide("reject")
    assert scene.step(scene.lee, "approved", seen=seen) == 422
    assert scene.step(scene.lee, "approved", seen=scene.told(scene.lee)["seen"]) == 201
    scene.decide("undo")
    assert scene.told(scene.kim)["state"] == "lapsed"
    assert scene.clean(scene.kim) == 403


def test_for_others_there_is_no_such_document(scene: Scene) -> None:
    assert scene.lee.get(scene.address).status_code == 404, "nobody has asked yet"
    scene.step(scene.kim, "asked")
    assert scene.other.get(scene.address).status_code == 404
    assert scene.step(scene.other, "approved") == 404
    assert scene.step(scene.lee, "asked") == 404, "only the owner asks"
    assert scene.other.get(f"{API}/documents/{scene.id}/suggestions").status_code == 404
    assert scene.other.get(f"{API}/approvals").json()["awaiting"] == []
    assert scene.lee.delete(f"{API}/documents/{scene.id}").status_code == 404
    given = {"suggestion": 0, "action": "reject"}
    assert scene.lee.post(f"{API}/documents/{scene.id}/decisions", json=given).status_code == 404


def test_a_token_that_may_only_read_approves_nothing(scene: Scene) -> None:
    scene.step(scene.kim, "asked")
    reader = program(scene.page, scene.page.person("lee", Role.APPROVER), Scope.READ)
    assert reader.get(scene.address).status_code == 200
    assert scene.step(reader, "approved", seen=scene.told(reader)["seen"]) == 403


def test_a_document_that_needs_nobody_says_so(page: Organisation, samples: Path) -> None:
    kim = page.person("kim")
    told = done(page.signed_in(kim), ("nurse.docx", (samples / "job_description_nurse_uk.docx").read_bytes()))
    mine = program(page, kim)
    scene = Scene(page, mine, mine, mine, told["files"][0]["id"])
    assert (scene.told(mine)["state"], scene.told(mine)["clean_copy"]) == ("not_needed", True)
    assert scene.step(mine, "asked") == 422
    assert scene.step(mine, "perhaps") == 422
