"""Where the processor's time of a document goes: by part of cxify, and by what it calls outside of it."""

import cProfile
import pstats
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

from bench.batch.documents import written
from cxify.batch import Making
from cxify.settings import Settings
from cxify.writers.library import LibraryWriter

_WARM, _COUNT = 10, 60
_MOST: Final = 14


def report() -> None:
    """Profile glance, rewriting and page of some documents here; shares, because a profile slows everything down."""
    by = Making.of(Settings(), LibraryWriter(), kind=None, date="2026-11-22T08:00:00Z")
    with tempfile.TemporaryDirectory() as folder:
        written(Path(folder), _WARM + _COUNT)
        sources = [path.read_bytes() for path in sorted(Path(folder).rglob("*.docx"))]
    for source in sources[:_WARM]:
        _done(by, source)
    profile = cProfile.Profile(builtins=True)
    with profile:
        for source in sources[_WARM:]:
            _done(by, source)
    found: Counter[str] = Counter()
    for (file, _, name), (_, _, own, *_) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        found[_part(file, name)] += round(own * 1e6)
    print("  below 40 documents a second of processor; where it goes, by the time of the functions themselves")
    for part, own in found.most_common(_MOST):
        print(f"    {own / found.total():4.0%}  {part}")
    print()


def _done(by: Making, source: bytes) -> None:
    by.glance(source)
    redline = by.rewrite(source, None)
    if by.sheet:
        by.sheet.of_redline("a.docx", redline)


def _part(file: str, name: str) -> str:
    """Return the package of cxify, the library, or the built-in function."""
    parts = Path(file).parts
    if "cxify" in parts:
        return "/".join(parts[len(parts) - parts[::-1].index("cxify") - 1 :][:2]).removesuffix(".py")
    return name if file == "~" else Path(file).stem
