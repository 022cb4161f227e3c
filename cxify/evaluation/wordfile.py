"""The Word file of a gold case."""

from functools import lru_cache

from cxify.evaluation.case import Case
from cxify.evaluation.source import SourceTable
from cxify.word.new import Look, NewParagraph, NewTable, new

_KEPT = 256
"""Files of 15 KB; all repeats and both versions of a comparison find theirs."""


def word_file(case: Case) -> bytes:
    """Return the .docx of a case; the same case gives the same bytes."""
    items = tuple(
        NewTable(item.rows)
        if isinstance(item, SourceTable)
        else NewParagraph(item.text, item.style, item.frame, item.control)
        for item in case.source
    )
    return made(items, case.title, case.locale, case.look)


@lru_cache(_KEPT)
def made(items: tuple[NewParagraph | NewTable, ...], title: str, language: str, look: Look) -> bytes:
    """Return the file of what stands in it, whatever the case is called and expects."""
    return new(items, title=title, language=language, look=look)
