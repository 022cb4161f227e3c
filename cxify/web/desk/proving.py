"""Whether the journal is as it was written: all of it from time to time and on demand, at each look what came since.

What was found is kept in this process and not in the database, where whoever changes the journal could change it too.
So a journal that was made anew is found by the entry up to which it stood before.
"""

import logging
from concurrent.futures import Future, wait
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Final

from cxify.store import journal
from cxify.store.journal import Entry, Verdict
from cxify.store.moment import now

if TYPE_CHECKING:
    from cxify.web.context import Context

EVERY: Final = timedelta(days=1)
"""How old a check of all entries may be."""
_PATIENCE: Final = 1.5
log = logging.getLogger("cxify.web")


@dataclass(frozen=True)
class Proof:
    """What is known of the journal."""

    at: datetime
    """When all entries were checked."""
    entries: int
    """How many these were."""
    last: tuple[int, str] | None
    """Number and hash of the last entry that is known to stand."""
    fault: str | None = None

    @property
    def since(self) -> int:
        """How many entries were checked after those."""
        return self.last[0] - self.entries if self.last else 0


@dataclass
class Kept:
    """What was found last. Thread-safe."""

    proof: Proof | None = None
    lock: Lock = field(default_factory=Lock)


def proof(here: "Context", shown: list[Entry]) -> Proof | None:
    """Return what is known, with the entries since and those that are shown checked now; None while all are checked."""
    if here.proved.proof is None:
        wait([begin(here)], timeout=_PATIENCE)
    with here.proved.lock:
        found = here.proved.proof
        if found is None or found.fault:
            return found
        verdict = journal.verify(here.engine, since=found.last)
        if verdict.whole:
            last = verdict.entries, verdict.last
            # After none, those since are all.
            found = replace(found, last=last) if found.entries else Proof(now(), verdict.entries, last)
            here.proved.proof = found
            verdict = journal.linked(shown)
        if not verdict.whole:
            here.proved.proof = found = _broken(found, verdict, now())
        return found


def begin(here: "Context") -> "Future[None]":
    """Check all entries in the background, unless that is on its way."""
    return here.processing.once("check the journal", check, here)


def in_time(here: "Context") -> None:
    """Check all entries when the last check is too old."""
    found = here.proved.proof
    if found is None or found.at < now() - EVERY:
        begin(here)


def check(here: "Context") -> None:
    """Check all entries, from the first on."""
    at, before = now(), here.proved.proof
    known = before.last if before else None
    verdict = journal.verify(here.engine, known)
    with here.proved.lock:
        found = here.proved.proof
        if not verdict.whole:
            here.proved.proof = _broken(Proof(at, verdict.entries, known), verdict, at)
        elif found is None or not found.fault or found.at < at:  # what a look has found since stands
            here.proved.proof = Proof(at, verdict.entries, (verdict.entries, verdict.last))


def _broken(proof: Proof, verdict: Verdict, at: datetime) -> Proof:
    log.error("the journal is not as it was written: %s", verdict.fault)
    return replace(proof, at=at, fault=verdict.fault)
