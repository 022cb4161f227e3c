"""What reaches the endpoint, what comes back, and what a user reads when it fails."""

import json
import logging
import sys

import pytest

from cxify.errors import ModelRefused, ModelUnavailable, SettingsInvalid
from cxify.llm import ModelChat, Tokens, transport
from cxify.llm.loading import preload
from cxify.llm.pace import Pace
from cxify.llm.retry import Patience
from cxify.prompts import Message, Options
from tests.fake_endpoint import (
    Behaviour,
    Endpoint,
    completion,
    drip,
    error,
    garbage,
    hang_up,
    redirect,
    reply,
    serve,
    slow,
)

HELLO = (Message("system", "You are brief."), Message("user", "Hello"))
SCHEMA = {
    "type": "object",
    "properties": {"sentence": {"type": "string", "maxLength": 200}},
    "required": ["sentence"],
    "additionalProperties": False,
}
OPTIONS = Options(temperature=0, max_output_tokens=100)


def chat_at(endpoint: Endpoint, waits: list[float] | None = None) -> ModelChat:
    """Return a chat with the endpoint that notes its waits, and for which time passes only so."""
    noted = waits if waits is not None else []
    patience = Patience(attempts=3, deadline=60, sleep=noted.append, now=lambda: sum(noted), jitter=lambda: 1.0)
    pace = Pace(now=lambda: sum(noted))
    return ModelChat("openai:fake-1", base_url=endpoint.base_url, patience=patience, timeout=5, pace=pace)


def failure(behaviour: Behaviour) -> ModelUnavailable:
    """Return the error that a call ends with."""
    with serve(behaviour) as endpoint, pytest.raises(ModelUnavailable) as caught:
        chat_at(endpoint).complete(HELLO, SCHEMA, OPTIONS)
    return caught.value


def test_an_answer_comes_back_with_its_tokens() -> None:
    with serve(reply('{"sentence": "Hi."}', tokens=7)) as endpoint:
        answer = chat_at(endpoint).complete(HELLO, SCHEMA, OPTIONS)
    assert answer.text == '{"sentence": "Hi."}'
    assert (answer.finish_reason, answer.model) == ("stop", "fake-1")
    assert answer.tokens == Tokens(input=100, output=7, cached=64)


def test_roles_limits_temperature_and_schema_are_sent() -> None:
    with serve(reply("{}")) as endpoint:
        chat_at(endpoint).complete(HELLO, SCHEMA, OPTIONS)
    sent = endpoint.requests[0]
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert sent["max_completion_tokens"] == 100
    assert sent["temperature"] == 0
    assert sent["response_format"]["json_schema"]["schema"] == SCHEMA


def test_a_key_that_lies_in_the_environment_is_not_sent_to_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-for-you")
    with serve(reply("{}")) as endpoint:
        chat_at(endpoint).complete(HELLO, None, OPTIONS)
    assert endpoint.headers[0]["authorization"] == "Bearer none"


def test_an_address_in_the_environment_does_not_redirect_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(reply("{}")) as elsewhere, serve(reply("{}")) as named:
        monkeypatch.setenv("OPENAI_BASE_URL", elsewhere.base_url)
        monkeypatch.setenv("OPENAI_API_BASE", elsewhere.base_url)
        chat_at(named).complete(HELLO, None, OPTIONS)
        assert ModelChat("openai:gpt-6-luna", api_key="k")._settings()["base_url"] == "https://api.openai.com/v1"
    assert (len(elsewhere.requests), len(named.requests)) == (0, 1)


def test_tracing_stays_off_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(reply("{}")) as tracing, serve(reply("{}")) as endpoint:
        for name, value in {
            "LANGSMITH_TRACING": "true",
            "LANGCHAIN_TRACING_V2": "true",
            "LANGSMITH_API_KEY": "k",
            "LANGSMITH_ENDPOINT": tracing.base_url,
        }.items():
            monkeypatch.setenv(name, value)
        chat_at(endpoint).complete(HELLO, None, OPTIONS)
    assert tracing.requests == []


@pytest.mark.parametrize("model", ["gpt-6-luna", "openai:", ":x"])
def test_a_model_without_provider_is_refused(model: str) -> None:
    with pytest.raises(SettingsInvalid, match="who provides"):
        ModelChat(model)


def test_an_unknown_provider_is_named() -> None:
    with pytest.raises(ModelUnavailable, match="nobody:x cannot be set up"):
        ModelChat("nobody:x").complete(HELLO, None, OPTIONS)


