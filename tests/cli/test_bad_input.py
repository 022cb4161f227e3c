"""Whatever a user gives: an exit code, a sentence that names it and says what to do, and never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.worddoc import put, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = {
    "text": b"Dear all, here is the job description.",
    "empty": b"",
    "truncated": word_file()[:3000],
    "old word": OLE + bytes(512) + "WordDocument".encode("utf-16-le") + bytes(2048),
    "zip of something else": b"PK\x05\x06" + bytes(18),
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("command", [["inspect"], ["rewrite", "-o", "out"], ["resolve", "--accept", "-o", "out.docx"]])
def test_what_is_not_a_word_document_is_refused(here: Path, cxify: Run, name: str, command: list[str]) -> None:
    put(here / "file.docx", FOREIGN[name])
    result = cxify(command[0], "file.docx", *command[1:])
    assert result.exit_code == 10, result.output
    assert "file.docx" in result.stderr
    assert not list(here.glob("out*/*.docx"))
    assert not (here / "out.docx").exists()


@pytest.mark.long
def test_an_old_doc_says_how_to_save_it(here: Path, cxify: Run) -> None:
    put(here / "old.doc", FOREIGN["old word"])
    assert ".docx" in cxify("rewrite", "old.doc", "-o", "out").stderr


def test_an_encrypted_document_asks_for_the_password_to_be_removed(cxify: Run, corpus: Path) -> None:
    result = cxify("inspect", next(corpus.glob("poi__protected-agile*")))
    assert result.exit_code == 10
    assert "password" in result.stderr


@pytest.mark.parametrize("command", ["inspect", "rewrite"])
def test_a_file_that_does_not_exist_is_named(cxify: Run, command: str) -> None:
    result = cxify(command, "none.docx", *(["-o", "out"] if command == "rewrite" else []))
    assert result.exit_code == 10
    assert "none.docx" in result.stderr


def test_a_folder_is_no_document(here: Path, cxify: Run) -> None:
    (here / "folder").mkdir()
    assert cxify("inspect", "folder").exit_code == 10
    result = cxify("rewrite", "folder", "-o", "out")
    assert result.exit_code == 10
    assert "no Word document" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it_says_so(here: Path, cxify: Run) -> None:
    put(here / "a.docx").chmod(0)
    result = cxify("inspect", "a.docx")
    assert result.exit_code == 10
    assert "permission denied" in result.stderr


def test_an_output_that_cannot_be_written_says_so(here: Path, cxify: Run) -> None:
    put(here / "a.docx")
    put(here / "taken", b"a file, not a folder")
    for command in (["rewrite", "a.docx", "-o", "taken"], ["resolve", "a.docx", "--accept", "-o", "taken/a.docx"]):
        result = cxify(*command)
        assert result.exit_code == 10
        assert "taken" in result.stderr
    assert cxify("resolve", "a.docx", "--accept", "-o", ".").exit_code == 10


def test_an_unknown_kind_lists_those_that_there_are(here: Path, cxify: Run) -> None:
    put(here / "a.docx")
    for command in (["rewrite", "a.docx", "-o", "out"], ["inspect", "a.docx"]):
        result = cxify(*command, "--kind", "jobdescription")
        assert result.exit_code == 11
        assert "job_description" in result.stderr


def test_a_framework_with_a_double_id_is_refused_with_its_line(here: Path, cxify: Run) -> None:
    story = "  - {id: ST1, title: The letter, text: It was answered., shows: [CX-OWN], approved_by: Ann}\n"
    put(here / "f.yaml", f"{cxify('framework', 'init', '-o', '-').stdout}\nstories:\n{story}{story}".encode())
    put(here / "a.docx")
    checked = cxify("framework", "check", "f.yaml")
    assert checked.exit_code == 11
    assert "f.yaml:" in checked.stdout
    assert "ST1" in checked.stdout
    for command in (["rewrite", "a.docx", "-o", "out"], ["inspect", "a.docx"]):
        result = cxify(*command, "--framework", "f.yaml")
        assert result.exit_code == 11
        assert "ST1" in result.stderr


@pytest.mark.parametrize("content", ["", "competencies: [", "framework: {id: x}\ncolour: red\n", "\xff\xfe"])
def test_a_broken_framework_is_refused(here: Path, cxify: Run, content: str) -> None:
    put(here / "f.yaml", content.encode("latin-1"))
    assert cxify("framework", "check", "f.yaml").exit_code == 11
    result = cxify("rewrite", put(here / "a.docx"), "-o", "out", "--framework", "f.yaml")
    assert result.exit_code == 11
    assert "f.yaml" in result.stderr


def test_a_framework_that_does_not_exist_is_named(here: Path, cxify: Run) -> None:
    result = cxify("rewrite", put(here / "a.docx"), "-o", "out", "--framework", "none.yaml")
    assert result.exit_code in (10, 11)
    assert "none.yaml" in result.stderr


PROMPT = """---
name: job_description
version: 9.0.0
description: A test.
parent: null
status: draft
changelog: [First.]
schema: proposal
model: {max_output_tokens: 1000}
inputs:
  document: {kind: string, description: The document.}
