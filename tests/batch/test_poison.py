"""A document that eats memory or time or crashes its process costs the run nothing but itself."""

import os
import signal
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cxify import batch, word
from cxify.batch import Limits
from cxify.profile import Glance, RoleProfile, Seen
from tests.test_batch import rewrite
from tests.worddoc import put, word_file

pytestmark = pytest.mark.long


def poisoned(source: bytes, _: Any) -> Any:
    """Rewrite a document, and suffer from those that say so."""
    text = " ".join(block.text for block in word.read(source).blocks)
    if "MEMORY" in text:
        return [bytearray(64 * 1024 * 1024) for _ in range(100)]
    if "FOREVER" in text:
        time.sleep(600)
    if "COMPUTING" in text:
        while True:
            pass
    if "CRASH" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    return rewrite(source)


def look(source: bytes) -> Seen:
    poisoned(source, None)
    raise ValueError("nothing to see")


def worker(out: Path, _: batch.Parent) -> batch.Worker:
    return batch.Worker(poisoned, None, "s1", True, out, look)


def run(folder: Path, out: Path, limits: Limits, jobs: int = 2, seats: int = 1, **options: Any) -> batch.Done:
    batch.prepare(out)
    apart = batch.Apart(partial(worker, out), jobs, seats, limits)
    return batch.run(batch.plan([folder], out), poisoned, settings="s1", apart=apart, **options)


@pytest.mark.parametrize("seats", [1, 4])
def test_poison_fails_alone_with_a_reason(tmp_path: Path, seats: int) -> None:
    for poison in ("MEMORY", "FOREVER", "CRASH"):
        put(tmp_path / f"in/{poison}.docx", word_file("Job description", "Main duties", f"{poison} it is.", "Write."))
    for number in range(3):
        put(tmp_path / f"in/{number}.docx")
    done = run(tmp_path / "in", tmp_path / "out", Limits(memory=512, seconds=20), seats=seats)
    told = {Path(outcome.file).stem: outcome for outcome in done.outcomes}
    assert {name: each.status for name, each in told.items()} == {
        "MEMORY": "failed", "FOREVER": "failed", "CRASH": "failed",
        "0": "rewritten", "1": "rewritten", "2": "rewritten",
    }  # fmt: skip
    assert "more memory" in told["MEMORY"].message
    assert "longer than 20 seconds" in told["FOREVER"].message
    assert "process ended" in told["CRASH"].message
    assert all(told[name].exit_code == 10 and told[name].remedy for name in ("MEMORY", "FOREVER", "CRASH"))
    assert sorted(path.stem for path in (tmp_path / "out").glob("*.docx")) == ["0", "1", "2"]


def test_endless_computing_is_ended_by_the_system(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx", word_file("Job description", "Main duties", "COMPUTING goes on.", "Write."))
    done = run(tmp_path / "in", tmp_path / "out", Limits(seconds=30), jobs=1)
    assert "processor time" in done.outcomes[0].message or "longer than" in done.outcomes[0].message


def test_children_are_renewed_and_do_the_same_as_one_process(tmp_path: Path) -> None:
    for number in range(7):
        put(tmp_path / f"in/{number}.docx", word_file(f"Job {number}", "Main duties", "Write letters.", "File them."))
    done = run(tmp_path / "in", tmp_path / "out", Limits(documents=2))
    alone = batch.run(batch.plan([tmp_path / "in"], tmp_path / "one"), poisoned, settings="s1", write=False)
    assert done.count("rewritten") == 7
    assert [outcome.details for outcome in done.outcomes] == [outcome.details for outcome in alone.outcomes]


def test_a_document_that_cannot_even_be_looked_at_harms_no_other(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx", word_file("Job description", "Main duties", "CRASH it is.", "Write."))
    put(tmp_path / "in/b.docx")
    done = run(tmp_path / "in", tmp_path / "out", Limits(), thread=batch.Thread(look, lambda _: {}))
    assert {Path(each.file).stem: each.status for each in done.outcomes} == {"a": "failed", "b": "rewritten"}


def take_in(source: bytes) -> Glance:
    poisoned(source, None)
    return Glance.of((1,))


def seer(out: Path, _: batch.Parent) -> batch.Worker:
    return batch.Worker(rewrite_of_role, None, "s1", True, out, see, take_in)


def see(source: bytes) -> Seen:
    return Seen("job_description", "en", "", (), len(source), RoleProfile("Clerk", (), 2, "", (), (), ()))


def rewrite_of_role(source: bytes, shared: RoleProfile | None) -> Any:
    assert shared is not None or "CRASH" in " ".join(block.text for block in word.read(source).blocks)
    return rewrite(source)


def test_a_document_that_ends_a_child_at_a_glance_takes_no_other_with_it(tmp_path: Path) -> None:
    put(tmp_path / "in/a.docx", word_file("Job description", "Main duties", "CRASH it is.", "Write."))
    for name in "bcd":
        put(tmp_path / f"in/{name}.docx")
    batch.prepare(tmp_path / "out")
    thread = batch.Thread(see, lambda seen: {name: one.profile for name, one in seen.items()}, take_in)
    apart = batch.Apart(partial(seer, tmp_path / "out"), 2, 2, Limits())
    plan = batch.plan([tmp_path / "in"], tmp_path / "out")
    done = batch.run(plan, rewrite_of_role, settings="s1", apart=apart, thread=thread)
    assert [outcome.status for outcome in done.outcomes] == ["rewritten"] * 4, [each.message for each in done.outcomes]


@pytest.mark.parametrize("keep", [True, False])
def test_a_run_that_keeps_no_details_reports_the_same(tmp_path: Path, keep: bool) -> None:
    for name in "ab":
        put(tmp_path / f"in/{name}.docx")
    batch.prepare(tmp_path / "out")
    heard: list[batch.Outcome] = []
    done = batch.run(
        batch.plan([tmp_path / "in"], tmp_path / "out"),
        lambda source, _: rewrite(source),
        settings="s1",
        keep_details=keep,
        tell=heard.append,
    )
    assert all(outcome.details["edits"] for outcome in heard)
    assert any("edits" in outcome.details for outcome in done.outcomes) is keep
    assert '"reason": "Because."' in (tmp_path / "out/report.jsonl").read_text("utf-8")
