"""Rules on the document as it would be with all accepted edits."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cxify.document import Finding
from cxify.proposal import Proposal
from cxify.rules.passages import Edit
from cxify.rules.phrases import sifted
from cxify.rules.plain import words
from cxify.rules.review import Hit, Review
from cxify.sieve import Sifted

_WHY = frozenset(("purpose", "policy_purpose", "about_us", "aims"))  # where a document says what something is for
_SHORT_DOCUMENT = 200  # words; a shorter one may carry its new text in one place


@dataclass(frozen=True)
class Outcome:
    """A document, the edits that were accepted, and everything else the writer said."""

    review: Review
    accepted: Sequence[Edit]
    proposal: Proposal

    @cached_property
    def edits(self) -> list[Edit]:
        """The accepted edits that change the text."""
        return [edit for edit in self.accepted if edit.changes_text]

    @cached_property
    def added(self) -> str:
        """All new words."""
        return "\n".join(edit.added for edit in self.edits)

    @cached_property
    def text(self) -> str:
        """The document's words and the new ones, in no useful order."""
        return "\n".join([*(block.text for block in self.review.document.blocks), self.added])

    @cached_property
    def source_words(self) -> list[str]:
        """The words of the document as it came."""
        return [word for block in self.review.document.blocks for word in words(block.text)]

    @cached_property
    def remarks(self) -> str:
        """All comments and questions."""
        comments = [edit.proposed.operation.comment or "" for edit in self.accepted]
        return "\n".join([*comments, *(question.text for question in self.proposal.questions)])

    def speaks(self, rule: str) -> bool:
        """Tell whether a rule knows words of the document's language."""
        return self.review.book[rule].speaks(self.review.language)

    def has(self, rule: str, text: str) -> bool:
        """Tell whether any of the rule's terms stands in a text."""
        known = self._sifted if text is self.text else sifted(text)
        return any(True for _ in self.review.book[rule].phrases(self.review.language).find(text, known))

    @cached_property
    def _sifted(self) -> Sifted:
        return sifted(self.text)


OutcomeRule = Callable[[Outcome], Iterator[Hit]]


def check(outcome: Outcome) -> list[Finding]:
    """Return the findings on the document as a whole."""
    review = outcome.review
    return [
        rule.finding("document", hit.block, quote=hit.quote, detail=hit.detail)
        for rule in review.book.of("document", review.kind.id, review.kind.rules)
        if rule.id in FUNCTIONS and rule.speaks(review.language)
        for hit in FUNCTIONS[rule.id](outcome)
    ]


def nobody_served(outcome: Outcome) -> Iterator[Hit]:
    """A document about a role that names nobody who receives the work."""
    if outcome.review.kind.describes == "role" and not outcome.has("CXL-102", outcome.text):
        yield Hit()


def no_reason_given(outcome: Outcome) -> Iterator[Hit]:
    """New expectations, and no why where a reader would look: in the purpose, beside them, or in the new words."""
    vision = outcome.review.framework.vision
    own = [text for text in (vision.why, vision.statement, *vision.promises) if text]
    near = _beside_edits(outcome)
    given = near is None or any(text in near for text in own) or outcome.has("CXL-105", near)
    if outcome.edits and not given:
        yield Hit()


def _beside_edits(outcome: Outcome) -> str | None:
    """Return the purpose, the edited passages and the new words; None when an edit itself speaks of the purpose."""
    review = outcome.review
    edited = [edit.block for edit in outcome.edits if edit.block]
    if any(review.role(block) in _WHY for block in edited):
        return None
    purpose = [block.text for block in review.document.body if review.role(block) in _WHY]
    return "\n".join((*purpose, *(block.text for block in edited), outcome.added))


def too_much(outcome: Outcome) -> Iterator[Hit]:
    """More new words or competencies than the framework's style and selection allow."""
    style, review = outcome.review.framework.style, outcome.review
    count, source = len(words(outcome.added)), len(outcome.source_words)
    most = max(style.min_allowance_words, round(style.max_new_share * source))
    if count > most:
        yield Hit(detail=f"The edits add {count} words to {source}; {most} are the limit.")
    selection = review.framework.selection.get(review.kind.id)
    used = {id.partition("@")[0] for edit in outcome.edits for id in edit.proposed.competencies}
    if selection and len(used) > selection.max:
        yield Hit(detail=f"The edits serve {len(used)} competencies; {selection.max} are the limit for this kind.")


