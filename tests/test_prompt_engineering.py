"""docs/prompt-engineering.md, followed to the letter: every command of it, in its order, against a real endpoint."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cxify.cli import main
from tests.conftest import ROOT
from tests.fake_endpoint import reply, serve

WALK = (ROOT / "docs" / "prompt-engineering.md").read_text("utf-8")
COMMANDS = re.findall(r"^    ((?:cxify|mkdir) .+)$", WALK, re.MULTILINE)
CASES = ("A1", "A2", "G1", "G2", "G3", "G4", "J1", "J2", "J3", "K1", "N1", "P1", "P2", "T1")
"""Six and more cases in which every gated metric applies: the fewest of which the gate says anything."""
SENTENCE = '{"sentence": "Ask what the patients need before you start, and tell them what happens next."}'


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "evals" / "cases").mkdir(parents=True)
    (tmp_path / "samples").mkdir()
    for id in CASES:
        shutil.copy(ROOT / "evals" / "cases" / f"{id}.yaml", tmp_path / "evals" / "cases")
    shutil.copy(ROOT / "evals" / "gate.yaml", tmp_path / "evals")
    shutil.copy(ROOT / "samples" / "job_description_nurse_uk.docx", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def typed(command: str, base_url: str) -> Result:
    words = shlex.split(command.replace("http://127.0.0.1:8080/v1", base_url))
    return CliRunner().invoke(main, words[1:])


@pytest.mark.long
def test_the_walk_leads_to_a_release(checkout: Path) -> None:
    draft = checkout / "our-prompts" / "sentence" / "1.1.0.prompty"
    with serve(reply(SENTENCE)) as endpoint:
        for command in COMMANDS:
            if command.startswith("mkdir "):
                (checkout / command.split()[1]).mkdir()
                continue
            done = typed(command, endpoint.base_url)
            assert done.exit_code == 0, f"{command}\n{done.output}"
            if command.startswith("cxify prompts new"):
                edit(draft)
    assert "status: released" in draft.read_text("utf-8")
    for made in ("look/report.html", "run/report.html", "run/candidate/gate.json", "summary.md", "junit.xml"):
        assert (checkout / made).stat().st_size > 200, made


def edit(draft: Path) -> None:
    """Do what the walk says: change one thing, and say it in the changelog."""
    text = draft.read_text("utf-8")
    changed = text.replace("Nothing new: no numbers", "Nothing new and nothing left out: no numbers")
    assert changed != text
    entry = re.search(r'^  - "1\.1\.0: .*$', changed, re.MULTILINE)
    assert entry
    draft.write_text(changed.replace(entry[0], '  - "1.1.0: nothing of the approved sentence is left out."'), "utf-8")


def test_the_walk_names_every_step_once() -> None:
    steps = [" ".join(command.split()[:3]) for command in COMMANDS]
    for step in ("prompts new", "prompts check", "prompts diff", "prompts render", "prompts release", "eval gate"):
        assert steps.count(f"cxify {step}") == 1
    assert steps.count("cxify eval run") == 2
