"""Reach the database: SQLite or PostgreSQL, its tables brought up to date, its faults as sentences without secrets."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DataError, OperationalError, SQLAlchemyError

from cxify.errors import InputError, SettingsInvalid, StoreUnavailable
from cxify.store.turns import changing

Database = Engine
"""A database that `connect` has opened."""
Writing = Connection
"""What `writing` yields."""
_MIGRATIONS: Final = Path(__file__).with_name("migrations")
_DRIVERS: Final = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}
_LOCK: Final = 0x6378696679  # "cxify": only one process at a time brings the tables up to date
_FORGETFUL: Final = {"cached_statements": 0}
"""Python's driver keeps statements with all that was bound to them: the files of whole uploads, deleted ones too."""
_REMEDY: Final = "Give an address such as postgresql://user@host/database, or sqlite:///file.db."


def connect(url: str, *, at_once: int = 8) -> Engine:
    """Return an engine for a database whose tables are up to date; `at_once` connections may be open.

    Raises SettingsInvalid for an address that is none, and StoreUnavailable when nothing answers there.
    """
    engine = _engine(_parsed(url), at_once)
    with told(engine):
        _migrate(engine)
    return engine


def file_address(file: Path) -> str:
    """Return the address of a database in a file on this machine."""
    return URL.create("sqlite", database=str(file)).render_as_string()


def answers(engine: Engine) -> None:
    """Ask the database for a sign of life. Raises StoreUnavailable."""
    with told(engine), engine.connect() as connection:
        connection.execute(select(1))


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection whose changes are kept together or not at all. Raises StoreUnavailable."""
    with told(engine), changing(engine) as connection:
        yield connection


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Turn a database's fault into a sentence. Raises StoreUnavailable, and InputError for what it cannot hold."""
    try:
        yield
    except CommandError as error:
        message = f"The tables in {place(engine.url)} were made by a newer cxify."
        raise StoreUnavailable(message, "Install the version that the other machines have.") from error
    except DataError as error:
        message = "Something that was given holds characters or numbers that cannot be kept."
        raise InputError(message, "Leave control characters and very long numbers out.") from error
    except OperationalError as error:
        message = f"The database {place(engine.url)} cannot be reached."
        raise StoreUnavailable(message, "Check its address, that it runs, and user and password.") from error
    except SQLAlchemyError as error:
        message = f"The database {place(engine.url)} refused what cxify asked of it ({type(error).__name__})."
        raise StoreUnavailable(message, "Check the rights of the user; --debug shows the details.") from error


def place(url: URL) -> str:
    """Return where a database is, without user, password or options."""
    if url.host is None:
        return url.database or "in memory"
    return f"{url.database or ''} on {url.host}{f':{url.port}' if url.port else ''}".strip()


def _parsed(url: str) -> URL:
    # The message must not repeat what was given: it may hold a password.
    try:
        parsed = make_url(url)
        driver = _DRIVERS[parsed.get_backend_name()]
    except (ArgumentError, KeyError, ValueError):
        raise SettingsInvalid("The database's address cannot be read.", _REMEDY) from None
    return parsed.set(drivername=driver)


def _engine(url: URL, at_once: int) -> Engine:
    try:
        if url.get_backend_name() == "sqlite":
            pool = {"pool_size": at_once, "max_overflow": at_once} if url.database else {}
            engine = create_engine(url, hide_parameters=True, connect_args=_FORGETFUL, **pool)
            event.listen(engine, "connect", _careful)
            return engine
        return create_engine(url, hide_parameters=True, pool_size=at_once, max_overflow=at_once, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        message = f"The package {error.name} is missing, which reaches PostgreSQL."
        raise SettingsInvalid(message, "Install cxify[worker].") from None


def _careful(connection: object, _: object) -> None:
    """Let several processes use one SQLite file, and let it heed foreign keys."""
    cursor = connection.cursor()  # type: ignore[attr-defined]  # a sqlite3.Connection
    # What is deleted is overwritten, and no temporary file holds a document.
    careful = ("foreign_keys=ON", "journal_mode=WAL", "busy_timeout=10000", "secure_delete=ON", "temp_store=MEMORY")
    for pragma in careful:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        if _current(connection) != ScriptDirectory.from_config(config).get_current_head():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _current(connection: Connection) -> str | None:
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()
