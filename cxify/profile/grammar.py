"""The words around the people served, in each language: `served.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cxify import yamlfile


@dataclass(frozen=True)
class Grammar:
    """The words around the people served, in one language."""

    word: str
    receiving: tuple[str, ...]
    external: tuple[str, ...]
    internal: tuple[str, ...]
    partners: tuple[str, ...]
    partners_served: tuple[str, ...]
    implied: Mapping[str, tuple[str, ...]]
    not_people: Mapping[str, tuple[str, ...]]
    """Names that mean somebody else beside such words: the patients of a veterinary practice."""
    vague: tuple[str, ...]
    """Names that say less than others do: "users" beside students."""
    titled: str
    """What follows people in a title that names them as those whom the job is for; "" in a language without it."""


@cache
def grammar_of(language: str) -> Grammar | None:
    """Return the words around the people served; None for a language that has none yet."""
    entry = _data().get(language)
    if entry is None:
        return None
    return Grammar(
        entry["word"],
        tuple(entry["receiving"]),
        tuple(entry["heads"]["external"]),
        tuple(entry["heads"]["internal"]),
        tuple(entry["partners"]),
        tuple(entry["partners_served"]),
        {who: tuple(cues) for who, cues in entry["implied"].items()},
        {who: tuple(cues) for who, cues in entry.get("not_people", {}).items()},
        tuple(entry.get("vague", ())),
        entry.get("titled", ""),
    )


@cache
def plural_only() -> frozenset[str]:
    """Return organisations and trades: in the singular they are where somebody works, and who does."""
    known = filter(None, map(grammar_of, _data()))
    return frozenset(word for one in known for word in (*one.external, *one.internal))


@cache
def _data() -> Mapping[str, Any]:
    return dict(yamlfile.read(Path(__file__).with_name("served.yaml")).data)
