"""Who hands work to whom: what documents say of it, and what nobody at the other end mentions (CXL-804)."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from cxify import yamlfile
from cxify.document import Document, Finding
from cxify.rules import units
from cxify.rules.book import RuleBook, load
from cxify.rules.plain import plain, sentences

Answer = Literal["answered", "unanswered", "unnamed", "outside"]
"""Whether the receiving unit mentions the handover; "unnamed" when no receiver is named, "outside" when none of the
receiver's documents is in this run."""
RULE: Final = "CXL-804"
MAX_QUOTE: Final = 240
_REACH: Final = 110
"""Characters between the verb and the receiver in which one sentence still speaks of the same handover."""
_TAIL: Final = 90


@dataclass(frozen=True, slots=True)
class Passed:
    """A statement that work goes to somebody, or comes from somebody.

    `partner` is the text in which the other side is named, "" when it names nobody.
    """

    block: str
    quote: str
    partner: str
    plainly: bool = True
    """The verb itself says that work is handed over; otherwise something is only sent or reported."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one document says about work that it gives and takes."""

    document: str
    unit: str
    gives: tuple[Passed, ...] = ()
    takes: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    """One unit hands work to another, as one document says it."""

    document: str
    giver: str
    receiver: str
    """Name of the receiving unit, "" when nobody is named."""
    receiver_key: str
    block: str
    quote: str
    answer: Answer
    answered_by: tuple[str, ...] = ()
    """Documents of the receiver that mention it."""