def gender_coded_drift(outcome: Outcome) -> Iterator[Hit]:
    """A shift of gender-coded words beyond the framework's limit per 300 words."""
    lists = outcome.review.book.gender_coded.get(outcome.review.language, {})
    feminine, masculine = lists.get("feminine", ()), lists.get("masculine", ())
    new = words(outcome.added)
    if not (feminine or masculine) or not new:
        return
    often = Counter(outcome.source_words)
    before = sum(_coding(word, feminine, masculine) * count for word, count in often.items())
    after = before + sum(_coding(word, feminine, masculine) for word in new)
    drift = 300 * (after / len([*outcome.source_words, *new]) - before / max(1, len(outcome.source_words)))
    if abs(drift) > outcome.review.framework.style.gender_coding_max_delta:
        side = "feminine" if drift > 0 else "masculine"
        yield Hit(detail=f"The new words shift the document by {abs(drift):.1f} {side}-coded words per 300.")


def _coding(word: str, feminine: tuple[str, ...], masculine: tuple[str, ...]) -> int:
    return word.startswith(feminine) - word.startswith(masculine)


def bolted_on(outcome: Outcome) -> Iterator[Hit]:
    """Several edits in one section of a document that has more of them."""
    document = outcome.review.document
    places = [document.section_of(edit.proposed.operation.block) for edit in outcome.edits]
    titles = {place.title if place else "" for place in places}
    if (
        len(places) > 1
        and len(titles) == 1
        and len(document.sections) > 1
        and len(outcome.source_words) >= _SHORT_DOCUMENT
    ):
        yield Hit(detail=f"“{titles.pop()}”")


def listening_missing(outcome: Outcome) -> Iterator[Hit]:
    """No criterion on listening where people are chosen."""
    yield from _missing("CXL-704", outcome)


def handover_missing(outcome: Outcome) -> Iterator[Hit]:
    """No statement of what is handed to whom."""
    yield from _missing("CXL-705", outcome)


def next_step_missing(outcome: Outcome) -> Iterator[Hit]:
    """No next step, date or contact in an advert."""
    yield from _missing("CXL-709", outcome)


def _missing(rule: str, outcome: Outcome) -> Iterator[Hit]:
    if not outcome.has(rule, outcome.text):
        yield Hit()


def induction_without_customer(outcome: Outcome) -> Iterator[Hit]:
    """An induction that leaves out whom the work serves, or why."""
    missing = []
    if outcome.speaks("CXL-102") and not outcome.has("CXL-102", outcome.text):
        missing.append("who is served")
    if outcome.speaks("CXL-105") and not outcome.has("CXL-105", outcome.text):
        missing.append("why it matters")
    if missing:
        yield Hit(detail=" and ".join(missing))


def consultation(outcome: Outcome) -> Iterator[Hit]:
    """Changed criteria for assessing people, and no comment that points to consultation."""
    if outcome.edits and not outcome.has("CXL-903", outcome.remarks):
        yield Hit()


def framework_not_approved(outcome: Outcome) -> Iterator[Hit]:
    """A framework that two owners have not signed off."""
    identity = outcome.review.framework.framework
    if outcome.edits and identity.status != "approved":
        yield Hit(detail=identity.name)


FUNCTIONS: dict[str, OutcomeRule] = {
    "CXL-102": nobody_served,
    "CXL-105": no_reason_given,
    "CXL-405": too_much,
    "CXL-506": gender_coded_drift,
    "CXL-701": bolted_on,
    "CXL-704": listening_missing,
    "CXL-705": handover_missing,
    "CXL-706": induction_without_customer,
    "CXL-709": next_step_missing,
    "CXL-903": consultation,
    "CXL-906": framework_not_approved,
}
