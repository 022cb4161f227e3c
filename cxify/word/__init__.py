"""OOXML in, OOXML out: the only package that knows Word's file format.

open_package(source)              → Package  opened once, for several of the calls below
read(source)                      → Document
skim(source)                      → Document of the text alone, sooner
apply(source, operations, …)      → bytes    given edits, all or nothing
redline(source, operations, …)    → bytes    the same with a full provenance record
resolve(source, accept=…)         → bytes
verify(original, redlined)        → VerifyReport
provenance_of(source)             → dict | None
remarks_of(source)                → tuple of the comments that stand in it
shown(source)                     → dict     how blocks look: lists, links, controls, other people's changes
hunks_of(text, old, new, …)       → the words that a replacement marks
clean(source, record)             → bytes    the edits as plain text, and those that cannot be written
"""

from typing import Any

from cxify.word.check import Check, VerifyReport
from cxify.word.clean import clean, verify
from cxify.word.diff import Hunk
from cxify.word.package import Package, open_package, opened
from cxify.word.possible import redline_possible
from cxify.word.quote import hunks_of
from cxify.word.read import read, skim
from cxify.word.redline import apply, redline
from cxify.word.remarks import Remark
from cxify.word.remarks import remarks as _remarks
from cxify.word.resolve import read_accepted, resolve
from cxify.word.shown import Deletion, Shown, Stretch, shown
from cxify.word.stamp import provenance_of as _provenance_of


def provenance_of(source: bytes | Package) -> dict[str, Any] | None:
    """Return what cxify wrote into a file about how it was made, or None; raises as `read` does."""
    return _provenance_of(opened(source))


def remarks_of(source: bytes | Package) -> tuple[Remark, ...]:
    """Return the comments that stand in a file, whoever wrote them; raises as `read` does."""
    return _remarks(opened(source))


__all__ = [
    "Check",
    "Deletion",
    "Hunk",
    "Package",
    "Remark",
    "Shown",
    "Stretch",
    "VerifyReport",
    "apply",
    "clean",
    "hunks_of",
    "open_package",
    "provenance_of",
    "read",
    "read_accepted",
    "redline",
    "redline_possible",
    "remarks_of",
    "resolve",
    "shown",
    "skim",
    "verify",
]
