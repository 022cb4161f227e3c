"""Many documents: nothing lost, nothing twice, nothing half-written, and one bad file stops no other."""

import json
import os
import threading
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from cxify import batch, word
from cxify.errors import InputError, ModelUnavailable
from cxify.pipeline import Redline
from cxify.profile import RoleProfile
from cxify.proposal import Declined, InsertAfter, Proposal, Proposed
from cxify.provenance import Record, RecordedEdit
from cxify.writers import Usage
from tests.worddoc import put, word_file

OPERATION = InsertAfter(op="insert_after", block="b3", text="Listen to residents.")
PROPOSED = Proposed(operation=OPERATION, reason="Because.")
Rewrite = Callable[[bytes], Redline]


def rewrite(source: bytes, settings: str = "s1") -> Redline:
    """Add one paragraph; a document without a fourth block is left as it is."""
    document = word.read(source)
    accepted = (PROPOSED,) if "b4" in document.by_id else ()
    declined = () if accepted else (Declined(reason="Nothing fits."),)
    record = Record(
        date="2026-11-22T08:00:00Z",
        author="cxify",
        source_sha256=sha256(source).hexdigest(),
        settings=settings,
        edits=tuple(map(RecordedEdit.of, accepted)),
    )
    return Redline(
        data=word.redline_possible(source, record)[0],
        document=document,
        profile=RoleProfile("Cleaner", ("enabler",), 1, "", ("CX-CARE@1",), ("S01",), ("residents",)),
        proposal=Proposal(edits=accepted, declined=declined),
        accepted=accepted,
        dropped=(),
        findings=(),
        questions=(),
        declined=declined,
        usage=Usage(),
        provenance={},
        changed=bool(accepted),
    )


def run(paths: Sequence[Path], out: Path, work: Rewrite = rewrite, **options: object) -> batch.Done:
    given = {"settings": "s1", "concurrency": 2, **options}
    batch.prepare(out)
    return batch.run(batch.plan(paths, out), lambda source, _: work(source), **given)  # type: ignore[arg-type]


def statuses(done: batch.Done) -> dict[str, str]:
    return {Path(outcome.file).name: outcome.status for outcome in done.outcomes}


