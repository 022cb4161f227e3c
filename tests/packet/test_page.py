"""The page for manager and employee: what it says, for whom, and what it never says."""

from dataclasses import replace
from pathlib import Path

import pytest

from cxify import framework, packet
from cxify.errors import FrameworkInvalid
from cxify.packet import Change, Facts
from cxify.proposal import Append, Certainty, Comment, InsertAfter, InsertRowAfter, Operation, Replace
from cxify.provenance import Record, RecordedEdit

OWN = framework.load()
PAGES = packet.load()


def change(operation: Operation, *, reason: str = "It says who hears what.", **more: object) -> Change:
    return Change(RecordedEdit(operation=operation, reason=reason, **more), "open", "Duties")  # type: ignore[arg-type]


def added(text: str = "Tells the resident what happens next.", **more: object) -> Change:
    return change(InsertAfter(op="insert_after", block="b3", text=text), **more)  # type: ignore[arg-type]


def asked(text: str) -> Change:
    return change(Comment(op="comment", block="b3", comment=f"Question: {text}"), reason="")


def facts(*changes: Change, kind: str = "job_description", language: str = "en-GB", **more: object) -> Facts:
    about = {"kind": kind, "language": language, "state": "blank"}
    used = {"id": OWN.framework.id, "version": "1.0.0", "status": OWN.framework.status}
    record = Record(date="2026-11-22T08:00:00Z", author="cxify", source_sha256="0" * 64, document=about, framework=used)
    return Facts("nurse.docx", record, changes, framework=OWN, **more)  # type: ignore[arg-type]


def written(*changes: Change, **more: object) -> str:
    return packet.page(facts(*changes, **more), PAGES)  # type: ignore[arg-type]


def part(page: str, title: str) -> str:
    return page.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_it_says_what_changes_why_and_what_it_does_not_mean() -> None:
    replace = Replace(op="replace", block="b2", old="customer-facing role", new="role that serves residents")
    row = InsertRowAfter(op="insert_row_after", block="b9", cells=("Asks first", "", "I"))
    page = written(added(competencies=("CX-OWN@2",), standards=("S02",)), change(replace), change(row))
    changes = part(page, "What changes")
    assert "**Duties**: New: “Tells the resident what happens next.”" in changes
    assert "“customer-facing role” becomes “role that serves residents”." in changes
    assert "New row: Asks first · I" in changes
    assert "Why: It says who hears what." in changes
    assert "Serves: Owning the outcome and putting things right, Keep or renegotiate the promise." in changes
    meaning = part(page, "What it does not mean")
    assert "No new requirement" in meaning
    assert "No change of grade, pay" in meaning


@pytest.mark.parametrize("kind", ["review_form", "promotion_criteria", "bonus_criteria"])
@pytest.mark.parametrize("only_comments", [True, False])
def test_people_are_needed_wherever_people_are_assessed(kind: str, only_comments: bool) -> None:
    note = change(Comment(op="comment", block="b3", comment="Two managers would rate this differently."))
    needs = part(written(note if only_comments else added(), kind=kind), "What text cannot do")
    assert "**Consultation:**" in needs
    assert "**Training:**" in needs


@pytest.mark.parametrize(
    ("language", "holds", "lacks"),
    [("de-DE", "§ 94", "§§ 96"), ("de-AT", "§§ 96", "§ 94"), ("de", "§ 94", "nothing"), ("de-CH", "Vertretung", "§")],
)
def test_consultation_names_the_law_of_the_country(language: str, holds: str, lacks: str) -> None:
    needs = part(written(added("Fragt nach."), kind="review_form", language=language), "Was Text nicht leisten kann")
    assert holds in needs
    assert lacks not in needs


def test_authority_and_time_are_named_where_the_text_asks_for_them() -> None:
    needs = part(written(added(standards=("S03",)), added("Hands over with the history.")), "What text cannot do")
    assert "**Authority to act:**" in needs
    assert "**Time and staffing:**" in needs
    assert "**Job evaluation:**" not in needs
    regraded = written(added(), rules=frozenset({"CXL-406"}))
    assert "**Job evaluation:**" in part(regraded, "What text cannot do")


