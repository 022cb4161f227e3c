"""Find the blocks of a document at which a slot of its kind may be filled."""

from cxify.document import Block, Document, Section
from cxify.kinds import common
from cxify.kinds.headings import is_item
from cxify.kinds.model import Kind, Slot
from cxify.kinds.state import facts_of, is_entry
from cxify.kinds.tables import Grid, column_roles, grids, ids_of, text_of
from cxify.kinds.words import words_in

_BOILERPLATE = tuple(f"({id})" for id in ("P-EEO", "P-LEGAL", "P-SIGN", "P-PAY", "P-HOURS", "P-REPORTS"))
_NO_TEXT = (
    "table header",
    "row label",
    "total row",
    "facts about the post",
    "title of the document or job",
    "subheading",
)
_TASKS = frozenset({"duties", "essential_functions"})
_FEWEST_WORDS = 4
"""Words of a task; "IT skills" is none."""
_INSERTS = frozenset({"insert_after", "insert_row_after"})


def role_at(document: Document, kind: Kind, block: Block) -> str | None:
    """Return the role of the innermost section around a block that means something ("duties"), or None."""
    around = [s for s in document.sections if block.id in s.blocks]
    for section in sorted(around, key=lambda section: -section.level):
        if role := kind.role_of(section.title, document.language):
            return role
    return None


def facts(document: Document) -> dict[str, str]:
    """Return what lines and tables state about the post: label role to value ("job_title" to "Registered Nurse")."""
    stated: dict[str, str] = {}
    for role, value in stated_in(document):
        stated.setdefault(role, value)
    return stated


def stated_in(document: Document) -> tuple[tuple[str, str], ...]:
    """Return every fact with its label's role, in document order; see `facts`."""
    return document.once("facts", lambda: _stated_in(document))


def _stated_in(document: Document) -> tuple[tuple[str, str], ...]:
    tables = grids(document, common.column_words(), document.language)
    found = facts_of(document, tables, common.labels(), document.language)
    return tuple((role, value.strip()) for role, value in found if is_entry(value))


def columns_of(document: Document, kind: Kind) -> dict[str, str]:
    """Return the column role ("description", "weight") of every block below a table header."""
    return column_roles(document, grids(document, kind.column_words, document.language))


def places(document: Document, kind: Kind, slot: Slot) -> tuple[Block, ...]:
    """Return the blocks at which the slot may be filled, in document order; none when the document has no such place.

    A block is given only when at least one of the slot's operations is allowed there: a locked block takes insertions
    and comments, a closed one only comments.
    """
    columns = columns_of(document, kind)
    headings = {section.heading for section in document.sections}
    no_text = {*common.labels().reasons.values(), *_NO_TEXT}
    roles = roles_of(document, kind)
    found = [
        block
        for block in document.body
        if block.text.strip()
        and block.id not in headings
        and block.lock not in no_text
        and "people fill in" not in (block.lock or "")
        and (not slot.sections or roles.get(block.id) in slot.sections)
        and (not slot.columns or columns.get(block.id) in slot.columns)
        and _has_cue(block, slot, document.language)
        and _allows(block, slot)
    ]
    found = _without_boilerplate(found)
    if not found and "insert_after" in slot.ops and not slot.columns and not slot.cues:
        return _empty_sections(document, kind, slot)
    if slot.at == "any" or not found:
        return tuple(found)
    best = next((role for role in slot.sections if any(roles.get(block.id) == role for block in found)), None)
    return _ends([block for block in found if best is None or roles.get(block.id) == best], slot)


def roles_of(document: Document, kind: Kind) -> dict[str, str]:
    """Return the role of the innermost section that means something, for every block that stands in one."""
    return dict(document.once(("roles", kind.section_words, kind.column_words), lambda: _roles_of(document, kind)))


