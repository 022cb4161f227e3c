"""Spoil a correct proposal with exactly one fault, to see whether a scorer or a judge notices that one and no other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from cxify import yamlfile
from cxify.document import Document
from cxify.evaluation import expert
from cxify.evaluation.case import Case, Expected
from cxify.evaluation.matching import near
from cxify.evaluation.source import Strict
from cxify.proposal import Append, Comment, InsertAfter, Proposed, Replace
from cxify.rules.plain import words

FAULTS = Path(__file__).with_name("faults.yaml")
Part = Literal["required", "untouched", "clean", "size", "judgement"]
Edits = tuple[Proposed, ...]


class Fault(Strict):
    """One fault, and what it must cost."""

    id: str
    rubric: str
    """Criterion of the human rubric."""
    costs: tuple[Part, ...]
    """Parts of the score."""
    rule: str = ""
    """Block rule that must object."""
    words: dict[str, str] = Field(default={})
    """A sentence for one of the inserted texts, by language."""
    beside: Literal["required", "all"] = "required"
    """Whether the proposal that is spoiled has the optional edits too."""
    how: str = ""
    """A function of this module, for faults that are more than words."""


@dataclass(frozen=True)
class Desk:
    """A case, its document, and the expert's proposal with what each edit of it was expected for."""

    case: Case
    document: Document
    expected: tuple[Expected, ...]
    edits: Edits

    @property
    def target(self) -> int | None:
        """Index of a required edit that writes a sentence and says which competency it serves."""
        for index, (edit, expected) in enumerate(zip(self.edits, self.expected, strict=True)):
            sentence = isinstance(edit.operation, Append | InsertAfter | Replace)
            if sentence and expected.required and expected.competencies:
                return index
        return None


@dataclass(frozen=True)
class Variant:
    """A correct proposal and the same one with one fault."""

    fault: Fault
    correct: Edits
    spoiled: Edits


def faults() -> tuple[Fault, ...]:
    """Read the faults."""
    return tuple(Fault.model_validate(row) for row in yamlfile.read(FAULTS).data["faults"])


def variants(case: Case, document: Document) -> Iterator[Variant]:
    """Yield every fault that fits the case; a signed form or one without inserted sentences has none."""
    pairs = tuple(zip(case.expected, expert.proposal(case, document), strict=True))
    required = tuple(pair for pair in pairs if pair[0].required)
    for fault in faults():
        if fault.beside == "all" and len(pairs) == len(required):
            continue
        chosen = pairs if fault.beside == "all" else required
        desk = Desk(case, document, tuple(expected for expected, _ in chosen), tuple(edit for _, edit in chosen))
        if desk.target is not None and (spoiled := _spoiled(fault, desk)):
            yield Variant(fault, desk.edits, spoiled)


def _spoiled(fault: Fault, desk: Desk) -> Edits:
    return _HOW[fault.how](desk) if fault.how else said(desk, fault.words.get(desk.case.locale[:2], ""))


def said(desk: Desk, sentence: str) -> Edits:
    """Add a sentence to the target's text."""
    if not sentence:
        return ()
    text = _target(desk).inserted
    return _changed(desk, _saying(_target(desk), f"{text}{'' if text.endswith('.') else '.'} {sentence}"))


def prohibited_term(desk: Desk) -> Edits:
    """Use a word for the people served that the organisation does not use."""
    banned = desk.case.framework.prohibited_customer_terms
    return said(desk, f"This is for the {banned[0]}.") if banned and desk.case.locale.startswith("en") else ()


def level_too_high(desk: Desk) -> Edits:
    """Expect of a beginner what heads of functions do."""
    return _levelled(desk, 4) if desk.case.level <= 2 else ()


def level_too_low(desk: Desk) -> Edits:
    """Expect of a team leader what beginners do."""
    return _levelled(desk, 1) if desk.case.level >= 3 else ()


def wrong_place(desk: Desk) -> Edits:
    """Say the right thing in a section where nobody looks for it."""
    block = _elsewhere(desk)
    text = _target(desk).inserted.lstrip(".,;: ")
    operation = InsertAfter(op="insert_after", block=block, text=text) if block else None
    return _changed(desk, _target(desk).model_copy(update={"operation": operation})) if operation else ()


