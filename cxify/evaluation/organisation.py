"""The framework as the organisation of a case would have it: its words for people, in the framework of the run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from cxify.framework import Framework

_KEPT: Final = 256
"""A framework knows its hash and translations once it was asked; cases of one organisation share it."""


@dataclass(frozen=True)
class _Words:
    sha256: str
    prohibited: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    language: str
    framework: Framework = field(compare=False, repr=False)


def worded(framework: Framework, terms: Mapping[str, str], prohibited: tuple[str, ...], language: str) -> Framework:
    """Return the framework with an organisation's words for the people it serves, and those that it never uses."""
    return _worded(_Words(framework.sha256, prohibited, tuple(sorted(terms.items())), language, framework))


@lru_cache(_KEPT)
def _worded(own: _Words) -> Framework:
    data: dict[str, Any] = own.framework.model_dump()
    data["organisation"]["prohibited_customer_terms"] = own.prohibited
    translated = data["locales"].get(own.language)
    for texts in (data["organisation"], *([translated] if translated else [])):
        texts["customer_terms"] = (texts["customer_terms"] or {}) | dict(own.terms)
    return Framework.model_validate(data)
