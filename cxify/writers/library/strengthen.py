"""Duties: an existing sentence is continued where it stands, before anything new is added."""

import re
from collections.abc import Iterator
from dataclasses import replace

from cxify import sieve
from cxify.document import Block
from cxify.proposal import Append, Declined, InsertAfter, Operation, Proposed, Replace
from cxify.writers.library import purpose
from cxify.writers.library.candidate import Candidate, Found, known, remark
from cxify.writers.library.joining import Joined, as_item, fitted, following_number
from cxify.writers.library.scene import Scene
from cxify.writers.library.slots import of_match
from cxify.writers.library.voice import LABEL, NUMBERED, Voice, bare, standing, voice_of
from cxify.writers.library.wording import Family, Text

_PARTNERS = re.compile(
    r"\b(?:teams?|departments?|functions?|stakeholders?|units?|areas|disciplines|divisions|services|colleagues)\b",
    re.IGNORECASE,
)

_ANYTHING_ELSE = r"\(P-LEGAL\)$|placeholder"
_OF_WORK = (None, "duties", "relationships")
_ASKING = re.compile(r"(?:enquir|inquir|request|case|ticket|referral)")
"""What people ask has no errors or discrepancies of its own."""
_DUTY_COLUMNS = (None, "duty", "description", "topic", "criterion")
_LEADS_ON = re.compile(r"\s?[;,](?:\s+(?:and|or))?\s*$")
FEWEST_WORDS = 3
LONGEST_FACT = 7
LONGEST_NAME = 4


def duties(scene: Scene, *roles: str) -> Found:
    """Find the duties that the library can strengthen."""
    passages = [(block, line) for block in _duty_blocks(scene, roles) for line in _lines(block)]
    texts = [bare(line) for _, line in passages]
    everything = sieve.lowered("\n".join(texts))
    possible = (family for family in scene.wording.duties if sieve.passes(family.cue, everything))
    families = [family for family in possible if _applies(scene, family)]
    found = Found()
    for order, ((block, line), text) in enumerate(zip(passages, texts, strict=True)):
        lower = sieve.lowered(text)
        for family in families:
            match = family.cue.search(text) if sieve.passes(family.cue, lower) else None
            if match and not (family.unless and family.unless.search(text)):
                found += _strengthened(scene, block, line, family, match, order)
    return found


def _applies(scene: Scene, family: Family) -> bool:
    """Tell whether a family of duties belongs to this document and to the organisation's framework."""
    if family.place == "replace_sentence" or not known(family.competencies, scene):
        return False
    return family.context is None or bool(family.context.search(scene.text))


def denied_customers(scene: Scene) -> Found:
    """Find sentences that say that a role has no customers, wherever they stand."""
    replacing = (family for family in scene.wording.duties if family.place == "replace_sentence")
    families = [family for family in replacing if sieve.passes(family.cue, scene.lowered)]
    found = Found()
    for order, block in enumerate(scene.blocks if families else ()):
        for family in families:
            says_so = block.type != "heading" and scene.may_say(family.cue, block) and family.cue.search(block.text)
            if says_so and known(family.competencies, scene):
                found += _replaced(scene, block, family, order)
    return found


def _duty_blocks(scene: Scene, roles: tuple[str, ...]) -> Iterator[Block]:
    for block in scene.in_roles(*roles):
        column = scene.column(block)
        partners = scene.role(block) == "relationships" and block.place is not None
        named = _names_row(scene, block) or block.id in scene.numbered_above
        open_duty = not block.closed and not partners and _is_duty(block) and not named
        if open_duty and column in _DUTY_COLUMNS:
            yield block


def _is_duty(block: Block) -> bool:
    """A short labelled line ("Job title: Nurse") is a fact and no duty."""
    words = len(block.text.split())
    return words >= FEWEST_WORDS and not (LABEL.match(block.text) and words <= LONGEST_FACT)


def _names_row(scene: Scene, block: Block) -> bool:
    """Tell whether a short cell only names what another cell of its row says at length."""
    row = scene.row(block)
    if row is None or block.place is None:
        return False
    words = [len(text.split()) for text in scene.cell_texts(row)]
    return words[block.place.cell - 1] <= LONGEST_NAME and max(words) > 2 * LONGEST_NAME


