"""Submit what is wanted, fetch what is answered, and recover from a crash in between.

Every step is noted before it is taken. A batch carries the id of its note, so that one whose creation was not noted any
more is found at the provider and not created twice.
"""

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import uuid4

from cxify.errors import ModelUnavailable
from cxify.llm.openai_batch.bill import Bill
from cxify.llm.openai_batch.chat import Wanted
from cxify.llm.openai_batch.notes import BatchNote, Notes
from cxify.llm.openai_batch.service import Service, State

MOST_REQUESTS: Final = 50_000
MOST_BYTES: Final = 200_000_000
"""OpenAI's limits for one batch."""


@dataclass(frozen=True)
class Desk:
    """What is done with the batches of one output folder."""

    notes: Notes
    service: Service
    bill: Bill
    max_cost: Decimal | None = None
    most_requests: int = MOST_REQUESTS
    most_bytes: int = MOST_BYTES
    now: Callable[[], float] = time.time

    @property
    def unused(self) -> bool:
        """True when there are results that no run has used."""
        return any(note.ended and not note.worked for note in self.notes.batches.values())

    def settle(self) -> None:
        """Find out what became of batches that were being submitted when an earlier run ended."""
        for note in [note for note in self.notes.open if not note.batch]:
            state = self.service.find(note.intent, note.prepared) if note.creating else None
            if state:
                self._note(note, state)
            else:
                self.notes.drop(note)

    def refresh(self) -> None:
        """Ask how far the open batches are, and download the results of those that have ended."""
        for note in self.notes.open:
            state = self.service.state(note.batch)
            if state.ended:
                self._download(note, state)
            self._note(note, state)

    def submit(self, wanted: Collection[Wanted]) -> list[BatchNote]:
        """Submit requests in as many batches as the limits ask for. Raises CostLimit before the first."""
        if self.max_cost is not None:
            self.bill.check(self.max_cost, self.notes, wanted)
        return [self._submitted(part) for part in self._parts(wanted)]

    def worked(self) -> None:
        """Note that a run has used all results that are there."""
        for note in list(self.notes.batches.values()):
            if note.ended and not note.worked:
                self.notes.put(note.model_copy(update={"worked": True}))

    def _parts(self, wanted: Collection[Wanted]) -> Iterator[list[Wanted]]:
        part: list[Wanted] = []
        size = 0
        for one in wanted:
            length = len(one.line)
            if part and (len(part) == self.most_requests or size + length > self.most_bytes):
                yield part
                part, size = [], 0
            part.append(one)
            size += length
        if part:
            yield part

    def _submitted(self, part: list[Wanted]) -> BatchNote:
        note = BatchNote(
            number=self.notes.next_number(),
            intent=uuid4().hex,
            keys=tuple(one.key for one in part),
            at_most=self.bill.at_most(part),
            prepared=self.now(),
        )
        requests = b"".join(one.line for one in part)
        self.notes.put_file(note, "requests", requests)
        note = self.notes.put(note)
        try:
            file = self.service.upload(f"cxify-{note.intent}.jsonl", requests)
        except ModelUnavailable:
            self.notes.drop(note)
            raise
        note = self.notes.put(note.model_copy(update={"creating": True}))
        return self._note(note, self.service.create(file, note.intent, note.prepared))

    def _download(self, note: BatchNote, state: State) -> None:
        """Write the result files before the note says that the batch has ended."""
        if state.output_file:
            self.notes.put_file(note, "output", self.service.download(state.output_file))
        if state.error_file:
            self.notes.put_file(note, "error", self.service.download(state.error_file))

    def _note(self, note: BatchNote, state: State) -> BatchNote:
        progress = {
            "batch": state.batch,
            "status": state.status,
            "completed": state.completed,
            "failed": state.failed,
            "expires": state.expires,
            "reason": state.reason,
        }
        return self.notes.put(note.model_copy(update=progress))
