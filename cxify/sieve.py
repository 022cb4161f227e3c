"""Know cheaply that a pattern cannot match: every match holds one of a few literal strings, and the text holds none.

Most patterns of a wording or a rule find nothing in most texts. Searching for a literal is a hundred times faster than
trying a pattern with many alternatives at every letter.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

# The parser of the standard library knows its own syntax better than a second one could; it has no public name.
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_SAME = str.maketrans({"ſ": "s", "ı": "i", "\u0307": ""})
"""Letters that a pattern for any case takes for others: they survive `lower`."""
_SHORTEST = 2
_LAST_LATIN = 0xFF
_MICRO = 0xB5


def lowered(text: str) -> str:
    """Return a text as `passes` wants it."""
    return text.lower() if text.isascii() else text.lower().translate(_SAME)


def passes(pattern: re.Pattern[str], text: str) -> bool:
    """Return False when the pattern matches nowhere in a text of which `text` is the `lowered` form."""
    needed = literals(pattern)
    if not needed:
        return True
    for literal in needed:  # noqa: SIM110  a generator costs more than the search
        if literal in text:
            return True
    return False


@lru_cache(maxsize=4096)
def literals(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return strings of which every match holds at least one, in small letters; none when that cannot be said."""
    found = _needed(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    return tuple(sorted(found)) if found and min(map(len, found)) >= _SHORTEST else ()


def _needed(parsed: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Return the best set for a sequence: the one whose shortest string is longest."""
    sets: list[frozenset[str]] = []
    run = ""
    for operator, value in parsed:
        letter = _letter(value) if operator is sre.LITERAL else ""
        if letter:
            run += letter
            continue
        sets += [frozenset((run,)), _inside(operator, value)]
        run = ""
    sets.append(frozenset((run,)))
    return max(sets, key=lambda one: (min(map(len, one), default=0), -len(one)))


def _letter(code: int) -> str:
    """Return a letter that has no other form than its capital."""
    lower = chr(code).lower()
    return lower if code <= _LAST_LATIN and code != _MICRO and len(lower) == 1 else ""


def _inside(operator: Any, value: Any) -> frozenset[str]:
    if operator is sre.SUBPATTERN:
        return _needed(value[-1])
    if operator is sre.ATOMIC_GROUP:
        return _needed(value)
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _needed(value[2]) if value[0] else frozenset(("",))
    if operator is sre.BRANCH:
        return frozenset().union(*map(_needed, value[1]))
    return frozenset(("",))