def test_a_provider_whose_package_is_missing_says_what_to_install() -> None:
    with pytest.raises(ModelUnavailable) as caught:
        ModelChat("mistralai:x", api_key="k").complete(HELLO, None, OPTIONS)
    assert "pip install langchain-mistralai" in caught.value.remedy


def test_without_a_key_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-lies-around")
    with pytest.raises(ModelUnavailable, match="no API key"):
        ModelChat("openai:gpt-6-luna").complete(HELLO, None, OPTIONS)


def test_the_key_is_not_shown() -> None:
    assert "secret" not in repr(ModelChat("openai:x", api_key="secret"))


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost:11434/v1", True),
        ("http://[::1]:1/v1", True),
        ("https://models.example.org/v1", False),
        ("http://192.168.1.4:8000/v1", False),
        (None, False),
    ],
)
def test_local_means_this_machine(address: str | None, local: bool) -> None:
    assert ModelChat("openai:x", base_url=address).local is local


def test_an_endpoint_that_is_down() -> None:
    with serve(reply("{}")) as endpoint:
        chat = chat_at(endpoint)
    with pytest.raises(ModelUnavailable, match="cannot be reached") as caught:
        chat.complete(HELLO, None, OPTIONS)
    assert "--base-url" in caught.value.remedy


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (error(400), "does not accept the request"),
        (error(401), "refuses the key"),
        (error(403), "does not let this key use"),
        (error(404), "does not know openai:fake-1"),
        (error(429, code="insufficient_quota"), "no credit left"),
    ],
)
def test_faults_that_no_retry_can_help_end_at_once(behaviour: Behaviour, said: str) -> None:
    with serve(behaviour) as endpoint, pytest.raises(ModelUnavailable, match=said):
        chat_at(endpoint).complete(HELLO, SCHEMA, OPTIONS)
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (error(500), "a fault of its own"),
        (error(503), "a fault of its own"),
        (hang_up(), "cannot be reached"),
        (completion([]), "not a chat completion"),
        (completion(None), "not a chat completion"),
        (garbage(b"<html>proxy</html>"), "not a chat completion"),
        (garbage(b'{"choices": [{"mess', "application/json"), "not a chat completion"),
    ],
)
def test_passing_faults_are_tried_again_and_then_reported(behaviour: Behaviour, said: str) -> None:
    with serve(behaviour) as endpoint, pytest.raises(ModelUnavailable, match=said):
        chat_at(endpoint).complete(HELLO, SCHEMA, OPTIONS)
    assert len(endpoint.requests) == 3


def test_too_fast_is_tried_again_until_the_time_is_up() -> None:
    waits: list[float] = []
    with serve(error(429)) as endpoint, pytest.raises(ModelUnavailable, match="takes no more requests"):
        chat_at(endpoint, waits).complete(HELLO, SCHEMA, OPTIONS)
    assert len(endpoint.requests) > 3
    assert 30 < sum(waits) <= 60


def test_complaints_do_not_use_up_the_attempts_for_real_faults() -> None:
    faults = [error(429)] * 3 + [error(500), error(500), reply("{}")]
    with serve(*faults) as endpoint:
        assert chat_at(endpoint).complete(HELLO, SCHEMA, OPTIONS).text == "{}"


def test_an_answer_that_drips_is_given_up() -> None:
    with (
        serve(drip(b'{"choices": [', 0.1)) as endpoint,
        pytest.raises(ModelUnavailable, match="did not answer in time"),
    ):
        ModelChat("openai:x", base_url=endpoint.base_url, timeout=0.4, patience=Patience(attempts=1)).complete(
            HELLO, None, OPTIONS
        )


def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MOST_BYTES", 1000)
    with serve(garbage(b"[" + b" " * 5000 + b"]")) as endpoint, pytest.raises(ModelUnavailable):
        chat_at(endpoint).complete(HELLO, None, OPTIONS)


def test_a_redirection_leads_no_document_elsewhere() -> None:
    with serve(reply("{}")) as elsewhere, serve(redirect(f"{elsewhere.base_url}/chat/completions")) as endpoint:
        with pytest.raises(ModelUnavailable):
            chat_at(endpoint).complete(HELLO, None, OPTIONS)
        assert elsewhere.requests == []


def test_an_endpoint_that_recovers_is_no_failure() -> None:
    waits: list[float] = []
    with serve(error(500), hang_up(), reply("{}")) as endpoint:
        assert chat_at(endpoint, waits).complete(HELLO, SCHEMA, OPTIONS).text == "{}"
    assert waits == [0.5, 1.0]


