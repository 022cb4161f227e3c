"""The second person: asked for, seen in a list, given or refused with a comment, and said in the file that leaves."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cxify import word
from cxify.store import approvals, papers
from cxify.store.people import Role
from cxify.web.desk import approving
from tests.web.organisation import Organisation, open_page, organised
from tests.web.uploads import done, read, send, until

pytestmark = pytest.mark.long

FORM = "review_form_retail_uk.docx"


@dataclass
class Scene:
    """Kim's review form with one suggestion accepted, and those who may be asked."""

    page: Organisation
    kim: TestClient
    lee: TestClient
    other: TestClient
    paper: str

    @property
    def address(self) -> str:
        return f"/documents/{self.paper}/approval"

    def clean(self, browser: TestClient | None = None) -> int:
        return (browser or self.kim).get(f"/documents/{self.paper}/download/clean").status_code

    def decide(self, action: str, suggestion: int = 0) -> None:
        data = {"suggestion": suggestion, "action": action}
        assert self.kim.post(f"/documents/{self.paper}/decisions", data=data).status_code == 303

    def ask(self) -> None:
        assert self.kim.post(self.address, data={"verdict": "asked"}).status_code == 303

    def seen(self) -> int:
        paper = papers.behind(self.page.here.engine, self.paper)
        assert paper
        found = approving.standing(self.page.here, paper)
        assert found
        return found.seen

    def answer(
        self, verdict: str, comment: str = "", browser: TestClient | None = None, seen: int | None = None
    ) -> int:
        data = {"verdict": verdict, "comment": comment, "seen": self.seen() if seen is None else seen}
        return (browser or self.lee).post(self.address, data=data).status_code


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Organisation]:
    with open_page(organised(tmp_path_factory.mktemp("approvals"))) as page:
        yield page


@pytest.fixture
def scene(page: Organisation, samples: Path) -> Scene:
    people = [("kim", Role.EDITOR), ("lee", Role.APPROVER), ("pat", Role.EDITOR)]
    kim, lee, other = (page.signed_in(page.person(name, role)) for name, role in people)
    told = done(kim, (FORM, (samples / FORM).read_bytes()))
    scene = Scene(page, kim, lee, other, told["files"][0]["id"])
    scene.decide("accept")
    return scene


def test_a_clean_copy_leaves_only_after_somebody_else_has_approved(scene: Scene) -> None:
    assert scene.clean() == 403
    assert scene.kim.get(f"/documents/{scene.paper}/download/tracked").status_code == 200
    assert "A second person has to approve" in scene.kim.get(f"/documents/{scene.paper}/download").text
    assert scene.lee.get(scene.address).status_code == 404
    scene.ask()
    assert scene.clean() == 403
    assert FORM in scene.lee.get("/approvals").text
    shown = scene.lee.get(scene.address).text
    assert "<ins>" in shown
    assert scene.lee.get(f"/documents/{scene.paper}").status_code == 200
    assert scene.answer("approved") == 303
    assert scene.clean() == 200
    assert "Approved." in scene.kim.get(f"/documents/{scene.paper}/download").text


def test_the_file_says_who_approved_it_and_who_had_asked(scene: Scene) -> None:
    scene.ask()
    scene.answer("approved")
    for form in ("clean", "tracked"):
        data = scene.kim.get(f"/documents/{scene.paper}/download/{form}").content
        told = (word.provenance_of(data) or {})["approval"]
        assert (told["person"], told["asked_by"]) == ("Lee", "Kim")
        assert told["at"].endswith("Z")


def test_who_asks_does_not_approve(page: Organisation, samples: Path) -> None:
    ada = page.signed_in(page.person("ada", Role.ADMIN))
    told = done(ada, (FORM, (samples / FORM).read_bytes()))
    scene = Scene(page, ada, ada, ada, told["files"][0]["id"])
    scene.ask()
    assert scene.answer("approved") == 403
    assert scene.clean() == 403
    assert "Somebody else has to answer." in ada.get(scene.address).text


