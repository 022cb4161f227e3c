"""Documents and their results in a database: SQLite on one machine, PostgreSQL for many. The only user of SQLAlchemy.

`connect` opens a database and brings its tables up to date, `documents` moves documents from waiting to done, `runs`
tells of runs. Every change of a document's state is one conditional update, so that what is done twice is stored once.

For the web page: `people`, `sessions` and `tokens` say who asks, `papers`, `lists` and `batches` what was uploaded,
`voices` what customers say, `decisions` and `approvals` what was decided, `frameworks` what it was made with,
`journal` who did what; `retention` deletes.
"""

from cxify.store import (
    approvals,
    batches,
    decisions,
    documents,
    frameworks,
    journal,
    kept_files,
    lists,
    papers,
    people,
    retention,
    runs,
    sessions,
    tokens,
    voices,
)
from cxify.store.database import Database, Writing, answers, connect, file_address, place, told, writing
from cxify.store.documents import Ended, New, Result, Taken
from cxify.store.runs import Standing
from cxify.store.tables import ENDED, State

__all__ = [
    "ENDED",
    "Database",
    "Ended",
    "New",
    "Result",
    "Standing",
    "State",
    "Taken",
    "Writing",
    "answers",
    "approvals",
    "batches",
    "connect",
    "decisions",
    "documents",
    "file_address",
    "frameworks",
    "journal",
    "kept_files",
    "lists",
    "papers",
    "people",
    "place",
    "retention",
    "runs",
    "sessions",
    "tokens",
    "told",
    "voices",
    "writing",
]
