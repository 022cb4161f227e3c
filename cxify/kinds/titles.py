"""The lines at the top of a document that may be its title, before anybody knows its kind."""

from dataclasses import replace
from typing import Final

from cxify.document import Document
from cxify.kinds import common
from cxify.kinds.headings import Finder, fact
from cxify.kinds.places import stated_in

_FIRST: Final = 12
"""Blocks at the top; a title stands among them."""
_NO_TABLES: Final[frozenset[int]] = frozenset()


def title_lines(document: Document) -> tuple[str, ...]:
    """Return the lines of which a kind may take one for the title of the document or the job.

    A kind knows the words of all kinds and more, and so takes the same lines, or the first of them, or none.
    """
    body = tuple(document.body)[:_FIRST]
    labels, language = common.labels(), document.language
    tables = {block.place.table for block in body if block.place}
    beginning = replace(document, tables=tuple(table for table in document.tables if table.number in tables))
    facts = {block.id: role for block in body if (role := fact(block, labels, language))}
    titles = Finder(beginning, body, common.section_words(), labels, language, facts, _NO_TABLES).titles()
    return tuple(block.text.strip() for block in body if block.id in titles)


def entitled(document: Document, title: str) -> Document:
    """Return the document with another title; what its lines and tables state is known already."""
    titled = replace(document, title=title)
    titled.once("facts", lambda: stated_in(document))
    return titled
