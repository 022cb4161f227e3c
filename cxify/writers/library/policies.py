"""Policies: one sentence each for the purpose, the responsibilities, the help and the review; no rule is changed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from cxify.document import Block
from cxify.proposal import Append, Declined, InsertAfter, Operation
from cxify.writers.library.candidate import Candidate, Found
from cxify.writers.library.handbook import in_sections
from cxify.writers.library.joining import as_item
from cxify.writers.library.scene import Scene
from cxify.writers.library.steps import filled, is_open_prose, paragraph_about, step_candidate
from cxify.writers.library.voice import standing, typed_number
from cxify.writers.library.wording import Step, Text

FEWEST_WORDS = 4
FEWEST_IN_SENTENCE = 2
TITLE_LINES = 4
LONGEST_TITLE = 14
_OF_PURPOSE = (None, "policy_purpose", "purpose", "policy_rules", "speaking_for")
"""Sections whose first paragraph may say what a policy is for."""


def policy(scene: Scene, steps: Sequence[Step]) -> Found:
    """Find the sentences that suit the policy's subject; say why where there is none."""
    title = _title(scene)
    suited = [step for step in steps if step.topic is None or step.topic.search(title)]
    left_alone = scene.wording.policy_left_alone
    if left_alone and left_alone.cue.search(title) and not any(step.topic for step in suited):
        return Found(declined=(Declined(reason=left_alone.reason),))
    candidates = tuple(_candidates(scene, suited))
    taken = {candidate.block for candidate in candidates}
    of_many = scene.wording.handbook_title
    more = in_sections(scene) if of_many and of_many.search(title) else ()
    return Found(candidates=(*candidates, *(one for one in more if one.block not in taken)))


def _title(scene: Scene) -> str:
    """Return the lines that name the subject; a section of a handbook is about one of many."""
    sections = {block.id for block in scene.headings()} - {block.id for block in scene.blocks[:1]}
    top = takewhile(lambda block: block.id not in sections, scene.blocks[:TITLE_LINES])
    lines = [block.text for block in top if len(block.text.split()) <= LONGEST_TITLE]
    return "\n".join((scene.task.document.title, *lines))


def _candidates(scene: Scene, steps: Sequence[Step]) -> Iterator[Candidate]:
    """Yield one candidate for each part of a policy ("purpose-leave" and "purpose" are one part)."""
    parts: set[str] = set()
    for order, step in enumerate(steps):
        part = step.id.partition("-")[0]
        if part not in parts and (candidate := _candidate(scene, step, order)):
            parts.add(part)
            yield replace(candidate, family=part)


def _candidate(scene: Scene, step: Step, order: int) -> Candidate | None:
    block = _place(scene, step)
    if block is None:
        return None
    spoken = _is_item(block) and bool(step.items) and scene.voice(block) is not None
    chosen = filled(scene, step, step.items if spoken else step.texts, block.text)
    in_list = _is_item(block) and not step.strengthens
    operation = _operation(scene, block, chosen[1], in_list=in_list) if chosen else None
    if chosen is None or operation is None:
        return None
    return step_candidate(scene, step, chosen[0], block, operation, rank=0 if order < 3 else 1, order=order)


def _operation(scene: Scene, block: Block, text: Text, *, in_list: bool) -> Operation | None:
    if in_list:
        spoken = scene.voice(block)
        new = standing(text, spoken, scene.wording) if spoken and "<" in text.text else text.text
        return (
            InsertAfter(op="insert_after", block=block.id, text=as_item(new.rstrip("."), block.text)) if new else None
        )
    new = text.text
    if not scene.editable(block):
        return InsertAfter(op="insert_after", block=block.id, text=new)
    return Append(op="append", block=block.id, text=(" " if block.text.rstrip()[-1:] in ".!?" else ". ") + new)


def _is_item(block: Block) -> bool:
    return block.type == "list_item"


def _place(scene: Scene, step: Step) -> Block | None:
    """Return the paragraph that the sentence continues: the last one about it, of the first section that has any."""
    for role in step.sections:
        blocks = [block for block in scene.in_roles(role) if _is_open_sentence(scene, block)]
        # After a clause with a typed number a paragraph without one would stand out.
        blocks = [block for block in blocks if scene.editable(block) or not typed_number(block.text)]
        about = [b for b in blocks if (step.cue is None or step.cue.search(b.text)) and _takes(b, step)]
        prose = [block for block in about if scene.editable(block) and not _is_item(block)]
        own = [block for block in about if scene.editable(block)]
        if found := prose or own or about:
            return found[-1]
    return (_opening(scene) if step.opening else None) or (paragraph_about(scene, step.near) if step.near else None)


def _takes(block: Block, step: Step) -> bool:
    """A full sentence stands in a list only among full sentences."""
    return not _is_item(block) or bool(step.items) or block.text.rstrip().endswith(".")


def _opening(scene: Scene) -> Block | None:
    """Return the paragraph that opens a policy without a heading for its purpose."""
    seen_heading = 0
    for block in scene.blocks:
        seen_heading += block.type == "heading" or block.id in _headings(scene)
        if seen_heading > 2:
            return None
        if is_open_prose(scene, block) and not _is_item(block) and scene.role(block) in _OF_PURPOSE:
            return block
    return None


def _headings(scene: Scene) -> set[str]:
    return {section.heading for section in scene.task.document.sections if section.heading}


def _is_open_sentence(scene: Scene, block: Block) -> bool:
    text = block.text.rstrip()
    fewest = FEWEST_IN_SENTENCE if text.endswith(".") and not _is_item(block) else FEWEST_WORDS
    return scene.is_running(block) and not block.closed and len(text.split()) > fewest and not text.endswith(":")
