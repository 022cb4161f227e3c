"""Rule 304: an edit deletes only words that a rule objects to; every duty and requirement stays."""

import re
from collections.abc import Iterator

from cxify.proposal import Replace
from cxify.rules.passages import Edit, Stretch
from cxify.rules.plain import WORD, plain, stem, words
from cxify.rules.review import Hit, Review

_CLAUSE_END = re.compile(r"[.;:!?,()\n\u2013\u2014]|\b(?:and|or|und|oder|but|aber)\b")


def removed_requirements(edit: Edit, review: Review) -> Iterator[Hit]:
    """Words that a replacement drops although no rule objects to them."""
    if edit.block is None or not isinstance(edit.proposed.operation, Replace):
        return
    text = edit.block.text
    kept = {stem(word) for passage in edit.passages for word in words(passage.text)}
    allowed = list(_objectionable(text, review))
    for change in edit.changes:
        lost = [
            text[start:end]
            for start, end in _words_in(text, change.start, change.end)
            if not any(first <= start and end <= last for first, last in allowed)
            and stem(plain(text[start:end])) not in kept
            and not _weightless(plain(text[start:end]), review)
        ]
        if lost:
            yield Hit(" ".join(lost))


def _words_in(text: str, start: int, end: int) -> Iterator[Stretch]:
    return ((start + match.start(), start + match.end()) for match in WORD.finditer(text[start:end]))


def _weightless(word: str, review: Review) -> bool:
    book = review.book
    return word in book.words("function_words", review.language) or word in book.words("light_words", review.language)


def _objectionable(text: str, review: Review) -> Iterator[Stretch]:
    """Yield the stretches that may go: the words a rule objects to, or the clause around them."""
    for rule in review.book.rules:
        if rule.removes is None or not rule.applies_to(review.kind.id, review.kind.rules):
            continue
        for match in rule.phrases(review.language).find(text):
            yield _clause(text, match.start, match.end) if rule.removes == "clause" else (match.start, match.end)


def _clause(text: str, start: int, end: int) -> Stretch:
    lower = plain(text)
    before = [match.end() for match in _CLAUSE_END.finditer(lower) if match.end() <= start]
    after = [match.start() for match in _CLAUSE_END.finditer(lower) if match.start() >= end]
    return max(before, default=0), min(after, default=len(text))
