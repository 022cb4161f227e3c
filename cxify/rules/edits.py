"""Rules on one proposed edit: the terms of the rule book, and one function for each thing that terms cannot say."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from cxify.document import Block, Finding
from cxify.proposal import InsertAfter, InsertRowAfter
from cxify.rules import grounding, locks, rows
from cxify.rules.book import Rule
from cxify.rules.passages import Edit
from cxify.rules.phrases import Phrases
from cxify.rules.plain import plain, sentences, words
from cxify.rules.review import EditRule, Hit, Review

_SIMILAR, _SAME = 80, 95  # per cent of letters in common
_JOINED = re.compile(r"(?:;|,)? (?:and|or|und|oder|et|ou|en|y) (?!so\b)|;", re.IGNORECASE)
_MANY = 4  # joints of one statement; a list of two nouns and two verbs has three
_TICK = 3  # characters: ✓, X, D, yes
_TERMS_MEAN_SOMETHING_ELSE = frozenset(("CXL-305", "CXL-509"))  # their terms describe a place or what is missing

RuleAmong = Callable[[Edit, Sequence[Edit], Review], Iterator[Hit]]


def check(edit: Edit, before: Sequence[Edit], review: Review) -> list[Finding]:
    """Return what the rules say about an edit; `before` are the accepted edits that stand in front of it."""
    misplaced = [_finding(review.book["CXL-608"], hit, edit) for hit in grounding.place_not_found(edit, review)]
    if misplaced:
        return misplaced
    found: list[Finding] = []
    for rule, phrases in review.on_insertions:
        hits = [*_terms(rule, phrases, edit, review)]
        if rule.id in FUNCTIONS:
            hits += FUNCTIONS[rule.id](edit, review)
        if rule.id in AMONG:
            hits += AMONG[rule.id](edit, before, review)
        found += [_finding(rule, hit, edit) for hit in hits]
    return found


def _finding(rule: Rule, hit: Hit, edit: Edit) -> Finding:
    block = hit.block or edit.proposed.operation.block
    return rule.finding("insertion", block, quote=hit.quote, detail=hit.detail, edit=edit.index)


def _terms(rule: Rule, phrases: Phrases, edit: Edit, review: Review) -> Iterator[Hit]:
    """Yield the rule's terms as far as new words take part in them; words that a replacement keeps are not judged."""
    if rule.id in _TERMS_MEAN_SOMETHING_ELSE or _within_level(rule, review):
        return
    for passage in edit.passages:
        for match in phrases.find(passage.text, passage.sifted):
            if passage.adds(match.start, match.end) and not (rule.new_only and review.says(match.quote)):
                yield Hit(match.quote, _level_detail(match.quote, review) if rule.below_level else "")


def _within_level(rule: Rule, review: Review) -> bool:
    return rule.below_level is not None and (review.profile is None or review.profile.level >= rule.below_level)


def _level_detail(quote: str, review: Review) -> str:
    level = review.profile.level if review.profile else 1
    return f"“{quote}” is work above level {level}, which is what the document shows."


def level_too_high(edit: Edit, review: Review) -> Iterator[Hit]:
    """A competency at a level that the document does not show."""
    for id in edit.proposed.competencies if review.profile and edit.changes_text else ():
        level = int(id.partition("@")[2])
        if review.profile and level > review.profile.level:
            yield Hit(id, f"The edit is at level {level}; the document shows level {review.profile.level}.")


def outside_the_shared_profile(edit: Edit, review: Review) -> Iterator[Hit]:
    """A competency that the other documents of the role do not know."""
    profile = review.profile
    for id in edit.proposed.competencies if profile and profile.shared_with and edit.changes_text else ():
        if profile and id.partition("@")[0] not in {shared.partition("@")[0] for shared in profile.competencies}:
            yield Hit(id, f"{id} is not what the role’s other documents ask for")


def wrong_customer_term(edit: Edit, review: Review) -> Iterator[Hit]:
    """A prohibited word for the people served, or one that neither organisation nor document uses."""
    phrases = _people(review.foreign_customer_words)
    for passage in edit.passages:
        for match in phrases.find(passage.text, passage.sifted):
            if passage.adds(match.start, match.end):
                yield Hit(match.quote, review.customer_terms.external)


@lru_cache(maxsize=256)
def _people(terms: tuple[str, ...]) -> Phrases:
    return Phrases.of([_literal(term).removesuffix("y") + _PLURAL[term.endswith("y")] for term in terms])


def _literal(words: str) -> str:
    return re.escape(plain(words)).replace(r"\ ", " ").replace(r"\-", "[- ]")


_PLURAL = {False: r"(?:s|n|en|innen|e|es)?(?:'s)?", True: r"(?:y|ies)(?:'s)?"}


