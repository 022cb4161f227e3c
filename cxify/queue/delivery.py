"""What workers have made, handed to `batch.run` as if it had been made here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Engine

from cxify import store
from cxify.batch import Made
from cxify.errors import AnswerAwaited, CxifyError, InputError, ModelError
from cxify.packet import Sheet
from cxify.profile import RoleProfile, joined
from cxify.store import Ended, Result, State

Key = tuple[str, str, str]
"""Name, hash of the source, fingerprint of the settings."""
_CANCELLED: Final = 130


@dataclass(frozen=True)
class Fetched(Made):
    """A redline with its page for manager and employee."""

    page: str | None
    name: str


@dataclass(frozen=True)
class Delivery:
    """The documents that have ended, by the hash of the source and the fingerprint of the settings."""

    engine: Engine
    fingerprint: str
    ready: Mapping[tuple[str, str], Ended]

    @classmethod
    def of(cls, engine: Engine, fingerprint: str, ended: Iterable[Ended]) -> "Delivery":
        """Return the delivery of documents that have ended under the settings of that fingerprint."""
        return cls(engine, fingerprint, {(one.sha256, one.settings): one for one in ended})

    def rewrite(self, source: bytes, shared: RoleProfile | None, _converted: object = None) -> Made:
        """Return what a worker made of the Word file. Raises what the worker met, and AnswerAwaited before that."""
        if not self.ready:
            raise AnswerAwaited("It is handed over to the workers.", "Run the same command again to fetch it.")
        found = self.ready.get((sha256(source).hexdigest(), joined(self.fingerprint, shared)))
        if found is None:
            raise InputError("It was changed while it was in work.", "Run the same command again.")
        return _made(store.documents.result(self.engine, found.id))

    def pages(self, sheet: Sheet) -> "_Pages":
        """Return the pages that came along."""
        return _Pages(sheet)


@dataclass(frozen=True)
class _Pages:
    sheet: Sheet

    def of_redline(self, name: str, redline: Any) -> str | None:
        """Return the page that the worker made; the same document under another name gets its own."""
        fetched: Fetched = redline
        if fetched.page is None or fetched.name.rpartition("/")[2] == name:
            return fetched.page
        return self.sheet.of_file(name, fetched.data)

    def of_file(self, name: str, data: bytes) -> str | None:
        """Return the page for a document that was made before."""
        return self.sheet.of_file(name, data)


def _made(result: Result) -> Fetched:
    if result.state is State.DONE and result.output is not None and result.outcome is not None:
        told = result.outcome
        return Fetched(result.output, told["changed"], told["details"], result.page, result.name)
    raise _met(result)


def _met(result: Result) -> CxifyError:
    """Return the error that stopped a document, with the exit code it had where it happened."""
    met: CxifyError
    if result.error is None:
        met = InputError("The run was cancelled before its turn.", "Run the same command again to hand it over anew.")
        met.exit_code = _CANCELLED  # type: ignore[misc]  # of this one, not of its class
        return met
    met = ModelError(result.error["message"], result.error["remedy"])
    met.exit_code = result.error["exit_code"]  # type: ignore[misc]
    met.spent = tuple(result.error["spent"])
    return met
