"""Find the terms of a rule in a text, fast enough for every rule on every keystroke of a batch."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cxify.rules.plain import plain
from cxify.sieve import LatePattern, Literals, Sifted

_LITERAL = re.compile(r"[^\\.^$*+?{}\[\]|()]*")


@dataclass(frozen=True, slots=True)
class Match:
    """A term that was found: offsets into the text, and the words as they stand there."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """The terms of one rule in one language, compiled when a text may hold them.

    `openings` are the literal beginnings of the terms: a text that holds none of them needs no search, which makes a
    rule that finds nothing nearly free.
    """

    openings: Literals
    terms: LatePattern | None
    exact: LatePattern | None
    unless: LatePattern | None

    @classmethod
    def of(cls, terms: Sequence[str], exact: Sequence[str] = (), unless: Sequence[str] = ()) -> "Phrases":
        """Take terms (any case), exact terms (their case) and the phrases in which a term is innocent."""
        terms, unless = [_lower(term) for term in terms], [_lower(term) for term in unless]
        return cls(
            Literals.of(sorted({_opening(term) for term in terms})), _whole(terms), _whole(exact), _whole(unless)
        )

    def compile(self) -> None:
        """Compile what a text would have to be searched for. Raises re.error."""
        for pattern in filter(None, (self.terms, self.exact, self.unless)):
            pattern.compiled  # noqa: B018  compiles

    def find(self, text: str, sifted: Sifted | None = None) -> Iterator[Match]:
        """Yield every term in the text that no innocent phrase covers; `sifted` is the text as `sifted` makes it."""
        lower = plain(text)
        possible = self.openings.stand_in(lower) if sifted is None else self.may_stand_in(sifted)
        return self._found(text, lower, possible) if possible or self.exact else iter(())

    def may_stand_in(self, text: Sifted) -> bool:
        """Say cheaply when a text, or each of its parts, holds none of the terms."""
        return text.holds_any(self.openings)

    def _found(self, text: str, lower: str, possible: bool) -> Iterator[Match]:
        innocent: list[tuple[int, int]] | None = None
        for found in self._raw(text, lower, possible):
            if innocent is None:
                innocent = [match.span() for match in self.unless.finditer(lower)] if self.unless else []
            start, end = found.span()
            if not any(first < end and start < last for first, last in innocent):
                yield Match(start, end, text[start:end])

    def _raw(self, text: str, lower: str, possible: bool) -> Iterator[re.Match[str]]:
        if self.terms and possible:
            yield from self.terms.finditer(lower)
        if self.exact:
            yield from self.exact.finditer(text)


def sifted(text: str) -> Sifted:
    """Return a text in which many phrases are to be found."""
    return Sifted(plain(text))


def _lower(term: str) -> str:
    """Return the term for a text in lower case; a letter after a backslash is notation and stays."""
    return re.sub(r"(?<!\\)[A-ZÄÖÜ]", lambda letter: letter.group().lower(), term)


def _whole(terms: Sequence[str]) -> LatePattern | None:
    return LatePattern(rf"(?<!\w)(?:{'|'.join(terms)})(?!\w)") if terms else None


def _opening(term: str) -> str:
    """Return the letters that a term must begin with; "" when it begins with a choice."""
    literal = _LITERAL.match(term)
    opening = literal.group() if literal else ""
    follows = term[len(opening) : len(opening) + 1]
    if "|" in _outside_brackets(term):
        return ""
    return opening[:-1] if follows in ("?", "*", "{") and opening else opening


def _outside_brackets(term: str) -> str:
    depth, kept = 0, []
    for letter in term:
        depth += (letter in "([") - (letter in ")]")
        if depth == 0:
            kept.append(letter)
    return "".join(kept)
