"""Large runs compute in child processes: the same results, the same limits, and a case that ends its child is one."""

import json
import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cxify import framework, kinds, pipeline, rules, settings
from cxify.cli import main
from cxify.cli.eval_apart import apart, under_way
from cxify.cli.eval_start import MANY, surely_many
from cxify.evaluation.failures import unproven
from cxify.evaluation.run import Planned, RunFolder, Subject
from cxify.evaluation.run.dataset import evaluate
from cxify.evaluation.run.servant import Timed, servant, travelling
from cxify.evaluation.trial import Ground
from cxify.llm import Answer, Tokens
from cxify.llm.rehearsal import Rehearsal
from cxify.llm.relay import COMPLETE
from cxify.proposal import Proposal
from cxify.writers import Task, Written
from cxify.writers.library import LibraryWriter
from cxify.writers.llm import LLMWriter
from tests.evaluation.desk import CASES
from tests.fake_endpoint import reply, serve

pytestmark = pytest.mark.long

FEW = ("G1", "R1")
REPEAT = -(-MANY // len(FEW))
SENTENCE = '{"sentence": "Ask what the patients need before you start, and tell them what happens next."}'


def run(out: Path, *options: object) -> int:
    named = ("--cases", ",".join(FEW), "--repeat", REPEAT, "-o", out, *options)
    return CliRunner().invoke(main, ["eval", "run", *(str(each) for each in named)]).exit_code


def lines(folder: Path) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in (folder / "results.jsonl").read_text("utf-8").splitlines()]
    return sorted(({**line, "seconds": 0} for line in found), key=lambda line: (line["case"], line["repeat"]))


def facts(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / "run.json").read_text("utf-8"))
    return {key: value for key, value in found.items() if key not in ("id", "created")}


def test_child_processes_give_what_one_process_gives(tmp_path: Path) -> None:
    with serve(reply(SENTENCE)) as endpoint:
        asked = ("--model", "openai:test", "--base-url", endpoint.base_url)
        assert run(tmp_path / "one", *asked, "--concurrency", 1, "--tape", tmp_path / "tape", "record") == 0
        alone = len(endpoint.requests)
        assert run(tmp_path / "many", *asked, "--concurrency", 6) == 0
        assert len(endpoint.requests) == alone + REPEAT * alone  # a tape asks each question once
    one, many = lines(tmp_path / "one"), lines(tmp_path / "many")
    assert len(one) >= MANY
    assert one == many
    assert facts(tmp_path / "one") == facts(tmp_path / "many")
    replay = ("--tape", tmp_path / "tape", "replay", "--concurrency", 6)
    assert run(tmp_path / "again", *replay) == 0
    assert [line["scores"] for line in lines(tmp_path / "again")] == [line["scores"] for line in one]


def test_a_limit_stops_children_too_and_the_run_goes_on(tmp_path: Path) -> None:
    remote = ("--model", "openai:gpt-6-luna", "--max-cost", 0)
    assert run(tmp_path / "run", *remote) == 12
    assert {line["case"] for line in lines(tmp_path / "run")} == {"R1"}
    assert run(tmp_path / "run", *remote, "--resume") == 12
    assert len(lines(tmp_path / "run")) == REPEAT


class Deadly(LibraryWriter):
    """Is killed, as by a machine without memory, while it writes for one of the cases, as long as a file is there."""

    def __init__(self, armed: Path) -> None:
        super().__init__()
        self.armed = armed

    def write(self, task: Task, previous: Proposal | None = None, findings: Any = ()) -> Written:
        if self.armed.exists() and task.document.blocks[0].text in CASES["G1"].model_dump_json():
            os.kill(os.getpid(), signal.SIGKILL)
        return super().write(task, previous, findings)


def evaluated(subject: Subject, folder: RunFolder, ids: Iterable[str]) -> dict[str, Any]:
    with apart(subject, settings.load(), 4) as task:
        left = evaluate([Planned(CASES[id]) for id in ids], task, folder, concurrency=4)
    assert not left
    return {line["case"]: line for line in folder.lines()}


def test_a_case_whose_process_was_killed_is_a_result_until_the_run_is_resumed(tmp_path: Path) -> None:
    ids, armed = ("G1", "G2", "R1", "J1"), tmp_path / "armed"
    armed.touch()
    ground = Ground(framework.load(), kinds.load(), rules.load())
    subject = Subject(Deadly(armed), ground, pipeline.Options(date="2026-11-22T08:00:00Z"))
    folder = RunFolder(tmp_path / "run")
    folder.begin({"id": "deadly"}, resume=False)
    found = evaluated(subject, folder, ids)
    assert [id for id, line in found.items() if line["error"]] == ["G1"]
    assert "was killed" in found["G1"]["error"]["message"]
    assert set(found["G1"]["scores"].values()) == {0.0}
    armed.unlink()
    folder.begin({"id": "deadly"}, resume=True)
    left = {id for id in ids if (id, 1) not in folder.done()}
    assert left == {"G1"}
    again = evaluated(subject, folder, left)
    assert again["G1"]["error"] is None
    assert again["G1"]["scores"]["points"] > 50
    assert {id: again[id] for id in ids if id != "G1"} == {id: found[id] for id in ids if id != "G1"}


class Busy:
    """A parent whose model answers at once, after the request has waited for a place at it."""

    def ask(self, what: str, payload: Any, key: str) -> Timed:
        assert (what, payload.sha256) == (COMPLETE, key)
        time.sleep(0.5)
        return Timed(Answer(SENTENCE, "stop", "test", Tokens(1, 1)), 0.1)


def test_seconds_of_a_case_are_its_own_and_the_models_and_no_wait_for_other_cases() -> None:
    ground = Ground(framework.load(), kinds.load(), rules.load())
    writer = travelling(LLMWriter(Rehearsal(), path="sentence"))
    subject = Subject(writer, ground, pipeline.Options(date="2026-11-22T08:00:00Z"))
    begun = time.monotonic()
    told = servant(subject, Busy()).result(CASES["G1"])
    whole = time.monotonic() - begun
    assert told.usage.calls > 0
    assert 0.1 * told.usage.calls <= told.seconds < whole - 0.39 * told.usage.calls


def test_cases_are_read_ahead_and_the_model_has_no_more_at_a_time_than_was_said() -> None:
    assert under_way(20) == 40
    assert under_way(2) == 4
    assert under_way(40) == 40


@pytest.mark.parametrize(
    ("options", "many"),
    [
        ({}, True),
        ({"cases": ("G1,G2",)}, False),
        ({"cases": ("G1,G2",), "repeat": 10}, True),
        ({"cases": ("quick",)}, False),
        ({"family": ("records",)}, False),
        ({"concurrency": 1}, False),
    ],
)
def test_children_are_prepared_early_for_a_run_that_is_certain_to_have_some(options: Any, many: bool) -> None:
    given = {"cases": (), "family": (), "prompt": None, "cases_dir": None, "repeat": 1, "concurrency": None}
    assert surely_many({**given, **options}) is many


@pytest.mark.parametrize(
    ("type", "code", "again"),
    [
        ("ModelUnavailable", 12, True),
        ("Stopped", 1, True),
        ("OSError", 1, True),
        ("ProposalInvalid", 12, False),
        ("ModelRefused", 12, False),
        ("AnswerCutOff", 12, False),
        ("ContextTooLong", 12, False),
        ("UnfaithfulRedline", 13, False),
    ],
)
def test_what_a_model_could_not_answer_stays_a_zero(type: str, code: int, again: bool) -> None:
    assert unproven(type, code) is again
