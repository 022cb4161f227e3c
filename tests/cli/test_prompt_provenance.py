"""Every output that a model had part in names its prompts with version and hash."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cxify import framework, kinds, pipeline, prompts, word
from cxify.writers.llm import LLMWriter
from tests.cli.conftest import Run
from tests.cli.test_rewrite import JOB
from tests.fake_endpoint import reply, serve
from tests.llm.scripted import Scripted
from tests.worddoc import put

OPTIONS = pipeline.Options(date="2026-11-22T08:00:00Z")


def named(prompt: prompts.Prompt) -> str:
    return f"{prompt.name}@{prompt.version}:{prompt.sha256[:12]}"


def recorded(writer: LLMWriter) -> str:
    """Return which prompts the record of an output names."""
    result = pipeline.rewrite(JOB, framework=framework.load(None), kinds=kinds.load(), writer=writer, options=OPTIONS)
    record = word.provenance_of(result.data)
    assert record is not None
    return str(record["writer"]["prompts"])


def test_a_small_models_outputs_name_the_prompt_also_after_acceptance(
    here: Path,
    cxify: Run,
    cxify_json: Callable[..., Any],
) -> None:
    job = put(here / "ap.docx", JOB)
    with serve(reply('{"sentence": "Ask the supplier what is missing, and say by when it will be paid."}')) as endpoint:
        told = cxify_json("rewrite", job, "-o", "out", "--model", "openai:m", "--base-url", endpoint.base_url)
        assert endpoint.requests
    expected = named(prompts.find("sentence"))
    assert told["documents"][0]["details"]["writer"]["prompts"] == expected
    report = [json.loads(line) for line in Path("out/report.jsonl").read_text().splitlines()]
    assert [line["details"]["writer"]["prompts"] for line in report if line.get("status") == "rewritten"] == [expected]
    cxify("resolve", "out/ap.docx", "--accept", "-o", "accepted.docx")
    for output in ("out/ap.docx", "accepted.docx"):
        assert cxify_json("inspect", output)["provenance"]["writer"]["prompts"] == expected


def test_a_strong_models_outputs_name_the_prompt_of_their_kind() -> None:
    answer = json.dumps({"edits": [], "questions": [], "declined": [{"block": None, "reason": "Nothing to add."}]})
    chat = Scripted([answer])
    assert named(prompts.find("job_description")) in recorded(LLMWriter(chat, path="structured"))
    assert len(chat.seen) == 1


def test_a_draft_that_was_named_is_named_in_the_output(tmp_path: Path) -> None:
    draft = prompts.new("job_description", version="9.0.0", root=tmp_path)
    draft.path.write_text(draft.path.read_text().replace("# This document:", "# The document:"))
    draft = prompts.find("job_description", "9.0.0", tmp_path)
    answer = json.dumps({"edits": [], "questions": [], "declined": [{"block": None, "reason": "Nothing to add."}]})
    chat = Scripted([answer])
    writer = LLMWriter(chat, tmp_path, "structured", versions={"job_description": "9.0.0"})
    written = recorded(writer)
    assert named(draft) in written
    assert named(prompts.find("job_description")) not in written
    assert "# The document: job descriptions" in chat.seen[0][0][0].text
