"""What a run with a model would send and cost can be seen before anything is sent."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_rewrite import JOB
from tests.fake_endpoint import error, serve
from tests.worddoc import put

LUNA = ("--model", "openai:gpt-6-luna")


@pytest.fixture(autouse=True)
def job(here: Path) -> None:
    put(here / "in/ap.docx", JOB)


def test_a_dry_run_with_a_model_estimates_and_sends_nothing(cxify: Run) -> None:
    result = cxify("rewrite", "in", "-o", "out", *LUNA, "--dry-run")
    assert result.exit_code == 0
    assert "Nothing was sent" in result.stdout
    assert "api.openai.com would get 1 request" in result.stdout
    assert "US dollars at the prices of" in result.stdout
    assert not Path("out").exists()


def test_a_model_on_this_machine_costs_nothing_and_an_unknown_one_is_said_to_be_unknown(cxify: Run) -> None:
    here = ("--model", "openai:q", "--base-url", "http://127.0.0.1:1/v1")
    local = cxify("rewrite", "in", "-o", "out", *here, "--dry-run")
    assert "runs on this machine" in local.stdout
    other = cxify("rewrite", "in", "-o", "out", "--model", "openai:someone", "--dry-run")
    assert "is not known to cxify" in other.stdout


def test_the_request_that_is_shown_is_the_one_that_is_sent(cxify: Run) -> None:
    with serve(error(401)) as endpoint:
        model = ("--model", "openai:m", "--base-url", endpoint.base_url)
        shown = json.loads(cxify("rewrite", "in", "-o", "out", *model, "--show-request", "--json").stdout)
        assert endpoint.requests == []
        cxify("rewrite", "in", "-o", "out", *model)
        assert shown["estimate"]["requests"] == len(shown["requests"]) == 3
        assert [shown["requests"][0]["body"]] == endpoint.requests


def test_without_a_model_there_is_no_request(cxify: Run) -> None:
    result = cxify("rewrite", "in", "-o", "out", "--show-request")
    assert result.exit_code == 2
    assert "sends nothing" in result.output
