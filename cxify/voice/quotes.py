"""Short quotes for a theme, verbatim from masked comments."""

from collections.abc import Iterable
from typing import Final

_MOST: Final = 3
_SHORTEST, _BEST, _LONGEST = 20, 80, 180


def quotes(spoken: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Choose up to three quotes from comments and the sentences in them that speak of the theme."""
    usable = {quote for comment, sentence in spoken if (quote := _quote(comment, sentence))}
    return tuple(sorted(usable, key=lambda quote: (quote.count("["), abs(len(quote) - _BEST), quote))[:_MOST])


def _quote(comment: str, sentence: str) -> str:
    """Return the whole comment when it is short, else the sentence; "" when it cannot be quoted word for word."""
    quote = comment if len(comment) <= _LONGEST and "\n" not in comment else sentence
    return quote if _SHORTEST <= len(quote) <= _LONGEST and quote in comment else ""
