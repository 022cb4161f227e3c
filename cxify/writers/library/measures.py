"""Measures of the framework in KPI sheets and scorecards: a row or a line, without weight and without a figure."""

import re
from collections.abc import Sequence

from cxify.document import Block, Row, Table
from cxify.framework import Competency
from cxify.kinds.tables import ids_of
from cxify.proposal import InsertAfter, InsertRowAfter, Operation
from cxify.writers.library.candidate import Candidate, Found, of_profile
from cxify.writers.library.joining import as_item
from cxify.writers.library.rows import are_groups, column_texts, is_short, last_row, numbered
from cxify.writers.library.scene import Scene
from cxify.writers.library.slots import capital, listed

_FILL_IN = re.compile(r"_{3,}|\.{6,}|…{3,}")
"""A line to write or sign on."""

FEWEST_FIGURES = 2
_FIGURE = re.compile(r":\s.*\d|\d\s?%")


def measures(scene: Scene) -> Found:
    """Place one or two measures of the framework: behaviour, measure, source; target open, weight empty."""
    chosen = [scene.competency(id) for id in of_profile(scene, scene.wording.measures.competencies)]
    chosen = [competency for competency in chosen if competency.kpis]
    for table in _of_service_first(scene):
        roles = _columns(scene, table)
        if table.nested_in is None and {"measure", "objective"} & set(roles):
            column = roles.index("measure") if "measure" in roles else roles.index("objective")
            if block := _row_of_service(scene, table, roles, column) or last_row(scene, table, column):
                return _measure_rows(scene, table, block, chosen)
    return _measure_lines(scene, chosen)


def are_open(scene: Scene) -> bool:
    """Tell whether the sheet has tables for measures and none of them is named yet: people fill them in."""
    blank = []
    for table in scene.task.document.tables:
        roles = set(_columns(scene, table)) & {"measure", "objective"}
        if roles:
            at = [index for index, role in enumerate(_columns(scene, table)) if role in roles]
            blank.append(not any(column_texts(scene, table, index) for index in at))
    return bool(blank) and all(blank)


def _columns(scene: Scene, table: Table, row: Row | None = None) -> list[str | None]:
    """Return the role of each cell; a column before the measures that says the same of several groups them."""
    roles = scene.columns(table, row)
    if "measure" in roles and "group" not in roles and "criterion" in roles[: roles.index("measure")]:
        at = roles.index("criterion")
        if are_groups(column_texts(scene, table, at)):
            roles = [*roles[:at], "group", *roles[at + 1 :]]
    return roles


def _of_service_first(scene: Scene) -> list[Table]:
    """Return the tables; where each perspective has one of its own, that of customers or processes first."""
    about = scene.wording.measures.perspective
    titles = {table.number: scene.titles.get(next(ids_of(table), ""), "") for table in scene.task.document.tables}
    return sorted(
        scene.task.document.tables, key=lambda table: not (about and about.search(titles[table.number].casefold()))
    )


def _row_of_service(scene: Scene, table: Table, roles: Sequence[str | None], column: int) -> Block | None:
    """In a scorecard with perspectives, return the last measure of the one that deals with customers or processes."""
    if "group" not in roles or not scene.wording.measures.perspective:
        return None
    at = roles.index("group")
    rows = scene.data_rows(table)
    found: list[Block] = []
    for row, group, following in zip(rows, _groups(scene, rows, at), (*rows[1:], None), strict=True):
        ends = following is None or not any(cell.merged_up for cell in following.cells)
        if ends and scene.wording.measures.perspective.search(group) and not _is_closed_row(scene, row, at):
            found += [scene.task.document.by_id[id] for id in row.cells[column].blocks]
    named = [block for block in found if block.text.strip()]
    return named[-1] if named else None


def _groups(scene: Scene, rows: Sequence[Row], at: int) -> list[str]:
    """Return the perspective of each row; a merged cell or an empty one goes on with that above."""
    groups: list[str] = []
    for row in rows:
        cells = scene.cell_texts(row)
        groups.append((cells[at] if at < len(cells) else "") or (groups[-1] if groups else ""))
    return groups


def _group_of(scene: Scene, block: Block, roles: Sequence[str | None]) -> str:
    """Return what a new row after the block says of its perspective: nothing where the table leaves it out."""
    row = scene.row(block)
    if row is None or block.place is None or "group" not in roles:
        return ""
    at, rows = roles.index("group"), scene.data_rows(scene.tables[block.place.table])
    return _groups(scene, rows, at)[rows.index(row)] if row.cells[at].merged_up else scene.cell_texts(row)[at]


def _is_closed_row(scene: Scene, row: Row, at: int) -> bool:
    """Tell whether a row takes none after it: all its cells are closed, or one beside the perspective is merged."""
    ids = [id for cell in row.cells for id in cell.blocks]
    merged = any(cell.merged_up for index, cell in enumerate(row.cells) if index != at) or len(row.cells) <= at
    return merged or all(scene.task.document.by_id[id].closed for id in ids)


