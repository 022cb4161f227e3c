"""The Word file of a gold case."""

from cxify.evaluation.case import Case
from cxify.evaluation.source import SourceTable
from cxify.word.new import NewParagraph, NewTable, new


def word_file(case: Case) -> bytes:
    """Return the .docx of a case; the same case gives the same bytes."""
    items = [
        NewTable(item.rows)
        if isinstance(item, SourceTable)
        else NewParagraph(item.text, item.style, item.frame, item.control)
        for item in case.source
    ]
    return new(items, title=case.title, language=case.locale, look=case.look)
