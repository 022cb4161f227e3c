"""The Chat of a batch run: answers from the results on disk and remembers what has to be asked.

It is a ModelChat whose HTTP client never connects. What it would send is what is submitted, and what came back is read
as if it had come at once, so that a batch cannot drift from the live path.
"""

import hashlib
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cxify.errors import AnswerAwaited, ModelError, ModelUnavailable, SettingsInvalid
from cxify.llm.answer import Answer, Schema
from cxify.llm.chat import NO_KEY, ModelChat
from cxify.llm.failures import Fault
from cxify.llm.openai_batch.notes import Notes
from cxify.llm.openai_batch.standing import Answered, Lost, standing
from cxify.llm.retry import Patience
from cxify.prompts import Message, Options

if TYPE_CHECKING:
    from httpx2 import Request, Response

T = TypeVar("T")
ROUTE: Final = "/v1/chat/completions"
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Wanted:
    """A request that has to be submitted."""

    key: str
    body: str
    """As JSON."""

    @property
    def line(self) -> bytes:
        """Return the request as a line of a batch file."""
        return f'{{"custom_id": "{self.key}", "method": "POST", "url": "{ROUTE}", "body": {self.body}}}\n'.encode()


class _Once(Patience):
    """A result on disk does not change by asking again."""

    def call(self, attempt: Callable[[], T], explain: Callable[[Exception], Fault]) -> T:
        """Return what `attempt` returns, or raise its error."""
        try:
            return attempt()
        except Exception as error:
            raise explain(error).error from None


class _Thread(threading.local):
    """What happens to the document that a thread works on."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.stopped: ModelError | None = None


@dataclass
class BatchChat:
    """A Chat without a connection. Thread-safe."""

    model: str
    base_url: str | None
    notes: Notes
    wanted: dict[str, Wanted] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    """The requests of documents that came to nothing."""
    _chat: ModelChat = field(init=False, repr=False)
    _thread: _Thread = field(init=False, repr=False, default_factory=_Thread)

    def __post_init__(self) -> None:
        """Refuse a model of another provider: this way of asking is OpenAI's."""
        if not self.model.startswith("openai:"):
            remedy = "Name a model as openai:NAME, or leave --openai-batch and --collect out."
            raise SettingsInvalid(f"{self.model} cannot be asked through OpenAI's Batch API.", remedy)
        from cxify.llm.transport import answering

        self._chat = ModelChat(
            self.model,
            base_url=self.base_url,
            api_key=NO_KEY,
            patience=_Once(),
            extra={"http_client": answering(self._exchange)},
        )

    @property
    def local(self) -> bool:
        """True when the model runs on this machine."""
        return self._chat.local

    @property
    def endpoint(self) -> str:
        """The host that gets the documents."""
        return self._chat.endpoint

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:
        """Return what a batch answered. Raises AnswerAwaited where that is to come, and what a live call raises."""
        self._thread.stopped = None
        try:
            return self._chat.complete(messages, schema, options)
        except ModelUnavailable:
            if self._thread.stopped:
                raise self._thread.stopped from None
            raise

    def begin(self) -> None:
        """Say that this thread begins with a document."""
        self._thread.keys = []

    def give_up(self) -> None:
        """Say that the document of this thread came to nothing, so that its requests may be asked anew."""
        self.failed.update(self._thread.keys)

    def _exchange(self, request: "Request") -> "Response":
        """Answer from disk what would go over the network."""
        from httpx2 import Response

        wanted = self._wanted(json.loads(request.read()))
        self._thread.keys.append(wanted.key)
        match standing(self.notes, wanted.key):
            case Answered(result):
                return Response(result.status or 500, content=result.body(), headers=_JSON)
            case Lost(error):
                self._thread.stopped = error
            case known:
                if known == "wanted":
                    self.wanted[wanted.key] = wanted
                self._thread.stopped = _awaited(self.endpoint)
        raise self._thread.stopped

    def _wanted(self, body: dict[str, Any]) -> Wanted:
        # A batch never streams; saying so is left to live calls.
        body.pop("stream", None)
        text = json.dumps(body)
        identity = f"{self.base_url or ''}\n{json.dumps(body, sort_keys=True)}"
        return Wanted(hashlib.sha256(identity.encode()).hexdigest(), text)


def _awaited(endpoint: str) -> AnswerAwaited:
    remedy = "Run the same command with --collect later."
    return AnswerAwaited(f"The answer of the model at {endpoint} comes in a batch.", remedy)
