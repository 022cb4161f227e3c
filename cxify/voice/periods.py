"""When something was said: dates become quarters, periods that people write stay periods."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?(?:[T ].*)?")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:[ T,].*)?")
_QUARTER = re.compile(r"(?:(\d{4})\W*)?[qtk]([1-4])(?:\W*(\d{4}))?", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_MONTHS: Final = (
    "jan gen ene",
    "feb fév fev febr",
    "mar mär mrt mars maa",
    "apr avr abr",
    "may mai mei",
    "jun juin",
    "jul juil",
    "aug aoû aou ago",
    "sep",
    "oct okt",
    "nov",
    "dec dez déc dic",
)
_LAST = 9999


@dataclass(frozen=True, order=True)
class Period:
    """A quarter, or a period as the file calls it; periods sort by time as far as they say it."""

    year: int
    quarter: int
    label: str


def reader(cells: Sequence[str]) -> Callable[[str], Period | None]:
    """Return how to read this file's dates: 13/2/2026 in any row says that the day comes first."""
    numeric = [match for cell in cells if (match := _NUMERIC.fullmatch(cell))]
    month_first = any(int(one[2]) > 12 for one in numeric) and not any(int(one[1]) > 12 for one in numeric)
    return lambda cell: _period(cell, 1 if month_first else 2)


def span(periods: Sequence[Period]) -> str:
    """Return the time that several periods cover: "Q3 2026", "Q2 2026 – Q3 2026", or ""."""
    known = sorted(set(periods))
    if not known:
        return ""
    return known[0].label if len(known) == 1 else f"{known[0].label} – {known[-1].label}"


def _period(cell: str, month_group: int) -> Period | None:
    if not cell:
        return None
    if match := _ISO.fullmatch(cell):
        return _quarter(int(match[1]), int(match[2]), cell)
    if match := _NUMERIC.fullmatch(cell):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return _quarter(year, int(match[month_group]), cell)
    if match := _QUARTER.fullmatch(cell.strip()):
        year = int(match[1] or match[3] or _LAST)
        return Period(year, int(match[2]), f"Q{match[2]}" if year == _LAST else f"Q{match[2]} {year}")
    return _in_words(cell)


def _in_words(cell: str) -> Period:
    year = _YEAR.search(cell)
    words = re.findall(r"[^\W\d_]+", cell.casefold())
    month = next((number for word in words if (number := _month(word))), 0)
    if year and month:
        return _quarter(int(year[1]), month, cell)
    return Period(int(year[1]) if year else _LAST, 0, " ".join(cell.split())[:40])


def _quarter(year: int, month: int, cell: str) -> Period:
    if not 1 <= month <= 12:
        return Period(_LAST, 0, cell)
    number = (month - 1) // 3 + 1
    return Period(year, number, f"Q{number} {year}")


@cache
def _month(word: str) -> int:
    return next((number for number, starts in enumerate(_MONTHS, 1) if word.startswith(tuple(starts.split()))), 0)
