"""The voice in a rewrite: competencies reordered within the role, themes cited, the record complete, nothing else."""

from dataclasses import replace
from functools import cache

import pytest

from cxify import framework, kinds, pipeline, profile, voice, word
from cxify.framework import Framework, Theme
from cxify.pipeline import Redline
from cxify.voice.digest import Digest
from cxify.writers.library import LibraryWriter
from tests.conftest import ROOT
from tests.kinds.gold import KINDS, classified

OPTIONS = pipeline.Options(date="2026-11-22T08:00:00Z")
NURSE = ROOT / "samples" / "job_description_nurse_uk.docx"
COMMENTS = ROOT / "samples" / "voice" / "comments.csv"


@cache
def digest() -> Digest:
    return voice.read(COMMENTS.read_bytes(), framework.load())


@cache
def rewritten(with_voice: bool) -> Redline:
    return pipeline.rewrite(
        NURSE.read_bytes(),
        framework=framework.load(),
        kinds=kinds.load(),
        writer=LibraryWriter(),
        options=OPTIONS,
        digest=digest() if with_voice else None,
    )


def theme(number: int, *related: str, tone: str = "complaint") -> Theme:
    told = {"id": f"t{number}", "theme": "t", "share_or_count": f"{number} of 100", "related": related, "tone": tone}
    return Theme.model_validate(told)


def competencies(case: str, using: Framework) -> list[str]:
    found = classified(case)
    return [id.partition("@")[0] for id in profile.of(found, KINDS[found.kind], using).competencies]


def test_a_change_cites_the_theme_that_calls_for_it() -> None:
    comments = [edit.operation.comment or "" for edit in _edits(rewritten(True))]
    cited = [line for comment in comments for line in comment.split("\n") if line.startswith("Voice: ")]
    known = {one.cited for one in voice.evidence(digest(), "en-GB", role="Registered Nurse, Day Surgery Unit").themes}
    assert any("of 60 comments, Q2 2026 – Q3 2026 (Day Surgery): waiting for a call back" in line for line in cited)
    assert {line.removeprefix("Voice: ").removesuffix(".") for line in cited} <= known


def test_the_record_names_the_file_the_scope_the_themes_and_what_moved() -> None:
    record = word.provenance_of(rewritten(True).data)
    assert record is not None
    assert record["voice"]["sha256"] == digest().sha256
    assert record["voice"]["scope"] == "Day Surgery"
    assert record["voice"]["themes"][0].startswith("14 of 60 comments")
    assert record["voice"]["competencies_without"] == list(rewritten(False).profile.competencies)
    assert record["framework"]["sha256"] == framework.load().sha256
    assert word.verify(NURSE.read_bytes(), rewritten(True).data).ok


def test_what_moved_is_a_finding() -> None:
    told = [finding.message for finding in rewritten(True).findings if finding.rule == "VOICE"]
    moved = rewritten(True).profile.competencies != rewritten(False).profile.competencies
    assert bool(told) is moved


def test_without_a_voice_nothing_of_it_stands_in_the_record() -> None:
    record = rewritten(False).provenance
    assert "voice" not in record
    assert not any("Voice" in (edit.operation.comment or "") for edit in _edits(rewritten(False)))


def test_the_fingerprint_without_voice_is_what_it_was_and_with_it_another() -> None:
    given = {"framework": framework.load(), "kinds": kinds.load(), "writer": LibraryWriter(), "options": OPTIONS}
    plain = pipeline.fingerprint(**given)
    assert pipeline.fingerprint(**given, digest=None) == plain
    assert rewritten(False).provenance["settings"] == plain
    heard = pipeline.fingerprint(**given, digest=digest())
    assert heard == rewritten(True).provenance["settings"] != plain
    other = voice.read(COMMENTS.read_bytes() + b"\n", framework.load())
    assert pipeline.fingerprint(**given, digest=other) != heard


@pytest.mark.parametrize("case", ["G1", "G2", "G3", "G4"])
def test_the_voice_reorders_and_never_adds_what_the_relationship_rules_out(case: str) -> None:
    plain = framework.load()
    suitable = set(profile.of(classified(case), KINDS[classified(case).kind], plain).relationship)
    for competency in plain.competencies:
        found = competencies(case, voice.informed(plain, [theme(99, competency.id)]))
        if not suitable & set(competency.relationships):
            assert found == competencies(case, plain)
        assert len(found) == len(competencies(case, plain))


def test_praise_moves_nothing_and_complaints_do() -> None:
    plain = framework.load()
    last = competencies("G1", plain)[-1]
    assert competencies("G1", voice.informed(plain, [theme(60, last, tone="praise")])) == competencies("G1", plain)
    raised = competencies("G1", voice.informed(plain, [theme(60, last)]))
    assert raised.index(last) < competencies("G1", plain).index(last)


def test_the_voice_is_cited_in_the_documents_language() -> None:
    source = (ROOT / "samples" / "stellenbeschreibung_softwareentwickler_de.docx").read_bytes()
    given = {"framework": framework.load(), "kinds": kinds.load(), "writer": LibraryWriter()}
    result = pipeline.rewrite(source, **given, options=replace(OPTIONS, intensity="full"), digest=digest())
    comments = "\n".join(edit.operation.comment or "" for edit in _edits(result))
    assert "Stimmen: " in comments
    assert "Kommentaren" in comments
    assert "Voice" not in comments


def _edits(result: Redline) -> list[pipeline.RecordedEdit]:
    return [pipeline.RecordedEdit.model_validate(edit) for edit in result.provenance["edits"]]
