"""Induction plans, training outlines and policies: existing steps, modules and paragraphs carry the customer's side."""

from collections.abc import Sequence

from cxify.document import Block, Row, Table
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Operation
from cxify.writers.library.candidate import Candidate, Found, known, known_standards, remark
from cxify.writers.library.scene import Scene
from cxify.writers.library.slots import listed
from cxify.writers.library.voice import Voice, ending, sentence, standing
from cxify.writers.library.wording import Step, Text

FEWEST_WORDS = 4
CONTENT = ("topic", "description")
_DAY_ROLES = {
    "day-one-why": ("first_day",),
    "receivers": ("first_week",),
    "shadow": ("first_month", "later"),
    "standards": ("first_week", "first_month"),
}


def _standards_named(scene: Scene, step: Step) -> dict[str, str]:
    names = [scene.standard(id).name for id in known_standards(step.standards, scene)]
    return {"standards": listed(names, scene.wording.conjunction)} if names else {}


def _filled(scene: Scene, step: Step, texts: Sequence[Text], seed: str) -> tuple[Text, Text] | None:
    fitting = scene.variants(texts, _standards_named(scene, step))
    return scene.choose(fitting, step.id + seed) if fitting and known(step.competencies, scene) else None


def _candidate(
    scene: Scene, step: Step, chosen: Text, block: Block, operation: Operation, *, rank: int, order: int
) -> Candidate:
    comments = (remark(block, step.question, step.reason),) if step.question else ()
    return Candidate(
        family=step.id,
        rank=rank,
        choices=known(chosen.competencies or step.competencies, scene),
        operation=operation,
        reason=step.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=step.standards,
        comments=comments,
        order=order,
    )


# ---- induction ----


def induction(scene: Scene) -> Found:
    """Place the why on the first day, those who receive the work in the first week, and one handover later."""
    found = Found()
    for order, step in enumerate(scene.wording.induction):
        block = _in_day_section(scene, step) or _in_day_row(scene, step)
        chosen = _filled(scene, step, step.texts, block.text) if block else None
        if block is None or chosen is None:
            continue
        words = _with_why(scene, step, chosen[1].text)
        operation = _new_item(scene, block, words)
        if operation:
            candidate = _candidate(scene, step, chosen[0], block, operation, rank=0 if order < 3 else 4, order=order)
            found += Found(candidates=(candidate,))
    return found


def _with_why(scene: Scene, step: Step, words: str) -> str:
    why = scene.framework.vision.why.strip()
    return f"{words}. {scene.wording.induction_why.format(why=why)}" if why and step.id == "day-one-why" else words


def _in_day_section(scene: Scene, step: Step) -> Block | None:
    for role in _DAY_ROLES.get(step.id, ()):
        blocks = [
            block
            for block in scene.in_roles(role)
            if not block.closed and (scene.is_running(block) or _topic(scene, block))
        ]
        if blocks:
            suited = [block for block in blocks if step.cue and step.cue.search(block.text)]
            return (suited or blocks)[0 if step.id == "day-one-why" else -1]
    return None


def _in_day_row(scene: Scene, step: Step) -> Block | None:
    """Return the topic cell of the last row that belongs to the step's day."""
    found = None
    for table in scene.task.document.tables:
        roles = scene.columns(table)
        if "topic" not in roles or step.day is None:
            continue
        current = ""
        for row in scene.data_rows(table):
            cells = scene.cell_texts(row)
            current = (cells[roles.index("when")] if "when" in roles else cells[0]) or current
            if step.day.search(current) and row.cells[roles.index("topic")].blocks:
                found = scene.task.document.by_id[row.cells[roles.index("topic")].blocks[-1]]
    return found


def _topic(scene: Scene, block: Block) -> bool:
    return scene.column(block) == "topic"


def _new_item(scene: Scene, block: Block, words: str) -> Operation | None:
    """Return a new list item, or a row with the day of the row above; who, date and done stay empty."""
    if scene.is_running(block) or block.place is None:
        return InsertAfter(op="insert_after", block=block.id, text=words + ending(block.text))
    table, row = scene.tables.get(block.place.table), scene.row(block)
    if table is None or row is None or _row_closed(scene, block):
        return None
    cells = _cells(scene, table, row, words, block.text)
    return InsertRowAfter(op="insert_row_after", block=block.id, cells=cells, comment=scene.wording.row_comment)


def _row_closed(scene: Scene, block: Block) -> bool:
    row = scene.row(block)
    ids = [id for cell in row.cells for id in cell.blocks] if row else []
    return bool(ids) and all(scene.task.document.by_id[id].closed for id in ids)


def _cells(scene: Scene, table: Table, row: Row, words: str, model: str) -> tuple[str, ...]:
    current = scene.cell_texts(row)
    new = {"topic": words + ending(model)}
    roles = scene.columns(table, row)
    return tuple(current[i] if role == "when" else new.get(role or "", "") for i, role in enumerate(roles))


# ---- training ----


