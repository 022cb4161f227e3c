"""Who has customer experience in their documents and who has not. Documents are read, nothing is changed.

facts_of(bytes, …) → Facts      one document, small and frozen
survey(facts, …)   → Audit      all documents together
page, table, data               the audit as HTML, CSV and JSON
sections, pictures              the same as a part of another page, and its style
"""

from cxify.audit.data import data
from cxify.audit.facts import Facts, Unread
from cxify.audit.page import LANGUAGES, page, pictures, sections
from cxify.audit.reading import facts_of
from cxify.audit.survey import Audit, survey
from cxify.audit.table import table

__all__ = [
    "LANGUAGES",
    "Audit",
    "Facts",
    "Unread",
    "data",
    "facts_of",
    "page",
    "pictures",
    "sections",
    "survey",
    "table",
]
