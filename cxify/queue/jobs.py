"""The jobs behind documents: who does which one when. The only place, with the worker, that knows procrastinate."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from procrastinate import App, BaseConnector, PsycopgConnector, SyncPsycopgConnector
from procrastinate.schema import SchemaManager
from procrastinate.types import JSONDict
from sqlalchemy import Connection, Engine, func, select

from cxify import store
from cxify.errors import SettingsInvalid

TASK: Final = "cxify.rewrite"
_LOCK: Final = 0x6378696671  # one process at a time makes the queue's tables


class Priority(IntEnum):
    """Who waits for whom: a person at a web page never waits behind a batch."""

    BATCH = 0
    UPLOAD = 10


def queue_of(edition: str, priority: Priority) -> str:
    """Return the queue of an edition's documents; each edition has its own, so that no other one takes them."""
    return f"{edition}/{priority.name.lower()}"


def connect(url: str, *, at_once: int = 8) -> Engine:
    """Return the engine of a queue whose tables are there. Raises SettingsInvalid and StoreUnavailable."""
    engine = store.connect(url, at_once=at_once)
    if engine.dialect.name != "postgresql":
        raise SettingsInvalid("A queue for many machines needs PostgreSQL.", "Give postgresql://user@host/database.")
    with store.told(engine), engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        if connection.scalar(select(func.to_regclass("procrastinate_jobs"))) is None:
            connection.exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    return engine


def app(engine: Engine, *, at_once: int = 4) -> App:
    """Return the queue as procrastinate sees it, for a worker."""
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=at_once))


def defer(connection: Connection, edition: str, priority: Priority, ids: Sequence[int]) -> None:
    """Queue a job for each document in the transaction that stored it: either both are there or none."""
    if not ids:
        return
    unopened: BaseConnector = SyncPsycopgConnector()
    deferrer = App(connector=unopened).configure_task(
        TASK,
        allow_unknown=True,
        queue=queue_of(edition, priority),
        priority=int(priority),
        connection=connection.connection.driver_connection,
    )
    arguments: list[JSONDict] = [{"document": id} for id in ids]
    deferrer.batch_defer(*arguments)
