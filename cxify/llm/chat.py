"""The one seam to LangChain: messages and a schema in, text and tokens out.

Nothing is sent anywhere but to the model and address that the user named: provider, address and key come in as
parameters, and neither the environment nor LangChain's guesses can change them. Tracing is off.
"""

import ipaddress
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Any, Literal
from urllib.parse import urlsplit

from cxify.errors import ModelUnavailable, SettingsInvalid
from cxify.llm import wire
from cxify.llm.answer import Answer, Schema
from cxify.llm.failures import Fault, fault_of, first_words, refused
from cxify.llm.pace import Pace
from cxify.llm.retry import Patience
from cxify.llm.usage import Tokens, about, about_tokens
from cxify.prompts import Message, Options

OPENAI = "https://api.openai.com/v1"
NO_KEY = "none"
"""For servers that want no key, and where nothing connects."""
_TIMEOUT, _LOCAL_TIMEOUT = 120.0, 900.0
Dialect = Literal["strict", "bounded", "text"]


@dataclass(frozen=True)
class ModelChat:
    """A chat model by provider:name, reached through LangChain. Thread-safe; connects at the first call."""

    model: str
    """As in "openai:gpt-6-luna". With a base_url that speaks OpenAI's language: "openai:" and the name used there."""
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout: float | None = None
    """Seconds that one attempt may wait for the endpoint; None is 120, and 900 for a model on this machine."""
    patience: Patience = field(default_factory=Patience)
    pace: Pace = field(default_factory=Pace)
    """How fast the endpoint is asked; shared by the chats of a run."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Further parameters of the LangChain class, such as azure_endpoint."""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a model whose provider is not named: nothing is ever guessed from a name or a key."""
        provider, colon, name = self.model.partition(":")
        if not (provider and colon and name):
            remedy = "Name provider and model, for example openai:gpt-6-luna."
            raise SettingsInvalid(f"“{self.model}” does not say who provides the model.", remedy)

    @property
    def provider(self) -> str:
        """The provider's name as LangChain knows it."""
        return self.model.partition(":")[0]

    @property
    def local(self) -> bool:
        """True when base_url is an address of this machine."""
        host = urlsplit(self.base_url or "").hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost" or host.endswith(".localhost")

    @property
    def dialect(self) -> Dialect:
        """How the schema travels: OpenAI's strict mode, with bounds for other servers, or as words in the prompt."""
        if self.provider not in ("openai", "azure_openai"):
            return "text"
        return "bounded" if self.base_url else "strict"

    @property
    def endpoint(self) -> str:
        """The host that gets the documents, for messages to the user."""
        if self.provider == "openai":
            return urlsplit(self.base_url or OPENAI).netloc
        return urlsplit(self.base_url).netloc if self.base_url else self.provider

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:
        """Ask the model once; passing faults are tried again within `patience`.

        Raises ModelUnavailable (unreachable, too slow, key or model unknown, no credit) and ModelRefused.
        """
        size = about_tokens(messages, schema) + options.max_output_tokens // 4
        begun = 0.0

        def attempt() -> Answer:
            nonlocal begun
            with self.pace.turn(size) as settle:
                begun = self.pace.now()
                answer = self._attempt(messages, schema, options)
                settle(answer.tokens.input + answer.tokens.output)
                self.pace.went_well()
                return answer

        def explain(error: Exception) -> Fault:
            fault = fault_of(error, self.model, self.endpoint)
            if fault.limited:
                self.pace.complained(fault.after, begun)
            return fault

        return self.patience.call(attempt, explain)

    def _attempt(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:
        from langsmith import tracing_context

        with self._lock:
            client = self._client
        if schema is not None and self.dialect == "text":
            messages = [*messages[:-1], _with_schema(messages[-1], schema)]
        # LANGSMITH_TRACING in the environment would send every document to a tracing service.
        with tracing_context(enabled=False):
            return self._answer(client.invoke(_to_langchain(messages), **self._parameters(schema, options)))

    def _parameters(self, schema: Schema | None, options: Options) -> dict[str, Any]:
        parameters: dict[str, Any] = {"max_tokens": options.max_output_tokens}
        if options.temperature is not None and about(self.model).temperature:
            parameters["temperature"] = options.temperature
        if schema is None or self.dialect == "text":
            return parameters
        body: dict[str, Any] = {"name": "answer", "schema": dict(schema)}
        if self.dialect == "strict":
            body = {"name": "answer", "schema": wire.strict(schema), "strict": True}
        # As a parameter it would have openai walk through the whole schema for each call, and read the answer as we do.
        asked = {"response_format": {"type": "json_schema", "json_schema": body}}
        return parameters | {"extra_body": {**self.extra.get("extra_body", {}), **asked}}

    @cached_property
    def _client(self) -> Any:
        from langchain.chat_models import init_chat_model

        name = self.model.partition(":")[2]
        settings = self._settings() | dict(self.extra)
        try:
            return init_chat_model(name, model_provider=self.provider, **settings)
        except ImportError:
            raise
        except Exception as error:  # each provider's library has its own way to miss a key
            said = f"{self.model} cannot be set up: {first_words(error)}."
            raise ModelUnavailable(said, "Check the provider's name, its key and its settings.") from None

    def _settings(self) -> dict[str, Any]:
        """Return the settings of the LangChain class; for OpenAI all that it would otherwise read from outside."""
        timeout = self.timeout or (_LOCAL_TIMEOUT if self.local else _TIMEOUT)
        settings: dict[str, Any] = {"timeout": timeout, "max_retries": 0, "cache": False}
        if self.api_key is not None:
            settings["api_key"] = self.api_key
        if self.base_url is not None:
            settings["base_url"] = self.base_url
        if self.provider != "openai":
            return settings
        from cxify.llm.transport import client

        settings["http_client"] = client(timeout, self.pace.told)
        if self.api_key is None and self.base_url is None:
            remedy = "Set OPENAI_API_KEY, or name another model; --model library needs no key."
            raise ModelUnavailable(f"There is no API key for {self.model}.", remedy)
        # Without an address or a key LangChain would take those that lie ready in the environment.
        settings |= {"base_url": self.base_url or OPENAI, "api_key": self.api_key or NO_KEY}
        return settings | {"use_responses_api": False}

    def _answer(self, message: Any) -> Answer:
        details = message.response_metadata
        usage = message.usage_metadata or {}
        cached = (usage.get("input_token_details") or {}).get("cache_read") or 0
        tokens = Tokens(usage.get("input_tokens", 0), usage.get("output_tokens", 0), cached)
        if message.additional_kwargs.get("refusal") or details.get("finish_reason") == "content_filter":
            raise refused(self.model, tokens)
        cut = details.get("finish_reason") in ("length", "max_tokens") or details.get("stop_reason") == "max_tokens"
        name = str(details.get("model_name") or self.model)
        return Answer(
            text=str(message.text),
            finish_reason="length" if cut else "stop",
            # Local servers give the path of the file, which is nobody else's business.
            model=PurePath(name).name if name.startswith("/") else name,
            tokens=tokens,
        )


def _with_schema(message: Message, schema: Schema) -> Message:
    text = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return Message(
        message.role, f"{message.text}\n\nAnswer with JSON only, without remarks, after this schema:\n{text}"
    )


def _to_langchain(messages: Sequence[Message]) -> list[Any]:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    classes = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
    return [classes[message.role](content=message.text) for message in messages]
