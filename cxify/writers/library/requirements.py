"""Requirements: one listening criterion, desirable, in the form in which the document lists them."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from cxify.document import Block
from cxify.proposal import Declined, InsertAfter, InsertRowAfter
from cxify.writers.library.candidate import Candidate, Found, known
from cxify.writers.library.counting import end_of_count
from cxify.writers.library.joining import as_item, in_list, is_item
from cxify.writers.library.requirement_rows import default_label, desirable_mark, row_cells, table_of
from cxify.writers.library.scene import Scene
from cxify.writers.library.slots import capital
from cxify.writers.library.voice import bare
from cxify.writers.library.wording import Prompt, Text

_QUALIFIES = "(P-QUAL)"
FEWEST_OF_PROSE = 9  # words


def listening(scene: Scene, *roles: str) -> Found:
    """Find the place for a listening criterion."""
    blocks = _asked_for(scene, *roles)
    already = next((block for block in blocks if scene.wording.requirements.already.search(block.text)), None)
    if already:
        return Found(declined=(Declined(block=already.id, reason=scene.wording.declined["listening"]),))
    if not known(scene.wording.requirements.competencies, scene):
        return Found()
    return _placed(scene, blocks)


def handing_over(scene: Scene, *roles: str) -> Found:
    """Find the place for a criterion on passing work on complete."""
    texts = scene.wording.requirements.handover
    if texts is None or (texts.cue and texts.cue.search(scene.text)) or not known(texts.competencies, scene):
        return Found()
    return _placed(scene, _asked_for(scene, *roles), texts)


def _placed(scene: Scene, blocks: Sequence[Block], other: Prompt | None = None) -> Found:
    """Place the criterion as a row or an item; `other` replaces the words on listening."""
    in_table = next((block for block in reversed(blocks) if block.place and row_cells(scene, block, "x", "x")), None)
    if in_table:
        return _row(scene, in_table, other)
    return _item(scene, [block for block in blocks if scene.is_running(block)], other)


def _asked_for(scene: Scene, *roles: str) -> list[Block]:
    """Return the requirements; in a person specification its table of criteria, whatever the heading above it."""
    if scene.task.document.kind == "person_specification":
        in_table = [block for block in scene.blocks if scene.is_data(block) and _is_of_criteria(scene, block)]
        if in_table:
            return in_table
    return list(scene.in_roles(*roles)) or _marked(scene) or _whole(scene)


def _marked(scene: Scene) -> list[Block]:
    """Return the list of competences or qualifications that marks something as desirable, or asks for a diploma."""
    texts = scene.wording.requirements
    marks = (*texts.labels, texts.plus)
    for role in ("competencies", "qualifications"):
        blocks = list(scene.in_roles(role))
        named = any(mark.search(block.text.strip()) for block in blocks for mark in marks)
        if named or any((block.lock or "").endswith(_QUALIFIES) for block in blocks):
            return blocks
    return []


def _is_of_criteria(scene: Scene, block: Block) -> bool:
    table = table_of(scene, block)
    roles = set(scene.columns(table)) if table else set()
    return "desirable" in roles or {"criterion", "assessed_by"} <= roles


def _whole(scene: Scene) -> list[Block]:
    """A person specification without headings is one list or one table of requirements."""
    if scene.task.document.kind != "person_specification":
        return []
    return [block for block in scene.blocks if block.type == "list_item" or scene.is_data(block)]


# ---- lists and lines ----


@dataclass(frozen=True)
class _Anchor:
    block: Block
    lead: str
    texts: Sequence[Text]


def _item(scene: Scene, blocks: Sequence[Block], other: Prompt | None) -> Found:
    opening = {section.heading for section in scene.task.document.sections}
    part = [block for block in _own_part(scene, blocks, opening) if block.id not in opening]
    open_blocks = [block for block in part if not block.closed and len(block.text.split()) > 1]
    anchor = _anchor(scene, open_blocks)
    if anchor is None:
        return Found()
    lead = anchor.lead or ("" if _under_desirable(scene, anchor.block) or other is None else default_label(scene))
    fitting = scene.variants(other.texts if other else anchor.texts, {})
    if not fitting:
        return Found()
    chosen, filled = scene.choose(fitting, "listening" + anchor.block.text)
    last = end_of_count(scene, anchor.block)
    new = as_item(f"{lead}{filled.text}" if lead else capital(filled.text), last.text)
    operation = InsertAfter(op="insert_after", block=last.id, text=new)
    return Found(candidates=(_candidate(scene, anchor.block, chosen, operation, other),))


def _own_part(scene: Scene, blocks: Sequence[Block], opening: Container[str | None]) -> list[Block]:
    """Return the requirements; a labelled paragraph ("Safeguarding: …") after them opens something else."""
    desirable = [block for block in blocks if _under_desirable(scene, block)]
    blocks = desirable or blocks
    order = {block.id: number for number, block in enumerate(scene.blocks)}
    part: list[Block] = []
    for block in blocks:
        apart = bool(part) and order[block.id] > order[part[-1].id] + 1
        after_list = bool(part) and part[-1].id not in opening and in_list(part[-1]) and not in_list(block)
        if part and (apart or after_list or scene.wording.requirements.stop.match(block.text.strip())):
            break
        part.append(block)
    return part


def _under_desirable(scene: Scene, block: Block) -> bool:
    """Tell whether a heading already says that what stands below it is desirable."""
    return bool(scene.wording.requirements.desirable.match(scene.titles.get(block.id, "")))


def _anchor(scene: Scene, blocks: Sequence[Block]) -> _Anchor | None:
    """Choose the block to stand after, and the form: the document's own mark for desirable, or its "Ability to …"."""
    texts = scene.wording.requirements
    designs = bool(texts.designs.search(scene.task.profile.role))
    examples = texts.example_design if designs else texts.example
    for block in reversed(blocks):
        for mark in texts.labels:
            if match := mark.search(block.text.strip()):
                return _Anchor(block, f"{match['label']}{scene.wording.colon}", examples)
    for block in reversed(blocks):
        if texts.plus.search(block.text):
            return _Anchor(block, "", texts.plus_design if designs else texts.plus_example)
    if not blocks:
        return None
    if _is_addressed_prose(scene, blocks[-1]):
        return _Anchor(blocks[-1], "", texts.plus_design if designs else texts.plus_example)
    unlabelled = _essential_by_default(scene) or _under_desirable(scene, blocks[-1])
    label = "" if unlabelled else default_label(scene)
    abilities = [block for block in blocks if texts.ability_begins.match(bare(block.text))]
    if abilities:
        return _Anchor(abilities[-1], label, texts.ability_lead if scene.level >= 3 else texts.ability)
    return _Anchor(blocks[-1], label, examples)


