"""Compare words the way a reader does: without case and without typographic variants, offsets kept."""

import re
from functools import lru_cache

_TYPOGRAPHY = str.maketrans("\u00a0\u202f\t\u2019\u2018\u2011\u2010\u201c\u201d\u201e\u00ab\u00bb", "   ''--" + 5 * '"')
WORD = re.compile(r"\w+(?:['\u2019&.-]\w+)*")
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”\u2019)\]]*\s+(?=\S)|\n+")
_ENDINGS = ("ing", "ed", "es", "s", "e", "en", "n", "t", "er")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the text in lower case and `alike`; every offset stays the same."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters such as İ become two
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return alike(lower)


def alike(text: str) -> str:
    """Return the text with plain spaces, apostrophes, hyphens and quotation marks; case and offsets stay the same."""
    return text.translate(_TYPOGRAPHY)


def words(text: str) -> list[str]:
    """Return the words of a text, compared as `plain` does."""
    return WORD.findall(plain(text))


def stem(word: str) -> str:
    """Return a word without its commonest English or German ending, so that “works” equals “working”."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def sentences(text: str) -> list[str]:
    """Split a text into its sentences; lines count as sentences."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def squeezed(text: str) -> str:
    """Return the plain text with every run of white space as one space, for finding quotations."""
    return " ".join(plain(text).split())