def training(scene: Scene, *roles: str) -> Found:
    """Weave cases and standards into existing modules; each competency goes to the module that suits it."""
    found = Found()
    used: set[str] = set()
    blocks = [block for block in scene.blocks if _is_module(scene, block, roles)]
    for order, block in enumerate(blocks):
        around = f"{scene.titles.get(block.id, '')}\n{block.text}"
        for step in scene.wording.training:
            if (
                step.cue
                and step.cue.search(around)
                and (candidate := _module(scene, step, block, order, step.id in used))
            ):
                found += Found(candidates=(candidate,))
                used.add(step.id)
    return found


def _is_module(scene: Scene, block: Block, roles: tuple[str, ...]) -> bool:
    if not scene.editable(block) or block.type == "heading" or len(block.text.split()) < 2:
        return False
    if not scene.is_running(block):
        return scene.is_data(block) and scene.column(block) in CONTENT and _is_fullest(scene, block)
    return scene.role(block) in roles


def _is_fullest(scene: Scene, block: Block) -> bool:
    """Tell whether no other cell of the row says more about the module."""
    row = scene.row(block)
    table = scene.tables.get(block.place.table) if block.place else None
    if row is None or table is None:
        return False
    cells = zip(scene.columns(table, row), scene.cell_texts(row), strict=False)
    return all(len(text.split()) <= len(block.text.split()) for role, text in cells if role in CONTENT)


def _module(scene: Scene, step: Step, block: Block, order: int, again: bool) -> Candidate | None:
    chosen = _filled(scene, step, step.texts, block.text)
    new = sentence(chosen[1], _exercise(scene), scene.wording) if chosen else None
    if chosen is None or new is None:
        return None
    text = block.text.rstrip()
    if text[-1] in ";,:":
        return None
    operation = Append(op="append", block=block.id, text=f" {new}." if text[-1] in ".!?" else f". {new}")
    return _candidate(scene, step, chosen[0], block, operation, rank=2 if again else 0, order=order)


def _exercise(scene: Scene) -> Voice:
    """Exercises are written as instructions, whatever the form of the module's title."""
    return Voice("base", german=scene.wording.capital_nouns)


def aims(scene: Scene, *roles: str) -> Found:
    """Say in the aims what participants do differently for the people they serve."""
    texts = scene.wording.training_aims
    blocks = [
        block
        for block in scene.in_roles(*roles)
        if not block.closed and scene.is_running(block) and _is_sentence(block)
    ]
    fitting = scene.variants(texts.texts, {})
    spoken = scene.voice(blocks[-1]) if blocks else None
    if spoken is None or not fitting:
        return Found()
    block = blocks[-1]
    _, filled = scene.choose(fitting, block.text)
    new = standing(filled, spoken, scene.wording)
    if new is None:
        return Found()
    operation = InsertAfter(op="insert_after", block=block.id, text=new + ending(block.text))
    candidate = Candidate(
        family="training-aims",
        rank=1,
        choices=known(texts.competencies, scene),
        operation=operation,
        reason=texts.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=texts.standards,
        order=-1,
    )
    return Found(candidates=(candidate,))


def _is_sentence(block: Block) -> bool:
    return len(block.text.split()) > 2 and not block.text.rstrip().endswith(":")


# ---- policies ----


def policy(scene: Scene, steps: Sequence[Step]) -> Found:
    """Add one sentence to the purpose, the responsibilities, the help and the review of a policy."""
    found = Found()
    for order, step in enumerate(steps):
        block = _last_paragraph(scene, step)
        chosen = _filled(scene, step, step.texts, block.text) if block else None
        if block is None or chosen is None:
            continue
        gap = " " if block.text.rstrip()[-1:] in ".!?" else ". "
        new = chosen[1].text
        operation: Operation = (
            InsertAfter(op="insert_after", block=block.id, text=new if ending(block.text) else new.rstrip("."))
            if block.type == "list_item" or not scene.editable(block)
            else Append(op="append", block=block.id, text=gap + new)
        )
        candidate = _candidate(scene, step, chosen[0], block, operation, rank=0 if order < 3 else 2, order=order)
        found += Found(candidates=(candidate,))
    return found


def _last_paragraph(scene: Scene, step: Step) -> Block | None:
    """Return the paragraph that the sentence continues: the last one about it, of the first section that has any."""
    for role in step.sections:
        blocks = [block for block in scene.in_roles(role) if _is_open_sentence(scene, block)]
        about = [block for block in blocks if step.cue is None or step.cue.search(block.text)]
        prose = [block for block in about if scene.editable(block) and block.type == "paragraph"]
        own = [block for block in about if scene.editable(block)]
        if found := prose or own or about:
            return found[-1]
    return None


def _is_open_sentence(scene: Scene, block: Block) -> bool:
    return (
        scene.is_running(block)
        and not block.closed
        and len(block.text.split()) > FEWEST_WORDS
        and not block.text.rstrip().endswith(":")
    )
