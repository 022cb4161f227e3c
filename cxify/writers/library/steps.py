"""Induction plans and training outlines: existing steps and modules carry the customer's side."""

from collections.abc import Container, Iterator, Sequence

from cxify.document import Block, Row, Table
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Operation
from cxify.writers.library.candidate import Candidate, Found, known, known_standards, remark
from cxify.writers.library.joining import as_item, ending
from cxify.writers.library.scene import Scene
from cxify.writers.library.slots import listed
from cxify.writers.library.voice import Voice, sentence, standing
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


def filled(scene: Scene, step: Step, texts: Sequence[Text], seed: str) -> tuple[Text, Text] | None:
    """Return a variant of a step as written and with its slots filled; None where nothing fits."""
    fitting = scene.variants(texts, _standards_named(scene, step))
    return scene.choose(fitting, step.id + seed) if fitting and known(step.competencies, scene) else None


def step_candidate(
    scene: Scene, step: Step, chosen: Text, block: Block, operation: Operation, *, rank: int, order: int
) -> Candidate:
    """Return the candidate that a step makes at a block, with its question as a comment."""
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
        chosen = filled(scene, step, step.texts, block.text) if block else None
        if block is None or chosen is None:
            continue
        words = _with_why(scene, step, chosen[1].text)
        operation = _new_item(scene, block, words)
        if operation:
            candidate = step_candidate(
                scene, step, chosen[0], block, operation, rank=0 if order < 3 else 4, order=order
            )
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
    """Return the topic cell that suits the step among the rows of its day, else the last of them."""
    found: list[Block] = []
    for table in scene.task.document.tables:
        roles = scene.columns(table)
        if "topic" not in roles or step.day is None:
            continue
        for day, row in _rows_by_day(scene, table, roles):
            if step.day.search(day) and row.cells[roles.index("topic")].blocks:
                found.append(scene.task.document.by_id[row.cells[roles.index("topic")].blocks[-1]])
    below = [block for block in found if not _is_group(scene, block)] or found
    suited = [block for block in below if step.cue and step.cue.search(block.text)]
    return (suited or below)[-1] if below else None


def _rows_by_day(scene: Scene, table: Table, roles: Sequence[str | None]) -> Iterator[tuple[str, Row]]:
    """Yield the rows with the day that a column, or a row of its own above them ("FIRST WEEK"), gives them."""
    current = ""
    for row in scene.data_rows(table):
        cells = scene.cell_texts(row)
        if "when" in roles:
            current = _named_day(scene, table, roles.index("when"), cells) or current
        elif _heads_group(cells):
            current = cells[0]
        yield current, row


def _named_day(scene: Scene, table: Table, column: int, cells: Sequence[str]) -> str:
    """Return "Day 1" also where the header says "Day" and the cell only "1"."""
    header = scene.grids[table.number].titles.get(column, "")
    return f"{header} {cells[column]}" if cells[column].strip(" .").isdigit() else cells[column]


def _heads_group(cells: Sequence[str]) -> bool:
    return bool(cells[0]) and not any(cells[1:])


def _is_group(scene: Scene, block: Block) -> bool:
    row, others = scene.row(block), scene.tables.get(block.place.table) if block.place else None
    if row is None or others is None or not _heads_group(scene.cell_texts(row)):
        return False
    return any(not _heads_group(scene.cell_texts(one)) for one in scene.data_rows(others))


def _topic(scene: Scene, block: Block) -> bool:
    return scene.column(block) == "topic"


def _new_item(scene: Scene, block: Block, words: str) -> Operation | None:
    """Return a new list item, or a row with the day of the row above; who, date and done stay empty."""
    if scene.is_running(block) or block.place is None:
        return InsertAfter(op="insert_after", block=block.id, text=as_item(words, block.text))
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


def training(scene: Scene, taken: Container[str], *roles: str) -> Found:
    """Weave cases and standards into existing modules; each step goes to the module that suits it best."""
    blocks = [block for block in scene.blocks if block.id not in taken and _is_module(scene, block, roles)]
    used: dict[str, Candidate] = {}
    for step in scene.wording.training:
        free = [block for block in blocks if block.id not in used]
        for block in _best_modules(scene, step, free)[:1]:
            if candidate := _module(scene, step, block, blocks.index(block)):
                used[block.id] = candidate
    found = Found(candidates=tuple(used.values()))
    return found if len(used) > 1 else found + _any_modules(scene, blocks, found)


