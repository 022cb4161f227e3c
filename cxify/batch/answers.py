"""What a run does for its children: each thing once, also when the child that asked for it is gone."""

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from cxify.batch.wire import Answer, Call
from cxify.errors import AnswerAwaited, CxifyError

Give = Callable[[Any], Any]


@dataclass
class Ticket:
    """One task on its way through the children, with all answers it was given: they may have been paid for."""

    what: str
    payload: Any
    about: str = ""
    """Which document it is about, whatever is asked."""
    given: dict[tuple[str, str, int], Future[Any]] = field(default_factory=dict)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often the child that has it now made each request: the second time is meant, and is done anew."""

    def again(self) -> None:
        """Begin anew in another child."""
        self.asked.clear()


class Answers:
    """Answers calls of children in threads, so many at the same time."""

    def __init__(self, give: Mapping[str, Give], at_once: int) -> None:
        self._give = give
        self._threads = ThreadPoolExecutor(max(1, at_once))
        self._stopped = threading.Event()

    def reply(self, ticket: Ticket, call: Call, send: Callable[[Answer], None]) -> None:
        """Send the answer as soon as it is there; a request that was made before keeps its answer."""
        request = (call.what, call.key)
        ticket.asked[request] += 1
        key = (*request, ticket.asked[request])
        if key not in ticket.given:
            ticket.given[key] = self._begun(ticket, call)
        ticket.given[key].add_done_callback(lambda future: send(_answer(call, future)))

    def stop(self) -> None:
        """Begin nothing more for tasks that have had no answer; the others may come to their end."""
        self._stopped.set()

    def close(self) -> None:
        """Wait for what is under way."""
        self._threads.shutdown(cancel_futures=True)

    def _begun(self, ticket: Ticket, call: Call) -> Future[Any]:
        first = not ticket.given

        def give() -> Any:
            if first and self._stopped.is_set():
                raise AnswerAwaited("The run was stopped before it was asked.", "The same command goes on.")
            return self._give[call.what](call.payload)

        return self._threads.submit(give)


def _answer(call: Call, future: Future[Any]) -> Answer:
    if future.cancelled():
        return Answer(call.number, error=AnswerAwaited("The run was stopped.", "The same command goes on."))
    error = future.exception()
    if error is None:
        return Answer(call.number, future.result())
    if isinstance(error, CxifyError):
        return Answer(call.number, error=error)
    message = f"cxify itself failed while the model was asked ({type(error).__name__})."
    return Answer(call.number, error=CxifyError(message, "Run it again with --debug and report what it says."))
