"""Running an evaluation: real pipeline, real files, a real endpoint where a model is asked."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cxify import word
from cxify.cli import main
from cxify.evaluation.metrics import SCORES
from cxify.evaluation.run import selection
from cxify.evaluation.wordfile import word_file
from tests.conftest import ROOT
from tests.evaluation.desk import CASES, EVALS, FLOORS
from tests.fake_endpoint import Endpoint, error, reply, serve

pytestmark = pytest.mark.long

FEW = "G1,R1,R4"
NAMES = FEW.split(",")
Run = Callable[..., Result]
MODEL = ("--model", "openai:test", "--concurrency", 1)
SENTENCE = '{"sentence": "Ask what the patients need before you start, and tell them what happens next."}'


@pytest.fixture
def cxify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(main, ["eval", *(str(argument) for argument in arguments)])
        assert "Traceback" not in result.output
        return result

    return run


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "results.jsonl").read_text("utf-8").splitlines()]


def facts(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "run.json").read_text("utf-8")))


def asked(endpoint: Endpoint) -> tuple[object, ...]:
    return (*MODEL, "--base-url", endpoint.base_url)


def test_a_run_of_the_built_in_writer_reaches_its_points_and_keeps_everything(cxify: Run, tmp_path: Path) -> None:
    result = cxify("run", "--cases", FEW, "-o", "run")
    assert result.exit_code == 0, result.output
    found = {line["case"]: line for line in lines(tmp_path / "run")}
    assert set(found) == set(NAMES)
    assert {id: round(line["scores"]["points"]) >= FLOORS["points"][id] for id, line in found.items()} == dict.fromkeys(
        NAMES, True
    )
    for id, line in found.items():
        assert set(line["scores"]) == {metric.id for metric in SCORES}
        assert word.verify(word_file(CASES[id]), (tmp_path / "run" / line["output"]).read_bytes()).ok
        assert line["family"] == CASES[id].family
    told = facts(tmp_path / "run")
    assert (told["complete"], told["cases"], told["model"], told["prompts"]) == (True, NAMES, None, {})
    assert "Points" in result.stdout


def test_two_runs_of_the_same_writer_are_the_same(cxify: Run, tmp_path: Path) -> None:
    cxify("run", "--cases", "G1", "-o", "a")
    cxify("run", "--cases", "G1", "-o", "b")
    one, other = ({**lines(tmp_path / name)[0], "seconds": 0} for name in "ab")
    assert one == other
    assert facts(tmp_path / "a")["cases_sha256"] == facts(tmp_path / "b")["cases_sha256"]


def test_a_run_that_was_killed_goes_on_where_it_stopped(cxify: Run, tmp_path: Path) -> None:
    cxify("run", "--cases", FEW, "-o", "run")
    path = tmp_path / "run" / "results.jsonl"
    whole = path.read_text("utf-8").splitlines()
    path.write_text(whole[0] + "\n" + whole[1][:40], "utf-8")
    assert cxify("run", "--cases", FEW, "-o", "run").exit_code == 10
    result = cxify("run", "--cases", FEW, "-o", "run", "--resume")
    assert result.exit_code == 0, result.output
    assert "[2/2]" in result.stderr
    assert [line["case"] for line in lines(tmp_path / "run")] == NAMES
    assert lines(tmp_path / "run")[0] == json.loads(whole[0])


def test_a_run_is_not_resumed_with_something_else(cxify: Run) -> None:
    cxify("run", "--cases", "R1", "-o", "run")
    result = cxify("run", "--cases", "R1,R4", "-o", "run", "--resume")
    assert result.exit_code == 10
    assert "made with other cases" in result.stderr


def test_scoring_anew_needs_no_model_and_gives_the_same(cxify: Run, tmp_path: Path) -> None:
    cxify("run", "--cases", FEW, "-o", "run")
    before = lines(tmp_path / "run")
    bent = [{**line, "scores": {"points": 1.0}, "checks": {}} for line in before]
    (tmp_path / "run" / "results.jsonl").write_text("".join(json.dumps(line) + "\n" for line in bent), "utf-8")
    assert cxify("rescore", "run").exit_code == 0
    assert lines(tmp_path / "run") == before


def test_an_error_is_a_result_and_worth_nothing(cxify: Run, tmp_path: Path) -> None:
    with serve(error(401)) as endpoint:
        result = cxify("run", "--cases", "G1,R1", "-o", "run", *asked(endpoint))
    assert result.exit_code == 0, result.output
    failed, done = lines(tmp_path / "run")
    assert (failed["error"]["exit_code"], failed["error"]["type"]) == (12, "ModelUnavailable")
    assert set(failed["scores"].values()) == {0.0}
    assert done["error"] is None
    with serve(reply(SENTENCE)) as endpoint:
        again = cxify("run", "--cases", "G1,R1", "-o", "run", "--resume", *asked(endpoint))
    assert "[1/1] G1" in again.stderr
    assert lines(tmp_path / "run")[-1]["error"] is None


def test_what_a_limit_stopped_is_no_result(cxify: Run, tmp_path: Path) -> None:
    remote = ("--model", "openai:gpt-6-luna", "--max-cost", "0")
    result = cxify("run", "--cases", "G1,R1", "-o", "run", *remote)
    assert result.exit_code == 12
    assert "--resume" in result.stderr
    assert [line["case"] for line in lines(tmp_path / "run")] == ["R1"]
    assert not facts(tmp_path / "run")["complete"]


def draft(folder: Path, old: str = "Nothing new", new: str = "Nothing else") -> None:
    """Make the next version of the sentence prompt in a folder of prompts, with other words."""
    text = (ROOT / "prompts" / "sentence" / "1.0.0.prompty").read_text("utf-8")
    text = text.replace("version: 1.0.0", "version: 1.1.0").replace("parent: null", "parent: sentence@1.0.0")
    text = text.replace("status: released", "status: draft").replace(
        '- "1.0.0:', '- "1.1.0: other words."\n  - "1.0.0:'
    )
    (folder / "sentence").mkdir(parents=True)
    assert old in text
    (folder / "sentence" / "1.1.0.prompty").write_text(text.replace(old, new, 1), "utf-8")
    shutil.copy(ROOT / "prompts" / "sentence" / "1.0.0.prompty", folder / "sentence")
    shutil.copy(ROOT / "prompts" / "prompts.lock", folder)


def test_a_draft_runs_against_the_released_version_on_the_same_cases(cxify: Run, tmp_path: Path) -> None:
    draft(tmp_path / "prompts")
    with serve(reply(SENTENCE)) as endpoint:
        options = ("--prompt", "sentence/1.1.0", "--against", "released", "--prompts", "prompts", "--repeat", 2)
        result = cxify("run", "--cases", "G1", "-o", "run", *options, *asked(endpoint))
    assert result.exit_code == 0, result.output
    new, old = facts(tmp_path / "run" / "candidate"), facts(tmp_path / "run" / "baseline")
    assert (list(new["prompts"]), list(old["prompts"])) == (["sentence/1.1.0"], ["sentence/1.0.0"])
    assert new["cases_sha256"] == old["cases_sha256"]
    assert new["id"] != old["id"]
    assert [line["repeat"] for line in lines(tmp_path / "run" / "candidate")] == [1, 2]
    said = [" ".join(message["content"] for message in request["messages"]) for request in endpoint.requests]
    assert {"Nothing else" in text for text in said} == {True, False}
    assert "Next: cxify eval compare run/baseline run/candidate" in result.stdout


def test_a_tape_plays_a_run_back_and_tells_when_a_prompt_was_edited(cxify: Run, tmp_path: Path) -> None:
    with serve(reply(SENTENCE)) as endpoint:
        cxify("run", "--cases", "G1", "-o", "live", "--tape", "tape.json", "record", *asked(endpoint))
    replayed = cxify("run", "--cases", "G1", "-o", "again", "--tape", "tape.json", "replay")
    assert replayed.exit_code == 0, replayed.output
    live, again = (lines(tmp_path / name)[0] for name in ("live", "again"))
    assert (live["proposal"], live["scores"]) == (again["proposal"], again["scores"])
    draft(tmp_path / "prompts")
    edited = ("--prompt", "sentence/1.1.0", "--prompts", "prompts")
    missed = cxify("run", "--cases", "G1", "-o", "miss", "--tape", "tape.json", "replay", *edited)
    assert missed.exit_code == 12
    assert "Nothing else" in missed.stderr
    command = re.search(r"Record anew: (cxify eval run .*)", missed.stderr)
    assert command is not None
    assert "--prompt sentence/1.1.0" in command[1]
    assert command[1].endswith("--tape tape.json record")


OWN = """
from pydantic_evals.evaluators import Evaluator

