"""cxify prompts: what a model is told, and how a new version comes into use."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxify import prompts
from tests.cli.conftest import Run
from tests.cli.test_rewrite import JOB
from tests.prompts.written import BODY, FRONT, gate_file, run_file, write
from tests.worddoc import put, word_file


@pytest.fixture
def job(here: Path) -> Path:
    return put(here / "ap.docx", JOB)


@pytest.fixture
def own(here: Path) -> Path:
    """An organisation's folder with one draft."""
    return write(here / "own")


def test_what_is_rendered_is_what_is_told_and_nothing_is_sent(job: Path, cxify: Run) -> None:
    told = cxify("prompts", "render", job)
    assert told.exit_code == 0
    assert "Prompt job_description/1.0.0 (released, sha256 " in told.stdout
    assert "1 request, about " in told.stdout
    assert '"Process invoices and payments to suppliers."' in told.stdout
    assert "EditableBlock" not in told.stdout
    assert "EditableBlock" in cxify("prompts", "render", job, "--schema").stdout


def test_rendered_requests_are_data_for_programs(job: Path, cxify_json: Callable[..., Any]) -> None:
    shown = cxify_json("prompts", "render", job)
    assert (shown["kind"], shown["prompt"]["version"], len(shown["prompt"]["sha256"])) == (
        "job_description",
        "1.0.0",
        64,
    )
    request = shown["requests"][0]
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert request["tokens"] > 3000
    assert request["options"]["max_output_tokens"] == 6000
    assert request["schema"]["required"] == ["edits", "questions", "declined"]
    assert shown == cxify_json("prompts", "render", job), "the same document is asked about in the same words"


def test_a_small_model_is_told_about_one_sentence_at_a_time(job: Path, cxify_json: Callable[..., Any]) -> None:
    shown = cxify_json("prompts", "render", job, "--prompt", "sentence")
    assert shown["prompt"]["name"] == "sentence"
    assert len(shown["requests"]) > 1
    assert all("Approved sentence:" in request["messages"][-1]["text"] for request in shown["requests"])


def test_a_draft_can_be_rendered_before_it_is_released(job: Path, here: Path, cxify: Run) -> None:
    own = here / "own"
    own.mkdir()
    cxify("prompts", "new", "job_description", "--version", "7.0.0", "--prompts", own)
    draft = own / "job_description/7.0.0.prompty"
    draft.write_text(draft.read_text().replace("# This document: job descriptions", "# Job descriptions at Example"))
    of_own = ("--prompts", own)
    assert "at Example" not in cxify("prompts", "render", job, *of_own).stdout, "a draft is used only when it is named"
    told = cxify("prompts", "render", job, *of_own, "--prompt", "job_description/7.0.0").stdout
    assert "job_description/7.0.0 (draft" in told
    assert "# Job descriptions at Example" in told


def test_a_prompt_of_another_kind_is_refused(job: Path, cxify: Run) -> None:
    result = cxify("prompts", "render", job, "--prompt", "policy")
    assert result.exit_code == 11
    assert "--kind policy" in result.stderr
    assert cxify("prompts", "render", job, "--prompt", "policy", "--kind", "policy").exit_code == 0


def test_a_document_that_no_model_sees_says_why(here: Path, cxify: Run) -> None:
    put(here / "x.docx", word_file("Shopping list", "Two apples and a pear."))
    told = cxify("prompts", "render", "x.docx")
    assert told.exit_code == 0
    assert "No model would be asked about this document." in told.stdout
    assert len(told.stdout.splitlines()) > 2


def test_two_versions_are_compared_sentence_by_sentence_with_their_pieces(own: Path, cxify: Run) -> None:
    write(own, "Be kind. Be short.", "_parts/a.1.jinja")
    write(own, "Be kind. Be very short.", "_parts/a.2.jinja")
    for number in ("1", "2"):
        text = (
            (FRONT + BODY)
            .replace("1.0.0", f"{number}.0.0")
            .replace("You are", f'{{% include "a.{number}.jinja" %}} You are')
        )
        write(own, text, f"greeting/{number}.0.0.prompty")
    compared = cxify("prompts", "diff", "greeting/1.0.0", "greeting/2.0.0", "--prompts", own)
    assert compared.exit_code == 0
    lines = compared.stdout.splitlines()
    assert "-Be short. You are brief." not in lines
    assert {"-Be short.", "+Be very short.", "-version: 1.0.0", "+version: 2.0.0"} <= set(lines)
    assert cxify("prompts", "diff", "greeting/1.0.0", "greeting/2.0.0", "--prompts", own, "--exit-code").exit_code == 1


def test_what_differs_only_for_people_reaches_no_model(own: Path, cxify: Run, cxify_json: Callable[..., Any]) -> None:
    write(own, (FRONT + BODY).replace("1.0.0", "1.0.1"), "greeting/1.0.1.prompty")
    arguments = ("prompts", "diff", "greeting/1.0.0", "greeting@1.0.1", "--prompts", own)
    compared = cxify(*arguments, "--exit-code")
    assert compared.exit_code == 0
    assert "A model is told the same." in compared.stdout
    data = cxify_json(*arguments)
    assert (data["same"], data["reaches_model"]) == (False, False)
    assert cxify_json("prompts", "diff", "policy", "policy")["same"] is True


