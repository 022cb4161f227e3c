"""The language packs: how people complain and praise in one language, as data beside this module."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from cxify import yamlfile
from cxify.framework import Heard

_HERE = Path(__file__).parent
_LANGUAGES = _HERE / "languages"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Wording(_Strict):
    """A topic's name and cues in one language, as complaint and as praise."""

    complaint: Heard
    praise: Heard


class Pack(_Strict):
    """Everything cxify must know of a language to read comments in it."""

    function_words: frozenset[str]
    """Frequent words by which the language is told."""
    negators: tuple[str, ...]
    wishes: tuple[str, ...]
    """Before praise, they say that it was missing: "please listen"."""
    breaks: tuple[str, ...]
    """Over these no negation reaches."""
    set_phrases: tuple[str, ...]
    """They hold a negator and negate nothing."""
    titles: tuple[str, ...]
    introductions: tuple[str, ...]
    """Words behind which a name stands."""
    birth: tuple[str, ...]
    number_words: tuple[str, ...]
    streets: tuple[str, ...]
    streets_come_first: bool
    """True where the number stands behind the street: Musterweg 5."""
    to_machines: tuple[str, ...]
    """Cues of a sentence that instructs an AI."""
    count: str
    mentions: str
    whole: str
    topics: dict[str, Wording]


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that are covered, English first."""
    return tuple(sorted((file.stem for file in _LANGUAGES.glob("*.yaml")), key=lambda name: (name != "en", name)))


@cache
def pack(language: str) -> Pack:
    """Return one language's pack."""
    return Pack.model_validate(yamlfile.read(_LANGUAGES / f"{language}.yaml").data)


def pack_for(language: str) -> Pack:
    """Return the pack for a document's language tag, English where there is none."""
    base = language.partition("-")[0]
    return pack(base if base in languages() else "en")


@cache
def built_in_topics() -> dict[str, tuple[str, ...]]:
    """Return the built-in topics, each with the competencies that it calls for."""
    data = yamlfile.read(_HERE / "topics.yaml").data
    return {str(id): tuple(related) for id, related in data.items()}


@cache
def foreign_words() -> dict[str, frozenset[str]]:
    """Return frequent words of languages that are not covered, so that they are not taken for one that is."""
    data = yamlfile.read(_HERE / "not_covered.yaml").data
    return {str(language): frozenset(words) for language, words in data.items()}