def _lines(block: Block) -> list[str]:
    """Return the duties of a block: one, or several that are typed with line breaks into one paragraph."""
    lines = [line for line in block.text.split("\n") if len(line.split()) >= FEWEST_WORDS]
    return lines if len(lines) > 1 else [block.text]


def _strengthened(scene: Scene, block: Block, line: str, family: Family, match: re.Match[str], order: int) -> Found:
    after = family.place == "insert_after"
    if not scene.editable(block):
        if block.closed or (family.when_locked != "insert_after" and not after):
            return Found()
        after = True
    spoken = scene.voice(block) if line == block.text else voice_of(line, _lines(block), scene.wording)
    if spoken is None and family.rank > 1:
        return Found()
    if spoken is None:
        return Found(declined=(Declined(block=block.id, reason=scene.wording.declined["voice"]),))
    words = of_match(match, scene.wording)
    if family.noun and (noun := family.noun.search(line)):
        words |= of_match(noun, scene.wording)
    words |= _item_noun(scene, words)
    fitting = [pair for pair in scene.variants(family.texts, words) if not after or pair[0].alone]
    if not fitting:
        return Found()
    chosen, filled = scene.choose(fitting, family.id + line)
    operation = _placed(scene, block, line, filled, spoken, after=after)
    if operation is None:
        return Found(declined=(Declined(block=block.id, reason=scene.wording.declined["voice"]),))
    return Found(candidates=(_candidate(scene, block, family, chosen, operation, match.group(), order),))


def new_handover(scene: Scene, *roles: str) -> Found:
    """Say in a new duty what is handed over; for documents in which no duty can carry it."""
    texts = scene.wording.new_handover
    open_blocks = [block for block in _duty_blocks(scene, roles) if scene.is_running(block)]
    block = _last(scene, roles)
    spoken = scene.voice(open_blocks[-1]) if open_blocks and block else None
    fitting = scene.variants(texts.texts, {})
    has_it = texts.cue and any(texts.cue.search(block.text) for block in open_blocks)
    if block is None or spoken is None or has_it or not fitting or not known(texts.competencies, scene):
        return Found()
    _, filled = scene.choose(fitting, block.text)
    new = standing(filled, spoken, scene.wording)
    if new is None:
        return Found()
    text = as_item(new, block.text.rpartition("\n")[2])
    candidate = Candidate(
        family="new-handover",
        rank=1,
        choices=known(texts.competencies, scene),
        operation=InsertAfter(op="insert_after", block=block.id, text=text),
        reason=texts.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=texts.standards,
        certainty="needs context",
        order=8_000,
    )
    return Found(candidates=(candidate,))


def _last(scene: Scene, roles: tuple[str, ...]) -> Block | None:
    """Return the last duty; "other duties as assigned" stays last, and nothing goes between typed numbers."""
    duties = [
        block
        for block in scene.in_roles(*roles)
        if scene.is_running(block) and not block.closed and (_is_duty(block) or block.type == "list_item")
    ]
    own = [block for block in duties if not re.search(_ANYTHING_ELSE, block.lock or "")]
    last = duties[-1:]
    if last and NUMBERED.match(last[0].text):
        return _end_of_numbering(scene, last[0]) if last[0] in own else None
    return next(iter(own[-1:] or last), None)


def _end_of_numbering(scene: Scene, block: Block) -> Block | None:
    """Return the last item whose number goes on from this one, also below another heading; no number stands twice."""
    opening = {section.heading for section in scene.task.document.sections}
    for following in scene.blocks[scene.blocks.index(block) + 1 :]:
        number = NUMBERED.match(following.text)
        goes_on = number and number.group().strip() == following_number(block.text).strip()
        if goes_on and following.id not in opening:
            if scene.role(following) not in _OF_WORK:
                return None
            block = following
    return block if scene.is_running(block) and not block.closed else None


def _item_noun(scene: Scene, words: dict[str, str]) -> dict[str, str]:
    """Return "invoice exceptions" where the passage has exceptions and the role works on invoices."""
    item, many = scene.slots.get("item"), words.get("nouns")
    if not item or not many or item in many or _ASKING.match(item):
        return {"nouns_of_item": many} if many else {}
    return {"nouns_of_item": f"{item} {many}" if many in ("exceptions", "discrepancies", "errors") else many}