def test_a_draft_becomes_a_release_and_is_then_used(own: Path, job: Path, cxify: Run) -> None:
    of_own = ("--prompts", own)
    made = cxify("prompts", "new", "job_description", "--version", "7.0.0", *of_own)
    assert "cxify prompts diff job_description/1.0.0 job_description/7.0.0" in made.stderr
    draft = own / "job_description/7.0.0.prompty"
    draft.write_text(draft.read_text().replace("(say what changes and why)", "names our house style."))
    passed = gate_file(own, prompts.find("job_description", "7.0.0", own))
    released = cxify("prompts", "release", "job_description/7.0.0", "--evaluation", passed, *of_own)
    assert released.exit_code == 0
    assert "job_description 7.0.0 is released" in released.stdout
    assert "job_description/7.0.0 (released" in cxify("prompts", "render", job, *of_own).stdout
    listed = cxify("prompts", "list", *of_own).stdout
    assert "job_description 1.0.0 (released)" in listed
    assert "job_description 7.0.0 (released)" in listed
    assert cxify("prompts", "check", *of_own).stdout.endswith("in order.\n")


def test_nothing_is_released_without_a_version_or_an_evaluation(own: Path, cxify: Run) -> None:
    assert cxify("prompts", "release", "greeting/1.0.0", "--prompts", own).exit_code == 2
    assert cxify("prompts", "release", "greeting", "--evaluation", "x", "--prompts", own).exit_code == 2
    missing = cxify("prompts", "release", "greeting/1.0.0", "--evaluation", "gate.json", "--prompts", own)
    assert missing.exit_code == 11
    assert "gate.json cannot be read" in missing.stderr


def test_a_first_version_is_released_with_a_run(own: Path, cxify_json: Callable[..., Any]) -> None:
    run = run_file(own, prompts.find("greeting", "1.0.0", own))
    told = cxify_json("prompts", "release", "greeting/1.0.0", "--first", "--evaluation", run, "--prompts", own)
    assert told["status"] == "released"


def test_check_lists_every_mistake_at_once(own: Path, cxify: Run, cxify_json: Callable[..., Any]) -> None:
    broken = (FRONT + BODY).replace("status: draft", "status: done\nautor: me").replace("1.0.0", "1.1.0")
    write(own, broken, "greeting/1.1.0.prompty")
    write(
        own,
        (FRONT + BODY.replace("{{ document }}", "{{ tone }} {{ name }}")).replace("1.0.0", "2.0.0"),
        "greeting/2.0.0.prompty",
    )
    result = cxify("prompts", "check", "--prompts", own)
    assert result.exit_code == 11
    for place in (
        "1.1.0.prompty:7: autor",
        "1.1.0.prompty:6: status",
        "2.0.0.prompty:18: name",
        "2.0.0.prompty:18: tone",
    ):
        assert place in result.stdout
    data = cxify_json("prompts", "check", "--prompts", own)
    assert data["ok"] is False
    assert all({"file", "line", "message", "remedy"} <= set(problem) for problem in data["problems"])


@pytest.mark.parametrize(
    "command", [("list",), ("check",), ("show", "policy"), ("new", "policy"), ("diff", "policy", "policy")]
)
def test_a_folder_that_is_not_there_is_said_to_be_so(command: tuple[str, ...], cxify: Run) -> None:
    result = cxify("prompts", *command, "--prompts", "nowhere")
    assert result.exit_code == 11
    assert "nowhere is not a folder" in result.stderr


def test_rewrite_takes_an_organisations_prompts_and_says_so_before_the_first_document(job: Path, cxify: Run) -> None:
    model = ("--model", "openai:m", "--base-url", "http://127.0.0.1:9/v1")
    result = cxify("rewrite", job, "-o", "out", *model, "--prompts", "nowhere")
    assert result.exit_code == 11
    assert "nowhere is not a folder" in result.stderr
    assert not Path("out").exists() or not list(Path("out").glob("*.docx"))


@pytest.mark.parametrize("name", ["../x", "Policy", "policy/1", "policy/1.0", "", "policy/1.0.0/2"])
def test_what_names_no_prompt_is_refused(name: str, cxify: Run) -> None:
    result = cxify("prompts", "show", name)
    assert result.exit_code == 11
    assert "names no prompt" in result.stderr


def test_errors_are_data_too(cxify: Run) -> None:
    told = json.loads(cxify("prompts", "show", "nothing", "--json").stdout)
    assert told["error"]["type"] == "PromptInvalid"


def test_check_fills_every_prompt_once(here: Path, cxify: Run) -> None:
    (here / "own").mkdir()
    for name in ("policy", "sentence"):
        cxify("prompts", "new", name, "--prompts", "own")
    policy, sentence = (here / f"own/{name}/1.1.0.prompty" for name in ("policy", "sentence"))
    policy.write_text(policy.read_text().replace("user:\n", "user:\n{{ role.salary }}\n"))
    sentence.write_text(sentence.read_text().replace("{{ role }}", "{{ role.salary }}"))
    told = cxify("prompts", "check", "--prompts", "own")
    assert told.exit_code == 11
    assert (
        "policy/1.1.0.prompty:41: The template cannot be filled: 'dict object' has no attribute 'salary'" in told.stdout
    )
    assert "sentence/1.1.0.prompty:58: The template cannot be filled" in told.stdout
    assert "2 mistakes." in told.stdout
