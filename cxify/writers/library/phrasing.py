"""What a text mentions, and the turns of phrase that are recognised when they come back."""

import re
from functools import cache, lru_cache

from cxify.writers.library.wording import Text


def fitness(text: Text) -> int:
    """Words that the document calls for come before those that fit many, and these before the plain ones."""
    return 2 if text.needs else 0 if text.plain else 1


_TURN = 3
"""So many words in a row are recognised when they come back."""
_WORD = re.compile(r"[^\W\d_]+")


def turns(item: object) -> set[str]:
    """Return the turns of phrase of a text or a variant."""
    text = item[-1] if isinstance(item, tuple) else item
    return set(_turns_of(f"{text.text} {text.base}" if isinstance(text, Text) else str(text)))


@lru_cache(maxsize=4096)
def _turns_of(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[start : start + _TURN]) for start in range(len(words) - _TURN + 1))


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of these words."""
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


def is_german_plural(people: str) -> bool:
    """Tell whether every noun is written as one, and none stands in a dative that a subject cannot have."""
    nouns = [word for word in people.split() if word not in ("und", "oder", "der", "des", "unserer")]
    dative = nouns[-1].endswith(("chen", "dern", "tern", "gern", "kten")) and nouns[-1] != "Eltern"
    return all(word[:1].isupper() for word in nouns) and not dative


_MEMBERS = re.compile(
    r"(?<!team )(?<!staff )(?<!board )(?<!crew )(?<!family )\bmembers?\b(?! of (?:the )?(?:team|staff|public))",
    re.IGNORECASE,
)
"""Members of an organisation; a "team member" is a colleague."""


@cache
def mention(people: str) -> re.Pattern[str]:
    """Return what finds these people in a text; "customer service" mentions a department and nobody who is served."""
    if people == "members":
        return _MEMBERS
    head = re.split(r" (?:of|and|und|who|in|der|des) ", people, maxsplit=1)[0]
    return re.compile(
        rf"\b{_forms(head)}\b(?![- ](?:service|care|satisfaction|experience|relations|focus|orient))", re.IGNORECASE
    )


def _forms(plural: str) -> str:
    """Return what matches a plural and its singular: "residents" and no "residential"."""
    if plural.endswith("children"):
        return f"{re.escape(plural[:-3])}(?:ren)?"
    if plural.endswith("ies"):
        return f"{re.escape(plural[:-3])}(?:y|ies)"
    if plural.endswith("s") and not plural.endswith("ss") and plural[-2:-1] not in ("’", "'"):
        return f"{re.escape(plural[:-1])}s?"
    return f"{re.escape(plural[: max(4, len(plural) - 2)])}\\w*"