def test_a_folder_keeps_its_tree(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx")
    put(tmp_path / "in/ward/Nurse.docx")
    done = run([tmp_path / "in"], tmp_path / "out")
    assert done.exit_code == 0
    found = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.docx"))
    assert found == ["a.docx", "ward/Nurse.docx"]
    accepted = word.read(word.resolve((tmp_path / "out/a.docx").read_bytes(), accept=True))
    assert "Listen to residents." in [block.text for block in accepted.blocks]


def test_locks_and_hidden_files_are_passed_over_and_other_formats_are_told(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx")
    for name in ("~$a.docx", ".hidden.docx", ".git/x.docx", "old.doc", "scan.pdf", "notes.txt"):
        put(tmp_path / "in" / name, b"x")
    done = run([tmp_path / "in"], tmp_path / "out")
    assert statuses(done) == {
        "old.doc": "skipped",
        "scan.pdf": "skipped",
        "notes.txt": "skipped",
        "a.docx": "rewritten",
    }
    assert "save it as .docx" in next(each.message for each in done.outcomes if each.file.endswith(".doc"))
    assert done.exit_code == 0


def test_an_output_folder_inside_the_input_is_not_read_again(tmp_path: Path) -> None:
    put(tmp_path / "a.docx")
    run([tmp_path], tmp_path / "out")
    assert statuses(run([tmp_path], tmp_path / "out")) == {"a.docx": "done before"}


def test_a_second_run_does_only_what_is_new_or_changed(tmp_path: Path) -> None:
    for name in ("same.docx", "changed.docx"):
        put(tmp_path / "in" / name)
    put(tmp_path / "in/short.docx", word_file("Only this."))
    first = run([tmp_path / "in"], tmp_path / "out")
    put(tmp_path / "in/changed.docx", word_file("Another", "Duties", "Answer the phone.", "Write letters."))
    put(tmp_path / "in/new.docx")
    asked: list[bytes] = []
    again = run([tmp_path / "in"], tmp_path / "out", lambda source: (asked.append(source), rewrite(source))[1])
    assert statuses(again) == {
        "same.docx": "done before",
        "changed.docx": "rewritten",
        "new.docx": "rewritten",
        "short.docx": "done before",
    }
    assert len(asked) == 2
    details = {Path(each.file).name: each.details for each in (*first.outcomes, *again.outcomes)}
    assert details["same.docx"]["edits"], "the report of a second run still tells what the first one did"


def test_other_settings_are_done_again(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx")
    run([tmp_path / "in"], tmp_path / "out")
    again = run([tmp_path / "in"], tmp_path / "out", lambda source: rewrite(source, "s2"), settings="s2")
    assert statuses(again) == {"a.docx": "rewritten"}


def test_a_result_that_somebody_has_worked_on_is_never_replaced(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx")
    run([tmp_path / "in"], tmp_path / "out")
    reviewed = put(tmp_path / "out/a.docx", word.resolve((tmp_path / "out/a.docx").read_bytes(), accept=True))
    before = reviewed.read_bytes()
    assert statuses(run([tmp_path / "in"], tmp_path / "out")) == {"a.docx": "done before"}
    again = run([tmp_path / "in"], tmp_path / "out", lambda source: rewrite(source, "s2"), settings="s2")
    assert again.outcomes[0].status == "failed"
    assert "worked on it" in again.outcomes[0].message
    assert reviewed.read_bytes() == before


def test_a_document_with_nothing_to_change_comes_back_as_it_was_with_its_record(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx")
    run([tmp_path / "in"], tmp_path / "out")
    source = put(tmp_path / "in/a.docx", word_file("Only this.")).read_bytes()
    assert statuses(run([tmp_path / "in"], tmp_path / "out")) == {"a.docx": "unchanged"}
    result = (tmp_path / "out/a.docx").read_bytes()
    assert word.verify(source, result).ok
    record = word.provenance_of(result)
    assert record is not None
    assert record["edits"] == []


def test_a_file_that_cxify_did_not_write_is_never_replaced(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx")
    precious = put(tmp_path / "out/a.docx", word_file("Precious."))
    before = precious.read_bytes()
    done = run([tmp_path / "in"], tmp_path / "out")
    assert (done.exit_code, done.outcomes[0].status) == (10, "failed")
    assert precious.read_bytes() == before


def test_one_bad_document_stops_no_other_and_leaves_no_output(tmp_path: Path) -> None:
    put(tmp_path / "in/bad.docx", b"PK\x03\x04 nonsense")
    put(tmp_path / "in/empty.docx", b"")
    put(tmp_path / "in/good.docx")
    done = run([tmp_path / "in"], tmp_path / "out")
    assert statuses(done) == {"bad.docx": "failed", "empty.docx": "failed", "good.docx": "rewritten"}
    assert done.exit_code == 10
    assert sorted(path.name for path in (tmp_path / "out").glob("[!.]*")) == [
        "good.docx",
        "report.html",
        "report.jsonl",
    ]


def test_the_highest_code_is_the_runs(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx", b"")
    put(tmp_path / "in/b.docx")

    def unavailable(source: bytes) -> Redline:
        word.read(source)
        raise ModelUnavailable("The endpoint does not answer.", "Start it.")

    assert run([tmp_path / "in"], tmp_path / "out", unavailable).exit_code == 12


def test_a_fault_of_cxify_is_one_sentence_and_code_1(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx")

    def broken(_: bytes) -> Redline:
        raise ZeroDivisionError

    outcome = run([tmp_path / "in"], tmp_path / "out", broken).outcomes[0]
    assert (outcome.exit_code, outcome.status) == (1, "failed")
    assert "--debug" in outcome.remedy


def test_without_writing_nothing_reaches_the_disk(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx")
    out = tmp_path / "out"
    done = batch.run(batch.plan([tmp_path / "in"], out), lambda source, _: rewrite(source), settings="s1", write=False)
    assert (statuses(done), done.outcomes[0].output) == ({"a.docx": "rewritten"}, None)
    assert not out.exists()


def test_the_report_has_a_line_for_every_file(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx")
    put(tmp_path / "in/b.doc", b"x")
    run([tmp_path / "in"], tmp_path / "out")
    lines = [json.loads(line) for line in (tmp_path / "out/report.jsonl").read_text("utf-8").splitlines()]
    told = {Path(line["file"]).name: line["status"] for line in lines if line["file"]}
    assert told == {"a.docx": "rewritten", "b.doc": "skipped"}
    assert lines[-1]["details"]["edits"][0]["reason"] == "Because."


def test_the_report_keeps_what_earlier_runs_did_to_other_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        run([put(tmp_path / f"in/{name}.docx")], tmp_path / "out")
    again = run([tmp_path / "in"], tmp_path / "out", lambda source: rewrite(source, "s2"), settings="s2")
    assert again.count("rewritten") == 2


def test_documents_are_worked_on_at_the_same_time(tmp_path: Path) -> None:
    for name in "abc":
        put(tmp_path / f"in/{name}.docx")
    together = threading.Barrier(3, timeout=120)

    def waiting(source: bytes) -> Redline:
        together.wait()
        return rewrite(source)

    assert run([tmp_path / "in"], tmp_path / "out", waiting, concurrency=3).count("rewritten") == 3


def test_an_interruption_finishes_what_is_in_work_and_the_next_run_goes_on(tmp_path: Path) -> None:
    for number in range(6):
        put(tmp_path / f"in/{number}.docx")

    def interrupt(_: batch.Outcome) -> None:
        raise KeyboardInterrupt

    stopped = run([tmp_path / "in"], tmp_path / "out", concurrency=1, tell=_once(interrupt))
    assert (stopped.interrupted, stopped.exit_code) == (True, 130)
    written = len(list((tmp_path / "out").glob("*.docx")))
    assert 1 <= written < 6
    assert written == stopped.count("rewritten")
    again = run([tmp_path / "in"], tmp_path / "out")
    assert (again.count("done before"), again.count("rewritten")) == (written, 6 - written)


def _once(action: Callable[[batch.Outcome], None]) -> Callable[[batch.Outcome], None]:
    actions = [action]
    return lambda outcome: actions.pop()(outcome) if actions else None


def test_two_documents_for_one_place_are_refused_before_any_work(tmp_path: Path) -> None:
    put(tmp_path / "one/Nurse.docx")
    put(tmp_path / "two/nurse.docx")
    with pytest.raises(InputError, match="both be written"):
        batch.plan([tmp_path / "one", tmp_path / "two"], tmp_path / "out")


def test_the_same_document_given_twice_is_done_once(tmp_path: Path) -> None:
    source = put(tmp_path / "in/a.docx")
    assert len(batch.plan([source, tmp_path / "in", source], tmp_path / "out").jobs) == 1


def test_originals_are_never_overwritten(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx")
    with pytest.raises(InputError, match="overwritten"):
        batch.plan([tmp_path / "in/a.docx"], tmp_path / "in")


@pytest.mark.parametrize("content", [[], ["old.doc"]])
def test_a_folder_without_word_documents_is_refused(tmp_path: Path, content: list[str]) -> None:
    (tmp_path / "in").mkdir()
    for name in content:
        put(tmp_path / "in" / name, b"x")
    with pytest.raises(InputError, match="no Word document"):
        batch.plan([tmp_path / "in"], tmp_path / "out")


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file or folder"):
        batch.plan([tmp_path / "none"], tmp_path / "out")


def test_an_output_place_that_cannot_be_written_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Nothing can be written"):
        batch.prepare(put(tmp_path / "file", b"x") / "out")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_a_file_without_the_right_to_read_it_fails_alone(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx").chmod(0)
    put(tmp_path / "in/b.docx")
    assert statuses(run([tmp_path / "in"], tmp_path / "out")) == {"a.docx": "failed", "b.docx": "rewritten"}