def _best_modules(scene: Scene, step: Step, blocks: Sequence[Block]) -> list[Block]:
    """Return the modules that a step suits: those that name its subject first, then those whose heading does."""
    own = [block for block in blocks if step.first and step.first.search(block.text)]
    named = [block for block in blocks if step.cue and step.cue.search(block.text)]
    below = [b for b in blocks if step.cue and scene.is_running(b) and step.cue.search(scene.titles.get(b.id, ""))]
    return list(dict.fromkeys((*own, *named, *below)))


def _any_modules(scene: Scene, blocks: Sequence[Block], found: Found) -> Found:
    """Give the fullest modules what suits every subject, so that customer experience stands in more than one."""
    taken = {candidate.block for candidate in found.candidates}
    rest = [block for block in blocks if block.id not in taken and len(block.text.split()) >= FEWEST_WORDS]
    fullest = sorted(rest, key=lambda block: -len(block.text.split()))
    candidates = []
    for block, step in zip(fullest, scene.wording.training_any, strict=False):
        if candidate := _module(scene, step, block, blocks.index(block)):
            candidates.append(candidate)
    return Found(candidates=tuple(candidates))


def _is_module(scene: Scene, block: Block, roles: tuple[str, ...]) -> bool:
    if not scene.editable(block) or block.type == "heading" or len(block.text.split()) < 2:
        return False
    skipped = scene.wording.training_skip
    if skipped and (skipped.search(block.text) or skipped.search(_name_of_module(scene, block))):
        return False
    if not scene.is_running(block):
        return scene.is_data(block) and scene.column(block) in CONTENT and _is_fullest(scene, block)
    return scene.role(block) in roles


def _name_of_module(scene: Scene, block: Block) -> str:
    """Return the heading above a module, or the first cell of its row."""
    row = scene.row(block)
    if row is not None and not scene.is_running(block):
        return " ".join(scene.cell_texts(row)[:1])
    return scene.titles.get(block.id, "")


def _is_fullest(scene: Scene, block: Block) -> bool:
    """Tell whether no other cell of the row says more about the module."""
    row = scene.row(block)
    table = scene.tables.get(block.place.table) if block.place else None
    if row is None or table is None:
        return False
    cells = zip(scene.columns(table, row), scene.cell_texts(row), strict=False)
    return all(len(text.split()) <= len(block.text.split()) for role, text in cells if role in CONTENT)


def _module(scene: Scene, step: Step, block: Block, order: int) -> Candidate | None:
    chosen = filled(scene, step, step.texts, block.text)
    new = sentence(chosen[1], _exercise(scene), scene.wording) if chosen else None
    if chosen is None or new is None:
        return None
    text = block.text.rstrip()
    if text[-1] in ";,:":
        return None
    operation = Append(op="append", block=block.id, text=f" {new}." if text[-1] in ".!?" else f". {new}")
    return step_candidate(scene, step, chosen[0], block, operation, rank=0, order=order)


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
    if blocks and blocks[-1].type == "paragraph" and scene.editable(blocks[-1]):
        return _aim_in_prose(scene, blocks[-1])
    spoken = scene.voice(blocks[-1]) if blocks else None
    if spoken is None or not fitting:
        return Found()
    block = blocks[-1]
    _, filled = scene.choose(fitting, block.text)
    new = standing(filled, spoken, scene.wording)
    if new is None:
        return Found()
    operation = InsertAfter(op="insert_after", block=block.id, text=as_item(new, block.text))
    return Found(candidates=(_aim(scene, block, operation),))


def _aim_in_prose(scene: Scene, block: Block) -> Found:
    """Continue a paragraph that states the aim with what others notice of it."""
    texts = scene.wording.training_aims
    fitting = scene.variants(texts.prose, {})
    if not fitting or not block.text.rstrip().endswith("."):
        return Found()
    _, filled = scene.choose(fitting, block.text)
    return Found(candidates=(_aim(scene, block, Append(op="append", block=block.id, text=f" {filled.text}")),))


def _aim(scene: Scene, block: Block, operation: Operation) -> Candidate:
    texts = scene.wording.training_aims
    return Candidate(
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


def _is_sentence(block: Block) -> bool:
    return len(block.text.split()) > 2 and not block.text.rstrip().endswith(":")
