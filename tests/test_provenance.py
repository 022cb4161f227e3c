"""An output tells how it was made, also after its changes were accepted elsewhere."""

from hashlib import sha256
from pathlib import Path

from cxify import framework, kinds, pipeline, word
from cxify.proposal import Edits
from cxify.provenance import PURPOSE
from cxify.writers.library import LibraryWriter
from tests.libreoffice import Referee
from tests.worddoc import word_file

OPTIONS = pipeline.Options(date="2026-11-22T08:00:00Z", author="HR Services")


def test_an_output_names_its_source_writer_framework_and_every_reason(samples: Path) -> None:
    source = (samples / "job_description_nurse_uk.docx").read_bytes()
    result = pipeline.rewrite(
        source, framework=framework.load(None), kinds=kinds.load(), writer=LibraryWriter(), options=OPTIONS
    )
    record = word.provenance_of(result.data)
    assert record is not None
    assert record["source_sha256"] == sha256(source).hexdigest()
    assert record["purpose"] == PURPOSE
    assert record["framework"]["status"] == "template"
    assert record["writer"]["name"] == "library"
    assert len(record["edits"]) == len(result.accepted) + len(result.questions)
    assert all(edit["reason"] for edit in record["edits"][: len(result.accepted)])


def test_the_record_survives_acceptance_in_libreoffice(samples: Path, tmp_path: Path, referee: Referee) -> None:
    source = (samples / "job_description_nurse_uk.docx").read_bytes()
    result = pipeline.rewrite(
        source, framework=framework.load(None), kinds=kinds.load(), writer=LibraryWriter(), options=OPTIONS
    )
    redlined, accepted = tmp_path / "redlined.docx", tmp_path / "accepted.docx"
    redlined.write_bytes(result.data)
    referee.texts(redlined, "accept", save_as=accepted)
    assert word.provenance_of(accepted.read_bytes()) == word.provenance_of(result.data)


def test_a_second_run_keeps_a_summary_of_the_first(samples: Path) -> None:
    source = (samples / "job_description_nurse_uk.docx").read_bytes()
    chosen = framework.load(None)
    first = pipeline.rewrite(source, framework=chosen, kinds=kinds.load(), writer=LibraryWriter(), options=OPTIONS)
    accepted = word.resolve(first.data, accept=True)
    block = next(block for block in word.read(accepted).body if block.text.strip() and not block.closed)
    edits = [{"op": "append", "block": block.id, "text": " And more."}]
    again = word.apply(accepted, Edits.model_validate({"edits": edits}).edits, author="A", date=OPTIONS.date)
    record = word.provenance_of(again)
    assert record is not None
    assert record["earlier"][0]["source_sha256"] == sha256(source).hexdigest()


def test_a_document_without_a_proposal_says_why_in_its_record() -> None:
    source = word_file("Only this.")
    result = pipeline.rewrite(
        source, framework=framework.load(None), kinds=kinds.load(), writer=LibraryWriter(), options=OPTIONS
    )
    record = word.provenance_of(result.data)
    assert not result.changed
    assert record is not None
    assert record["declined"]
