"""The newcomer's ten minutes of docs/evals.md, typed as they stand there, against a real endpoint."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cxify.cli import main
from tests.conftest import ROOT
from tests.fake_endpoint import reply, serve
from tests.test_prompt_engineering import edit

pytestmark = pytest.mark.long

DOCS = (ROOT / "docs" / "evals.md").read_text("utf-8")
WALK = re.findall(r"^    (.+)$", DOCS.partition("## Ten minutes")[2].partition("\n## ")[0], re.MULTILINE)
SENTENCE = '{"sentence": "Ask what the patients need before you start, and tell them what happens next."}'
MOST_CALLS = 50
"""At 3 s a call on an idle machine they take a quarter of the ten minutes."""


def test_the_ten_minutes_end_with_a_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with serve(reply(SENTENCE)) as endpoint:
        for command in (part for line in WALK for part in line.split(" && ")):
            words = shlex.split(command.replace("http://127.0.0.1:8080/v1", endpoint.base_url))
            if words[0] == "mkdir":
                Path(words[1]).mkdir()
            if words[0] == "cxify":
                done = CliRunner().invoke(main, words[1:])
                assert done.exit_code == 0, f"{command}\n{done.output}"
            if words[:3] == ["cxify", "prompts", "new"]:
                edit(tmp_path / "our-prompts" / "sentence" / "1.1.0.prompty")
        assert 20 <= len(endpoint.requests) <= MOST_CALLS
    assert "status: released" in (tmp_path / "our-prompts" / "sentence" / "1.1.0.prompty").read_text("utf-8")
    assert (tmp_path / "walk" / "report.html").stat().st_size > 10_000


def test_the_walk_has_the_steps_of_its_heading() -> None:
    steps = [" ".join(command.split()[:3]) for line in WALK for command in line.split(" && ")]
    for step in ("prompts new", "eval run", "eval compare", "eval report", "eval gate", "prompts release"):
        assert steps.count(f"cxify {step}") == 1
