"""The files that follow from decisions: verified, in the right words, and nothing left out without a word."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxify import packet, word
from cxify.errors import InputError
from cxify.provenance import Record
from cxify.review import Decision, Written, clean, comments_only, tracked, what_changed
from tests.libreoffice import Referee
from tests.review.papers import (
    ANNA,
    LATER,
    Paper,
    accepted,
    decide,
    framework,
    known_kinds,
    paper,
    read,
    rewritten,
    texts,
)
from tests.word.build import dele, doc, ins, p
from tests.word.generated import DOCUMENTS, edits
from tests.word.redlines import after, append, new_errors, remark, replace
from tests.worddoc import word_file

SOURCE = word_file("Duties", "Answer letters from clients.", "Lock the doors.", "Count the keys.")
PAGES = packet.load()


def made() -> Paper:
    return paper(
        SOURCE,
        replace("b2", "clients", "residents", comment="Because."),
        append("b2", " Say who answers.", comment="Because."),
        after("b3", "Tell residents what happens next."),
        remark("b4", "Question: Who holds the keys?"),
    )


def record_of(data: bytes) -> Record:
    return Record.model_validate(word.provenance_of(data))


def proved(paper: Paper, written: Written) -> bytes:
    report = word.verify(paper.source, written.data)
    assert report.ok, report
    return written.data


def test_of_two_edits_on_one_block_one_can_be_rejected() -> None:
    one = made()
    decisions = [decide(0, "reject"), decide(1, "accept"), decide(2, "accept")]
    data = proved(one, tracked(one.source, one.record, decisions))
    assert accepted(data)[1:4] == [
        "Answer letters from clients. Say who answers.",
        "Lock the doors.",
        "Tell residents what happens next.",
    ]


def test_only_what_was_accepted_stands_in_the_file_unless_open_ones_are_asked_for() -> None:
    one = made()
    assert read(proved(one, tracked(one.source, one.record, []))) == read(SOURCE)
    both = proved(one, tracked(one.source, one.record, [decide(2, "reject")], include="accepted+open"))
    assert accepted(both)[1] == "Answer letters from residents. Say who answers."
    assert [remark.text for remark in word.remarks_of(both)][-1] == "Question: Who holds the keys?"


def test_a_clean_copy_has_no_mark_and_no_comment_of_ours_and_keeps_those_of_others() -> None:
    source = doc(p("We ", dele("shall "), ins("will "), "answer."), p("Lock up."), comments=["Theirs"])
    one = paper(source, append("b1", " Soon.", comment="Because."), append("b2", " Early.", comment="Because."))
    data = proved(one, clean(source, one.record, [decide(0, "accept"), decide(0, "comment", "Fine.")]))
    assert read(data)[:2] == ["We will answer. Soon.", "Lock up."]
    assert [remark.text for remark in word.remarks_of(data)] == ["Theirs"]
    assert {author for author, _ in revisions(data)} == {"Ann", "Ben"}
    assert new_errors(source, data) == []


def test_a_clean_copy_that_was_changed_does_not_pass_the_proof() -> None:
    one = made()
    data = clean(one.source, one.record, [decide(1, "accept")]).data
    assert word.verify(SOURCE, data).ok
    other = clean(one.source, one.record, [decide(2, "accept")]).data
    with ZipFile(io.BytesIO(other)) as members:
        swapped = word.open_package(data).replace({"word/document.xml": members.read("word/document.xml")})
    assert not word.verify(SOURCE, swapped).ok


def test_a_persons_comment_stands_in_word_by_that_name() -> None:
    one = made()
    written = tracked(one.source, one.record, [decide(0, "accept"), decide(0, "comment", "Also tenants?")])
    said = {remark.text: remark.author for remark in word.remarks_of(proved(one, written))}
    assert said["Also tenants?"] == ANNA
    assert said["Because."] == "cxify"


def test_a_wording_of_a_person_stands_in_the_file_and_its_remark_says_whose_it_is() -> None:
    one = made()
    data = proved(one, tracked(one.source, one.record, [decide(1, "edit", " Name the next step.")]))
    assert accepted(data)[1].endswith("clients. Name the next step.")
    assert word.remarks_of(data)[0].text == f"Because.\nWording: {ANNA}."


def test_the_file_says_who_decided_what_and_when_and_nothing_of_what_was_rejected() -> None:
    one = made()
    decisions = [decide(0, "accept"), decide(1, "reject"), decide(2, "edit", "Tell them."), decide(2, "undo")]
    told = record_of(tracked(one.source, one.record, decisions).data)
    assert [(d.suggestion, d.action, d.person, d.at) for d in told.decisions] == [
        (0, "accept", ANNA, LATER),
        (1, "reject", ANNA, LATER),
    ]
    assert "Say who answers" not in told.to_json()
    assert [edit.suggestion for edit in told.edits] == [0]


def test_a_record_without_decisions_is_what_it_was() -> None:
    assert not {"decisions", "form"} & made().record.model_dump().keys()


@pytest.mark.parametrize("text", ["\u202e\u200b", "\x00", " "])
def test_a_comment_that_nobody_could_see_is_left_out_and_spoils_no_file(text: str) -> None:
    one = made()
    written = tracked(one.source, one.record, [decide(0, "accept"), decide(0, "comment", text)])
    assert [said.author for said in word.remarks_of(proved(one, written))] == ["cxify"]


def test_comments_only_leaves_the_text_alone() -> None:
    one = made()
    data = proved(one, comments_only(one.source, one.record, [decide(2, "reject")], pages=PAGES))
    assert read(data) == read(SOURCE)
    assert [remark.text.split("\n")[0] for remark in word.remarks_of(data)] == [
        "“clients” becomes “residents”.",
        "New: “Say who answers.”",
        "Question: Who holds the keys?",
    ]


def test_what_cannot_be_written_is_said() -> None:
    source = doc(p("Text"), headers={"default": p("Human resources")})
    one = paper(source, append("b2", " and care"))
    written = tracked(source, one.record, [decide(0, "accept"), decide(0, "comment", "Really?")])
    assert [(left.suggestion, left.message) for left in written.left_out] == [
        (0, "Word has no comments in headers, footers and notes.")
    ]
    assert accepted(proved(one, written)) == ["Text", "Human resources and care"]


def test_the_first_comment_says_that_nobody_approved_the_framework_also_when_another_edit_is_first(
    samples: Path,
) -> None:
    one = rewritten((samples / "job_description_nurse_uk.docx").read_bytes())
    data = proved(one, tracked(one.source, one.record, [decide(0, "reject"), decide(2, "accept")]))
    assert "template that your organisation has not approved" in word.remarks_of(data)[0].text


def test_the_page_tells_what_stands_and_not_what_was_rejected() -> None:
    one = made()
    decisions = [decide(0, "accept"), decide(1, "reject"), decide(2, "edit", "Tell residents by when.")]
    page = what_changed(
        one.source, one.record, decisions, name="cleaner.docx", framework=framework(), kinds=known_kinds(), pages=PAGES
    )
    assert "“clients” becomes “residents”. (accepted)" in page
    assert "Tell residents by when." in page
    assert "Say who answers" not in page


def test_another_file_is_refused() -> None:
    with pytest.raises(InputError, match="another file"):
        tracked(word_file("Other."), made().record, [])


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS, st.data())
def test_whatever_is_decided_on_any_document_every_file_is_faithful(source: bytes, data: st.DataObject) -> None:
    one = paper(source, *edits(data, source, 4))
    actions = st.sampled_from(["accept", "reject", "comment", "undo"])
    decisions = [decide(number, data.draw(actions), "Hm.") for number in range(len(one.record.edits))]
    seen = one.view(*decisions)
    both = tracked(source, one.record, decisions, include="accepted+open")
    assert texts(seen, accepted=True) == accepted(proved(one, both))
    kept = [decision for decision in decisions if decision.action == "accept"]
    refused = [decide(number, "reject") for number in range(len(one.record.edits)) if number not in _numbers(kept)]
    plain = proved(one, clean(source, one.record, decisions))
    assert read(plain) == texts(one.view(*kept, *refused), accepted=True)
    proved(one, comments_only(source, one.record, decisions, pages=PAGES))


def _numbers(decisions: list[Decision]) -> set[int]:
    return {decision.suggestion for decision in decisions}


@pytest.mark.long
@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["job_description_nurse_uk", "job_description_hr_partner_redlined"])
def test_libreoffice_opens_every_file_and_reads_the_same(
    name: str, samples: Path, tmp_path: Path, referee: Referee
) -> None:
    one = rewritten((samples / f"{name}.docx").read_bytes())
    decisions = [decide(number, "accept") for number in range(0, len(one.record.edits), 2)]
    files = {
        "tracked": tracked(one.source, one.record, decisions, include="accepted+open"),
        "clean": clean(one.source, one.record, decisions),
        "comments": comments_only(one.source, one.record, decisions, pages=PAGES),
    }
    for form, written in files.items():
        path = tmp_path / f"{form}.docx"
        path.write_bytes(proved(one, written))
        assert referee.texts(path)["body"], form


def revisions(data: bytes) -> set[tuple[str, str]]:
    with ZipFile(io.BytesIO(data)) as members:
        found = re.findall(r'<w:(ins|del) [^>]*w:author="([^"]*)"', members.read("word/document.xml").decode())
    return {(author, tag) for tag, author in found}
