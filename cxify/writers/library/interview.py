"""Questions of the framework in interview guides, in the form in which the guide asks."""

import re
from collections import Counter
from collections.abc import Sequence

from cxify.document import Block, Table
from cxify.framework import Competency
from cxify.proposal import InsertAfter, InsertRowAfter, Operation
from cxify.writers.library.builtin import builtin
from cxify.writers.library.candidate import Candidate, Found, of_profile
from cxify.writers.library.counting import end_of_count
from cxify.writers.library.joining import as_item
from cxify.writers.library.rows import last_row, numbered
from cxify.writers.library.scene import Scene
from cxify.writers.library.voice import NUMBERED

_ANSWERS = 3
"""A label that stands so often is the line for an answer."""
_COUNTED = re.compile(r"\d+[.)]?")
"""The number of a row in a table that counts its rows."""


def interview(scene: Scene) -> Found:
    """Place the framework's question on listening, and one more of the role's profile."""
    chosen = [scene.competency(id) for id in of_profile(scene, scene.wording.interview.competencies)]
    listening = [competency for competency in chosen if competency.id == "CX-LISTEN"]
    ordered = [one for one in (*listening, *(c for c in chosen if c not in listening)) if one.interview]
    for table in scene.task.document.tables:
        roles = scene.columns(table)
        if "question" in roles and (block := _last_row(scene, table, roles.index("question"))):
            return Found(candidates=tuple(_question_row(scene, table, block, one, n) for n, one in enumerate(ordered)))
    asked = _asked(scene)
    if not asked:
        return Found()
    last = end_of_count(scene, _last_line(scene, asked))
    return Found(candidates=tuple(_question_line(scene, last, one, n) for n, one in enumerate(ordered)))


def _closes(scene: Scene, block: Block) -> bool:
    """Tell whether a question ends the talk: what is asked of everyone stands before "Do you have any questions?"."""
    closing = scene.wording.interview.closing
    return bool(closing and closing.search(block.text))


def _last_row(scene: Scene, table: Table, column: int) -> Block | None:
    """Return the last question before those that end the talk; where rows are counted, simply the last."""
    last = last_row(scene, table, column)
    block, at = last, scene.row(last) if last else None
    rows = list(scene.data_rows(table))
    while block and at and _closes(scene, block) and rows.index(at) > 0:
        if _COUNTED.fullmatch(scene.cell_texts(at)[0]) or any(cell.merged_up for cell in at.cells):
            return last
        at = rows[rows.index(at) - 1]
        above = at.cells[column].blocks if column < len(at.cells) else ()
        block = scene.task.document.by_id[above[-1]] if above else None
    return block if block and block.text.strip() else last


def _last_line(scene: Scene, asked: Sequence[Block]) -> Block:
    """Return the same of a list; nothing goes between typed numbers."""
    for block in reversed(asked):
        if NUMBERED.match(block.text):
            break
        if not _closes(scene, block):
            return block
    return asked[-1]


def _asked(scene: Scene) -> list[Block]:
    """Return the questions of the guide: what stands in their section, or every line that asks something."""
    blocks = [
        block for block in scene.blocks if scene.is_running(block) and not block.closed and block.type != "heading"
    ]
    in_section = [block for block in blocks if scene.role(block) == "questions"]
    counted = [block for block in blocks if NUMBERED.match(block.text) or block.type == "list_item"]
    asking = [block for block in in_section or blocks if block.text.rstrip().endswith("?")]
    same_list = [block for block in counted if asking and scene.titles.get(block.id) == scene.titles.get(asking[0].id)]
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
    cells = numbered(scene, table, block, cells, order + 1)
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
    new = as_item(text, block.text, order + 1).rstrip(";,")
    operation = InsertAfter(op="insert_after", block=_below_answer(scene, block).id, text=new)
    return _question(scene, competency, block, operation, order)


def _below_answer(scene: Scene, block: Block) -> Block:
    """Return the line for the answer below the last question, where each question has one: "Notes:", "Score 1 2 3"."""
    texts = Counter(one.text.strip() for one in scene.blocks if scene.is_running(one))
    below = scene.blocks[scene.blocks.index(block) + 1 :]
    lines = [one for one in below if one.text.strip() and texts[one.text.strip()] >= _ANSWERS]
    last = lines[-1] if lines and (lines[-1] is below[0] or block.type != "list_item") else block
    return block if last.closed else last


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