class Words(BaseModel):
    """One language's words for giving and taking work on; handovers.yaml says what each means."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    gives: tuple[str, ...]
    sends: tuple[str, ...]
    gives_to: tuple[str, ...]
    receives: tuple[str, ...]
    takes_from: tuple[str, ...]
    stops: tuple[str, ...]
    general: tuple[str, ...]
    verb_last: bool


@dataclass(frozen=True)
class Grammar:
    """The words of one language, compiled."""

    gives: re.Pattern[str]
    sends: re.Pattern[str]
    gives_to: re.Pattern[str]
    receives: re.Pattern[str]
    takes_from: re.Pattern[str]
    stops: re.Pattern[str]
    general: re.Pattern[str]
    verb_last: bool


def of(document: Document, name: str, unit: str) -> Exchange:
    """Return what a classified document says about work that goes to others or comes from them."""
    grammar = _grammars().get(document.language.partition("-")[0])
    if grammar is None:
        return Exchange(name, unit)
    gives: list[Passed] = []
    takes: list[Passed] = []
    for block in document.body:
        for sentence in sentences(block.text) if len(block.text.split()) > 2 else ():
            gives += _passed(grammar.gives, grammar.gives_to, sentence, block.id, grammar, alone=True)
            gives += _passed(grammar.sends, grammar.gives_to, sentence, block.id, grammar, alone=False)
            takes += _passed(grammar.receives, grammar.takes_from, sentence, block.id, grammar, alone=False)
    return Exchange(name, unit, _once(gives), _once(takes))


def handovers(exchanges: Sequence[Exchange]) -> tuple[Handover, ...]:
    """Return every handover of a run with its answer, in the order of the documents."""
    receivers = _receivers(exchanges)
    return tuple(
        handover for exchange in exchanges for given in exchange.gives for handover in _told(exchange, given, receivers)
    )


def check(exchanges: Sequence[Exchange], *, book: RuleBook | None = None) -> tuple[Finding, ...]:
    """Return one finding for each pair of units of which only the giver mentions the handover."""
    rule = (book or load())[RULE]
    found: dict[tuple[str, str], Finding] = {}
    for handover in handovers(exchanges) if rule.enabled else ():
        pair = units.key(handover.giver), handover.receiver_key
        if handover.answer == "unanswered" and pair not in found:
            detail = f"{handover.giver} hands work to {handover.receiver} (“{handover.quote}”, {handover.document})"
            found[pair] = rule.finding("portfolio", None, quote=handover.quote, detail=detail)
    return tuple(found.values())


# ---- one sentence ----


def _passed(
    verbs: re.Pattern[str], words: re.Pattern[str], sentence: str, block: str, grammar: Grammar, *, alone: bool
) -> Iterator[Passed]:
    """Yield what a sentence passes on. A verb that stands alone needs no named partner."""
    for verb in verbs.finditer(sentence):
        tails = [_tail(sentence, found.end(), grammar) for found in _around(verb, words, sentence, grammar)]
        named = next((tail for tail in tails if _names_somebody(tail, grammar)), None)
        if named is not None:
            yield Passed(block, _shortened(sentence), named, alone)
            return
        general = any(grammar.general.match(tail) for tail in tails)
        if (alone and general) or (not alone and general and words is grammar.takes_from):
            yield Passed(block, _shortened(sentence), "")
            return


def _around(verb: re.Match[str], words: re.Pattern[str], sentence: str, grammar: Grammar) -> Iterator[re.Match[str]]:
    """Yield the prepositions after the verb, and those before it where a language puts the verb last."""
    yield from words.finditer(sentence, verb.end(), min(len(sentence), verb.end() + _REACH))
    if grammar.verb_last:
        yield from reversed(list(words.finditer(sentence, max(0, verb.start() - _REACH), verb.start())))


def _tail(sentence: str, start: int, grammar: Grammar) -> str:
    tail = re.split(r"[.;:()\n]|\s[–—-]\s", sentence[start : start + _TAIL].lstrip(), maxsplit=1)[0]
    stop = grammar.stops.search(tail)
    return (tail[: stop.start()] if stop else tail).strip(" ,")


def _names_somebody(tail: str, grammar: Grammar) -> bool:
    if not tail or (grammar.general.match(tail) and not any(units.mentioned(tail))):
        return False
    return any(mention.start <= _near(tail) for mention in units.mentioned(tail)) or bool(_unknown_unit(tail))


def _near(tail: str) -> int:
    """Return where the first three words of a tail end: a unit named later belongs to something else."""
    return sum(len(word) + 1 for word in tail.split()[:3])


def _unknown_unit(tail: str) -> str:
    """Return a name in capitals that carries a word such as "department": "the Revenues Team"."""
    words = tail.split()
    while words and plain(words[0]) in units.names().articles:
        words = words[1:]
    for length in range(min(4, len(words)), 1, -1):
        phrase = " ".join(words[:length]).strip(",")
        if words[0][:1].isupper() and plain(words[length - 1]).strip(",") in units.names().generic:
            return phrase
    return ""


def _shortened(sentence: str) -> str:
    flat = " ".join(sentence.split())
    return flat if len(flat) <= MAX_QUOTE else f"{flat[: MAX_QUOTE - 2].rsplit(' ', 1)[0]} …"


def _once(passed: Sequence[Passed]) -> tuple[Passed, ...]:
    """Keep one statement a sentence: the one that names somebody."""
    best: dict[tuple[str, str], Passed] = {}
    for one in passed:
        before = best.get((one.block, one.quote))
        if before is None or (one.partner and not before.partner):
            best[one.block, one.quote] = one
    return tuple(best.values())


# ---- all documents ----


@dataclass(frozen=True, slots=True)
class _Receiver:
    """A document as one that takes work: from which units, or from everybody."""

    document: str
    unit: str
    givers: frozenset[str]
    everybody: bool

    def answers(self, givers: frozenset[str]) -> bool:
        return self.everybody or bool(self.givers & givers)


def _receivers(exchanges: Sequence[Exchange]) -> dict[str, list[_Receiver]]:
    """Return the documents that may answer, by each key of their unit."""
    known = {key for exchange in exchanges for key in units.keys(exchange.unit)}
    found: dict[str, list[_Receiver]] = {}
    for exchange in exchanges:
        givers = {key for taken in exchange.takes for key, _ in _partners(taken.partner, known)}
        everybody = any(not taken.partner for taken in exchange.takes)
        receiver = _Receiver(exchange.document, exchange.unit, frozenset(givers), everybody)
        for key in units.keys(exchange.unit):
            found.setdefault(key, []).append(receiver)
    return found


def _told(exchange: Exchange, given: Passed, receivers: Mapping[str, list[_Receiver]]) -> Iterator[Handover]:
    own = units.keys(exchange.unit)
    partners = [(key, name) for key, name in _partners(given.partner, receivers) if key not in own]
    if not given.partner:
        yield Handover(exchange.document, exchange.unit, "", "", given.block, given.quote, "unnamed")
    for key, name in partners:
        theirs = receivers.get(key, ())
        by = tuple(other.document for other in theirs if other.answers(own))
        answer: Answer = "outside" if not theirs else "answered" if by else "unanswered"
        shown = theirs[0].unit if theirs else name
        yield Handover(exchange.document, exchange.unit, shown, key, given.block, given.quote, answer, by)


def _partners(tail: str, further: Collection[str]) -> list[tuple[str, str]]:
    """Return the units that a tail names at its beginning or in a list: "Finance, Payroll and the Legal team"."""
    found: dict[str, str] = {}
    for mention in units.mentioned(tail, further):
        if found or mention.start <= _near(tail):
            found.setdefault(mention.key, units.names().shown.get(mention.key, mention.words))
    if not found and (unknown := _unknown_unit(tail)):
        found[units.key(unknown)] = unknown
    return list(found.items())


# ---- the words ----


@cache
def _grammars() -> dict[str, Grammar]:
    data = yamlfile.read(Path(__file__).with_name("handovers.yaml")).data
    return {language: _compiled(Words.model_validate(row)) for language, row in data.items()}


def _compiled(words: Words) -> Grammar:
    return Grammar(
        gives=_any(words.gives),
        sends=_any(words.sends),
        gives_to=_any(words.gives_to),
        receives=_any(words.receives),
        takes_from=_any(words.takes_from),
        stops=_any(words.stops),
        general=_any(words.general),
        verb_last=words.verb_last,
    )


def _any(terms: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(terms)})(?!\w)", re.IGNORECASE)
