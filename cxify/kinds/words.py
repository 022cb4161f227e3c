"""Compare headings and labels the way a reader does: without numbering, case, colons or brackets."""

import re
import unicodedata
from functools import lru_cache

_NUMBERING = re.compile(
    r"^(?:(?:section|part|abschnitt|teil|partie|deel|sección|parte)\s+[a-z0-9]{1,3}|[a-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)"
    r"\s*[.):\u2013-]\s*",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_OTHER = re.compile(r"[^\w/&+' ]+")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Return the words of a heading: "A. MAIN DUTIES (80 %):" becomes "main duties"."""
    plain = unicodedata.normalize("NFC", text).replace("\u2019", "'").strip()
    plain = _BRACKETS.sub("", _NUMBERING.sub("", plain))
    return _SPACES.sub(" ", _OTHER.sub(" ", plain)).strip().casefold()
