"""Criteria in tables: in which column a new one stands, and what the cells beside it hold."""

from collections.abc import Sequence

from cxify.document import Block, Table
from cxify.writers.library.rows import are_groups, column_texts
from cxify.writers.library.scene import Scene
from cxify.writers.library.wording import Prompt

_LONGEST_MARK = 4  # characters: ✓, X, D, Yes, E/D
_SHORT_VALUE = 4  # words; "Interview", "Application form and interview"


def table_of(scene: Scene, block: Block) -> Table | None:
    """Return the table that a block stands in."""
    return scene.tables.get(block.place.table) if block.place else None


def row_cells(
    scene: Scene, block: Block, criterion: str, mark: str, other: Prompt | None = None
) -> tuple[str, ...] | None:
    """Return the cells of a new row, or None if the table has no column in which a desirable criterion can stand."""
    table = table_of(scene, block)
    if table is None or scene.row(block) is None or block.closed:
        return None
    roles = scene.columns(table, scene.row(block))
    cells = [""] * len(roles)
    listing = "desirable" in roles and _holds_sentences(scene, table, roles.index("desirable"))
    where = "desirable" if listing or "criterion" not in roles else "criterion"
    if where not in roles:
        return None
    told = _told_in(scene, table, roles, where)
    cells[roles.index(told)] = criterion
    name = scene.competency((other or scene.wording.requirements).competencies[0]).name
    if told == "description":
        cells[roles.index("criterion")] = _group(scene, table, block, roles.index("criterion")) or name
    elif where == "desirable" and "criterion" in roles:
        cells[roles.index("criterion")] = name
    elif where == "desirable" and _names_rows(scene, table):
        cells[0] = name
    if where == "criterion" and "desirable" in roles:
        cells[roles.index("desirable")] = mark
    if "assessed_by" in roles:
        cells[roles.index("assessed_by")] = _usual(scene, table, roles.index("assessed_by"))
    return tuple(cells)


def _told_in(scene: Scene, table: Table, roles: Sequence[str | None], where: str) -> str:
    """Return the column in which criteria are told: where another one describes them, the first only names them."""
    if where != "criterion" or "description" not in roles:
        return where
    named, described = (column_texts(scene, table, roles.index(role)) for role in ("criterion", "description"))
    return "description" if len(" ".join(described)) > len(" ".join(named)) else where


def _group(scene: Scene, table: Table, block: Block, column: int) -> str:
    """Return the group of the row that goes before, where rows are in groups: a name that several have."""
    names, row = column_texts(scene, table, column), scene.row(block)
    cells = scene.cell_texts(row) if row else ()
    own = cells[column] if column < len(cells) else ""
    return own if are_groups(names) else ""


def _names_rows(scene: Scene, table: Table) -> bool:
    """Tell whether the first column, whatever its header, holds the names of its rows: "Skills"."""
    texts = [row[0] for row in map(scene.cell_texts, scene.data_rows(table)) if row]
    return (
        scene.columns(table)[0] is None
        and len(texts) > 1
        and all(0 < len(text.split()) <= _SHORT_VALUE for text in texts)
    )


def _holds_sentences(scene: Scene, table: Table, column: int) -> bool:
    marks = scene.wording.requirements
    texts = [text for text in column_texts(scene, table, column) if not marks.desirable.search(text)]
    own = [text for text in texts if not marks.essential.search(text) and len(text) > _LONGEST_MARK]
    return any(len(text.split()) > 1 for text in own) or len(set(own)) > 1


def _usual(scene: Scene, table: Table, column: int) -> str:
    """Return how listening can be assessed, in words that the table already uses."""
    texts = column_texts(scene, table, column)
    interview = [text for text in texts if scene.wording.requirements.spoken_assessment.search(text)]
    best = interview or texts
    return max(set(best), key=lambda text: (best.count(text), -len(text))) if best else ""


def desirable_mark(scene: Scene, block: Block) -> str:
    """Return how the table marks a desirable criterion: its own tick, D, or the word itself."""
    table = table_of(scene, block)
    roles = scene.columns(table) if table else []
    if table is None or "desirable" not in roles:
        return ""
    used = [text for text in column_texts(scene, table, roles.index("desirable")) if len(text.split()) <= _SHORT_VALUE]
    both = {"E", "D"} & set(used)
    if both:
        return "D"
    marks = scene.wording.requirements
    named = [text for text in used if marks.desirable.match(text)]
    if named:
        return named[0]
    if any(marks.essential.match(text) for text in used):
        return default_label(scene).rstrip(": \u00a0")
    return used[0] if used else ""


def default_label(scene: Scene) -> str:
    """Return the word for what is desirable, in the document's variety of its language."""
    labels = scene.wording.requirements.default_label
    region = scene.task.document.language.partition("-")[2]
    return f"{labels.get(region) or next(iter(labels.values()))}{scene.wording.colon}"
