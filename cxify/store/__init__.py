"""Documents and their results in a database: SQLite on one machine, PostgreSQL for many. The only user of SQLAlchemy.

`connect` opens a database and brings its tables up to date, `documents` moves documents from waiting to done, `runs`
tells of runs. Every change of a document's state is one conditional update, so that what is done twice is stored once.
"""

from cxify.store import documents, runs
from cxify.store.database import Database, connect, place, told
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
    "connect",
    "documents",
    "place",
    "runs",
    "told",
]
