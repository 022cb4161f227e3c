"""Who writes in SQLite, one after another: its own way to wait is to ask again now and then, and some would starve."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import Lock, RLock
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

_TURNS: Final[WeakKeyDictionary[Engine, RLock]] = WeakKeyDictionary()
_GUARD: Final = Lock()


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection whose changes are kept together or not at all; in this process one of SQLite's at a time."""
    with _turn(engine), engine.begin() as connection:
        yield connection


def _turn(engine: Engine) -> "nullcontext[None] | RLock":
    if engine.dialect.name != "sqlite":
        return nullcontext()
    with _GUARD:
        return _TURNS.setdefault(engine, RLock())
