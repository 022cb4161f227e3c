"""Which column of the file holds what, told by the header line."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from cxify import yamlfile
from cxify.errors import InputError
from cxify.voice.table import Row

_WORD = re.compile(r"[^\W_]+")
_LONG_ENOUGH: Final = 5
"""A header that is longer than one word of this length may hold it among others: "Your comment (optional)"."""
_READS_LIKE_TEXT: Final = 20
"""Mean characters of a column without a telling header that still is taken for the comments."""

Columns = Mapping[str, tuple[int, ...]]


def columns(header: Row, body: Sequence[Row], named: str | None = None) -> Columns:
    """Return the places of each recognised column; `named` says which one holds the comments. Raises InputError."""
    roles: dict[str, list[int]] = {}
    for place, role in _recognised(header).items():
        roles.setdefault(role, []).append(place)
    if named is not None:
        text = _named(header, named)
        roles = {role: [place for place in places if place != text] for role, places in roles.items()}
        return {**_kept(roles), "comment": (text,)}
    if "comment" in roles:
        return {**_kept(roles), "comment": (max(roles["comment"], key=lambda place: _mean_length(body, place)),)}
    if "theme" in roles and "count" in roles:
        return _kept(roles)
    known = {place for places in roles.values() for place in places}
    return {**_kept(roles), "comment": (_by_length(header, body, known),)}


def first(row: Row, places: Sequence[int] | None) -> str:
    """Return the first filled cell of a row among some columns."""
    return next((row[place] for place in places or () if place < len(row) and row[place]), "")


def _kept(roles: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, ...]]:
    return {role: tuple(places) for role, places in roles.items() if places}


def _recognised(header: Row) -> dict[int, str]:
    """Take headers that are exactly a known word first, then those that hold one."""
    found = {place: role for place, text in enumerate(header) if (role := _known().get(_words(text)))}
    for place, text in enumerate(header):
        if place not in found and (role := _holding(_words(text))):
            found[place] = role
    return found


def _holding(words: str) -> str | None:
    padded = f" {words} "
    held = [name for name in _known() if len(name) >= _LONG_ENOUGH and f" {name} " in padded]
    return _known()[max(held, key=len)] if held else None


def _named(header: Row, named: str) -> int:
    wanted = _words(named)
    place = next((place for place, text in enumerate(header) if _words(text) == wanted), None)
    if place is None:
        raise InputError(f"There is no column “{named}”.", f"The file has: {', '.join(filter(None, header))}.")
    return place


def _by_length(header: Row, body: Sequence[Row], known: set[int]) -> int:
    """Take the one column that reads like text."""
    lengths = {place: _mean_length(body, place) for place in range(len(header)) if place not in known}
    longest = max(lengths, key=lambda place: lengths[place], default=-1)
    if longest < 0 or lengths[longest] < _READS_LIKE_TEXT:
        listed = ", ".join(filter(None, header)) or "nothing"
        message = f"No column with comments was found; the header line has: {listed}."
        raise InputError(message, "Name the column in --voice-column of `cxify voice`, or call it “comment”.")
    return longest


def _mean_length(body: Sequence[Row], place: int) -> float:
    cells = [row[place] for row in body[:500] if place < len(row) and row[place]]
    texts = [cell for cell in cells if not re.fullmatch(r"[\d\s.,:/-]*", cell)]
    return sum(map(len, texts)) / len(cells) if cells else 0.0


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


@cache
def _known() -> dict[str, str]:
    data = yamlfile.read(Path(__file__).with_name("headers.yaml")).data
    return {_words(name): str(role) for role, names in reversed(data.items()) for name in names}
