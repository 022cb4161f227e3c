"""Measures, interview questions and criteria: what the framework itself provides, in the shape of the document."""

from collections.abc import Sequence

from cxify.document import Block, Row, Table
from cxify.framework import Competency
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Operation
from cxify.writers.library.builtin import builtin
from cxify.writers.library.candidate import Candidate, Found, known
from cxify.writers.library.scene import Scene
from cxify.writers.library.slots import listed
from cxify.writers.library.voice import LABEL, NUMBERED, as_item, bare, is_item
from cxify.writers.library.wording import Criteria, Recognition, Text


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _of_profile(scene: Scene, ids: Sequence[str]) -> list[str]:
    """Return known competencies, those of the role's profile first."""
    own = {id.partition("@")[0] for id in scene.task.profile.competencies}
    return sorted(known(ids, scene), key=lambda id: id not in own)


def _last_row(scene: Scene, table: Table, column: int) -> Block | None:
    """Return the cell of the last row with text after which the table takes a new row."""
    rows = scene.data_rows(table)
    for index in range(len(rows) - 1, -1, -1):
        row, following = rows[index], rows[index + 1 : index + 2]
        if any(cell.merged_up for near in (row, *following) for cell in near.cells):
            continue
        if column >= len(row.cells) or not row.cells[column].blocks:
            continue
        block = scene.task.document.by_id[row.cells[column].blocks[-1]]
        everything = [scene.task.document.by_id[id] for cell in row.cells for id in cell.blocks]
        if block.text.strip() and not all(one.closed for one in everything):
            return block
    return None


# ---- KPI sheets ----


def measures(scene: Scene) -> Found:
    """Place one or two measures of the framework: behaviour, measure, source; target open, weight empty."""
    chosen = [scene.competency(id) for id in _of_profile(scene, scene.wording.measures.competencies)]
    chosen = [competency for competency in chosen if competency.kpis]
    for table in scene.task.document.tables:
        roles = scene.columns(table)
        if table.nested_in is None and {"measure", "objective"} & set(roles):
            column = roles.index("measure") if "measure" in roles else roles.index("objective")
            if block := _row_of_service(scene, table, roles, column) or _last_row(scene, table, column):
                return _measure_rows(scene, table, block, chosen)
    return _measure_lines(scene, chosen)


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
        cells = _measure_cells(
            scene.columns(table, scene.row(block)), competency, texts.open_target, scene.wording.colon
        )
        names = listed([scene.standard(id).name for id in standards], " & ")
        roles = scene.columns(table, scene.row(block))
        if "group" in roles:
            at = roles.index("group")
            cells = (*cells[:at], _group_of(scene, block, roles), *cells[at + 1 :])
        comment = texts.weight.format(standards=names or competency.name)
        operation = InsertRowAfter(op="insert_row_after", block=block.id, cells=cells, comment=comment)
        candidates.append(_measure(scene, competency, block, operation, order, standards))
    return Found(candidates=tuple(candidates))


def _measure_cells(roles: Sequence[str | None], competency: Competency, target: str, colon: str) -> tuple[str, ...]:
    """Fill behaviour and measure into the columns that name and describe a measure, both into one if there is one."""
    kpi = competency.kpis[0]
    named = [index for index, role in enumerate(roles) if role in ("criterion", "objective", "measure", "description")]
    cells = [{"source": kpi.source, "target": target}.get(role or "", "") for role in roles]
    if len(named) == 1:
        cells[named[0]] = _capital(f"{kpi.behaviour}{colon}{kpi.measure}")
    elif named:
        cells[named[0]] = _capital(kpi.behaviour)
        cells[named[-1]] = _capital(kpi.measure)
    return tuple(cells)


def _measure_lines(scene: Scene, chosen: Sequence[Competency]) -> Found:
    texts = scene.wording.measures
    blocks = [
        block for block in scene.in_roles("measures", "objectives") if scene.is_running(block) and not block.closed
    ]
    if not blocks:
        return Found()
    block = blocks[-1]
    candidates = []
    for order, competency in enumerate(chosen):
        kpi = competency.kpis[0]
        line = texts.line.format(
            Behaviour=_capital(kpi.behaviour), measure=kpi.measure, source=kpi.source, target=texts.open_target
        )
        operation = InsertAfter(
            op="insert_after", block=block.id, text=as_item(line, block.text, order + 1), comment=texts.question
        )
        candidates.append(_measure(scene, competency, block, operation, order, _standard_of(scene, competency)))
    return Found(candidates=tuple(candidates))


def _measure(
    scene: Scene, competency: Competency, block: Block, operation: Operation, order: int, standards: tuple[str, ...]
) -> Candidate:
    return Candidate(
        family=f"measure-{competency.id}",
        rank=0 if order < 2 else 4,
        choices=(competency.id,),
        operation=operation,
        reason=scene.wording.measures.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=standards,
        certainty="needs context",
        order=order,
    )


