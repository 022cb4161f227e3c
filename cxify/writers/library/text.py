"""One sentence in its forms, and patterns as data."""

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, InstanceOf, ValidationInfo

from cxify.sieve import LatePattern

Form = Literal["base", "third", "gerund", "plural", "du"]
"""base: Ask / fragen / demander. third: Asks / fragt / demande. gerund: Asking / Anfrage / en demandant.
plural: the polite form (Sie fragen, vous demandez). du: the familiar one (du fragst, tu demandes)."""
ALL_LEVELS = (1, 2, 3, 4)


SHIPPED = object()
"""Context of a validation: tests prove that what ships compiles, so a run compiles only what it tries."""


def _late(pattern: Any, flags: int, info: ValidationInfo) -> Any:
    if not isinstance(pattern, str):
        return pattern
    late = LatePattern(pattern, flags)
    try:
        if info.context is not SHIPPED:
            late.compiled  # noqa: B018  raises
    except re.error as error:
        raise ValueError(f"“{pattern}” is not a valid pattern ({error.msg})") from error
    return late


def _pattern(value: Any, info: ValidationInfo) -> Any:
    return _late(value, re.IGNORECASE, info)


def _cased(value: Any, info: ValidationInfo) -> Any:
    return _late(value, 0, info)


def _small(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    return _late(re.sub(r"(\\[A-Z])|[A-Z]", lambda found: found[1] or found[0].lower(), value), 0, info)


_Late = InstanceOf[LatePattern]
Pattern = Annotated[_Late, BeforeValidator(_pattern)]
CasedPattern = Annotated[_Late, BeforeValidator(_cased)]
"""A pattern in which capitals count."""
SmallPattern = Annotated[_Late, BeforeValidator(_small)]
"""A pattern for texts in small letters: twice as fast as one for any case."""


class Strict(BaseModel):
    """Frozen; an unknown key is an error and never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Text(Strict):
    """One variant of a sentence: either `text` with verbs in angle brackets, or one text for each form."""

    text: str = ""
    base: str = ""
    third: str = ""
    plural: str = ""
    du: str = ""
    gerund: str = ""
    levels: tuple[int, ...] = ALL_LEVELS
    needs: Pattern | None = None
    """Words that the document must have for this variant to fit."""
    without: Pattern | None = None
    """Words that no part of the document may have for this variant to fit: it says the same already."""
    plain: bool = False
    """Names nothing of the document: used only when no variant that does can be filled."""
    alone: bool = False
    """Also makes sense as a paragraph of its own."""
    competency: str = ""
    competencies: tuple[str, ...] = ()
    standards: tuple[str, ...] | None = None
    needs_plural: str = ""

    def form(self, form: Form) -> str:
        """Return the text of a form, "" where it was not written."""
        return str(getattr(self, form)) or self.text


def _text(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


Variant = Annotated[Text, BeforeValidator(_text)]
