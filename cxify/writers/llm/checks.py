"""Whether a small model's sentence is better than the approved one; every check is a plain comparison of words."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

FEWEST_WORDS, MOST_WORDS = 8, 30
_COPIED = 88
"""Similarity (0 to 100) from which a sentence counts as a copy."""
_KEPT = 0.7
"""Share of the approved sentence's own words that must be there."""
_SPECIFIC = 3
"""How many words an approved sentence shares with its passage when it speaks about it already."""
_MOST_FOREIGN = 2
"""How many words may stand neither in the passage nor in the approved sentence."""
_STRETCH = 6
"""How many words in a row make a piece of the passage: small models hang it on, and the sentence then says nothing."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SMALL = frozenset(
    re.findall(
        r"\w+",
        """a about after all also an and another any are as at be been before both by can do during each for from has
        have how if in into is it its no not of on or other our out over so such than that the their them then there
        they this to until up was what when where which while who whom whose will with would you your""",
    )
)


def specific(approved: str, passage: str) -> bool:
    """Tell whether an approved sentence already names the things of its passage, so that nothing is to be gained."""
    return len(_content(approved) & _content(passage)) >= _SPECIFIC


def objections(new: str, approved: str, passage: str, examples: Sequence[str] = ()) -> Iterator[str]:
    """Yield why the approved wording is kept; nothing when the new sentence may take its place."""
    yield from _form(new, approved)
    known = _content(f"{passage} {approved}")
    words, wanted = _content(new), _content(approved)
    if len(words - known) > _MOST_FOREIGN:
        yield "it brings in words of its own"
    if wanted and len(words & wanted) / len(wanted) < _KEPT:
        yield "it does not say what the approved sentence says"
    if not (words - wanted) & _content(passage):
        yield "it says nothing of the passage"
    if _names(passage) & set(_WORD.findall(new)):
        yield "it writes a name in small letters"
    if max((fuzz.ratio(new.lower(), part.lower()) for part in _sentences(passage)), default=0) >= _COPIED:
        yield "it repeats the passage"
    if _takes_over(new, passage, approved):
        yield "it takes over a piece of the passage"
    if any(fuzz.ratio(new.lower(), example.lower()) >= _COPIED for example in examples):
        yield "it repeats an example of the prompt"


def _takes_over(new: str, passage: str, approved: str) -> bool:
    """Tell whether so many words in a row are the passage's and not the approved sentence's."""
    words, theirs, ours = (" ".join(_WORD.findall(text.lower())) for text in (new, passage, approved))
    each = words.split()
    stretches = (" ".join(each[first : first + _STRETCH]) for first in range(len(each) - _STRETCH + 1))
    return any(f" {stretch} " in f" {theirs} " and f" {stretch} " not in f" {ours} " for stretch in stretches)


def _form(new: str, approved: str) -> Iterator[str]:
    count = len(_WORD.findall(new))
    if not FEWEST_WORDS <= count <= MOST_WORDS:
        yield "it is too short or too long"
    if not new.endswith("."):
        yield "it has no full stop"
    if re.search(r"[.!?]\s", new) or re.search(r"[\n\t{}<>\[\]]", new):
        yield "it is not one plain sentence"
    if set(re.findall(r"\d+", new)) - set(re.findall(r"\d+", approved)):
        yield "it holds a number"
    if _first(new) != _first(approved):
        yield "it begins in another form"


def _names(passage: str) -> set[str]:
    """Return, in small letters, the words that a passage writes with a capital inside a sentence."""
    inside = re.findall(r"(?<=[\w,;] )[A-ZÄÖÜ][\w'’-]*", passage)
    return {word.lower() for word in inside} - set(_WORD.findall(passage))


def _first(text: str) -> str:
    words = _WORD.findall(text)
    return words[0].lower() if words else ""


def _content(text: str) -> set[str]:
    """Return the words that carry meaning, by their stems: rough, the same for both sides of a comparison."""
    return {_stem(word) for word in (found.lower() for found in _WORD.findall(text)) if word not in _SMALL}


def _stem(word: str) -> str:
    for ending in ("ies", "ing", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?;])\s+", text) if part.strip()]
