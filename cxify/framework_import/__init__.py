"""A framework kept as a Word table or an Excel sheet becomes a framework file that extends the built-in one."""

from dataclasses import dataclass
from pathlib import PurePath

from cxify.errors import InputError
from cxify.framework import Framework
from cxify.framework_import.documents import SUFFIXES, grids
from cxify.framework_import.entries import Entries, Entry, made, slug
from cxify.framework_import.tables import Note, read
from cxify.framework_import.vocabulary import language_of, level_names
from cxify.framework_import.written import framework_file

__all__ = ["SUFFIXES", "Entry", "Imported", "Note", "imported"]


@dataclass(frozen=True)
class Imported:
    """The framework file, what it holds, and what was not understood."""

    yaml: str
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]
    language: str


def imported(data: bytes, name: str, base: Framework) -> Imported:
    """Return the framework that the tables of a Word file or workbook hold; `name` is the file's.

    Raises InputError when the file cannot be read or holds no framework.
    """
    tables, outside = grids(data)
    found = read(tables, level_names(base))
    if not found.records:
        message = f"No table in {name} has a header row with competencies or service standards."
        remedy = (
            "Begin the table with a header: Competency, Definition, Level 1 … Level 4; or Standard, Promise, Measure."
        )
        raise InputError(message, remedy)
    if outside:
        found.notes.append(Note(name, f"{outside} paragraphs", "Text outside of tables is not read."))
    language = language_of(found.headers)
    entries: Entries = made(found, base)
    id = slug(PurePath(name).stem).lower() or "our-framework"
    text = framework_file(entries, source=name, id=id, language=language, extends=base.framework.id)
    return Imported(text, tuple(entries.entries), tuple(entries.notes), language)
