"""What a header cell means, in any of the languages of words.yaml."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from cxify import yamlfile
from cxify.framework import Framework

MOST_LEVELS: Final = 9
_BRACKETS: Final = re.compile(r"\s*[(\[].*?[)\]]\s*")
_NUMBER: Final = re.compile(r"\d+")


@cache
def _words() -> Mapping[str, Any]:
    text = (resources.files(__package__) / "words.yaml").read_text(encoding="utf-8")
    return dict(yamlfile.parse(text).data)


@cache
def _columns() -> dict[str, str]:
    return {plain(word): role for role, words in _words()["columns"].items() for word in words}


def plain(text: str) -> str:
    """Return a cell's words as they are compared: small, without brackets, marks and double spaces."""
    flat = _BRACKETS.sub(" ", text) if _BRACKETS.sub("", text) else text
    return " ".join(flat.casefold().replace("\n", " ").strip(" :*.#–-").split())


def column(text: str) -> str | None:
    """Return the role of a header cell ("definition"), or None."""
    return _columns().get(plain(text))


def level(text: str, names: Mapping[str, int]) -> int | None:
    """Return the level that a cell names ("Level 2", "2 – Independent", "Expert"), or None."""
    said = plain(text)
    if said in names:
        return names[said]
    words = [word for word in re.split(r"[\s:.–—/-]+", said) if word]
    numbers = [int(word) for word in words if _NUMBER.fullmatch(word)]
    fused = re.fullmatch(r"([a-zéü]{1,7})(\d)", said)
    if fused and fused[1] in _words()["levels"]:
        return int(fused[2])
    if len(numbers) != 1 or not 1 <= numbers[0] <= MOST_LEVELS or len(words) > 5:
        return None
    rest = " ".join(word for word in words if not _NUMBER.fullmatch(word))
    known = not rest or words[0] in _words()["levels"] or rest in names or words[0] == str(numbers[0])
    return numbers[0] if known else None


def level_names(framework: Framework) -> dict[str, int]:
    """Return the names of levels, the framework's own in all its languages included."""
    names = {plain(word): int(number) for number, words in _words()["level_names"].items() for word in words}
    for each in (framework, *(framework.localised(language) for language in framework.locales)):
        names |= {plain(one.name): int(one.id) for one in each.levels}
    return names


def is_agreed(text: str) -> bool:
    """Tell whether a status cell says that a target is agreed."""
    return plain(text) in {plain(word) for word in _words()["agreed"]}


def vision_part(text: str) -> str | None:
    """Return which part of the vision a label means, or None."""
    said = plain(text)
    return next((part for part, words in _words()["vision"].items() if said in words), None)


def language_of(headers: Iterable[str]) -> str:
    """Return the language of most header words, English when none tells."""
    said = [plain(header) for header in headers]
    counts = {language: sum(word in words for word in said) for language, words in _words()["languages"].items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else "en"
