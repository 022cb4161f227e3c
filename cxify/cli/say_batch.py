"""Plain words for batches: what was submitted, how far it is, what it costs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from cxify.cli.say import count
from cxify.llm.openai_batch import BatchNote, Notes
from cxify.llm.openai_batch.bill import Bill
from cxify.llm.usage import known

_COLLECT = "Collect with the same command and --collect; answers come within 24 hours, often much sooner."


def progress(note: BatchNote) -> str:
    """Return how far a batch is."""
    faults = f", {note.failed} with a fault" if note.failed else ""
    ends = f"; it ends by {_time(note.expires)}" if note.expires and not note.ended else ""
    answered = f"{note.completed} of {count(len(note.keys), 'request')} answered{faults}"
    return f"Batch {note.batch}: {note.status.replace('_', ' ')}, {answered}{ends}."


def would_submit(requests: int, endpoint: str, at_most: Decimal | None) -> str:
    """Return what a dry run found."""
    return f"Would submit {count(requests, 'request')} to {endpoint}, {_dollars(at_most)}. Nothing was sent."


def closing(summary: str, submitted: Sequence[BatchNote], notes: Notes, endpoint: str, bill: Bill) -> str:
    """Return the closing lines of a run."""
    lines = [summary] if summary else []
    for note in submitted:
        requests = count(len(note.keys), "request")
        lines.append(f"Submitted {requests} to {endpoint} as batch {note.batch}, {_dollars(note.at_most)}.")
    fresh = {note.number for note in submitted}
    lines += [progress(note) for note in notes.open if note.number not in fresh]
    if notes.open:
        lines.append(_COLLECT)
    if spent := _spent(notes, bill):
        lines.append(spent)
    return "\n".join(lines)


def as_data(submitted: Sequence[BatchNote], notes: Notes, bill: Bill) -> dict[str, Any]:
    """Return the same for programs."""
    tokens = bill.tokens(notes)
    return {
        "submitted": [note.batch for note in submitted],
        "batches": [_batch(note) for note in notes.batches.values()],
        "open": len(notes.open),
        "input_tokens": tokens.input,
        "output_tokens": tokens.output,
        "cached_tokens": tokens.cached,
        "cost_usd": bill.price(tokens),
    }


def _batch(note: BatchNote) -> dict[str, Any]:
    told = ("batch", "status", "completed", "failed", "at_most", "expires", "reason")
    return {name: getattr(note, name) for name in told} | {"requests": len(note.keys)}


def _spent(notes: Notes, bill: Bill) -> str:
    tokens = bill.tokens(notes)
    if not tokens.input:
        return ""
    price = bill.price(tokens)
    cost = "the price is not known" if price is None else f"{price:.4f} dollars at prices of {known().as_of}"
    return f"Answered so far: {tokens.input:,} tokens read, {tokens.output:,} written; {cost}."


def _dollars(at_most: Decimal | None) -> str:
    return "cost unknown" if at_most is None else f"at most {at_most:.4f} dollars"


def _time(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
