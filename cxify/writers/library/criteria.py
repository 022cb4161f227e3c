"""Criteria for promotion, bonus and recognition: one among others, judged by people, in the shape of the document."""

import re

from cxify.document import Block, Table
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Operation
from cxify.writers.library.candidate import Candidate, Found, known
from cxify.writers.library.joining import as_item, is_item
from cxify.writers.library.rows import column_texts, is_short, last_row
from cxify.writers.library.scene import Scene
from cxify.writers.library.slots import capital
from cxify.writers.library.voice import LABEL, bare
from cxify.writers.library.wording import Criteria, Recognition, Text

_SHOWN = re.compile(r"^(?:shown by|montré par|aangetoond met|se muestra con) ")
"""What a column of evidence says in its header; German needs it for the case of the nouns."""


def criteria(scene: Scene, texts: Criteria, *, most: int) -> Found:
    """Place one documented criterion among the others, with a comment for HR and those who have to agree."""
    place = _criterion_place(scene)
    if place is None:
        return Found()
    candidates = []
    for order, id in enumerate(id for id in texts.competencies if id in known([id], scene)):
        fitting = scene.variants(texts.criteria.get(id, ()), {})
        if fitting and order < most:
            _, filled = scene.choose(fitting, id)
            candidates.append(_criterion(scene, place, id, _what_is_shown(scene, filled), texts, order))
    return Found(candidates=tuple(candidates))


def _what_is_shown(scene: Scene, criterion: Text) -> Text:
    """Leave the evidence to the part of the document that lists it."""
    what, _, shown = criterion.text.partition("; ")
    apart = shown and not _is_bonus(scene) and _evidence_listed(scene)
    return criterion.model_copy(update={"text": what}) if apart else criterion


def _evidence_listed(scene: Scene) -> list[Block]:
    return [block for block in scene.in_roles("evidence") if scene.is_running(block) and not block.closed]


def evidence(scene: Scene) -> Found:
    """Name those who receive the work among the evidence."""
    texts = scene.wording.evidence
    blocks = _evidence_listed(scene)
    fitting = scene.variants(texts.texts, {})
    if not blocks or not fitting:
        return Found()
    block = blocks[-1]
    _, filled = scene.choose(fitting, block.text)
    text = as_item(filled.text, block.text)
    candidate = Candidate(
        family="evidence",
        rank=1,
        choices=known(texts.competencies, scene),
        operation=InsertAfter(op="insert_after", block=block.id, text=text),
        reason=texts.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=texts.standards,
        order=500,
        fixed=True,
    )
    return Found(candidates=(candidate,))


def recognition(scene: Scene) -> Found:
    """Add a team and a prevention criterion."""
    texts, place = scene.wording.recognition, _criterion_place(scene)
    if place is None:
        return Found()
    candidates = []
    for order, id in enumerate(known(texts.competencies, scene)):
        if fitting := scene.variants([text for text in texts.texts if text.competency == id], {}):
            _, filled = scene.choose(fitting, id)
            candidates.append(_criterion(scene, place, id, filled, texts, order))
    return Found(candidates=tuple(candidates))


def nomination(scene: Scene) -> Found:
    """Say what a nomination tells about the effect on other people."""
    texts = scene.wording.recognition
    fitting = scene.variants(texts.nomination, {})
    prose = [b for b in scene.in_roles("nomination") if b.type == "paragraph" and scene.editable(b)]
    block = next((b for b in reversed(prose) if scene.is_running(b) and b.text.rstrip().endswith(".")), None)
    if block is None or not fitting or (texts.told and texts.told.search(block.text)):
        return Found()
    _, filled = scene.choose(fitting, block.text)
    candidate = Candidate(
        family="nomination",
        rank=2,
        choices=known(texts.competencies, scene),
        operation=Append(op="append", block=block.id, text=f" {filled.text}"),
        reason=texts.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        order=9_000,
    )
    return Found(candidates=(candidate,))


