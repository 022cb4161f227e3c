"""The routes of the Batch API: files and batches, through the official client.

A batch that may have been created is never created again: after an answer that was lost it is looked up by the id that
cxify gave it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from cxify.errors import ModelUnavailable
from cxify.llm.chat import NO_KEY, OPENAI
from cxify.llm.failures import Fault, fault_of, status_of
from cxify.llm.openai_batch.chat import ROUTE
from cxify.llm.openai_batch.notes import ENDED, Status
from cxify.llm.retry import Patience

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types import Batch

T = TypeVar("T")
INTENT = "cxify"
"""The metadata key that holds our own id of a batch."""
_TIMEOUT = 600.0
"""Seconds; a file may have 200 MB."""
_CLOCKS_DIFFER = 86_400
"""Seconds by which the provider's clock may be behind ours at most."""
_LONGEST_REASON = 300


@dataclass(frozen=True)
class State:
    """How far a batch is."""

    batch: str
    status: Status
    completed: int
    failed: int
    expires: int | None
    reason: str
    output_file: str | None
    error_file: str | None

    @property
    def ended(self) -> bool:
        """True when nothing more will come."""
        return self.status in ENDED


@dataclass(frozen=True)
class Service:
    """The provider's side."""

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        """Refuse to go to OpenAI without a key, before any work is done."""
        if self.api_key is None and self.base_url is None:
            remedy = "Set OPENAI_API_KEY, or name another model; --model library needs no key."
            raise ModelUnavailable(f"There is no API key for {self.model}.", remedy)

    @property
    def endpoint(self) -> str:
        """The host that gets the documents."""
        return urlsplit(self.base_url or OPENAI).netloc

    def upload(self, name: str, requests: bytes) -> str:
        """Upload a file of requests and return its id."""
        file = self._call(lambda: self._client.files.create(file=(name, requests), purpose="batch"))
        return str(file.id)

    def create(self, file: str, intent: str, since: float) -> State:
        """Create a batch. Raises ModelUnavailable; when it is not known whether it was created, it is looked up."""
        try:
            return _state(self.patience.call(lambda: self._create(file, intent), self._rejected))
        except ModelUnavailable:
            if found := self.find(intent, since):
                return found
            raise

    def find(self, intent: str, since: float) -> State | None:
        """Return the batch that carries our id and was created since then, or None."""
        return self._call(lambda: next((_state(batch) for batch in self._since(since) if _is(batch, intent)), None))

    def state(self, batch: str) -> State:
        """Return how far a batch is."""
        return self._call(lambda: _state(self._client.batches.retrieve(batch)))

    def download(self, file: str) -> bytes:
        """Return a result file."""
        return self._call(lambda: self._client.files.content(file).read())

    def _create(self, file: str, intent: str) -> "Batch":
        return self._client.batches.create(
            input_file_id=file, endpoint=ROUTE, completion_window="24h", metadata={INTENT: intent}
        )

    def _since(self, since: float) -> Iterator["Batch"]:
        """Yield the batches from the newest back to `since`."""
        for batch in self._client.batches.list(limit=100):
            if batch.created_at < since - _CLOCKS_DIFFER:
                return
            yield batch

    def _call(self, route: Callable[[], T]) -> T:
        return self.patience.call(route, self._fault)

    def _rejected(self, error: Exception) -> Fault:
        """Let only that be tried again which surely created nothing."""
        fault = self._fault(error)
        return fault if status_of(error) == 429 else Fault(fault.error)

    def _fault(self, error: Exception) -> Fault:
        from openai import APIConnectionError, APITimeoutError

        match error:
            case APITimeoutError():
                said = ModelUnavailable(f"{self.endpoint} did not answer in time.", "Try again later.")
                return Fault(said, retry=True)
            case APIConnectionError():
                remedy = "Check your network and the --base-url, and run the command again: nothing is lost."
                return Fault(ModelUnavailable(f"{self.endpoint} cannot be reached.", remedy), retry=True)
            case _ if status_of(error) == 404:
                remedy = "Check that the key is of the project that submitted, and that the endpoint has a Batch API."
                return Fault(ModelUnavailable(f"{self.endpoint} does not know this batch or file.", remedy))
            case _:
                return fault_of(error, self.model, self.endpoint)

    @cached_property
    def _client(self) -> "OpenAI":
        from openai import DefaultHttpxClient, OpenAI

        # Without an address or a key the client would take those that lie ready in the environment. Redirections could
        # lead documents to somebody whom the user did not name.
        return OpenAI(
            api_key=self.api_key or NO_KEY,
            base_url=self.base_url or OPENAI,
            max_retries=0,
            timeout=_TIMEOUT,
            http_client=DefaultHttpxClient(follow_redirects=False, timeout=_TIMEOUT),
        )


def _is(batch: "Batch", intent: str) -> bool:
    return (batch.metadata or {}).get(INTENT) == intent


def _state(batch: "Batch") -> State:
    counts = batch.request_counts
    return State(
        batch=batch.id,
        status=batch.status,
        completed=counts.completed if counts else 0,
        failed=counts.failed if counts else 0,
        expires=batch.expires_at,
        reason=_reason(batch),
        output_file=batch.output_file_id,
        error_file=batch.error_file_id,
    )


def _reason(batch: "Batch") -> str:
    errors = (batch.errors and batch.errors.data) or []
    said = (f"line {one.line}: {one.message}" if one.line else str(one.message or one.code) for one in errors[:3])
    return "; ".join(said)[:_LONGEST_REASON]