def test_a_slow_endpoint_is_given_up() -> None:
    with serve(slow(0.6, reply("{}"))) as endpoint, pytest.raises(ModelUnavailable, match="did not answer in time"):
        ModelChat("openai:x", base_url=endpoint.base_url, timeout=0.2, patience=Patience(attempts=1)).complete(
            HELLO, None, OPTIONS
        )


@pytest.mark.parametrize("value", ["7", 7.0])
def test_retry_after_is_respected(value: str | float) -> None:
    waits: list[float] = []
    with serve(error(429, retry_after=value), reply("{}")) as endpoint:
        chat_at(endpoint, waits).complete(HELLO, SCHEMA, OPTIONS)
    assert waits == [7.5]


def test_a_wait_beyond_the_deadline_is_not_sat_out() -> None:
    waits: list[float] = []
    with serve(error(429, retry_after=3600)) as endpoint, pytest.raises(ModelUnavailable, match="wait 3600 seconds"):
        chat_at(endpoint, waits).complete(HELLO, SCHEMA, OPTIONS)
    assert waits == []


@pytest.mark.parametrize(
    "behaviour",
    [
        reply(None, refusal="I cannot help with that."),
        reply("", finish="content_filter"),
        error(400, code="content_filter"),
    ],
)
def test_a_refusal_ends_at_once(behaviour: Behaviour) -> None:
    with serve(behaviour) as endpoint, pytest.raises(ModelRefused):
        chat_at(endpoint).complete(HELLO, SCHEMA, OPTIONS)
    assert len(endpoint.requests) == 1


def test_an_answer_that_was_cut_off_says_so_and_counts() -> None:
    with serve(reply('{"sentence": "We', finish="length", tokens=100)) as endpoint:
        answer = chat_at(endpoint).complete(HELLO, SCHEMA, OPTIONS)
    assert (answer.finish_reason, answer.text) == ("length", '{"sentence": "We')
    assert answer.tokens == Tokens(input=100, output=100, cached=64)


def test_a_model_that_refuses_a_temperature_gets_none() -> None:
    chat = ModelChat("openai:gpt-6-luna", api_key="k")
    assert "temperature" not in chat._parameters(SCHEMA, OPTIONS)


def test_openai_gets_a_strict_schema_without_bounds() -> None:
    body = ModelChat("openai:gpt-6-luna", api_key="k")._parameters(SCHEMA, OPTIONS)["extra_body"]
    sent = body["response_format"]["json_schema"]
    assert sent["strict"] is True
    assert "maxLength" not in json.dumps(sent)


def test_what_an_organisation_adds_to_the_body_travels_beside_the_schema() -> None:
    with serve(reply("{}")) as endpoint:
        chat = ModelChat("openai:x", base_url=endpoint.base_url, extra={"extra_body": {"chat_template": "brief"}})
        chat.complete(HELLO, SCHEMA, OPTIONS)
    sent = endpoint.requests[0]
    assert (sent["chat_template"], sent["response_format"]["json_schema"]["schema"]) == ("brief", SCHEMA)


@pytest.mark.parametrize(
    ("finish", "refusal"), [("content_filter", None), ("stop", "I cannot help with that.")], ids=["filter", "refusal"]
)
def test_a_refusal_tells_what_it_cost(finish: str, refusal: str | None) -> None:
    behaviour = reply(None, finish=finish, refusal=refusal, tokens=7)
    with serve(behaviour) as endpoint, pytest.raises(ModelRefused) as caught:
        chat_at(endpoint).complete(HELLO, SCHEMA, OPTIONS)
    assert caught.value.spent == (100, 7, 64)


def test_no_message_of_an_error_holds_the_document() -> None:
    said = [failure(error(status)) for status in (400, 401, 404, 429, 500)]
    assert all("Hello" not in str(one) for one in said)


def test_a_provider_without_structured_output_gets_the_schema_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ModelChat, "dialect", "text")
    with serve(reply("{}")) as endpoint:
        chat_at(endpoint).complete(HELLO, SCHEMA, OPTIONS)
    sent = endpoint.requests[0]
    assert "response_format" not in sent
    assert json.dumps(SCHEMA, separators=(",", ":")) in sent["messages"][1]["content"]


def test_what_the_first_call_takes_is_loaded_without_any_connection(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "cxify"):
        preload()
    assert not caplog.records
    assert "langchain_openai" in sys.modules
