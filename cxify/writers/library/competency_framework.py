"""Competency frameworks: a competency more where none deals with customers, or an action a level in those there."""

from collections import Counter
from collections.abc import Iterator, Sequence

from cxify.document import Block, Row
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Operation, Proposed
from cxify.writers.library.behaviours import described
from cxify.writers.library.builtin import builtin
from cxify.writers.library.candidate import Candidate, Found, known, remark
from cxify.writers.library.competencies import Competence, Matrix, competences, matrices
from cxify.writers.library.joining import as_item, fitted, in_list
from cxify.writers.library.phrasing import mention
from cxify.writers.library.scene import Scene
from cxify.writers.library.voice import Voice, standing, voice_of
from cxify.writers.library.wording import CompetencyFramework, Text, Theme

MOST = 6
FEWEST = 4
WORDS_PER_EDIT = 35
FEWEST_COMPETENCIES = 2
AFTER = 100_000
"""The actions of one theme stand together: all levels of a competency gain one, or none does."""


def competency_framework(scene: Scene) -> Found:
    """Find what a framework lacks on the people who receive the work, in the framework's own form."""
    texts = scene.wording.competency_framework
    there = competences(scene)
    if len(there) < FEWEST_COMPETENCIES:
        return Found()
    covered = [one for one in there if texts.covered.search(one.name)]
    if not covered and (row := _new_row(scene, texts)):
        return Found(candidates=(row,))
    strengthened = _strengthened(scene, covered)
    room = min(MOST, max(FEWEST, scene.words // WORDS_PER_EDIT)) - len(strengthened.candidates)
    woven = tuple(_woven(scene, texts, there, covered, room))
    if not woven and not covered:
        return Found(comments=(_nowhere(scene, texts, there),))
    return strengthened + Found(candidates=woven)


def _strengthened(scene: Scene, covered: Sequence[Competence]) -> Found:
    """Make observable what competencies on customers say of traits."""
    names = {one.name for one in covered}
    items = [
        b for b in scene.blocks if b.type == "list_item" and scene.editable(b) and _competence_of(scene, b) & names
    ]
    cells = [block for one in covered for _, block in one.at if block.place and scene.editable(block)]
    found = sum((described(scene, block, order) for order, block in enumerate([*items, *cells])), Found())
    return Found(candidates=tuple(one for one in found.candidates if one.operation.op == "replace"))


def _competence_of(scene: Scene, block: Block) -> set[str]:
    return {section.title for section in scene.task.document.sections if block.id in section.blocks}


# ---- a row ----


def _new_row(scene: Scene, texts: CompetencyFramework) -> Candidate | None:
    for matrix in matrices(scene):
        for row in reversed(matrix.rows):
            blocks = [scene.task.document.by_id[id] for cell in row.cells for id in cell.blocks]
            if blocks and not all(block.closed for block in blocks):
                cells = tuple(_cells(scene, texts, matrix, row))
                return _row_candidate(scene, texts, blocks[0], cells) if all(cells) else None
    return None


def _cells(scene: Scene, texts: CompetencyFramework, matrix: Matrix, row: Row) -> Iterator[str]:
    """Yield the cells of the new competency; "" where it has nothing to say in the form of the column."""
    filled = scene.cell_texts(row)
    spoken = _voice_of(scene, matrix)
    for index, role in enumerate(matrix.roles):
        if role == "criterion":
            yield _name(scene, texts)
        elif role == "description":
            yield _said(scene, texts.definition, spoken, filled[index])
        elif role == "ineffective":
            yield _said(scene, texts.ineffective, spoken, filled[index])
        elif role == "indicator":
            yield _in_column(scene, _actions(texts, (1, 2)), spoken, row, index)
        elif role and role.isdigit():
            earlier = matrix.roles[:index].count(role)
            yield _at_level(scene, texts, int(role), earlier, spoken, filled[index])
        else:
            yield ""


def _name(scene: Scene, texts: CompetencyFramework) -> str:
    """Return the name of the new competency; the people outside are named only as the organisation names them."""
    shipped = builtin(scene.wording.language).organisation.customer_terms.external_plural
    named = scene.customers != shipped or mention(scene.customers).search(scene.text)
    return scene.spelled((texts.name if named else texts.name_open).format(**scene.slots))


def _voice_of(scene: Scene, matrix: Matrix) -> Voice:
    """Return the voice of most cells; a framework says what people do."""
    ids = (id for row in matrix.rows for cell in row.cells[1:] for id in cell.blocks)
    blocks = (scene.task.document.by_id[id] for id in ids)
    voices = Counter(
        found for block in blocks if block.text.strip() and (found := voice_of(block.text, (), scene.wording))
    )
    most = voices.most_common(1)
    return most[0][0] if most else Voice("third", german=scene.wording.capital_nouns)


def _actions(texts: CompetencyFramework, levels: Sequence[int]) -> list[Text]:
    by_id = {theme.id: theme for theme in texts.themes}
    return [_of_level(by_id[texts.row[level - 1]], level) for level in levels]


def _of_level(theme: Theme, level: int) -> Text:
    return next(text for text in theme.texts if level in text.levels)


def _at_level(scene: Scene, texts: CompetencyFramework, level: int, earlier: int, spoken: Voice, like: str) -> str:
    """Return the action of a level; a second column of the same level gets that of another theme."""
    if not earlier:
        return _said(scene, _actions(texts, (level,))[0], spoken, like)
    other = next(theme for theme in texts.themes if theme.id != texts.row[level - 1])
    return _said(scene, _of_level(other, level), spoken, like)


def _in_column(scene: Scene, actions: Sequence[Text], spoken: Voice, row: Row, index: int) -> str:
    """Return as many actions as the column has paragraphs for; a new list item cannot be made within a new row."""
    blocks = [scene.task.document.by_id[id] for id in row.cells[index].blocks]
    several = len(blocks) > 1 and blocks[0].type != "list_item"
    said = [_said(scene, text, spoken, blocks[0].text) for text in (actions if several else actions[:1])]
    return "\n".join(said) if all(said) else ""


def _said(scene: Scene, text: Text, spoken: Voice, like: str) -> str:
    """Return a text as it stands in cells like this one, with or without a final stop; "" without such a form."""
    filled = scene.filled(text, scene.slots)
    words = standing(filled, spoken, scene.wording) if filled else None
    stop = "." if like.rstrip().endswith(".") else ""
    return as_item(words.rstrip("."), like.split("\n")[0].rstrip(".;,")) + stop if words else ""


def _row_candidate(scene: Scene, texts: CompetencyFramework, block: Block, cells: tuple[str, ...]) -> Candidate:
    return Candidate(
        family="competency",
        rank=0,
        choices=known(("CX-OWN", "CX-HANDOFF", "CX-LISTEN"), scene),
        operation=InsertRowAfter(op="insert_row_after", block=block.id, cells=cells, comment=texts.comment),
        reason=texts.row_reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=("S02", "S04"),
        certainty="needs context",
    )


# ---- actions in competencies that are there ----


def _woven(
    scene: Scene, texts: CompetencyFramework, there: Sequence[Competence], covered: Sequence[Competence], room: int
) -> Iterator[Candidate]:
    """Yield one action for each level of the competency that it suits, of as many themes as there is room for."""
    taken: set[str] = set()
    for order, theme in enumerate(texts.themes):
        one = _place(theme, there, covered if order else (), taken) or _place(theme, there, covered, taken)
        if one is None or scene.has(theme.unless) or len(one.at) > room:
            continue
        found = [_candidate(scene, texts, theme, level, block, order) for level, block in one.at]
        if all(found):
            room -= len(found)
            taken.add(one.name)
            yield from (candidate for candidate in found if candidate)


def _place(
    theme: Theme, there: Sequence[Competence], covered: Sequence[Competence], taken: set[str]
) -> Competence | None:
    suited = [one for one in there if theme.cue.search(one.name)]
    return next((one for one in (*covered, *suited) if one.name not in taken), None)


def _candidate(
    scene: Scene, texts: CompetencyFramework, theme: Theme, level: int, block: Block, order: int
) -> Candidate | None:
    spoken = scene.voice(block) or Voice("third", german=scene.wording.capital_nouns)
    filled = scene.filled(_of_level(theme, level), scene.slots)
    operation = _operation(scene, block, filled, spoken) if filled and not block.closed else None
    if operation is None:
        return None
    return Candidate(
        family=f"theme-{theme.id}-{block.id}",
        rank=0,
        choices=known(theme.competencies, scene),
        operation=operation,
        reason=texts.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=theme.standards,
        order=(order + 1) * AFTER + scene.blocks.index(block),
        fixed=True,
    )


def _operation(scene: Scene, block: Block, text: Text, spoken: Voice) -> Operation | None:
    """Continue the list; a cell with one paragraph gets a sentence more."""
    if in_list(block) or _shares_cell(scene, block):
        words = standing(text, spoken, scene.wording)
        stop = "." if words and block.text.rstrip().endswith(".") else ""
        return (
            InsertAfter(op="insert_after", block=block.id, text=as_item(words, block.text.rstrip(".")) + stop)
            if words
            else None
        )
    joined = fitted(block.text, text, spoken, scene.wording, inline=True)
    return Append(op="append", block=block.id, text=joined.text) if joined and scene.editable(block) else None


def _shares_cell(scene: Scene, block: Block) -> bool:
    row = scene.row(block)
    cell = row.cells[block.place.cell - 1] if row and block.place and block.place.cell <= len(row.cells) else None
    return cell is not None and len(cell.blocks) > 1


def _nowhere(scene: Scene, texts: CompetencyFramework, there: Sequence[Competence]) -> Proposed:
    spoken = Voice("third", german=scene.wording.capital_nouns)
    actions = [_said(scene, text, spoken, "") for text in _actions(texts, (1, 2, 3))]
    name = _name(scene, texts)
    comment = texts.nowhere.format(name=name, actions="; ".join(actions))
    return remark(there[-1].at[-1][1], comment, texts.row_reason)
