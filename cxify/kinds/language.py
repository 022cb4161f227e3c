"""Tell the language of a document, and British from American English."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cxify.document import Document
from cxify.kinds.common import column_words, labels, language_data, section_words
from cxify.kinds.words import normalise

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_WORD = re.compile(r"(?<![^\W\d_])(?<!\w[/*:])[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""A word; the end of "Mitarbeiter/in" is none of English."""
_MAX_WORDS = 300
_ENOUGH_FOR_MODEL = 20
_MAX_HEADING = 60
_CLEAR_SHARE = 0.08
_CLEAR_LEAD = 1.3
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
_ANY_SCRIPT = re.compile("|".join(script.pattern for _, script in _SCRIPTS))


class _English(NamedTuple):
    tag: str
    words: frozenset[str]
    phrases: tuple[str, ...]


class _Likely(NamedTuple):
    """The language of which a text has most ordinary words."""

    tag: str
    leads: bool
    """Whether no other has as many."""
    clear: bool


def language_of(document: Document) -> str:
    """Return a BCP 47 tag: de, fr, en-GB, en-US, …; "und" when the text does not tell.

    What the file declares is a hint only: Word writes its own language into most files.
    """
    declared = document.meta.get("language", "")
    text = "\n".join(block.text for block in document.body)[:20_000]
    base = declared.partition("-")[0]
    language = _by_script(text) or _by_words(text) or _by_headings(document) or base or "und"
    if language == "en":
        return _english(text, declared)
    if language != "und" and declared.partition("-")[0] == language:
        return declared
    return language


def _by_script(text: str) -> str | None:
    if text.isascii() or not _ANY_SCRIPT.search(text):
        return None
    letters = sum(character.isalpha() for character in text) or 1
    return next((tag for tag, script in _SCRIPTS if len(script.findall(text)) > 0.2 * letters), None)


def clear_language(text: str) -> str | None:
    """Return the language that the ordinary words of a text leave no doubt about."""
    words = _words(text)
    likely = _likely(words)
    return likely.tag if likely.clear else None


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)[:_MAX_WORDS]]


def _likely(words: Sequence[str]) -> _Likely:
    counts = Counter(words)
    scores = {tag: sum(counts[word] for word in counts.keys() & stop) for tag, stop in _stop_words().items()}
    (best, most), (_, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    clear = most > 0 and most >= _CLEAR_SHARE * len(words) and most >= _CLEAR_LEAD * second
    return _Likely(best, most > second, clear)


def _by_words(text: str) -> str | None:
    words = _words(text)
    if not words:
        return None
    likely = _likely(words)
    if not likely.clear and len(words) >= _ENOUGH_FOR_MODEL:
        return _by_model(" ".join(words))
    return likely.tag if likely.leads else None


def _by_headings(document: Document) -> str | None:
    """A form may hold no sentence; then its headings and column titles tell."""
    counts: Counter[str] = Counter()
    for block in document.body:
        words = normalise(block.text) if len(block.text) < _MAX_HEADING else ""
        for vocabulary in (section_words(), column_words(), labels().words) if words else ():
            counts.update(language for language, roles in vocabulary.by_language.items() if words in roles)
    most = counts.most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None


def _by_model(text: str) -> str:
    return str(identifier().classify(text)[0])


@cache
def identifier() -> "LanguageIdentifier":
    """Return what knows a hundred languages by their letters; it takes half a second to load, and is shared."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _english(text: str, declared: str) -> str:
    lower = text.casefold()
    words = set(_WORD.findall(lower))
    scores = {
        english.tag: len(english.words & words) + sum(phrase in lower for phrase in english.phrases)
        for english in _englishes()
    }
    (best, most), (_, second) = sorted(scores.items(), key=lambda item: -item[1])
    if most > second:
        return best
    return declared if declared.startswith("en-") else "en-GB"


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    return {tag: frozenset(words) for tag, words in language_data()["stop_words"].items()}


@cache
def _englishes() -> tuple[_English, ...]:
    made = []
    for tag, hints in language_data()["english"].items():
        everything = [str(hint) for hint in (*hints["spelling"], *hints["terms"])]
        single = frozenset(hint for hint in everything if hint.isalpha())
        made.append(_English(tag, single, tuple(hint for hint in everything if not hint.isalpha())))
    return tuple(made)