def _is_bonus(scene: Scene) -> bool:
    """A bonus scheme lists its criteria as measures; a new one has neither weight nor target."""
    return scene.task.document.kind == "bonus_criteria"


def _criterion_place(scene: Scene) -> Block | None:
    headings = {section.heading for section in scene.task.document.sections}
    for table in scene.task.document.tables:
        roles = scene.columns(table)
        for role in ("criterion", "description", "topic", *(("measure",) if _is_bonus(scene) else ())):
            if role in roles and (block := last_row(scene, table, roles.index(role))):
                return block
    for role in ("criteria", "awards", "measures", "evidence"):
        blocks = [
            block
            for block in scene.in_roles(role)
            if scene.is_running(block) and not block.closed and not block.text.rstrip().endswith(":")
            if block.id not in headings and not _in_wide_row(scene, block)
        ]
        if blocks:
            items = [block for block in blocks if block.type == "list_item"]
            return (items or blocks)[-1]
    return None


def _in_wide_row(scene: Scene, block: Block) -> bool:
    """A row of three cells or more is one of a table whose header is not known; one of two has a label and a text."""
    row = scene.row(block)
    return row is not None and sum(map(bool, scene.cell_texts(row))) > 2


def _criterion(
    scene: Scene, block: Block, id: str, filled: Text, texts: Criteria | Recognition, order: int
) -> Candidate:
    comment = texts.comment or None
    name = texts.labels.get(id, "") if isinstance(texts, Recognition) else ""
    name = name or scene.competency(id).name
    operation: Operation
    if block.place and scene.is_data(block) and (table := scene.tables.get(block.place.table)):
        operation = InsertRowAfter(
            op="insert_row_after",
            block=block.id,
            cells=_criterion_cells(scene, table, name, filled.text),
            comment=comment,
        )
    else:
        text = as_item(_labelled(scene, block, name, filled.text), block.text, order + 1)
        operation = InsertAfter(op="insert_after", block=block.id, text=text, comment=comment)
    return Candidate(
        family=f"criterion-{id}",
        rank=0 if order == 0 else 4 if is_short(scene, block) else 1,
        choices=(id,),
        operation=operation,
        reason=texts.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=("S04",) if id == "CX-HANDOFF" else ("S09",),
        certainty="needs context",
        order=order,
    )


def _labelled(scene: Scene, block: Block, name: str, words: str) -> str:
    """Put the competency's name before a criterion in a list whose items begin with names."""
    items = [one for one in scene.blocks if scene.titles.get(one.id) == scene.titles.get(block.id)]
    named = [one for one in items if LABEL.match(bare(one.text) if is_item(one.text) else one.text)]
    is_list = LABEL.match(block.text) and len(named) > 1
    small = words if scene.wording.capital_nouns else f"{words[:1].lower()}{words[1:]}"
    return f"{name}{scene.wording.colon}{small}" if is_list else words[:1].upper() + words[1:]


def _criterion_cells(scene: Scene, table: Table, name: str, words: str) -> tuple[str, ...]:
    roles = scene.columns(table)
    what, _, evidence = words.partition("; ")
    cells = [""] * len(roles)
    place = next(role for role in ("description", "criterion", "topic", "measure") if role in roles)
    # What stands empty in the whole column is for those who use the form.
    apart = "source" in roles and evidence and column_texts(scene, table, roles.index("source"))
    cells[roles.index(place)] = what.rstrip() if apart else words
    if place == "description" and "criterion" in roles:
        cells[roles.index("criterion")] = name
    if apart:
        cells[roles.index("source")] = capital(_SHOWN.sub("", evidence))
    if place == "criterion" and "measure" in roles:
        cells[roles.index("criterion")], cells[roles.index("measure")] = _named(cells[roles.index("criterion")], name)
    return tuple(cells)


def _named(words: str, name: str) -> tuple[str, str]:
    """Return the name of a criterion and what is measured: the words before and after a colon, else the name given."""
    label, colon, said = words.partition(":")
    return (label.strip(), capital(said.strip())) if colon else (name, words)