@pytest.mark.parametrize("certainty", ["needs context", "not enough data"])
def test_at_most_five_questions_the_document_s_own_first_and_for_both(certainty: Certainty) -> None:
    unsure = added(certainty=certainty, competencies=("CX-OWN@2", "CX-LISTEN@2", "CX-HANDOFF@2"))
    questions = part(written(unsure, asked("Who receives the reports?")), "Questions")
    lines = [line for line in questions.splitlines() if line[:1].isdigit()]
    assert len(lines) == 5
    assert lines[0] == "1. **Job holder and manager:** Who receives the reports?"
    assert lines[1].startswith("2. **Job holder:** Is this so in your work:")
    assert any("**Manager:**" in line for line in lines)
    many = part(written(*(asked(f"Question {number}?") for number in range(9))), "Questions")
    assert many.count("?") == 5


def test_a_document_s_words_stay_words() -> None:
    hostile = "<script>x</script> **bold** [link](http://x) `code` \u202egnihton\n# Title"
    page = written(added(hostile, reason=hostile))
    assert "<script>" not in page.replace("\\<script", "")
    assert "](http" not in page
    assert "\u202e" not in page
    assert page.count("\n# ") == 0


def test_it_stays_a_page() -> None:
    words = "Passes each order exception to Purchasing with the history and the due date, and confirms who has it."
    page = written(*(added(f"{number} {words}") for number in range(30)))
    assert "… and 24 more in the document." in page
    assert len(page.split()) < 800


def test_only_comments_are_no_change_of_the_text() -> None:
    note = change(Comment(op="comment", block="b3", comment="A score that few answers decide."))
    page = written(note)
    assert "Nothing of the text changes" in page
    assert "## Why" not in page


def test_one_comment_is_one_and_two_are_two() -> None:
    score, trait = (change(Comment(op="comment", block="b3", comment=f"{words}.")) for words in ("A score", "A trait"))
    assert "One comment in the document points out" in written(added(), score)
    assert "2 comments in the document point out" in written(added(), score, trait)


def test_one_change_that_has_gone_is_one_and_two_are_two() -> None:
    gone = replace(added(), standing="gone")
    assert "One of 2 proposed changes is no longer" in written(added(), gone)
    assert "2 of 3 proposed changes are no longer" in written(added(), gone, gone)


def test_a_language_without_texts_is_said() -> None:
    page = written(added("Chiede."), language="it-IT")
    assert "This page is in English; there are no texts in the language of the document (it-IT) yet." in page
    assert "no texts in the language" not in written(added())


@pytest.mark.parametrize(
    ("status", "said"), [("template", "not approved"), ("draft", "draft"), ("approved", "approved")]
)
def test_the_status_of_the_framework_is_printed(status: str, said: str) -> None:
    given = facts(added())
    record = given.record.model_copy(update={"framework": given.record.framework | {"status": status}})
    assert said in packet.page(Facts("x.docx", record, given.changes), PAGES).partition("##")[0]


@pytest.mark.parametrize("language", sorted(PAGES.texts))
def test_every_language_has_every_sentence_that_a_condition_needs(language: str) -> None:
    texts = PAGES.texts[language]
    assert {row.id for row in PAGES.conditions.needs} == set(texts.need)
    assert {row.id for row in PAGES.conditions.questions} == set(texts.question)


def test_hr_rewords_a_sentence_and_adds_a_question(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text(
        "not: What stays\ndoes_not_mean: [Your pay.]\nneed: {training: {text: Ask Maria.}}\n"
        'question: {maria: "Who is Maria?"}\n',
        "utf-8",
    )
    (tmp_path / "needs.yaml").write_text(
        "needs: [{id: training, always: true}]\nquestions: [{id: maria, to: manager, always: true}]\n", "utf-8"
    )
    page = packet.page(facts(added()), packet.load(tmp_path))
    assert part(page, "What stays").strip() == "- Your pay."
    assert "**Training:** Ask Maria." in page
    assert "1. **Manager:** Who is Maria?" in page
    assert "## What changes" in page


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("en.yaml", "titel: x\n", "en.yaml:1: titel"),
        ("en.yaml", "a: b: c\n", "en.yaml:1"),
        ("needs.yaml", "needs: [{id: own, always: true}]\nquestions: []\n", "no sentence for: own"),
        ("needs.yaml", "needs: [{id: training, words: {en: ['(']}}]\nquestions: []\n", "not a valid pattern"),
    ],
)
def test_mistakes_in_own_texts_are_explained(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(FrameworkInvalid, match=r".+") as raised:
        packet.load(tmp_path)
    assert says in raised.value.message


def test_append_is_shown_without_the_mark_it_continues() -> None:
    page = written(change(Append(op="append", block="b3", text="; names the next step")))
    assert "New: “names the next step”" in page
