"""Induction plans: the why on the first day, those who receive the work, one handover, what a newcomer noticed."""

from collections.abc import Iterator, Mapping, Sequence

from cxify.document import Block, Row, Table
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Operation
from cxify.writers.library.candidate import Candidate, Found
from cxify.writers.library.joining import as_item, ending, in_list
from cxify.writers.library.scene import Scene
from cxify.writers.library.steps import filled, paragraph_about, step_candidate
from cxify.writers.library.wording import Step

_DAY_ROLES = {
    "day-one-why": ("first_day",),
    "receivers": ("first_week",),
    "shadow": ("first_month", "later"),
    "standards": ("first_week", "first_month"),
}
_INSTEAD = {"day-one-why": ("first_week", "first_month"), "receivers": ("first_month",)}
"""Where a plan begins that has no first day or week of its own: "Days 1–30"."""
_DAYS = ("first_day", "first_week", "first_month", "later")
FIRST = 3
"""So many steps belong to every plan."""


def induction(scene: Scene) -> Found:
    """Place the why on the first day, those who receive the work in the first week, and one handover later."""
    steps = enumerate(scene.wording.induction)
    candidates = (_noticed(scene, step, order) if step.near else _item(scene, step, order) for order, step in steps)
    return Found(candidates=tuple(candidate for candidate in candidates if candidate))


def _item(scene: Scene, step: Step, order: int) -> Candidate | None:
    block = _in_day_section(scene, step, _DAY_ROLES) or _in_day_row(scene, step)
    block = block or _in_day_section(scene, step, _INSTEAD) or _in_undated(scene, step)
    chosen = filled(scene, step, step.texts, block.text) if block else None
    if block is None or chosen is None:
        return None
    operation = _new_item(scene, block, _with_why(scene, step, chosen[1].text))
    rank = 0 if order < FIRST else 4
    return step_candidate(scene, step, chosen[0], block, operation, rank=rank, order=order) if operation else None


def _noticed(scene: Scene, step: Step, order: int) -> Candidate | None:
    """Continue the paragraph on the talk after the first weeks."""
    block = paragraph_about(scene, step.near) if step.near else None
    chosen = filled(scene, step, step.texts, block.text) if block else None
    if block is None or chosen is None:
        return None
    operation = Append(op="append", block=block.id, text=f" {chosen[1].text}")
    return step_candidate(scene, step, chosen[0], block, operation, rank=2, order=order)


def _with_why(scene: Scene, step: Step, words: str) -> str:
    why = scene.framework.vision.why.strip()
    return f"{words}. {scene.wording.induction_why.format(why=why)}" if why and step.id == "day-one-why" else words


def _in_day_section(scene: Scene, step: Step, days: Mapping[str, Sequence[str]]) -> Block | None:
    opening = {section.heading for section in scene.task.document.sections}
    for role in days.get(step.id, ()):
        blocks = [
            block
            for block in scene.in_roles(role)
            if not block.closed and (scene.is_running(block) or _topic(scene, block))
        ]
        blocks = [block for block in blocks if block.id not in opening] or blocks
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


def _in_undated(scene: Scene, step: Step) -> Block | None:
    """Return the item of a checklist without days that the step goes on from."""
    if step.cue is None or any(scene.in_roles(*_DAYS)) or any(_has_days(scene, one) for one in scene.wording.induction):
        return None
    items = [block for block in scene.blocks if block.type != "heading" and not block.closed]
    items = [block for block in items if _topic(scene, block) or (scene.is_running(block) and in_list(block))]
    return next((block for block in items if step.cue.search(block.text)), None)


def _has_days(scene: Scene, step: Step) -> bool:
    return _in_day_row(scene, step) is not None


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
    if table is None or row is None:
        return None
    rows = scene.data_rows(table)
    end = _end_of_merge(rows, rows.index(row)) if row in rows else None
    anchor = block if end is None or rows[end] is row else _topic_of(scene, table, rows[end])
    if anchor is None or _row_closed(scene, anchor):
        return None
    day = _merged_day(scene, table, rows, end) if end is not None else ""
    cells = _cells(scene, table, rows[end] if end is not None else row, words, anchor.text, day)
    return InsertRowAfter(op="insert_row_after", block=anchor.id, cells=cells, comment=scene.wording.row_comment)


def _end_of_merge(rows: Sequence[Row], index: int) -> int:
    """Return the last row that shares a merged cell with a row: only below it the table takes a new one."""
    while index + 1 < len(rows) and any(cell.merged_up for cell in rows[index + 1].cells):
        index += 1
    return index


def _topic_of(scene: Scene, table: Table, row: Row) -> Block | None:
    roles = scene.columns(table, row)
    blocks = row.cells[roles.index("topic")].blocks if "topic" in roles else ()
    return scene.task.document.by_id[blocks[-1]] if blocks else None


def _merged_day(scene: Scene, table: Table, rows: Sequence[Row], index: int) -> str:
    """Return what the day's merged cell says above a row; nothing where it is not merged."""
    roles = scene.columns(table, rows[index])
    column = roles.index("when") if "when" in roles else None
    if column is None or not rows[index].cells[column].merged_up:
        return ""
    while index and rows[index].cells[column].merged_up:
        index -= 1
    return scene.cell_texts(rows[index])[column]


def _row_closed(scene: Scene, block: Block) -> bool:
    row = scene.row(block)
    ids = [id for cell in row.cells for id in cell.blocks] if row else []
    return bool(ids) and all(scene.task.document.by_id[id].closed for id in ids)


def _cells(scene: Scene, table: Table, row: Row, words: str, model: str, day: str) -> tuple[str, ...]:
    current = [text or day for text in scene.cell_texts(row)] if day else scene.cell_texts(row)
    new = {"topic": words + ending(model)}
    roles = scene.columns(table, row)
    return tuple(current[i] if role == "when" else new.get(role or "", "") for i, role in enumerate(roles))