# ---- interview guides ----


def interview(scene: Scene) -> Found:
    """Place the framework's question on listening, and one more of the role's profile."""
    chosen = [scene.competency(id) for id in _of_profile(scene, scene.wording.interview.competencies)]
    listening = [competency for competency in chosen if competency.id == "CX-LISTEN"]
    ordered = [one for one in (*listening, *(c for c in chosen if c not in listening)) if one.interview]
    for table in scene.task.document.tables:
        roles = scene.columns(table)
        if "question" in roles and (block := _last_row(scene, table, roles.index("question"))):
            return Found(candidates=tuple(_question_row(scene, table, block, one, n) for n, one in enumerate(ordered)))
    asked = _asked(scene)
    if not asked:
        return Found()
    return Found(candidates=tuple(_question_line(scene, asked[-1], one, n) for n, one in enumerate(ordered)))


def _asked(scene: Scene) -> list[Block]:
    """Return the questions of the guide: what stands in their section, or every line that asks something."""
    blocks = [
        block for block in scene.blocks if scene.is_running(block) and not block.closed and block.type != "heading"
    ]
    in_section = [block for block in blocks if scene.role(block) == "questions"]
    numbered = [block for block in blocks if NUMBERED.match(block.text) or block.type == "list_item"]
    asking = [block for block in in_section or blocks if block.text.rstrip().endswith("?")]
    same_list = [block for block in numbered if asking and scene.titles.get(block.id) == scene.titles.get(asking[0].id)]
    return same_list or asking or in_section


def _indicator(scene: Scene, competency: Competency) -> str:
    return competency.indicators(scene.level)[0]


def _question_row(scene: Scene, table: Table, block: Block, competency: Competency, order: int) -> Candidate:
    contents = {
        "question": _asked_in_form(scene, competency),
        "good_answer": _indicator(scene, competency),
        "criterion": competency.name,
    }
    cells = tuple(contents.get(role or "", "") for role in scene.columns(table))
    operation = InsertRowAfter(op="insert_row_after", block=block.id, cells=cells)
    return _question(scene, competency, block, operation, order)


def _asked_in_form(scene: Scene, competency: Competency) -> str:
    """Return the question as the guide addresses candidates; an organisation's own question stays as it is."""
    texts = scene.wording.interview
    shipped = next((one for one in builtin(scene.wording.language).competencies if one.id == competency.id), None)
    own = shipped is None or shipped.interview != competency.interview
    if own or texts.familiar is None or not scene.has(texts.familiar):
        return competency.interview
    return texts.familiar_questions.get(competency.id, competency.interview)


def _question_line(scene: Scene, block: Block, competency: Competency, order: int) -> Candidate:
    text = _asked_in_form(scene, competency)
    operation = InsertAfter(op="insert_after", block=block.id, text=as_item(text, block.text, order + 1).rstrip(";,"))
    return _question(scene, competency, block, operation, order)


def _question(scene: Scene, competency: Competency, block: Block, operation: Operation, order: int) -> Candidate:
    return Candidate(
        family=f"question-{competency.id}",
        rank=0 if order < 2 else 4,
        choices=(competency.id,),
        operation=operation,
        reason=scene.wording.interview.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        order=order,
    )


# ---- promotion, bonus and recognition ----


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
            candidates.append(_criterion(scene, place, id, filled, texts, order))
    return Found(candidates=tuple(candidates))


def evidence(scene: Scene) -> Found:
    """Name those who receive the work among the evidence."""
    texts = scene.wording.evidence
    blocks = [block for block in scene.in_roles("evidence") if scene.is_running(block) and not block.closed]
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
    if block is None or not fitting:
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
    for table in scene.task.document.tables:
        roles = scene.columns(table)
        for role in ("criterion", "description", "topic", *(("measure",) if _is_bonus(scene) else ())):
            if role in roles and (block := _last_row(scene, table, roles.index(role))):
                return block
    for role in ("criteria", "awards", "measures", "evidence"):
        blocks = [
            block
            for block in scene.in_roles(role)
            if scene.is_running(block) and not block.closed and not block.text.rstrip().endswith(":")
        ]
        if blocks:
            items = [block for block in blocks if block.type == "list_item"]
            return (items or blocks)[-1]
    return None


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
        rank=0 if order == 0 else 2,
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
    cells[roles.index(place)] = what.rstrip() if "source" in roles and evidence else words
    if place == "description" and "criterion" in roles:
        cells[roles.index("criterion")] = name
    if "source" in roles and evidence:
        cells[roles.index("source")] = _capital(evidence)
    return tuple(cells)