def _standard_of(scene: Scene, competency: Competency) -> tuple[str, ...]:
    own = [standard.id for standard in scene.framework.service_standards if competency.id in standard.behaviours]
    preferred = {"CX-HANDOFF": "S04", "CX-OWN": "S02", "CX-ENABLE": "S08", "CX-IMPROVE": "S05"}.get(competency.id)
    return (preferred,) if preferred in own else tuple(own[:1])


def _measure_rows(scene: Scene, table: Table, block: Block, chosen: Sequence[Competency]) -> Found:
    texts = scene.wording.measures
    candidates = []
    for order, competency in enumerate(chosen):
        standards = _standard_of(scene, competency)
        roles = _columns(scene, table, scene.row(block))
        cells = _measure_cells(roles, competency, texts.open_target, scene.wording.colon)
        names = listed([scene.standard(id).name for id in standards], " & ")
        if "group" in roles:
            at = roles.index("group")
            cells = (*cells[:at], _group_of(scene, block, roles), *cells[at + 1 :])
        cells = numbered(scene, table, block, cells, order + 1)
        comment = texts.weight.format(standards=names or competency.name)
        operation = InsertRowAfter(op="insert_row_after", block=block.id, cells=cells, comment=comment)
        candidates.append(_measure(scene, competency, block, operation, order, standards))
    return Found(candidates=tuple(candidates))


def _measure_cells(roles: Sequence[str | None], competency: Competency, target: str, colon: str) -> tuple[str, ...]:
    """Fill behaviour and measure into the columns that name and describe a measure, both into one if there is one."""
    kpi = competency.kpis[0]
    named = [index for index, role in enumerate(roles) if role in ("criterion", "objective", "measure", "description")]
    cells = [{"source": kpi.source}.get(role or "", "") for role in roles]
    if "target" in roles:  # after a baseline the last of such columns is the one that is aimed at
        cells[len(roles) - 1 - roles[::-1].index("target")] = target
    if len(named) == 1:
        cells[named[0]] = capital(f"{kpi.behaviour}{colon}{kpi.measure}")
    elif named:
        cells[named[0]] = capital(kpi.behaviour)
        cells[_described(roles, named)] = capital(kpi.measure)
    return tuple(cells)


def _described(roles: Sequence[str | None], named: Sequence[int]) -> int:
    """Return the column that says what is measured, of those beside the first, which names it."""
    for role in ("measure", "description"):
        if found := [index for index in named[1:] if roles[index] == role]:
            return found[-1]
    return named[-1]


def _measure_lines(scene: Scene, chosen: Sequence[Competency]) -> Found:
    texts = scene.wording.measures
    blocks = [
        block
        for block in scene.in_roles("measures", "objectives")
        if scene.is_running(block) and not block.closed and not _FILL_IN.search(block.text)
    ]
    blocks = blocks or _with_figures(scene)
    if not blocks:
        return Found()
    block = _of_service(scene, blocks)[-1]
    candidates = []
    for order, competency in enumerate(chosen):
        kpi = competency.kpis[0]
        line = texts.line.format(
            Behaviour=capital(kpi.behaviour), measure=kpi.measure, source=kpi.source, target=texts.open_target
        )
        operation = InsertAfter(
            op="insert_after", block=block.id, text=as_item(line, block.text, order + 1), comment=texts.question
        )
        candidates.append(_measure(scene, competency, block, operation, order, _standard_of(scene, competency)))
    return Found(candidates=tuple(candidates))


def _of_service(scene: Scene, blocks: list[Block]) -> list[Block]:
    """Return the measures under a heading such as "Quality", where the sheet has one; else all."""
    about = scene.wording.measures.perspective
    groups = {scene.titles.get(block.id, "") for block in blocks}
    if about is None or len(groups) < 2:
        return blocks
    return [block for block in blocks if about.search(scene.titles.get(block.id, "").casefold())] or blocks


def _with_figures(scene: Scene) -> list[Block]:
    """Return the items of a sheet that lists measures with their figures, without a table or a heading for them."""
    items = [block for block in scene.blocks if block.type == "list_item" and scene.is_running(block)]
    figures = [block for block in items if not block.closed and _FIGURE.search(block.text)]
    return figures if len(figures) >= FEWEST_FIGURES else []


def _measure(
    scene: Scene, competency: Competency, block: Block, operation: Operation, order: int, standards: tuple[str, ...]
) -> Candidate:
    return Candidate(
        family=f"measure-{competency.id}",
        rank=0 if order < (1 if is_short(scene, block) else 2) else 4,
        choices=(competency.id,),
        operation=operation,
        reason=scene.wording.measures.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=standards,
        certainty="needs context",
        order=order,
    )
