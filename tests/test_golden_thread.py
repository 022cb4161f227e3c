"""The documents of one role share one profile and agree, in whatever order and by how many hands they are rewritten."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from cxify import batch, framework, kinds, pipeline, profile, rules, word
from cxify.cli import main
from cxify.profile import RoleProfile, key
from cxify.proposal import InsertAfter, Proposal, Proposed
from cxify.writers.library import LibraryWriter
from tests.documents import document
from tests.worddoc import put, word_file

FRAMEWORK = framework.load()
KINDS = kinds.load()
OPTIONS = pipeline.Options(date="2026-11-22T08:00:00Z")
WRITER = LibraryWriter()

DESCRIPTION = (
    "Job Description",
    "Job title: Housing Officer (Grade 6).",
    "Department: Housing Services.",
    "Purpose of the job",
    "Manages tenancies so that tenants can stay in their homes.",
    "Main duties",
    "Visit tenants and answer questions about rent and repairs.",
    "Work closely with other departments to resolve repair cases.",
    "Pass unresolved complaints to the repairs team.",
    "Person specification",
    "Experience of housing law.",
)
ADVERT = (
    "Join us: Housing Officer",
    "Job title: HOUSING OFFICER (m/f/d).",
    "What you will do",
    "Visit tenants and answer their questions.",
    "Work with other teams to get repairs done.",
    "What you bring",
    "Experience of housing law.",
    "How to apply",
    "Apply by 3 March with your CV.",
)
SENIOR = (
    "Job Description",
    "Job title: Senior Housing Officer.",
    *DESCRIPTION[3:6],
    "Supervise staff and allocate cases.",
)


def table(title: str, *rows: Sequence[str]) -> bytes:
    document = docx.Document()
    document.add_heading(title, 0)
    made = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


MEASURES = table(
    "KPI sheet – Housing Officer 2026",
    ("KPI", "Measure", "Target", "Weight"),
    ("Repairs", "Average days to complete a repair", "10 days", "100 %"),
)
REVIEW = table(
    "Annual performance review – Housing Officer",
    ("Competency", "Description", "Rating 1-5"),
    ("Communication", "Writes clear letters", ""),
    ("Teamwork", "Works well with others", ""),
)
FILES = {
    "advert.docx": word_file(*ADVERT),
    "description.docx": word_file(*DESCRIPTION),
    "measures.docx": MEASURES,
    "review.docx": REVIEW,
    "senior.docx": word_file(*SENIOR),
}
DUTIES = "job_description"
ROLE = {"advert.docx", "description.docx", "measures.docx", "review.docx"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        put(tmp_path / "in" / name, data)
    return tmp_path / "in"


def run(folder: Path, out: str = "out", concurrency: int = 1) -> batch.Done:
    batch.prepare(folder.parent / out)
    given: dict[str, Any] = {"framework": FRAMEWORK, "kinds": KINDS, "options": OPTIONS}
    return batch.run(
        batch.plan([folder], folder.parent / out),
        lambda source, shared: pipeline.rewrite(source, writer=WRITER, shared=shared, **given),
        settings=pipeline.fingerprint(writer=WRITER, **given),
        concurrency=concurrency,
        thread=batch.Thread(lambda source: pipeline.look(source, **given), lambda seen: profile.weave(seen, FRAMEWORK)),
    )


def by_name(done: batch.Done) -> dict[str, batch.Outcome]:
    return {Path(outcome.file).name: outcome for outcome in done.outcomes}


def test_four_documents_of_a_role_share_one_profile(folder: Path) -> None:
    done = by_name(run(folder))
    profiles = [done[name].details["profile"] for name in sorted(ROLE)]
    assert {tuple(sorted(each["competencies"])) for each in profiles} == {tuple(sorted(profiles[0]["competencies"]))}
    for same in ("level", "standards", "served", "based_on"):
        assert len({json.dumps(each[same]) for each in profiles}) == 1
    assert profiles[0]["based_on"] == "description.docx"
    assert profiles[0]["served"] == ("tenants", "colleagues")
    assert set(profiles[0]["shared_with"]) == ROLE - {"advert.docx"}


def test_no_document_prints_a_competency_outside_the_shared_profile(folder: Path) -> None:
    done = run(folder)
    for name in ROLE:
        details = by_name(done)[name].details
        used = {id for edit in details["edits"] for id in edit["competencies"]}
        assert used, name
        assert used <= set(details["profile"]["competencies"])
    assert "CXL-801" not in {finding.rule for finding in done.portfolio}


def test_another_role_is_not_drawn_in(folder: Path) -> None:
    done = run(folder)
    assert by_name(done)["senior.docx"].details["profile"]["shared_with"] == ()
    assert [role.title for role in done.roles] == ["Housing Officer (Grade 6)"]


def test_hands_and_order_change_nothing(folder: Path) -> None:
    one, many = by_name(run(folder)), by_name(run(folder, "many", concurrency=4))
    assert {name: each.details for name, each in one.items()} == {name: each.details for name, each in many.items()}
    seen = {
        name: pipeline.look(data, framework=FRAMEWORK, kinds=KINDS, options=OPTIONS) for name, data in FILES.items()
    }
    turned = dict(reversed(seen.items()))
    assert profile.weave(seen, FRAMEWORK) == profile.weave(turned, FRAMEWORK)


def test_a_second_run_does_nothing_and_a_changed_profile_is_written_to_all(folder: Path) -> None:
    run(folder)
    assert {outcome.status for outcome in run(folder).outcomes} == {"done before"}
    put(
        folder / "description.docx",
        word_file(*DESCRIPTION[:6], "Supervise staff and direct reports.", *DESCRIPTION[6:]),
    )
    again = by_name(run(folder))
    assert {name for name, outcome in again.items() if outcome.status == "rewritten"} == ROLE
    assert {again[name].details["profile"]["level"] for name in ROLE} == {3}


def test_another_file_of_the_role_that_changes_no_profile_costs_nothing(folder: Path) -> None:
    run(folder)
    put(folder / "zweit.docx", FILES["review.docx"])
    again = by_name(run(folder))
    assert {name for name, outcome in again.items() if outcome.status == "rewritten"} == {"zweit.docx"}


def test_a_broken_document_spoils_no_thread(folder: Path) -> None:
    put(folder / "broken.docx", b"PK\x03\x04")
    done = by_name(run(folder))
    assert done["broken.docx"].status == "failed"
    assert set(done["review.docx"].details["profile"]["shared_with"]) == ROLE - {"review.docx"}


def test_the_thread_stands_in_the_provenance(folder: Path) -> None:
    run(folder)
    record = word.provenance_of((folder.parent / "out/review.docx").read_bytes())
    assert record is not None
    assert record["role"]["title"] == "Housing Officer (Grade 6)"
    assert set(record["role"]["shared_with"]) == ROLE - {"review.docx"}


def rewritten(folder: Path, out: str, *options: str) -> str:
    return CliRunner().invoke(main, ["rewrite", str(folder), "-o", str(folder.parent / out), *options]).stdout


def test_the_user_sees_the_thread(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    shown = rewritten(folder, "out")
    assert "One profile for the documents of a role:" in shown
    assert "“Housing Officer (Grade 6)” (advert.docx, description.docx, measures.docx, review.docx): CX-" in shown
    data = json.loads(rewritten(folder, "out2", "--json"))
    assert [len(role["files"]) for role in data["roles"]] == [4]
    assert isinstance(data["portfolio"], list)
    first = json.loads((folder.parent / "out2/report.jsonl").read_text("utf-8").splitlines()[0])
    assert (first["status"], first["roles"]) == ("all together", data["roles"])


def seen(title: str, kind: str = "job_description", unit: str = "", language: str = "en") -> profile.Seen:
    found = profile.RoleProfile(title, ("internal",), 2, "", ("CX-OWN@2",), ("S02",), (f"served in {language}",))
    return profile.Seen(kind, language, unit, (key(title),), 100, found, {"CX-OWN": 10, "CX-ENABLE": 5})


def shared(**documents: profile.Seen) -> set[frozenset[str]]:
    woven = profile.weave(documents, FRAMEWORK)
    return {frozenset((file, *found.shared_with)) for file, found in woven.items()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Registered Nurse", "REGISTERED NURSE (Band 5)"),
        ("Registered Nurse", "Registered Nurse – full-time"),
        ("Softwareentwickler/in (m/w/d)", "Softwareentwickler*in"),
        ("Pflegefachkraft (m/w/d) in Vollzeit oder Teilzeit", "Pflegefachkraft EG 9b TVöD"),
        ("HR & Payroll Officer", "HR and Payroll Officer, 80 %"),
        ("Buyer Ref. 12345", "Buyer 2026"),
    ],
)
def test_one_job_has_many_spellings(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize("other", ["Senior Nurse", "Nurse Manager", "Nurse II", "Head of Nursing", "Student Nurse"])
def test_similar_titles_are_different_jobs(other: str) -> None:
    assert not shared(a=seen("Nurse"), b=seen(other))


def test_units_are_kept_apart_when_they_are_given() -> None:
    assert not shared(a=seen("Nurse", unit="Ward 1"), b=seen("Nurse", unit="Ward 2"))
    assert shared(a=seen("Nurse", unit="Finance"), b=seen("Nurse", unit="Finance Department")) == {frozenset("ab")}
    assert shared(a=seen("Nurse", unit="Ward 1"), b=seen("Nurse")) == {frozenset("ab")}
    ambiguous = shared(a=seen("Nurse", unit="Ward 1"), b=seen("Nurse", unit="Ward 2"), c=seen("Nurse"))
    assert not ambiguous, "nobody knows which ward the third document is about"


def test_each_language_names_the_people_served_in_its_own_words() -> None:
    woven = profile.weave({"a": seen("Controller"), "b": seen("Controller", "job_advert", language="de")}, FRAMEWORK)
    assert (woven["a"].served, woven["b"].served) == (("served in en",), ("served in de",))
    assert woven["a"].competencies == woven["b"].competencies


def test_words_of_one_language_are_never_taken_for_a_document_in_another() -> None:
    job, advert = seen("Controller"), seen("CONTROLLER (m/w/d)", "job_advert", language="de")
    job = replace(job, profile=replace(job.profile, level_evidence="leads a team"))
    german = replace(advert, profile=replace(advert.profile, level_evidence="leitet ein Team"))
    lower = replace(german, profile=replace(german.profile, level=1))
    for other, evidence in ((german, "leitet ein Team"), (lower, "")):
        woven = profile.weave({"a": job, "b": other, "c": seen("Controller", "review_form")}, FRAMEWORK)
        assert [woven[name].role for name in "abc"] == ["Controller", other.profile.role, "Controller"]
        assert [woven[name].level_evidence for name in "abc"] == ["leads a team", evidence, "leads a team"]
        assert {woven[name].level for name in "abc"} == {2}


def test_what_the_richest_document_leaves_open_is_asked_there_and_nowhere_else() -> None:
    asking = replace(seen("Nurse"), profile=replace(seen("Nurse").profile, questions=("Which level applies?",)))
    woven = profile.weave({"a": replace(asking, kind="job_advert"), "b": asking}, FRAMEWORK)
    assert (woven["a"].questions, woven["b"].questions) == ((), ("Which level applies?",))


def test_a_writer_that_leaves_the_shared_profile_is_stopped() -> None:
    source = kinds.classify(
        document("Job title: Nurse\nMain duties\n- Answer questions."), KINDS, kind="job_description"
    )
    alone = RoleProfile("Nurse", ("external",), 2, "", ("CX-OWN@2",), ("S02",), ("patients",))
    block = source.blocks[-1].id
    proposed = Proposed(
        operation=InsertAfter(op="insert_after", block=block, text="Ask what is needed before you begin."),
        reason="It is needed.",
        competencies=("CX-LISTEN@2",),
        evidence="Answer questions.",
        evidence_block=block,
    )
    for role, stopped in ((alone, False), (replace(alone, shared_with=("advert.docx",)), True)):
        given: dict[str, Any] = {"kind": KINDS[DUTIES], "profile": role, "framework": FRAMEWORK}
        checked = rules.check(source, Proposal(edits=(proposed,)), **given)
        assert ("CXL-801" in {finding.rule for finding in checked.findings}) is stopped
        assert bool(checked.accepted) is not stopped
