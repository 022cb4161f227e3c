"""A run through OpenAI's Batch API: as live, nothing submitted twice, nothing lost, whatever happens in between."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cxify.cli import main, shell
from cxify.cli.openai_batch import FOLDER
from tests.conftest import ROOT
from tests.fake_openai import Body, Fate, Reply, Server, completion, fault, serve
from tests.worddoc import put, word_file

pytestmark = pytest.mark.long

NOW = "2026-11-22T08:00:00Z"
DUTY = "Answer questions from suppliers and colleagues by telephone and e-mail."
TITLES = ("Accounts Payable Clerk", "Archive Assistant", "Fleet Planner")
Cxify = Callable[..., Result]


def job(title: str) -> bytes:
    return word_file(
        f"Job description: {title}",
        "Purpose of the role",
        f"The {title.lower()} helps colleagues in all departments with their questions and files.",
        "Main duties",
        f"Keep the records of the {title.lower()} up to date and complete.",
        DUTY,
        "Person specification",
        "Experience of working in a busy office.",
    )


def answer(body: Body) -> str:
    """Return a proposal that fits the document of a request: one appended sentence."""
    defs = body["response_format"]["json_schema"]["schema"]["$defs"]
    lines = "\n".join(message["content"] for message in body["messages"]).splitlines()
    block = next(line for line in lines if line.startswith("[b") and DUTY in line).split()[0].strip("[")
    edit = {
        "evidence_block": block,
        "evidence": "Answer questions from suppliers and colleagues",
        "reason": "Says what the people who ask are told.",
        "op": "append",
        "block": block,
        "text": "Tell them what happens next and by when.",
        "competencies": defs["Competency"]["enum"][:1],
        "standards": [],
        "certainty": "strong",
    }
    return json.dumps({"edits": [edit], "questions": [], "declined": []})


def model(body: Body) -> Reply:
    """Answer well."""
    return completion(answer(body))


def faulty_at_first(body: Body) -> Reply:
    """Answer two documents of three badly at first: one with poetry, one too long."""
    asked = len(body["messages"])
    text = json.dumps(body["messages"])
    if "Archive Assistant" in text and asked < 4:
        return completion("I would rather write a poem.")
    if "Fleet Planner" in text and body["max_completion_tokens"] < 3000:
        return completion('{"edits": [', finish="length", tokens=body["max_completion_tokens"])
    return completion(answer(body))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(shell, "now", lambda: NOW)
    for title in TITLES:
        put(tmp_path / f"in/{title}.docx", job(title))
    return tmp_path


@pytest.fixture
def openai() -> Iterator[Server]:
    with serve(model) as server:
        yield server


@pytest.fixture
def cxify(here: Path, openai: Server) -> Cxify:  # noqa: ARG001  commands run in a folder of documents
    def run(*arguments: object, out: str = "out", name: str = "openai:gpt-6-luna") -> Result:
        given = ["rewrite", "in", "-o", out, "--model", name, "--base-url", openai.remote_url, *map(str, arguments)]
        result = CliRunner().invoke(main, given)
        assert "Traceback" not in result.output
        return result

    return run


def told(result: Result) -> Any:
    return json.loads(result.stdout)


def written(out: str = "out") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(out).glob("*.docx"))}


def until_done(cxify: Cxify, most: int = 12) -> Result:
    """Collect until nothing is open."""
    for _ in range(most):
        result = cxify("--collect", "--json")
        if not told(result)["openai_batch"]["open"]:
            return result
    raise AssertionError("it never ends")


# --- as live ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("behaviour", [model, faulty_at_first])
def test_the_result_is_that_of_a_live_run_byte_for_byte(
    behaviour: Callable[[Body], Reply], cxify: Cxify, openai: Server
) -> None:
    openai.model = behaviour
    result = cxify(out="live")
    assert "3 rewritten" in result.stdout, result.output
    live, openai.asked[:] = list(openai.asked), []
    assert cxify("--openai-batch").exit_code == 0
    until_done(cxify)
    assert written() == written("live")
    assert written()
    pages = [path.name for path in Path("live").glob("*.md")]
    assert all(Path("live", name).read_bytes() == Path("out", name).read_bytes() for name in pages)
    assert pages
    # What reached the model is the same too; only a batch does not say that it does not stream.
    sent = [{name: value for name, value in body.items() if name != "stream"} for body in live]
    assert sorted(map(json.dumps, sent)) == sorted(map(json.dumps, openai.asked))


def test_a_live_run_after_a_batch_finds_everything_done(cxify: Cxify) -> None:
    cxify("--openai-batch")
    cxify("--collect")
    assert "3 done before" in cxify().stdout


def test_openai_gets_the_strict_schema_and_no_key_is_needed_to_make_a_request(tmp_path: Path) -> None:
    from cxify.errors import AnswerAwaited
    from cxify.llm.openai_batch import BatchChat, Notes
    from cxify.prompts import Message, Options

    schema = {"type": "object", "properties": {"a": {"type": "string", "maxLength": 9}}, "required": ["a"]}
    chat = BatchChat("openai:gpt-6-luna", None, Notes.load(tmp_path))
    with pytest.raises(AnswerAwaited):
        chat.complete([Message("user", "Hello")], schema, Options(temperature=0, max_output_tokens=100))
    line = json.loads(next(iter(chat.wanted.values())).line)
    assert (line["method"], line["url"], len(line["custom_id"])) == ("POST", "/v1/chat/completions", 64)
    assert line["body"]["response_format"]["json_schema"]["strict"] is True
    assert "maxLength" not in json.dumps(line)
    assert {"stream", "temperature"}.isdisjoint(line["body"])


def test_a_small_model_on_this_machine_is_asked_all_its_sentences_in_one_batch(
    here: Path,  # noqa: ARG001
    openai: Server,
) -> None:
    given = ["rewrite", "in", "-o", "out", "--model", "openai:small", "--base-url", openai.base_url, "--openai-batch"]
    openai.model = lambda _: completion('{"sentence": "x"}')
    CliRunner().invoke(main, given)
    result = CliRunner().invoke(main, [*given, "--collect", "--json"])
    first, *repairs = told(result)["openai_batch"]["batches"]
    assert first["requests"] > 0
    assert len(repairs) <= 1, "the second batch holds what has to be repaired, and no question for the first time"


def test_refusals_and_filters_end_a_document_as_live(cxify: Cxify, openai: Server) -> None:
    openai.plan(Fate(instead={0: completion(None, refusal="No."), 1: completion("", finish="content_filter")}))
    cxify("--openai-batch")
    result = cxify("--collect", "--json")
    outcomes = told(result)["documents"]
    assert result.exit_code == 12
    assert [one["status"] for one in outcomes].count("failed") == 2
    assert all("declined to answer" in one["message"] for one in outcomes if one["status"] == "failed")


# --- what is submitted ------------------------------------------------------------------------------------------------


def test_a_submission_says_what_it_costs_and_how_to_go_on(cxify: Cxify, openai: Server) -> None:
    result = cxify("--openai-batch")
    assert result.exit_code == 0
    assert "3 documents: 3 waiting." in result.stdout
    assert "Submitted 3 requests to 127.1" in result.stdout
    assert "as batch batch_1, at most 0.0" in result.stdout
    assert "--collect" in result.stdout
    assert written() == {}
    assert openai.asked == [], "nothing goes to the model directly"


def test_a_dry_run_sends_and_writes_nothing(cxify: Cxify, openai: Server) -> None:
    assert "Would submit 3 requests" in cxify("--openai-batch", "--dry-run").stdout
    assert openai.routes == []
    assert not Path("out").exists()


def test_the_limits_of_a_batch_make_several(cxify: Cxify, openai: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from cxify.llm.openai_batch.desk import Desk

    monkeypatch.setattr(Desk.__init__, "__defaults__", (None, 2, 200_000_000, time.time))
    cxify("--openai-batch")
    assert [len(openai.lines(id)) for id in openai.batches] == [2, 1]
    until_done(cxify)
    assert len(written()) == 3


def test_max_cost_holds_the_submission_back(cxify: Cxify, openai: Server) -> None:
    result = cxify("--openai-batch", "--max-cost", "0.0001")
    assert result.exit_code == 12
    assert "could cost" in result.stderr
    assert openai.batches == {}
    assert cxify("--openai-batch", "--max-cost", "1").exit_code == 0
    assert len(openai.batches) == 1


def test_tokens_and_money_come_from_the_answers_at_half_the_price(cxify: Cxify, openai: Server) -> None:
    openai.plan(Fate(twice=(0,), noise=True))
    cxify("--openai-batch")
    said = told(cxify("--collect", "--json"))["openai_batch"]
    assert (said["input_tokens"], said["output_tokens"]) == (3000, 150)
    assert float(said["cost_usd"]) == pytest.approx((3000 * 0.10 + 150 * 0.50) / 1e6 / 2)


def test_submitting_again_submits_only_what_is_new(cxify: Cxify, openai: Server) -> None:
    cxify("--openai-batch")
    cxify("--openai-batch")
    assert len(openai.batches) == 1
    put(Path("in/new.docx"), job("Porter"))
    cxify("--openai-batch")
    assert [len(openai.lines(id)) for id in openai.batches] == [3, 1]


# --- states -----------------------------------------------------------------------------------------------------------


def test_a_batch_under_way_says_how_far_it_is(cxify: Cxify, openai: Server) -> None:
    openai.plan(Fate(looks=4))
    cxify("--openai-batch")
    result = cxify("--collect")
    assert result.exit_code == 0
    assert "Batch batch_1: in progress, 0 of 3 requests answered; it ends by" in result.stdout
    until_done(cxify)
    assert len(written()) == 3


def test_waiting_stays_until_all_is_answered(cxify: Cxify, openai: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("cxify.cli.openai_batch.time.sleep", waits.append)
    openai.model = faulty_at_first
    openai.plan(Fate(looks=3))
    result = cxify("--openai-batch", "--wait")
    assert result.exit_code == 0
    assert len(written()) == 3
    assert len(waits) >= 4
    assert "finalizing" in result.stderr


def test_what_expired_is_submitted_again(cxify: Cxify, openai: Server) -> None:
    openai.plan(Fate(ends="expired", after=1), Fate())
    cxify("--openai-batch")
    result = cxify("--collect")
    assert "1 rewritten, 2 waiting" in result.stdout
    assert [len(openai.lines(id)) for id in openai.batches] == [3, 2]
    until_done(cxify)
    assert len(openai.asked) == 3, "what was answered is not asked again"
    assert len(written()) == 3


def test_what_expires_again_and_again_is_reported_and_can_be_submitted_anew(cxify: Cxify, openai: Server) -> None:
    openai.plan(Fate(ends="expired", after=0))
    cxify("--openai-batch")
    result = until_done(cxify)
    assert result.exit_code == 12
    assert len(openai.batches) == 3
    assert "3 batches ended without an answer" in told(result)["documents"][0]["message"]
    openai.plan(Fate())
    cxify("--openai-batch")
    until_done(cxify)
    assert len(written()) == 3


def test_a_batch_that_the_provider_does_not_take_gives_its_reason(cxify: Cxify, openai: Server) -> None:
    openai.plan(Fate(ends="failed", reason=("token_limit_exceeded", "Enqueued token limit reached.")), Fate())
    cxify("--openai-batch")
    result = cxify("--collect", "--json")
    assert result.exit_code == 12
    assert "Enqueued token limit reached" in told(result)["documents"][0]["message"]
    assert len(openai.batches) == 1, "it would fail again, so a person decides"
    cxify("--openai-batch")
    until_done(cxify)
    assert len(written()) == 3


def test_a_cancelled_batch_gives_what_it_has(cxify: Cxify, openai: Server) -> None:
    openai.plan(Fate(after=1), Fate())
    cxify("--openai-batch")
    openai.cancel("batch_1")
    result = cxify("--collect", "--json")
    assert sorted(one["status"] for one in told(result)["documents"]) == ["failed", "failed", "rewritten"]
    assert len(openai.batches) == 1
    cxify("--openai-batch")
    until_done(cxify)
    assert len(openai.asked) == 3


@pytest.mark.parametrize("status", [429, 500])
def test_passing_faults_of_single_requests_are_submitted_again(cxify: Cxify, openai: Server, status: int) -> None:
    openai.plan(Fate(instead={1: fault(status)}), Fate())
    cxify("--openai-batch")
    assert "2 rewritten, 1 waiting" in cxify("--collect").stdout
    until_done(cxify)
    assert len(written()) == 3


@pytest.mark.parametrize(
    ("reply", "batches", "said"),
    [
        (fault(429), 3, "takes no more requests"),
        (fault(500), 3, "a fault of its own"),
        (fault(400), 1, "does not accept the request"),
        (fault(429, "insufficient_quota"), 1, "no credit left"),
    ],
)
def test_faults_that_stay_are_told_as_live(cxify: Cxify, openai: Server, reply: Reply, batches: int, said: str) -> None:
    openai.plan(Fate(instead=dict.fromkeys(range(3), reply)))
    cxify("--openai-batch")
    result = until_done(cxify)
    assert result.exit_code == 12
    assert len(openai.batches) == batches
    assert all(said in one["message"] for one in told(result)["documents"])


def test_missing_and_doubled_and_foreign_lines_do_no_harm(cxify: Cxify, openai: Server) -> None:
    openai.plan(Fate(drop=(0,), twice=(1,), noise=True), Fate())
    cxify("--openai-batch")
    cxify("--collect")
    assert [len(openai.lines(id)) for id in openai.batches] == [3, 1]
    until_done(cxify)
    assert len(written()) == 3


# --- crashes ----------------------------------------------------------------------------------------------------------


def killed_at(route: str, when: str, openai: Server, *arguments: str) -> None:
    """Run the command in a process of its own and kill it when the server gets the route, before or after doing it."""
    reached, free = threading.Event(), threading.Event()

    def stop(seen: str) -> None:
        if seen == route and not reached.is_set():
            reached.set()
            free.wait(20)

    setattr(openai, when, stop)
    given = ["rewrite", "in", "-o", "out", "--model", "openai:gpt-6-luna", "--base-url", openai.remote_url, *arguments]
    child = subprocess.Popen([sys.executable, "-m", "cxify", *given], env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert reached.wait(60)
    child.send_signal(signal.SIGKILL)
    child.wait(60)
    free.set()
    setattr(openai, when, lambda _: None)


@pytest.mark.parametrize(
    ("route", "when"),
    [
        ("POST /files", "before"),
        ("POST /files", "after"),
        ("POST /batches", "before"),
        ("POST /batches", "after"),
    ],
)
@pytest.mark.parametrize("again", ["--openai-batch", "--collect"])
@pytest.mark.long
def test_a_crash_while_submitting_submits_nothing_twice(
    route: str, when: str, again: str, cxify: Cxify, openai: Server
) -> None:
    killed_at(route, when, openai, "--openai-batch")
    if (route, when) == ("POST /batches", "before"):
        # The server was reached, and creates the batch although the client is dead.
        until = time.monotonic() + 60
        while not openai.batches and time.monotonic() < until:
            time.sleep(0.05)
        assert len(openai.batches) == 1
    assert cxify(again).exit_code == 0
    until_done(cxify)
    assert len(openai.batches) == 1
    assert len(openai.asked) == 3
    assert len(written()) == 3


@pytest.mark.long
def test_a_crash_while_the_results_come_loses_nothing(cxify: Cxify, openai: Server) -> None:
    openai.plan(Fate(ends="expired", after=2), Fate())
    cxify("--openai-batch")
    killed_at("GET /files/file-3/content", "before", openai, "--collect")
    until_done(cxify)
    assert len(openai.asked) == 3
    assert len(written()) == 3


@pytest.mark.long
def test_a_crash_after_the_results_were_fetched_loses_nothing(cxify: Cxify, openai: Server) -> None:
    openai.plan(Fate(ends="expired", after=2), Fate())
    cxify("--openai-batch")
    killed_at("POST /files", "before", openai, "--collect")
    until_done(cxify)
    assert [len(openai.lines(id)) for id in openai.batches] == [3, 1]
    assert len(written()) == 3


def test_a_batch_whose_creation_was_not_answered_is_found_among_many(cxify: Cxify, openai: Server) -> None:
    cxify("--openai-batch")
    note = next(Path("out", FOLDER).glob("0001.json"))
    lost = json.loads(note.read_text()) | {"batch": "", "status": "prepared", "creating": True}
    note.write_text(json.dumps(lost))
    for number in range(5):
        openai.batches[f"other{number}"] = openai.batches["batch_1"] | {"id": f"other{number}", "metadata": None}
    assert cxify("--collect").exit_code == 0
    assert "POST /batches" not in openai.routes[2:]
    assert len(written()) == 3


def test_two_at_the_same_time_are_refused(cxify: Cxify, openai: Server) -> None:
    cxify("--openai-batch")
    entered: list[Result] = []

    def second(route: str) -> None:
        if route == "GET /batches/batch_1" and not entered:
            entered.append(cxify("--collect"))

    openai.before = second
    assert cxify("--collect").exit_code == 0
    assert entered[0].exit_code == 10
    assert "Another cxify" in entered[0].stderr


def test_a_damaged_note_is_a_sentence(cxify: Cxify) -> None:
    cxify("--openai-batch")
    Path("out", FOLDER, "0001.json").write_text("{")
    result = cxify("--collect")
    assert result.exit_code == 10
    assert "0001.json is not as cxify wrote it" in result.stderr


# --- wrong use --------------------------------------------------------------------------------------------------------


def test_collecting_with_other_settings_is_refused_and_says_which(cxify: Cxify, openai: Server) -> None:
    cxify("--openai-batch")
    result = cxify("--collect", "--intensity", "light")
    assert result.exit_code == 11
    assert "intensity was standard and is light" in result.stderr
    assert cxify("--collect", "--author", "HR").exit_code == 0, "who writes decides nothing of what is asked"
    assert len(openai.batches) == 1


def test_collecting_what_was_never_submitted_is_refused(cxify: Cxify) -> None:
    result = cxify("--collect")
    assert result.exit_code == 10
    assert "Nothing was submitted" in result.stderr


@pytest.mark.parametrize("name", ["library", "anthropic:claude"])
def test_only_openai_has_this(cxify: Cxify, name: str) -> None:
    result = cxify("--openai-batch", name=name)
    assert result.exit_code == 11
    assert "cannot be asked through OpenAI's Batch API" in result.stderr


def test_without_a_key_nothing_begins(here: Path) -> None:
    given = ["rewrite", "in", "-o", "out", "--model", "openai:gpt-6-luna", "--openai-batch"]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 12
    assert "no API key" in result.stderr
    assert not list((here / "out").rglob("*.jsonl"))


def test_waiting_alone_means_nothing(cxify: Cxify) -> None:
    assert cxify("--wait").exit_code == 2


def test_a_key_of_another_project_loses_nothing(cxify: Cxify, openai: Server) -> None:
    cxify("--openai-batch")
    kept, openai.batches = openai.batches, {}
    assert "does not know this batch" in cxify("--collect").stderr
    openai.batches = kept
    until_done(cxify)
    assert len(written()) == 3


def test_an_earlier_result_is_replaced_when_the_new_answer_is_there(cxify: Cxify) -> None:
    cxify("--openai-batch")
    until_done(cxify)
    cxify("--openai-batch", "--intensity", "full")
    result = cxify("--collect", "--intensity", "full", "--json")
    assert [one["status"] for one in told(result)["documents"]] == ["rewritten"] * 3