---
system:
You know {{ docment }}.
user:
{{ document }}
"""


def test_a_prompt_with_an_unknown_variable_is_refused_with_its_line(
    here: Path, cxify: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(here / "ours/job_description/9.0.0.prompty", PROMPT.encode())
    monkeypatch.setenv("CXIFY_PROMPTS", "ours")
    result = cxify("prompts", "show", "job_description", "9.0.0")
    assert result.exit_code == 11
    assert "docment" in result.stderr
    assert "9.0.0.prompty:" in result.stderr


def test_a_prompt_that_does_not_exist_says_where_to_look(cxify: Run) -> None:
    result = cxify("prompts", "show", "poem")
    assert result.exit_code == 11
    assert "cxify prompts list" in result.stderr


def test_without_a_key_nothing_is_sent_and_the_variable_is_named(here: Path, cxify: Run) -> None:
    result = cxify("rewrite", put(here / "a.docx"), "-o", "out", "--model", "openai:gpt-6-luna")
    assert result.exit_code in (11, 12)
    assert "OPENAI_API_KEY" in result.stderr


@pytest.mark.long
def test_an_endpoint_that_is_down_is_named(here: Path, cxify: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXIFY_API_KEY", "k")
    address = "http://127.0.0.1:9/v1"
    result = cxify("rewrite", put(here / "a.docx"), "-o", "out", "--model", "openai:x", "--base-url", address)
    assert result.exit_code == 12, result.output
    assert "127.0.0.1:9" in result.stderr
    assert not list((here / "out").glob("*.docx"))


@pytest.mark.parametrize("model", ["gpt-6-luna", "openai:", ":x"])
def test_a_model_without_its_provider_is_refused(here: Path, cxify: Run, model: str) -> None:
    result = cxify("rewrite", put(here / "a.docx"), "-o", "out", "--model", model)
    assert result.exit_code == 11
    assert "provider" in result.stderr


def test_max_cost_without_a_model_is_refused(here: Path, cxify: Run) -> None:
    assert cxify("rewrite", put(here / "a.docx"), "-o", "out", "--max-cost", "1").exit_code == 11


def test_a_wrong_settings_file_stops_before_any_document(here: Path, cxify: Run) -> None:
    put(here / "cxify.toml", b'framewrok = "f.yaml"')
    result = cxify("rewrite", put(here / "a.docx"), "-o", "out")
    assert result.exit_code == 11
    assert "framewrok" in result.stderr


def test_a_fault_of_cxify_itself_is_a_sentence_and_debug_shows_it(here: Path) -> None:
    put(here / "a.docx")
    script = "from cxify import word\ndel word.resolve\nfrom cxify.cli import main\nmain()"
    command = [sys.executable, "-c", script, "resolve", "a.docx", "--accept", "-o", "b.docx"]
    plain = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (plain.returncode, plain.stderr.count("\n")) == (1, 1)
    assert "a.docx" in plain.stderr
    assert "--debug" in plain.stderr
    debugged = subprocess.run([*command, "--debug"], capture_output=True, text=True, check=False)
    assert "AttributeError" in debugged.stderr


def test_control_c_ends_with_130(here: Path) -> None:
    put(here / "a.docx")
    stop = "def stop(*_, **__): raise KeyboardInterrupt"
    script = f"from cxify import word\n{stop}\nword.resolve = stop\nfrom cxify.cli import main\nmain()"
    command = [sys.executable, "-c", script, "resolve", "a.docx", "--accept", "-o", "b.docx"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 130
