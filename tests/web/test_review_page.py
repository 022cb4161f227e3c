"""The review page: the document and nothing but the document, every suggestion once, decided by forms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from cxify import store, word
from cxify.store import approvals
from cxify.store.approvals import Verdict
from cxify.store.people import Role
from tests.audit.html import VOID, parsed
from tests.web.organisation import open_page, organised
from tests.web.uploads import JSON, at_work, done

pytestmark = pytest.mark.long

NAMES = (
    "job_description_nurse_uk.docx",
    "review_form_retail_uk.docx",
    "kpi_sheet_support_team.docx",
    "job_description_hr_partner_redlined.docx",
    "stellenbeschreibung_softwareentwickler_de.docx",
)
NURSE, FORM, _, THEIRS, GERMAN = NAMES


@dataclass
class Paper(HTMLParser):
    """The document on the page, as somebody reads it who rejects everything: no cards, no numbers, nothing added."""

    text: str = ""
    headings: list[int] = field(default_factory=list)
    _open: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @property
    def _inside(self) -> bool:
        return any(tag == "paper" for tag, _ in self._open) and not any(hidden for _, hidden in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = (dict(attrs).get("class") or "").split()
        if self._inside and re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            ours = tag == "ins" and "their" not in names
            hidden = ours or {"suggestion", "mark", "sr"} & {*names} or (tag == "del" and "their" in names)
            self._open.append(("paper" if names == ["paper"] else tag, bool(hidden)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data if self._inside else ""


def read(html: str) -> Paper:
    paper = Paper()
    paper.feed(html)
    return paper


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with at_work(tmp_path_factory.mktemp("page") / "data") as browser:
        yield browser


@pytest.fixture(scope="module")
def papers(web: TestClient, samples: Path) -> dict[str, str]:
    """Return the addresses of documents with suggestions."""
    told = done(web, *((name, (samples / name).read_bytes()) for name in NAMES))
    return {file["name"]: f"/documents/{file['id']}" for file in told["files"]}


@pytest.fixture
def fresh(web: TestClient, samples: Path) -> str:
    """Return the address of a document on which nobody has decided."""
    told = done(web, (NURSE, (samples / NURSE).read_bytes()))
    return f"/documents/{told['files'][0]['id']}"


def decide(web: TestClient, address: str, number: int, action: str, **more: Any) -> dict[str, Any]:
    given = {"suggestion": str(number), "action": action, **more}
    answer = web.post(f"{address}/decisions", data=given, headers=JSON)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("name", NAMES)
def test_the_page_holds_the_whole_document(web: TestClient, papers: dict[str, str], samples: Path, name: str) -> None:
    shown = read(web.get(papers[name]).text)
    document = word.read((samples / name).read_bytes())
    assert squeezed(shown.text) == squeezed("".join(block.text for block in document.body))


@pytest.mark.parametrize("name", NAMES)
def test_every_suggestion_has_one_card_and_one_number_in_the_text(
    web: TestClient, papers: dict[str, str], name: str
) -> None:
    html = web.get(papers[name]).text
    page = parsed(html)
    assert len(page.ids) == len(set(page.ids))
    cards = [id for id in page.ids if re.fullmatch(r"s\d+", id)]
    assert cards
    assert {f"m{id[1:]}" for id in cards} <= set(page.ids)
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert page.handlers == []


@pytest.mark.parametrize("name", NAMES)
def test_people_can_jump_from_heading_to_heading(web: TestClient, papers: dict[str, str], name: str) -> None:
    levels = [2, *read(web.get(papers[name]).text).headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_document_speaks_its_own_language_and_the_page_the_readers(web: TestClient, papers: dict[str, str]) -> None:
    german = web.get(papers[GERMAN], headers={"Accept-Language": "en"}).text
    assert '<html lang="en"' in german
    assert re.search(r'<div class="paper" lang="de', german)
    english = web.get(papers[NURSE], headers={"Accept-Language": "de"}).text
    assert '<html lang="de"' in english
    assert "Annehmen" in english


def test_other_peoples_changes_are_shown_as_theirs(web: TestClient, papers: dict[str, str]) -> None:
    html = web.get(papers[THEIRS]).text
    assert re.search(r'<(ins|del) class="their"><span class="sr" lang="en">(added|taken out) by \w', html)


def test_locks_are_listed_with_their_reasons(web: TestClient, papers: dict[str, str]) -> None:
    html = web.get(papers[FORM]).text
    assert "What stays as it is" in html
    for place in re.findall(r'href="#(at-b\d+)"', html):
        assert f'id="{place}"' in html


def test_a_decision_leads_back_to_its_suggestion(web: TestClient, fresh: str) -> None:
    answer = web.post(f"{fresh}/decisions", data={"suggestion": "1", "action": "accept"})
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("#s1")
    assert 'id="s1" data-n="1" data-standing="accepted"' in web.get(answer.headers["location"].partition("#")[0]).text


def test_the_script_is_told_what_changed_and_no_more(web: TestClient, fresh: str) -> None:
    told = decide(web, fresh, 1, "accept")
    assert (told["standing"], told["counts"]["decided"], told["decided"]) == ("accepted", 1, "1 of 8 decided")
    assert parsed(told["html"]).ids.count("s1") == 1
    assert f'id="{told["place"]}"' in web.get(fresh).text
    assert len(told["html"]) < len(web.get(fresh).text) / 2
    assert decide(web, fresh, 1, "undo")["standing"] == "open"


def test_every_decision_can_be_put_in_place_by_the_script(web: TestClient, fresh: str) -> None:
    for action in ("reject", "undo", "accept"):
        for number in range(8):
            told = decide(web, fresh, number, action)
            whole = web.get(fresh).text
            assert squeezed(told["html"]) in squeezed(whole).replace(fresh + "?now", fresh)


def test_a_wording_that_the_rules_refuse_comes_back_with_the_reasons(web: TestClient, fresh: str) -> None:
    given = {"suggestion": "1", "action": "edit", "text": "Achieve an individual NPS of 60."}
    answer = web.post(f"{fresh}/decisions", data=given)
    assert answer.status_code == 422
    assert "Your wording was not saved" in answer.text
    assert "Achieve an individual NPS of 60.</textarea>" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'data-n="1" data-standing="open"' in web.get(fresh).text


def test_a_reason_is_given_once_however_often_the_wording_was_weighed(web: TestClient, fresh: str) -> None:
    given = {"suggestion": "1", "action": "edit", "text": "Achieve an individual NPS of 60."}
    html = web.post(f"{fresh}/decisions", data=given).text
    notice = html.partition("Your wording was not saved")[2].partition("<form")[0]
    reasons = re.findall(r"<p>([^<]+)</p>", notice)
    assert reasons
    assert len(reasons) == len(set(reasons))


def test_the_reasons_are_said_in_the_readers_language(web: TestClient, fresh: str) -> None:
    given = {"suggestion": "1", "action": "edit", "text": "Achieve an individual NPS of 60."}
    html = web.post(f"{fresh}/decisions", data=given, headers={"Accept-Language": "de"}).text
    assert "hängt von wenigen Antworten ab" in html
    assert "depends on few answers" not in html


def test_findings_and_locks_are_said_in_the_readers_language(web: TestClient, papers: dict[str, str]) -> None:
    html = web.get(papers[NURSE], headers={"Accept-Language": "de"}).text
    assert "beschreibt einen Menschen und nicht, was er tut" in html
    assert "Spalte mit Kriterien" in html
    assert "describes a person" not in html
    english = web.get(papers[NURSE], headers={"Accept-Language": "en"}).text
    assert "describes a person" in english


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_ours_is_left_in_english_on_a_german_page(
    web: TestClient, papers: dict[str, str], name: str
) -> None:
    assert '<span lang="en">' not in web.get(papers[name], headers={"Accept-Language": "de"}).text


def test_a_sentence_of_ones_own_does_not_stick_to_the_word_before(web: TestClient, samples: Path) -> None:
    told = done(web, (GERMAN, (samples / GERMAN).read_bytes()))
    address = f"/documents/{told['files'][0]['id']}"
    offered = re.findall(r'<textarea id="e(\d+)" name="text"[^>]*>; ([^<]+)</textarea>', web.get(address).text)
    number, words = offered[0]
    html = decide(web, address, int(number), "edit", text=words[0].upper() + words[1:])["html"]
    assert re.search(rf'class="is-edited"><span[^>]*>[^<]*</span> {words[0].upper()}', html)


def test_what_a_person_writes_is_shown_as_words(web: TestClient, fresh: str) -> None:
    decide(web, fresh, 1, "comment", text="<b onclick=x>Ask & see</b>")
    html = web.get(fresh).text
    assert "&lt;b onclick=x&gt;Ask &amp; see&lt;/b&gt;" in html
    assert parsed(html).handlers == []


def test_other_wordings_are_shown_when_asked_for(web: TestClient, fresh: str) -> None:
    asked = web.post(f"{fresh}/decisions", data={"suggestion": "0", "action": "another"})
    assert asked.status_code == 200
    html = asked.text
    assert f'action="{fresh}/decisions#s0"' in html
    offered = re.findall(r'name="action" value="reword"><input type="hidden" name="text" value="([^"]+)"', html)
    assert offered
    assert decide(web, fresh, 0, "reword", text=offered[0])["standing"] == "edited"


def test_who_loads_the_answer_again_is_led_back_and_nothing_is_asked_twice(web: TestClient, fresh: str) -> None:
    answer = web.get(f"{fresh}/decisions")
    assert (answer.status_code, answer.headers["location"]) == (303, fresh)


def test_only_what_is_asked_for_is_shown_and_what_was_just_decided_stays(web: TestClient, fresh: str) -> None:
    decide(web, fresh, 2, "accept")
    ids = parsed(web.get(fresh, params={"standing": "accepted"}).text).ids
    assert [id for id in ids if re.fullmatch(r"s\d+", id)] == ["s2"]
    assert "m0" in ids
    after = web.post(f"{fresh}/decisions?standing=open", data={"suggestion": "0", "action": "reject"})
    ids = parsed(web.get(after.headers["location"].partition("#")[0]).text).ids
    assert "s0" in ids
    assert "s2" not in ids


@pytest.mark.parametrize(
    "given",
    [
        {"suggestion": "99", "action": "accept"},
        {"suggestion": "-1", "action": "accept"},
        {"suggestion": "0", "action": "approve everything"},
        {"suggestion": "0", "action": "comment", "text": "  "},
        {"suggestion": "0", "action": "edit", "text": "x" * 20_001},
        {"suggestion": "many", "action": "accept"},
        {"action": "accept"},
    ],
)
def test_what_cannot_be_decided_is_told(web: TestClient, papers: dict[str, str], given: dict[str, str]) -> None:
    answer = web.post(f"{papers[NURSE]}/decisions", data=given, headers=JSON)
    assert answer.status_code in (400, 422)
    assert answer.json()["remedy"]


def test_the_overview_counts_what_is_decided(web: TestClient, fresh: str) -> None:
    id = fresh.rpartition("/")[2]
    decide(web, fresh, 0, "accept")
    decide(web, fresh, 1, "accept")
    decide(web, fresh, 1, "undo")
    decide(web, fresh, 2, "comment", text="Ask the ward.")
    row = web.get("/").text.split(id)[1].split("</tr>")[0]
    assert "1 of 8" in row
    for number in range(1, 8):
        decide(web, fresh, number, "reject")
    assert "Reviewed" in web.get("/").text.split(id)[1].split("</tr>")[0]


@pytest.mark.parametrize("name", NAMES)
def test_questions_count_and_are_decided_on_like_everything(web: TestClient, samples: Path, name: str) -> None:
    told = done(web, (name, (samples / name).read_bytes()))
    address = f"/documents/{told['files'][0]['id']}"
    numbers = [int(id[1:]) for id in parsed(web.get(address).text).ids if re.fullmatch(r"s\d+", id)]
    for done_with, number in enumerate(numbers, start=1):
        assert decide(web, address, number, "accept")["counts"] == {"decided": done_with, "total": len(numbers)}
    row = web.get("/").text.split(address)[1].split("</tr>")[0]
    assert f"{len(numbers)} of {len(numbers)}" in row


def test_documents_are_found_by_name_kind_and_state(web: TestClient, papers: dict[str, str]) -> None:
    def found(**asked: str) -> set[str]:
        links = parsed(web.get("/", params=asked).text).links
        return {name for name, address in papers.items() if address in links}

    assert found(q="softwareentwickler") == {GERMAN}
    assert found(q="review form") == {FORM}
    assert found(state="refused") == set()
    assert found() == set(papers)


def test_who_approves_reads_and_does_not_decide(tmp_path: Path, samples: Path) -> None:
    with open_page(organised(tmp_path)) as page:
        owner, approver = page.person("ada"), page.person("grace", Role.APPROVER)
        told = done(page.signed_in(owner), (NURSE, (samples / NURSE).read_bytes()))
        id = told["files"][0]["id"]
        reads = page.signed_in(approver)
        assert reads.get(f"/documents/{id}").status_code == 404
        with store.writing(page.here.engine) as connection:
            approvals.add(connection, id, owner.id, Verdict.ASKED)
        shown = reads.get(f"/documents/{id}")
        assert shown.status_code == 200
        assert "You read this document because you are asked to approve it." in shown.text
        assert "/decisions" not in shown.text
        given = {"suggestion": "0", "action": "accept"}
        assert reads.post(f"/documents/{id}/decisions", data=given).status_code == 404
