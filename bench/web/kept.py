"""What the page's database holds, looked at from outside: what was lost, what was done twice."""

import sqlite3
import time
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_OPEN = "SELECT count(*) FROM documents d JOIN papers p ON p.document_id = d.id WHERE d.state IN ('waiting','working')"
_ENDED = "SELECT id, state, output FROM documents WHERE state IN ('done', 'failed')"


@dataclass(frozen=True)
class Kept:
    """What had ended when the page was killed."""

    ended: dict[int, tuple[str, str]]
    """Documents with state and hash of the result."""


def before(file: Path) -> Kept:
    """Note what has ended."""
    with closing(sqlite3.connect(file, timeout=60)) as connection:
        rows = connection.execute(_ENDED)
        return Kept({id: (state, sha256(output or b"").hexdigest()) for id, state, output in rows})


def settled(file: Path, beside: str, patience: float) -> None:
    """Wait until all documents are done that are not of the large batch."""
    until = time.monotonic() + patience
    while time.monotonic() < until and _one(file, f"{_OPEN} AND p.batch_id != ?", beside):
        time.sleep(1)


def lost(file: Path, kept: Kept, answered: Collection[str], batch: str, sent: int) -> dict[str, int]:
    """Return what is missing of what the page had said it has."""
    with closing(sqlite3.connect(file, timeout=60)) as connection:
        known = {id for (id,) in connection.execute("SELECT id FROM batches")}
        results = {id: (state, sha256(out or b"").hexdigest()) for id, state, out in connection.execute(_ENDED)}
    without = "SELECT count(*) FROM papers WHERE state = 'started' AND document_id IS NULL"
    stuck = "SELECT count(*) FROM papers p JOIN batches b ON b.id = p.batch_id WHERE p.state = 'uploaded' AND b.id != ?"
    return {
        "uploads": len({batch, *answered} - known),
        "files of the large batch": sent - _one(file, "SELECT count(*) FROM papers WHERE batch_id = ?", batch),
        "started files without a document": _one(file, without),
        "started uploads left over": _one(file, f"{stuck} AND b.run_id IS NOT NULL", batch),
        "results": sum(id not in results for id in kept.ended),
        "failed": _one(file, "SELECT count(*) FROM documents WHERE state = 'failed'"),
    }


def twice(file: Path, kept: Kept) -> dict[str, int]:
    """Return what was done more than once."""
    with closing(sqlite3.connect(file, timeout=60)) as connection:
        results = {id: (state, sha256(out or b"").hexdigest()) for id, state, out in connection.execute(_ENDED)}
    same = "SELECT count(*) - count(DISTINCT document_id) FROM papers WHERE document_id IS NOT NULL"
    noted = "SELECT count(*) - count(DISTINCT object) FROM journal WHERE action = 'document uploaded'"
    return {
        "files of one document": _one(file, same),
        "uploads in the journal": _one(file, noted),
        "results stored anew": sum(results.get(id, before) != before for id, before in kept.ended.items()),
    }


def done(file: Path, batch: str) -> int:
    """Return how many documents of an upload are done."""
    wanted = "SELECT count(*) FROM documents d JOIN papers p ON p.document_id = d.id WHERE d.state = 'done'"
    return _one(file, f"{wanted} AND p.batch_id = ?", batch)


def _one(file: Path, query: str, *values: str) -> int:
    with closing(sqlite3.connect(file, timeout=60)) as connection:
        found: int = connection.execute(query, values).fetchone()[0]
    return found