def _is_addressed_prose(scene: Scene, block: Block) -> bool:
    """Tell whether an advert asks in whole sentences: a criterion without a subject reads badly among them."""
    sentences = block.type == "paragraph" and not is_item(block.text) and block.text.rstrip().endswith(".")
    return scene.task.document.kind == "job_advert" and sentences and len(block.text.split()) >= FEWEST_OF_PROSE


def _essential_by_default(scene: Scene) -> bool:
    selection = scene.framework.selection.get("person_specification")
    return bool(selection and selection.essential_by_default)


def _row(scene: Scene, block: Block, other: Prompt | None) -> Found:
    """A row after the last: the criterion in its column, the others as the table's own rows fill them."""
    texts = scene.wording.requirements
    fitting = scene.variants(other.texts if other else texts.example, {})
    if not fitting:
        return Found()
    chosen, filled = scene.choose(fitting, "listening" + block.text)
    criterion = capital(filled.text) if block.text.strip()[:1].isupper() else filled.text
    cells = row_cells(scene, block, criterion, desirable_mark(scene, block), other)
    if cells is None:
        return Found()
    return Found(
        candidates=(
            _candidate(scene, block, chosen, InsertRowAfter(op="insert_row_after", block=block.id, cells=cells), other),
        )
    )


def _candidate(
    scene: Scene, block: Block, chosen: Text, operation: InsertAfter | InsertRowAfter, other: Prompt | None
) -> Candidate:
    texts = other or scene.wording.requirements
    return Candidate(
        family="listening" if other is None else "handing-over",
        rank=0 if other is None else 1,
        choices=known(chosen.competencies or texts.competencies, scene),
        operation=operation,
        reason=texts.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=other.standards if other else (),
        order=10_000 + (other is not None),
        fixed=other is not None,
    )
