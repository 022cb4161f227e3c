"""OOXML in, OOXML out: the only package that knows Word's file format.

open_package(source)              → Package  opened once, for several of the calls below
read(source)                      → Document
apply(source, operations, …)      → bytes    given edits, all or nothing
redline(source, operations, …)    → bytes    the same with a full provenance record
resolve(source, accept=…)         → bytes
verify(original, redlined)        → VerifyReport
provenance_of(source)             → dict | None
remarks_of(source)                → tuple of the comments that stand in it
"""

from typing import Any

from cxify.word.check import Check, VerifyReport
from cxify.word.package import Package, open_package, opened
from cxify.word.possible import redline_possible
from cxify.word.read import read
from cxify.word.redline import apply, redline
from cxify.word.remarks import Remark
from cxify.word.remarks import remarks as _remarks
from cxify.word.resolve import resolve
from cxify.word.stamp import provenance_of as _provenance_of
from cxify.word.verify import verify


def provenance_of(source: bytes | Package) -> dict[str, Any] | None:
    """Return what cxify wrote into a file about how it was made, or None; raises as `read` does."""
    return _provenance_of(opened(source))


def remarks_of(source: bytes) -> tuple[Remark, ...]:
    """Return the comments that stand in a file, whoever wrote them; raises as `read` does."""
    return _remarks(open_package(source))


__all__ = [
    "Check",
    "Package",
    "Remark",
    "VerifyReport",
    "apply",
    "open_package",
    "provenance_of",
    "read",
    "redline",
    "redline_possible",
    "remarks_of",
    "resolve",
    "verify",
]
