"""Prompts and models as people see them: versions, fingerprints, prices, and what their documents were made with."""

from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient

from cxify import framework, prompts
from cxify.llm.usage import about
from tests.web.conftest import config_of, idle, signed_in
from tests.web.uploads import done

MODEL = "openai:gpt-6-luna"


def test_every_prompt_that_proposes_is_shown_with_its_version_fingerprint_and_changelog(web: TestClient) -> None:
    html = web.get("/prompts").text
    shown = [prompt for prompt in prompts.listing() if prompt.front.shape in ("proposal", "sentence")]
    assert shown
    for prompt in shown:
        assert prompt.sha256[:16] in html
        assert prompt.version in html
    assert prompts.find("judge").sha256[:16] not in html


def test_without_models_it_says_that_nothing_is_sent(web: TestClient) -> None:
    assert "No language model is allowed here" in web.get("/prompts").text


def test_each_allowed_model_is_shown_with_where_it_runs_and_its_price(tmp_path: Path) -> None:
    with idle(config_of(tmp_path / "data", models=(MODEL, "openai:nobody-knows"))) as browser:
        html = signed_in(browser).get("/prompts").text
    facts = about(MODEL)
    assert f"{facts.input} for reading and {facts.output}" in html
    assert "elsewhere; text is sent to it" in html
    assert "not known" in html


def test_a_model_on_this_machine_is_shown_as_one_that_nothing_is_sent_away_for(tmp_path: Path) -> None:
    config = config_of(tmp_path / "data", models=("openai:small",))
    near = config.settings.model_copy(update={"base_url": "http://localhost:8080/v1"})
    with idle(replace(config, settings=near)) as browser:
        html = signed_in(browser).get("/prompts").text
    assert "on your own machines; nothing leaves them" in html


def test_it_says_what_each_document_was_made_with(working: TestClient, samples: Path) -> None:
    assert "No document of yours has suggestions yet." in working.get("/prompts").text
    done(working, ("nurse.docx", (samples / "job_description_nurse_uk.docx").read_bytes()))
    html = working.get("/prompts").text
    used = framework.load().framework
    assert "nurse.docx" in html
    assert "Built-in writer" in html
    assert f"{used.id} {used.version}" in html
