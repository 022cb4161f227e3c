"""A real run of a small local model, played back without any model: what a prompt change does to it is seen at once."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cxify.cli import main
from tests.conftest import ROOT

CASES = "G1,G2,R4"
TAPE = ROOT / "tests" / "tapes" / "evaluation.json"
RECORD = (
    f"cxify eval run --model openai:qwen2.5-coder-1.5b --base-url http://127.0.0.1:8080/v1 --cases {CASES} "
    "--tape tests/tapes/evaluation.json record -o out/recorded --concurrency 1"
)


def test_the_recorded_run_still_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A prompt, a case, the library's wording or the profile that changed asks something new: record it anew."""
    monkeypatch.chdir(tmp_path)
    replay = ["eval", "run", "--cases", CASES, "-o", "run", "--tape", str(TAPE), "replay"]
    result = CliRunner().invoke(main, replay)
    assert result.exit_code == 0, f"{result.stderr}\nThe tape of this test is made by: {RECORD}"
    lines = [json.loads(line) for line in (tmp_path / "run" / "results.jsonl").read_text("utf-8").splitlines()]
    assert {line["case"] for line in lines} == set(CASES.split(","))
    assert all(all(line["checks"].values()) for line in lines)
    assert min(line["scores"]["points"] for line in lines) >= 90
    assert sum(line["usage"]["calls"] for line in lines) >= 3, "the model had a part in it"


def test_the_tape_is_of_a_real_model() -> None:
    entries = json.loads(TAPE.read_text("utf-8"))["entries"].values()
    assert {entry["model"] for entry in entries} == {"openai:qwen2.5-coder-1.5b"}
    assert all(entry["answer"]["tokens"]["input"] > 100 for entry in entries)
