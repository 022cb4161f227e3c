"""In which language a comment is written, told by its frequent words: too few for a statistical model."""

import re
from collections import Counter
from collections.abc import Sequence

from cxify.voice.packs import foreign_words, languages, pack

OTHER = "other"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2e80-\uffdc]")
_CLEAR_LEAD = 1.25


def language_of(text: str) -> str | None:
    """Return a covered language, OTHER, or None when the comment is too short to tell."""
    letters = sum(character.isalpha() for character in text)
    if letters and len(_OTHER_SCRIPT.findall(text)) > 0.3 * letters:
        return OTHER
    words = Counter(_WORD.findall(text.casefold().replace("’", "'")))
    scores = {name: sum(words[word] for word in known) for name, known in _frequent().items()}
    (best, most), (_, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    if not most or most < _CLEAR_LEAD * second:
        return None
    return best if best in languages() else OTHER if most > 1 else None


def languages_of(texts: Sequence[str]) -> list[str]:
    """Return the language of each comment; what is too short to tell is in the language of most."""
    told = [language_of(text) for text in texts]
    common = Counter(language for language in told if language and language != OTHER).most_common(1)
    usual = common[0][0] if common else (languages()[0] if OTHER not in told else OTHER)
    return [language or usual for language in told]


def _frequent() -> dict[str, frozenset[str]]:
    return {**{name: pack(name).function_words for name in languages()}, **foreign_words()}