def unasked(desk: Desk) -> Edits:
    """Say something sensible that no expert asked for here."""
    block = _elsewhere(desk)
    operation = InsertAfter(op="insert_after", block=block, text="Say who takes this on.") if block else None
    return (*desk.edits, _target(desk).model_copy(update={"operation": operation})) if operation else ()


def missing(desk: Desk) -> Edits:
    """Leave out an edit that is required."""
    return tuple(edit for index, edit in enumerate(desk.edits) if index != desk.target)


def touched_lock(desk: Desk) -> Edits:
    """Add a word to a paragraph that must stay as it is."""
    blocks = desk.case.blocks(desk.document)
    for item in desk.case.untouchable:
        block = blocks[item.at][0]
        if block.lock and not block.closed and not item.text and block.type != "heading" and block.text:
            return (*desk.edits, _saying(_target(desk), " and so on", block.id))
    return ()


def repetition(desk: Desk) -> Edits:
    """Say again, one paragraph further, what has just been said; only where the size allows one sentence more."""
    sentences = [edit for edit in desk.edits if isinstance(edit.operation, Append | InsertAfter)]
    shortest = min(sentences, key=lambda edit: len(edit.inserted), default=_target(desk))
    text = shortest.inserted.lstrip(".,;: ")
    if sum(len(words(edit.inserted)) for edit in desk.edits) + len(words(text)) > _bearable(desk):
        return ()
    operation = InsertAfter(op="insert_after", block=shortest.operation.block, text=text)
    return (*desk.edits, shortest.model_copy(update={"operation": operation}))


def too_long(desk: Desk) -> Edits:
    """Say the same sentence until it is more than the document bears."""
    sentence = _target(desk).inserted.strip(".,;: ")
    times = int(_bearable(desk) / max(1, len(words(sentence)))) + 2
    return _changed(desk, _saying(_target(desk), f" {sentence}." * times))


def too_many(desk: Desk) -> Edits:
    """Comment until nobody reads the comments."""
    operation = Comment(op="comment", block=_target(desk).operation.block, comment="Please check this once more.")
    more = Proposed(operation=operation, reason="A comment too many.")
    return (*desk.edits, *[more] * (desk.case.limits.max_edits + 1 - len(desk.edits)))


def _target(desk: Desk) -> Proposed:
    if desk.target is None:
        raise ValueError(f"{desk.case.id} has no inserted sentence to spoil")
    return desk.edits[desk.target]


def _bearable(desk: Desk) -> float:
    """Return how many new words the case allows."""
    return desk.case.limits.max_insert_share * sum(len(words(block.text)) for block in desk.document.blocks)


def _elsewhere(desk: Desk) -> str | None:
    """Return a block after which something may be inserted and where no expert looks for anything."""
    labels = {block.id: label for label, blocks in desk.case.blocks(desk.document).items() for block in blocks}
    sentences = [expected for expected in desk.case.expected if expected.op != "comment"]
    for block in desk.document.body:
        free = not (block.lock or block.closed or block.place or block.type == "heading") and block.id in labels
        if free and not any(near(expected, labels[block.id], desk.case) for expected in sentences):
            return block.id
    return None


def _changed(desk: Desk, edit: Proposed) -> Edits:
    return tuple(edit if index == desk.target else other for index, other in enumerate(desk.edits))


def _levelled(desk: Desk, level: int) -> Edits:
    names = [competency.partition("@")[0] for competency in _target(desk).competencies]
    return _changed(desk, _target(desk).model_copy(update={"competencies": tuple(f"{name}@{level}" for name in names)}))


def _saying(edit: Proposed, text: str, block: str = "") -> Proposed:
    """Return the edit with another text, or an addition to another block."""
    if block:
        return edit.model_copy(update={"operation": Append(op="append", block=block, text=text)})
    name = "new" if isinstance(edit.operation, Replace) else "text"
    return edit.model_copy(update={"operation": edit.operation.model_copy(update={name: text})})


_HOW: dict[str, Callable[[Desk], Edits]] = {
    function.__name__: function
    for function in (
        prohibited_term,
        level_too_high,
        level_too_low,
        wrong_place,
        unasked,
        missing,
        touched_lock,
        repetition,
        too_long,
        too_many,
    )
}
