"""Between an answer on the wire and a Proposal: quotes are checked letter by letter, what does not fit is named."""

from collections.abc import Iterator
from typing import Any

from rapidfuzz import fuzz

from cxify.document import Block
from cxify.proposal import Append, Comment, Declined, InsertAfter, InsertRowAfter, Proposal, Proposed, Question, Replace
from cxify.writers.llm.masks import HIDDEN, WITHHELD
from cxify.writers.llm.shape import Wire
from cxify.writers.llm.view import View

_FEW_WORDS, _SAME = 3, 90
_STOPS = (".", "!", "?", ":", "…")


def restored(answer: Wire, view: View) -> Wire:
    """Return the answer with the originals where it quotes placeholders; new text may only keep what it replaces."""
    return answer.model_copy(update={"edits": tuple(_restored(edit, view) for edit in answer.edits)})


def _restored(edit: Any, view: View) -> Any:
    quoted = ("evidence", "quote", "old")
    shown = {name: view.unmasked(text) for name in quoted if (text := getattr(edit, name, None))}
    if edit.op == "replace":
        shown["new"] = view.unmasked(edit.new, within=shown.get("old", ""))
    return edit.model_copy(update=shown)


def problems(answer: Wire, view: View) -> tuple[str, ...]:
    """Return what is wrong with an answer that fits its schema, for the model to mend."""
    faults = [f"edits.{number}: {fault}" for number, edit in enumerate(answer.edits) for fault in faults_of(edit, view)]
    faults += [f"edits.{number}: one `replace` a block; merge it with the first" for number in _second(answer)]
    if not (answer.edits or answer.questions or answer.declined):
        faults.append("an answer without edits must say why under `declined`")
    return tuple(faults)


def proposal(answer: Wire, view: View) -> Proposal:
    """Return the proposal; edits that still have a fault after the last attempt are left out, and that is said."""
    edits, declined = [], [Declined(block=one.block, reason=one.reason) for one in answer.declined]
    second = set(_second(answer))
    for number, edit in enumerate(answer.edits):
        fault = "it is the second `replace` of a block" if number in second else next(faults_of(edit, view), None)
        if fault:
            declined.append(Declined(block=edit.block, reason=f"The model's edit could not be used: {fault}."))
        else:
            edits.append(_proposed(edit, view))
    questions = [Question(block=one.block, text=one.text) for one in answer.questions]
    if not (edits or questions or declined):
        declined.append(Declined(reason="The model found nothing to propose and gave no reason."))
    return Proposal(edits=tuple(edits), questions=tuple(questions), declined=tuple(declined))


def wire(given: Proposal) -> dict[str, Any]:
    """Return a proposal as the model would have written it, so that it can be asked to revise it."""
    return {
        "edits": [_on_the_wire(edit) for edit in given.edits],
        "questions": [question.model_dump() for question in given.questions],
        "declined": [one.model_dump() for one in given.declined],
    }


def faults_of(edit: Any, view: View) -> Iterator[str]:
    """Yield what is wrong with one edit."""
    block = view.document.by_id[edit.block]
    if edit.evidence and edit.evidence not in view.document.by_id[edit.evidence_block].text:
        yield f"evidence is not in {edit.evidence_block}; copy it letter by letter"
    if edit.op != "comment" and not edit.evidence:
        yield "evidence is empty; copy the words that the edit rests on"
    if edit.op != "comment" and edit.certainty == "not enough data":
        yield "with not enough data use a comment or a question"
    if edit.op != "comment" and not (edit.competencies or edit.standards):
        yield "an edit of the text names a competency or a standard"
    yield from _faults_of_text(edit, block, view)


def _second(answer: Wire) -> Iterator[int]:
    """Yield the numbers of further replacements in a block: each was written as if the others did not exist."""
    seen = set()
    for number, edit in enumerate(answer.edits):
        if edit.op == "replace" and edit.block in seen:
            yield number
        if edit.op == "replace":
            seen.add(edit.block)


def _faults_of_text(edit: Any, block: Block, view: View) -> Iterator[str]:
    match edit.op:
        case "replace":
            yield from _faults_of_replace(edit, block)
        case "comment" if edit.quote and edit.quote not in block.text:
            yield f"quote is not in {block.id}; copy it letter by letter, or give null"
        case "insert_row_after" if len(edit.cells) != view.width(block.id):
            yield f"the row of {block.id} has {view.width(block.id)} cells, not {len(edit.cells)}"
        case "append" | "insert_after" if _repeats(edit.text, block.text):
            yield f"text repeats what {block.id} already says; write the new sentence only"
    if HIDDEN in _new_text(edit):
        yield f"{WITHHELD} stands for text that you cannot see; leave it out"


def _repeats(new: str, old: str) -> bool:
    """Tell whether the new text stands in the old one, or holds it with hardly a letter changed."""
    one, other = (text.strip().rstrip(".").casefold() for text in (new, old))
    return one in other or (len(other.split()) > _FEW_WORDS and fuzz.partial_ratio(other, one) >= _SAME)


def _faults_of_replace(edit: Any, block: Block) -> Iterator[str]:
    start = block.text.find(edit.old) if edit.old else -1
    if start < 0:
        yield f"old is not in {block.id}; copy it letter by letter"
    elif edit.old == edit.new:
        yield "old and new are the same"
    elif any(span.start < start + len(edit.old) and start < span.end for span in block.spans):
        yield "old holds words that may not change; quote fewer words"


def _new_text(edit: Any) -> str:
    return str(
        " ".join(edit.cells) if edit.op == "insert_row_after" else getattr(edit, "text", getattr(edit, "new", ""))
    )


def _proposed(edit: Any, view: View) -> Proposed:
    return Proposed(
        operation=_operation(edit, view),
        reason=edit.reason,
        competencies=edit.competencies,
        standards=edit.standards,
        evidence=edit.evidence,
        evidence_block=edit.evidence_block,
        certainty=edit.certainty,
    )


def _operation(edit: Any, view: View) -> Replace | Append | InsertAfter | InsertRowAfter | Comment:
    block = edit.block
    match edit.op:
        case "append":
            return Append(op="append", block=block, text=joined(view.document.by_id[block].text, edit.text))
        case "replace":
            return Replace(op="replace", block=block, old=edit.old, new=edit.new)
        case "insert_after":
            return InsertAfter(op="insert_after", block=block, text=edit.text.strip())
        case "insert_row_after":
            return InsertRowAfter(op="insert_row_after", block=block, cells=edit.cells)
        case _:
            return Comment(op="comment", block=block, quote=edit.quote or None, comment=edit.comment)


def joined(before: str, sentence: str) -> str:
    """Return a sentence as it continues a text: after a space, or after a full stop where the text ends without one."""
    sentence = sentence.strip()
    if not before.strip() or before.rstrip().endswith(_STOPS):
        return sentence if before.endswith((" ", "\n", "\t")) or not before else f" {sentence}"
    return f". {sentence.removesuffix('.')}"


def _on_the_wire(edit: Proposed) -> dict[str, Any]:
    operation = edit.operation.model_dump(exclude={"occurrence"})
    if not isinstance(edit.operation, Comment):
        operation.pop("comment")
    if isinstance(edit.operation, Append):
        operation["text"] = edit.operation.text.removeprefix(".").strip()
    first = {"evidence_block": edit.evidence_block, "evidence": edit.evidence, "reason": edit.reason}
    last = {"competencies": edit.competencies, "standards": edit.standards, "certainty": edit.certainty}
    return first | operation | last