def says_please(trial):
    return 0.25 if trial.accepted else None

class Short(Evaluator):
    def evaluate(self, ctx):
        return len(ctx.output.accepted) < 30

def broken(trial):
    raise ValueError("no")
"""


def test_an_organisation_adds_cases_and_evaluators_by_path(
    cxify: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "our_checks.py").write_text(OWN, "utf-8")
    text = (EVALS / "cases" / "R4.yaml").read_text("utf-8").replace("id: R4", "id: OURS", 1)
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "OURS.yaml").write_text(text, "utf-8")
    own = [part for name in ("says_please", "Short", "broken") for part in ("--evaluators", f"our_checks:{name}")]
    result = cxify("run", "--cases-dir", "ours", "-o", "run", *own)
    assert result.exit_code == 0, result.output
    (line,) = lines(tmp_path / "run")
    assert line["case"] == "OURS"
    assert line["scores"]["says_please"] == 0.25
    assert line["checks"]["Short"] is True
    assert any("no" in reason for reasons in line["details"].values() for reason in reasons)
    assert "says please" in result.stdout


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--cases", "Z9"), 10, "There is no case Z9"),
        (("--cases-dir", "nowhere"), 10, "no cases in nowhere"),
        (("--prompt", "sentence/1.0.0"), 11, "uses no prompt"),
        (("--prompt", "sentence/9.9.9", "--model", "openai:x"), 11, "9.9.9"),
        (("--evaluators", "nothing"), 11, "names no evaluator"),
        (("--evaluators", "no_such_module:f"), 11, "cannot be loaded"),
        (("--tape", "none.json", "replay"), 11, "no tape none.json"),
        (("--tape", "new.json", "record"), 11, "asks no model"),
        (("--prompt", "policy/1.0.0", "--model", "openai:x", "--path", "sentence"), 11, "path structured"),
    ],
)
def test_what_does_not_go_together_is_said(cxify: Run, options: tuple[str, ...], code: int, said: str) -> None:
    result = cxify("run", "-o", "run", *options)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr


def test_what_is_no_run_is_said(cxify: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = cxify("rescore", "empty")
    assert result.exit_code == 10
    assert "is no run" in result.stderr


def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    script = "import sys; sys.modules['pydantic_evals'] = None; from cxify.cli import main; main(['eval', 'run'])"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 11, done.stderr
    assert "Install cxify[evals]" in done.stderr


def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cxify", "eval", "run", "-o", "run"]
    first = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    results = tmp_path / "run" / "results.jsonl"
    until = time.monotonic() + 120
    while not (results.exists() and results.stat().st_size) and time.monotonic() < until:
        time.sleep(0.02)
    first.send_signal(signal.SIGINT)
    _, complained = first.communicate(timeout=60)
    assert first.returncode == 130, complained
    assert "Traceback" not in complained
    assert "--resume goes on" in complained
    done = lines(tmp_path / "run")
    assert 0 < len(done) < len(CASES)
    assert not facts(tmp_path / "run")["complete"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--cases", "G1,ZZ9"], "There is no case ZZ9. Names are such as"),
        (["--cases", ""], "--cases names no case. Write names such as"),
        (["--family", "policy"], "There is no family “policy”. There is policies"),
        (["--cases", "G1", "--family", "policies"], "No case is chosen"),
    ],
)
def test_a_misspelt_choice_is_refused_and_not_left_out(cxify: Run, options: list[str], said: str) -> None:
    result = cxify("run", *options, "-o", "run")
    assert result.exit_code == 10
    assert said in result.stderr
    assert not Path("run").exists()


def test_a_set_names_cases_that_exist() -> None:
    found = selection.sets(EVALS / "sets.yaml")
    assert {id for ids in found.values() for id in ids} <= set(CASES)
    chosen = selection.chosen(tuple(CASES.values()), ["quick", "R1"])
    assert {case.id for case in chosen} == {*found["quick"], "R1"}


def test_where_nothing_came_out_the_reason_stands_and_no_table_of_zeros(cxify: Run) -> None:
    with serve(error(401)) as endpoint:
        result = cxify("run", "--cases", "G1", "-o", "run", *asked(endpoint))
    assert result.exit_code == 12
    assert "nothing came out" in result.stderr
    assert "Set a valid API key" in result.stderr
    assert "Points" not in result.stdout


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("kindd: review_form", "there is no “kindd” here. Is kind meant?"),
        ("kind: [unclosed", "line "),
        ("colour: blue\nkind: review_form", "there is no “colour” here. Take it out."),
    ],
)
def test_a_word_that_no_case_has_is_named_with_its_line(cxify: Run, tmp_path: Path, written: str, said: str) -> None:
    text = re.sub(r"^kind: .*$", written, (EVALS / "cases" / "R1.yaml").read_text("utf-8"), flags=re.MULTILINE)
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "R1.yaml").write_text(text, "utf-8")
    result = cxify("run", "--cases-dir", "ours", "-o", "run")
    assert result.exit_code == 11
    assert "ours/R1.yaml, line " in result.stderr
    assert said in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on files")
def test_a_full_disk_ends_the_run_with_a_sentence_and_the_rest_is_done_later(tmp_path: Path) -> None:
    import resource

    run = [sys.executable, "-m", "cxify", "eval", "run", "--cases", "G1,R1", "-o", str(tmp_path / "run")]

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))

    full = subprocess.run(run, capture_output=True, text=True, preexec_fn=little, check=False)
    assert full.returncode == 10, full.stderr
    assert "cannot be written: file too large" in full.stderr
    assert "Traceback" not in full.stderr
    again = subprocess.run([*run, "--resume"], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert len(lines(tmp_path / "run")) == 2