def banned_phrase(edit: Edit, review: Review) -> Iterator[Hit]:
    """A phrase of the framework's own list."""
    for phrases, instead in banned_phrases(review):
        for passage in edit.passages:
            for match in phrases.find(passage.text, passage.sifted):
                if passage.adds(match.start, match.end):
                    yield Hit(match.quote, instead)


def banned_phrases(review: Review) -> Iterator[tuple[Phrases, str]]:
    """Yield what finds each phrase that the organisation does not use, and what to write instead."""
    for banned in review.framework.localised(review.language).banned:
        yield _banned(banned.phrase), banned.use_instead


@lru_cache(maxsize=512)
def _banned(phrase: str) -> Phrases:
    return Phrases.of([_literal(phrase)])


def similar_to_source(edit: Edit, review: Review) -> Iterator[Hit]:
    """A new sentence that is close to one of the document's own."""
    yield from (Hit(theirs) for _, theirs, score in _twins(edit, review) if score < _SAME)


def repeated(edit: Edit, before: Sequence[Edit], review: Review) -> Iterator[Hit]:
    """A new sentence that the document, or another edit, has already."""
    yield from (Hit(theirs) for _, theirs, score in _twins(edit, review) if score >= _SAME)
    others = [sentence for other in before for sentence in other.judged]
    for sentence in edit.judged:
        twin = process.extractOne(sentence, others, scorer=fuzz.ratio, score_cutoff=_SAME)
        if twin:
            yield Hit(twin[0])


def _twins(edit: Edit, review: Review) -> Iterator[tuple[str, str, float]]:
    """Yield each new sentence with its nearest sentence in another block, and how much they have in common."""
    if edit.index not in review.twins:
        review.twins[edit.index] = tuple(_nearest(edit, review))
    return iter(review.twins[edit.index])


def _nearest(edit: Edit, review: Review) -> Iterator[tuple[str, str, float]]:
    own = edit.proposed.operation.block if edit.changes and edit.proposed.operation.op == "replace" else None
    theirs = [text for block, text in review.source_sentences if block != own]
    for sentence in edit.judged:
        twin = process.extractOne(sentence, theirs, scorer=fuzz.ratio, score_cutoff=_SIMILAR)
        if twin:
            yield sentence, twin[0], twin[1]


def long_statement(edit: Edit, review: Review) -> Iterator[Hit]:
    """A sentence with more words than the framework's style allows, or with one action after another."""
    most = review.framework.style.max_words_per_statement
    for sentence in edit.sentences:
        count = len(words(sentence))
        if count > most:
            yield Hit(sentence, f"{count} words (at most {most})")
        elif len(_JOINED.findall(sentence)) >= _MANY:
            yield Hit(sentence, "several actions; one or two can be assessed")


def essential_by_accident(edit: Edit, review: Review) -> Iterator[Hit]:
    """A new criterion of a person specification that is not marked as desirable."""
    operation, block = edit.proposed.operation, edit.block
    if block is None or not isinstance(operation, InsertAfter | InsertRowAfter):
        return
    selection = review.framework.selection.get(review.kind.id)
    if selection and selection.essential_by_default:
        return
    if review.kind.id == "person_specification" or review.role(block) == "person_spec":
        nearby = "\n".join([edit.added, block.section or "", *_ticked_columns(operation, block, review)])
        if not any(review.book["CXL-509"].phrases(review.language).find(nearby)):
            yield Hit(sentences(edit.added)[0] if edit.added.strip() else "")


def _ticked_columns(operation: InsertAfter | InsertRowAfter, block: Block, review: Review) -> Iterator[str]:
    """Yield the headers of the columns in which a new row carries a tick, or the criterion itself: "Desirable"."""
    if block.place is None or isinstance(operation, InsertAfter):
        return
    table = review.document.tables[block.place.table - 1]
    columns = review.columns(table)
    for column, (cell, text) in enumerate(zip(table.rows[0].cells, operation.cells, strict=False)):
        role = columns.get(column, ("", None))[1]
        if text and (len(text) <= _TICK or role == "desirable"):
            yield " ".join(review.document.by_id[id].text for id in cell.blocks)


FUNCTIONS: dict[str, EditRule] = {
    "CXL-103": wrong_customer_term,
    "CXL-107": banned_phrase,
    "CXL-402": level_too_high,
    "CXL-407": similar_to_source,
    "CXL-408": long_statement,
    "CXL-509": essential_by_accident,
    "CXL-801": outside_the_shared_profile,
    **rows.RULES,
    **locks.RULES,
    **grounding.RULES,
}
AMONG: dict[str, RuleAmong] = {"CXL-409": repeated}
