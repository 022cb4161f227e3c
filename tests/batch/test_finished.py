"""What a run keeps of its documents: little, and nothing of what became of them is lost."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxify.batch import STATUSES, Job, Outcome, Plan
from cxify.batch.finished import Finished
from cxify.batch.report import MADE, Report
from cxify.errors import InputError

NAMES = ("a.docx", "b/a.docx", "b/ä.docm", "b.docx")
ENDED = ("rewritten", "unchanged", "done before", "waiting", "failed")


def plan(out: Path) -> Plan:
    jobs = tuple(Job.of(Path("in"), name, out) for name in NAMES)
    return Plan(jobs, (Outcome("in/notes.txt", "skipped", message="It is not a Word document."),), out)


def outcome(job: Job, status: str, edits: int) -> Outcome:
    told = Outcome(job.file, next(each for each in STATUSES if each == status), seconds=edits / 8)
    if status in ("failed", "waiting"):
        return replace(told, exit_code=10, message="Why.", remedy="What to do.", details={"usage": {"calls": edits}})
    return replace(told, output=job.copy, sha256="5" * 64, settings="s", details={"edits": [{"n": edits}] * edits})


DRAWN = st.lists(st.tuples(st.sampled_from(ENDED), st.integers(0, 3), st.booleans()), min_size=4, max_size=4)


@given(DRAWN, st.booleans(), st.permutations(range(4)))
def test_what_is_told_at_the_end_is_what_was_added(
    drawn: list[tuple[str, int, bool]], keep: bool, order: list[int]
) -> None:
    with TemporaryDirectory() as folder:
        of, report = plan(Path(folder)), Report(Path(folder))
        finished = Finished(of, report, keep)
        expected: dict[int, Outcome] = {}
        for index in order:
            status, edits, has_ended = drawn[index]
            if has_ended:
                expected[index] = outcome(of.jobs[index], status, edits)
                report.add(expected[index])
                finished.add(index, expected[index])
        told = [expected[index] for index in sorted(expected)]
        assert list(finished.whole()) == [*of.skipped, *told]
        briefs = finished.briefs()
        assert [(one.file, one.status, one.output, one.message, one.exit_code) for one in briefs] == [
            (one.file, one.status, one.output, one.message, one.exit_code) for one in (*of.skipped, *told)
        ]
        assert [index in finished for index in range(4)] == [index in expected for index in range(4)]


@pytest.mark.parametrize("status", MADE)
def test_of_a_document_that_went_well_nothing_is_kept_but_where_it_is_told(tmp_path: Path, status: str) -> None:
    of, report = plan(tmp_path), Report(tmp_path)
    finished = Finished(of, report, keep=False)
    made = outcome(of.jobs[1], status, 2)
    report.add(made)
    finished.add(1, made)
    assert not finished.briefs().kept
    assert finished.briefs()[1] == Outcome(made.file, made.status, made.output)
    assert list(finished.whole())[1] == made


def test_what_could_not_be_written_into_the_report_is_told_and_not_what_an_earlier_run_said(tmp_path: Path) -> None:
    of = plan(tmp_path)
    Report(tmp_path).add(outcome(of.jobs[1], "rewritten", 2))
    report = Report(tmp_path)
    report.path.unlink()
    report.path.mkdir()
    finished, made = Finished(of, report, keep=False), outcome(of.jobs[1], "rewritten", 3)
    with pytest.raises(InputError):
        report.add(made)
    finished.add(1, made)
    assert list(finished.whole())[1] == made


def test_outcomes_are_taken_by_place(tmp_path: Path) -> None:
    of = plan(tmp_path)
    finished = Finished(of, Report(tmp_path), keep=False)
    for index, job in enumerate(of.jobs):
        finished.add(index, outcome(job, "failed", 0))
    briefs = finished.briefs()
    assert [one.file for one in briefs[1:3]] == ["in/a.docx", "in/b/a.docx"]
    assert briefs[-1].file == "in/b.docx"
    with pytest.raises(IndexError):
        briefs[5]


def test_a_copy_has_the_path_that_its_document_has_below_the_folder() -> None:
    assert Job.of(Path("in"), "b/a.docx", Path("out")).copy == str(Path("out/b/a.docx"))
    assert Job.of(Path(), "a.docx", Path("out")).file == "a.docx"
    converted = replace(Job.of(Path("/in"), "b/a.b.rtf", Path("out")), converted=True)
    assert (converted.file, converted.copy, converted.format) == ("/in/b/a.b.rtf", "out/b/a.b.docx", "rtf")
