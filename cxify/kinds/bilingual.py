"""Tables that say the same in two languages side by side: a change in one column would leave the other behind."""

from itertools import combinations

from cxify.document import Document, Notice, Table
from cxify.kinds.language import clear_language

_FEWEST_WORDS = 12
_MOST_COLUMNS = 4
_LETTERS = 1
_LONGER = 2
"""A translation has at most so many times the words."""
REASON = "the same text in two languages"


def bilingual_tables(document: Document) -> frozenset[int]:
    """Return the numbers of the tables of which two columns are in different languages."""
    return frozenset(table.number for table in document.tables if _is_bilingual(document, table))


def _is_bilingual(document: Document, table: Table) -> bool:
    columns = len(table.rows[0].cells) if table.rows else 0
    if not 1 < columns <= _MOST_COLUMNS:
        return False
    texts = [_column(document, table, index) for index in range(columns)]
    said = [(clear_language(text), len(text.split())) for text in texts if len(text.split()) >= _FEWEST_WORDS]
    clear = [(language, words) for language, words in said if language]
    return any(
        one != other and words <= _LONGER * more <= _LONGER**2 * words
        for (one, words), (other, more) in combinations(clear, 2)
    )


def _column(document: Document, table: Table, index: int) -> str:
    """Return the words of a column; "A", "I" and "E/D" are marks of a table and words of no language."""
    cells = (row.cells[index] for row in table.rows if index < len(row.cells))
    texts = (document.by_id[id].text for cell in cells for id in cell.blocks)
    return " ".join(word for text in texts for word in text.split() if len(word) > _LETTERS)


def notice(tables: frozenset[int]) -> tuple[Notice, ...]:
    """Say that such tables were left alone, and what to do."""
    if not tables:
        return ()
    message = "A table says the same in two languages and stays as it is. Change both together, or use a file for each."
    return (Notice("bilingual", message),)