def test_who_is_no_approver_knows_nothing_of_it(scene: Scene) -> None:
    scene.ask()
    assert scene.other.get(scene.address).status_code == 404
    assert scene.answer("approved", browser=scene.other) == 404
    assert scene.clean(scene.other) == 404
    assert FORM not in scene.other.get("/approvals").text


def test_a_document_goes_back_with_a_comment_and_is_asked_for_again(scene: Scene) -> None:
    scene.ask()
    assert scene.answer("returned") == 422
    assert scene.answer("returned", "The second criterion is not measurable.") == 303
    assert "The second criterion is not measurable." in scene.kim.get(f"/documents/{scene.paper}/download").text
    assert scene.clean() == 403
    assert scene.answer("approved") == 422
    scene.ask()
    assert scene.answer("approved") == 303


def test_a_decision_after_the_approval_ends_it(scene: Scene) -> None:
    scene.ask()
    scene.answer("approved")
    scene.decide("reject")
    assert scene.clean() == 403
    assert "has to be approved again" in scene.kim.get(f"/documents/{scene.paper}/download").text


def test_what_was_decided_while_somebody_looked_is_looked_at_first(scene: Scene) -> None:
    scene.ask()
    before = scene.seen()
    scene.decide("reject")
    assert scene.answer("approved", seen=before) == 422
    assert scene.clean() == 403


def test_correcting_the_kind_is_no_way_round(page: Organisation, samples: Path) -> None:
    kim = page.signed_in(page.person("kim"))
    batch = send(kim, (FORM, (samples / FORM).read_bytes()))["batch"]
    id = until(kim, batch, read)["files"][0]["id"]
    assert kim.post(f"/documents/{id}/kind", data={"kind": "job_advert"}).status_code == 303
    for language in ("it", "", "sv"):
        assert kim.post(f"/documents/{id}/language", data={"language": language}).status_code == 303
    paper = papers.behind(page.here.engine, id)
    assert paper
    assert paper.kind == "job_advert"
    found = approving.standing(page.here, paper)
    assert found
    assert not found.allows


def test_an_archive_lacks_what_was_not_approved_and_says_so(scene: Scene) -> None:
    paper = papers.behind(scene.page.here.engine, scene.paper)
    assert paper
    archive = scene.kim.get(f"/batches/{paper.batch_id}/clean.zip").content
    assert f"{FORM.removesuffix('.docx')}.clean.docx".encode() not in archive


def test_the_journal_holds_each_step_and_no_word_of_the_comment(scene: Scene) -> None:
    scene.ask()
    scene.answer("returned", "A secret remark.")
    journal = scene.page.signed_in(scene.page.person("ada", Role.ADMIN)).get("/journal").text
    assert "approval asked" in journal
    assert "approval returned" in journal
    assert "A secret remark." not in journal
    assert [str(each.verdict) for each in approvals.of(scene.page.here.engine, scene.paper)] == ["asked", "returned"]


def test_other_kinds_need_nobody(page: Organisation, samples: Path) -> None:
    kim = page.signed_in(page.person("kim"))
    told = done(kim, ("nurse.docx", (samples / "job_description_nurse_uk.docx").read_bytes()))
    paper = told["files"][0]["id"]
    assert kim.get(f"/documents/{paper}/download/clean").status_code == 200
    assert kim.post(f"/documents/{paper}/approval", data={"verdict": "asked"}).status_code == 422
    assert "needs no second person" in kim.get(f"/documents/{paper}/approval").text


def test_alone_it_is_off_and_says_so(working: TestClient, samples: Path) -> None:
    told = done(working, (FORM, (samples / FORM).read_bytes()))
    paper = told["files"][0]["id"]
    assert "it is off" in working.get(f"/documents/{paper}/download").text
    assert working.get(f"/documents/{paper}/download/clean").status_code == 200
    assert "You work alone here" in working.get("/approvals").text