def _roles_of(document: Document, kind: Kind) -> dict[str, str]:
    roles: dict[str, str] = {}
    ordered: list[Section] = sorted(document.sections, key=lambda section: section.level)
    for section in ordered:
        if role := kind.role_of(section.title, document.language):
            roles.update(dict.fromkeys(section.blocks, role))
    tables = grids(document, kind.column_words, document.language)
    by_columns = {id: grid.role for grid in tables if grid.role for id in ids_of(grid.table)}
    if (kind.like or kind.id) == "job_description":
        by_columns |= dict.fromkeys(_tasks_in_columns(document, tables), "duties")
        if not _TASKS & {*roles.values(), *by_columns.values()}:
            roles.update(_tasks_by_topic(document, kind))
    return {**by_columns, **roles, **_roles_of_rows(document, kind, tables)}


def _tasks_in_columns(document: Document, tables: tuple[Grid, ...]) -> list[str]:
    """Return the cells below "Main duties" in tables that stand under no heading."""
    return [id for id, column in column_roles(document, tables).items() if column == "duty"]


def _tasks_by_topic(document: Document, kind: Kind) -> dict[str, str]:
    """Return the lists under headings of their own ("Teaching and learning") of a job that has no part for duties."""
    roles: dict[str, str] = {}
    for section in document.sections:
        blocks = [document.by_id[id] for id in section.blocks if id != section.heading]
        items = [block for block in blocks if is_item(block) and words_in(block.text) >= _FEWEST_WORDS]
        known = any(kind.role_of(s.title, document.language) for s in _around(document, section))
        most = len(items) * 2 > sum(bool(block.text.strip()) for block in blocks)
        if section.heading and not known and len(items) > 1 and most:
            roles.update({block.id: "duties" for block in items})
    return roles


def _around(document: Document, section: Section) -> list[Section]:
    return [other for other in document.sections if other is section or section.heading in other.blocks]


def _roles_of_rows(document: Document, kind: Kind, tables: tuple[Grid, ...]) -> dict[str, str]:
    """In a plan, "Day 1" in the column that says when means the rows from there on."""
    roles: dict[str, str] = {}
    for grid in tables:
        role: str | None = None
        for row, cells in grid.body() if "when" in grid.columns.values() else ():
            for cell, column in cells:
                if grid.columns.get(column) == "when" and (text := text_of(cell, document.by_id)):
                    role = kind.role_of(text, document.language)
            if role:
                roles.update({id: role for cell in row.cells for id in cell.blocks})
    return roles


def _allows(block: Block, slot: Slot) -> bool:
    if block.lock is None and not block.closed:
        return True
    return "comment" in slot.ops or (not block.closed and bool(_INSERTS & set(slot.ops)))


def _empty_sections(document: Document, kind: Kind, slot: Slot) -> tuple[Block, ...]:
    """A section that holds nothing yet is filled after its heading."""
    return tuple(
        heading
        for section in document.sections
        if section.heading
        and kind.role_of(section.title, document.language) in slot.sections
        and not (heading := document.by_id[section.heading]).closed
        and (heading.place is None)
    )[:1]


def _has_cue(block: Block, slot: Slot, language: str) -> bool:
    if not slot.cues:
        return True
    base = language.partition("-")[0]
    cues = slot.cues.get(base) or [cue for texts in slot.cues.values() for cue in texts]
    text = f" {block.text.casefold()} "
    return any(common.has_word(cue, text) for cue in cues)


def _without_boilerplate(blocks: list[Block]) -> list[Block]:
    """Legal lines at the end of a document belong to no section, although no heading says so."""
    end = len(blocks)
    while end and (blocks[end - 1].lock or "").endswith(_BOILERPLATE):
        end -= 1
    return blocks[:end]


def _ends(found: list[Block], slot: Slot) -> tuple[Block, ...]:
    """Return the first or last paragraph; in a table, what may be used of the first or last row."""
    in_tables = [block for block in found if block.place]
    if in_tables and "insert_row_after" in slot.ops:
        found = in_tables
    if slot.columns or found[-1].place:
        row = found[-1].place if slot.at == "last" else found[0].place
        same = [b for b in found if b.place and row and (b.place.table, b.place.row) == (row.table, row.row)]
        return tuple(same)
    return (found[-1] if slot.at == "last" else found[0],)
