"""Handbooks and codes of conduct: one sentence in the sections that deal with people; every other section stays."""

from collections.abc import Iterator

from cxify.document import Block, Section
from cxify.proposal import Append, InsertAfter, Operation
from cxify.writers.library.candidate import Candidate, known
from cxify.writers.library.joining import as_item, in_list
from cxify.writers.library.scene import Scene
from cxify.writers.library.wording import InSection, Text

FEWEST_SECTIONS = 4
"""A document with fewer has one subject: it is no handbook."""
LATER = 10_000


def in_sections(scene: Scene) -> Iterator[Candidate]:
    """Yield one candidate for each part of a handbook that deals with people."""
    sections = [section for section in scene.task.document.sections if section.heading]
    if len(sections) < FEWEST_SECTIONS:
        return
    parts: set[str] = set()
    for order, entry in enumerate(scene.wording.handbook):
        part = entry.id.partition("-")[0]
        if part in parts:
            continue
        found = next((one for section in sections if (one := _candidate(scene, entry, section, order))), None)
        if found:
            parts.add(part)
            yield found


def _candidate(scene: Scene, entry: InSection, section: Section, order: int) -> Candidate | None:
    block = _place(scene, entry, section)
    fitting = scene.variants(entry.texts, {}) if block and known(entry.competencies, scene) else []
    if block is None or not fitting:
        return None
    chosen, filled = scene.choose(fitting, entry.id + block.text)
    return Candidate(
        family=f"section-{entry.id.partition('-')[0]}",
        rank=1,
        choices=known(chosen.competencies or entry.competencies, scene),
        operation=_operation(block, filled),
        reason=entry.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=entry.standards,
        order=LATER + order,
        fixed=True,
    )


def _place(scene: Scene, entry: InSection, section: Section) -> Block | None:
    """Return the last paragraph of a section that the sentence suits and that takes one."""
    if not entry.title.search(section.title) or (entry.not_title and entry.not_title.search(section.title)):
        return None
    own = [
        block for block in scene.blocks if scene.titles.get(block.id) == section.title and block.id in section.blocks
    ]
    text = "\n".join(block.text for block in own)
    if (entry.near and not entry.near.search(text)) or (entry.unless and entry.unless.search(text)):
        return None
    prose = [block for block in own if block.type != "heading" and _is_sentence(scene, block)]
    return prose[-1] if prose else None


def _is_sentence(scene: Scene, block: Block) -> bool:
    return scene.is_running(block) and scene.editable(block) and block.text.rstrip().endswith(".")


def _operation(block: Block, text: Text) -> Operation:
    """Go on with the paragraph; a list of sentences gains one of its own."""
    if in_list(block):
        return InsertAfter(op="insert_after", block=block.id, text=as_item(text.text.rstrip("."), block.text))
    return Append(op="append", block=block.id, text=f" {text.text}")
