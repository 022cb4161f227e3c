"""One sentence in its forms, and patterns as data."""

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

Form = Literal["base", "third", "gerund", "plural", "du"]
"""base: Ask / fragen / demander. third: Asks / fragt / demande. gerund: Asking / Anfrage / en demandant.
plural: the polite form (Sie fragen, vous demandez). du: the familiar one (du fragst, tu demandes)."""
ALL_LEVELS = (1, 2, 3, 4)


def _pattern(value: Any) -> Any:
    return re.compile(value, re.IGNORECASE) if isinstance(value, str) else value


def _cased(value: Any) -> Any:
    return re.compile(value) if isinstance(value, str) else value


def _small(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return re.compile(re.sub(r"(\\[A-Z])|[A-Z]", lambda found: found[1] or found[0].lower(), value))


Pattern = Annotated[re.Pattern[str], BeforeValidator(_pattern)]
CasedPattern = Annotated[re.Pattern[str], BeforeValidator(_cased)]
"""A pattern in which capitals count."""
SmallPattern = Annotated[re.Pattern[str], BeforeValidator(_small)]
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
