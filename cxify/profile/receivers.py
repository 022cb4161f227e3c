"""Sentences that say who receives the work."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cxify.profile.grammar import Grammar
from cxify.profile.people import any_of, finder, stem
from cxify.sieve import LatePattern, Literals, Sifted


def receivers(
    text: Sifted, names: tuple[str, ...], grammar: Grammar, patterns: tuple[str, ...] | None = None
) -> Counter[str]:
    """Count the sentences in which a name stands where the receiver of the work stands, in the order of the text."""
    found: Counter[str] = Counter()
    lower = text.text
    named = tuple(name for name in names if text.holds(stem(name)) and finder(name).search(lower))
    if not named:
        return found
    near = Sifted(_lines_with(named, lower))
    for receiving in _receiving(patterns or grammar.receiving, names, grammar.word):
        for match in receiving.matches(near):
            for name in filter(None, (match["who"], match["also"])):
                found.update(word for word in names if name.startswith(stem(word)) and finder(word).fullmatch(name))
    return found


def _lines_with(names: tuple[str, ...], lower: str) -> str:
    """Leave out the lines that name none of them: no pattern reaches over the end of a line."""
    stems = tuple(map(stem, names))
    return "\n".join(line for line in lower.split("\n") if any(each in line for each in stems))


@dataclass(frozen=True)
class _Receiving:
    """How a sentence says that somebody receives the work."""

    around: Literals
    """What stands beside the name: the pattern itself is long, and without these strings not tried."""
    pattern: LatePattern

    def matches(self, text: Sifted) -> Iterator[re.Match[str]]:
        if self.around.each and not text.holds_any(self.around):
            return iter(())
        return self.pattern.finditer(text.text)


@lru_cache(maxsize=128)
def _receiving(patterns: tuple[str, ...], names: tuple[str, ...], word: str) -> tuple[_Receiving, ...]:
    one = any_of(tuple(sorted(names, key=len, reverse=True)))
    who = rf"(?P<who>{one})(?:,? (?:and|und|or|oder|sowie|&) (?:[\w-]+ )?(?P<also>{one}))?"
    between = {"{words}": f"(?:{word}){{0,3}}?", "{many}": f"(?:{word}){{0,7}}?"}
    return tuple(
        _Receiving(_filled(pattern, {"{who}": ""}).needed, _filled(pattern, {"{who}": who, **between}))
        for pattern in patterns
        if "{who}" in pattern
    )


def _filled(pattern: str, parts: Mapping[str, str]) -> LatePattern:
    for slot in ("{who}", "{words}", "{many}"):
        pattern = pattern.replace(slot, parts.get(slot, ""))
    return LatePattern(pattern)