def _placed(scene: Scene, block: Block, line: str, text: Text, spoken: Voice, *, after: bool) -> Operation | None:
    if not after and not block.text.endswith(line):
        return _within(scene, block, line, text, spoken)
    if not after and scene.wording.language == "en" and _LEADS_ON.search(block.text):
        return _before_mark(scene, block, text, spoken)
    if after:
        own = standing(text, spoken, scene.wording)
        joined = Joined(as_item(own, block.text), after=True) if own else None
    else:
        joined = fitted(line, text, spoken, scene.wording, inline=not scene.is_running(block))
    if joined is None:
        return None
    if not joined.after:
        return Append(op="append", block=block.id, text=joined.text)
    if block.closed or not scene.is_running(block) or NUMBERED.match(block.text) or block.type == "heading":
        return None
    return InsertAfter(op="insert_after", block=block.id, text=joined.text)


def _before_mark(scene: Scene, block: Block, text: Text, spoken: Voice) -> Operation | None:
    """Continue an item before the mark that leads on to the next: "provides advice;" or "prepares briefs; and"."""
    found = _LEADS_ON.search(block.text)
    if found is None:
        return None
    passage = block.text[: found.start()]
    joined = fitted(passage, text, spoken, scene.wording, inline=True)
    if joined is None or not joined.text.startswith((", ", "; ")):
        return None
    old = f"{passage.rpartition(' ')[2]}{found.group()}"
    added = joined.text if joined.text[0] == "," else f",{scene.wording.conjunction}{joined.text[2:]}"
    if block.text.count(old) != 1 or any(_overlaps(block, old, span.start, span.end) for span in block.spans):
        return None
    return Replace(op="replace", block=block.id, old=old, new=old.replace(found.group(), added + found.group()))


def _within(scene: Scene, block: Block, line: str, text: Text, spoken: Voice) -> Operation | None:
    """Continue one of several lines of a paragraph; what stands in it twice is left alone."""
    joined = fitted(line, text, spoken, scene.wording, inline=True)
    if joined is None or joined.after or block.text.count(line) != 1:
        return None
    return Replace(op="replace", block=block.id, old=line, new=line.rstrip() + joined.text)


def _candidate(
    scene: Scene, block: Block, family: Family, chosen: Text, operation: Operation, evidence: str, order: int
) -> Candidate:
    comments: tuple[Proposed, ...] = ()
    if family.question:
        partner = _PARTNERS.search(evidence)
        question = family.question.replace("{partners}", _plural(partner.group().lower()) if partner else "teams")
        comments = (
            remark(block, question, scene.wording.asked, quote=evidence, rule="CXL-702" if family.vague else None),
        )
    return Candidate(
        family=family.id,
        rank=family.rank,
        choices=known(chosen.competencies or family.competencies, scene),
        operation=operation,
        reason=family.reason,
        evidence=evidence,
        evidence_block=block,
        standards=family.standards if chosen.standards is None else chosen.standards,
        certainty="needs context" if family.question else "strong",
        comments=comments,
        order=order,
    )


def _plural(noun: str) -> str:
    return noun if noun.endswith("s") else f"{noun}s"


def _replaced(scene: Scene, block: Block, family: Family, order: int) -> Found:
    """Replace the sentence that holds the cue by the role's purpose sentence."""
    old = next((part for part in _sentences(block.text) if family.cue.search(part)), "")
    new = purpose.sentence_for(scene)
    if not old or not new or not scene.editable(block) or _holds_more(old, family, scene):
        return Found()
    if any(_overlaps(block, old, span.start, span.end) for span in block.spans):
        return Found()
    stop = old[-1] if old[-1] in ".!" else ""
    operation = Replace(op="replace", block=block.id, old=old, new=new.rstrip(".") + (stop or ""))
    candidate = _candidate(scene, block, family, Text(), operation, old, order)
    return Found(candidates=(replace(candidate, choices=purpose.choices(scene), rank=-1, fixed=True),))


def _holds_more(old: str, family: Family, scene: Scene) -> bool:
    """Tell whether the sentence says anything beside the words that deny the customer."""
    return bool(re.search(r"\w", scene.wording.framing.sub("", family.cue.sub("", old.lower()))))


def _overlaps(block: Block, part: str, start: int, end: int) -> bool:
    at = block.text.find(part)
    return start < at + len(part) and at < end


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.findall(r"[^.!?]+[.!?]?(?=\s|$)", text) if part.strip()]
