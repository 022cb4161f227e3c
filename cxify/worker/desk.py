"""One document of the queue: taken, rewritten, stored once; a document that ends its worker is not tried for ever."""

import logging
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import Engine

from cxify import batch, profile, settings, store
from cxify.batch import Making
from cxify.errors import CxifyError, ModelError, SettingsInvalid, StoreUnavailable
from cxify.provenance import Converted
from cxify.queue import Order, making
from cxify.queue.order import Parcel, hashes_of, unpacked
from cxify.settings import Settings
from cxify.store import Taken
from cxify.worker.alone import Child, Ending
from cxify.writers.choice import LIBRARY

MOST_ATTEMPTS: Final = 3
"""The first, and two takeovers."""
_INTERNAL: Final = 1
_WAITS: Final = (1.0, 5.0, 15.0, 0.0)
"""Seconds between attempts to store a result that may have been paid for."""
_MOST_RUNS: Final = 8
log = logging.getLogger(__name__)
Tell = Callable[[str], None]


@dataclass
class Desk:
    """Works on documents; shared by the threads of a worker."""

    engine: Engine
    own: Settings
    tell: Tell = lambda _: None
    _runs: dict[str, Making] = field(default_factory=dict)
    _folders: list[tempfile.TemporaryDirectory[str]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def work(self, id: int) -> None:
        """Bring one document to its end. Raises StoreUnavailable, after which the job is done again."""
        while document := self._taken(id):
            if document.attempts > MOST_ATTEMPTS:
                self._give_up(document)
            elif document.attempts == 1:
                self.attempt(document)
            elif self._alone(document) is Ending.ORDERLY:
                return

    def attempt(self, document: Taken) -> None:
        """Rewrite a document and store what became of it, whatever goes wrong."""
        begun = time.monotonic()
        try:
            values = self._made(document)
        except StoreUnavailable:
            raise
        except CxifyError as error:
            self._failed(document, _told(error))
        except Exception as error:
            log.debug("%s", document.name, exc_info=True)
            message = f"cxify itself failed on this document ({type(error).__name__})."
            self._failed(document, _error(message, "Run it on one machine with --debug and report it.", _INTERNAL))
        else:
            stored = self._stored(lambda: store.documents.finish(self.engine, document.id, **values))
            said = "done" if stored else "was done by another worker before"
            self.tell(f"{document.run_id}  {document.name}  {said}, {time.monotonic() - begun:.1f} s")

    def _taken(self, id: int) -> Taken | None:
        with store.told(self.engine):
            return store.documents.take(self.engine, id)

    def _made(self, document: Taken) -> Mapping[str, Any]:
        made_with = self._making(document.run_id)
        shared = profile.restored(document.profile)
        redline = made_with.rewrite(document.source, shared, _converted(document.converted))
        name = document.name.rpartition("/")[2]
        page = made_with.sheet.of_redline(name, redline) if made_with.sheet else None
        outcome = {"changed": redline.changed, "details": batch.details(redline)}
        return {"output": redline.data, "page": page, "outcome": outcome}

    def _alone(self, document: Taken) -> Ending:
        """Work on a document that a worker has died over where it can do no harm."""
        ending = Child(self.engine, self.own, document).run()
        if ending is not Ending.ORDERLY:
            self.tell(f"{document.run_id}  {document.name}  {ending} (attempt {document.attempts})")
        return ending

    def _give_up(self, document: Taken) -> None:
        message = f"{MOST_ATTEMPTS} workers took it, and none came to an end with it: it takes too much memory or time."
        self._failed(document, _error(message, "Open it in Word, save it under a new name, and try that file.", 13))

    def _failed(self, document: Taken, error: Mapping[str, Any]) -> None:
        self._stored(lambda: store.documents.fail(self.engine, document.id, error))
        self.tell(f"{document.run_id}  {document.name}  failed: {error['message']}")

    def _stored(self, storing: Callable[[], bool]) -> bool:
        """Store, also when the database is away for a moment. Raises StoreUnavailable."""
        for wait in _WAITS:
            try:
                with store.told(self.engine):
                    return storing()
            except StoreUnavailable:
                if not wait:
                    raise
                time.sleep(wait)
        raise AssertionError("the last wait is none")

    def _making(self, run: str) -> Making:
        """Return what the run's documents are made with; the same for all of them."""
        with self._lock:
            if run not in self._runs:
                while len(self._runs) >= _MOST_RUNS:
                    del self._runs[next(iter(self._runs))]
                self._runs[run] = self._loaded(run)
            return self._runs[run]

    def _loaded(self, run: str) -> Making:
        with store.told(self.engine):
            standing = store.runs.known(self.engine, run)
            parcel = Parcel(standing.settings, store.runs.files(self.engine, hashes_of(standing.settings)))
        # Prompts and wording are read when they are used, so the folder stays as long as the process.
        folder = tempfile.TemporaryDirectory(prefix="cxify-run-", ignore_cleanup_errors=True)
        self._folders.append(folder)
        order = unpacked(parcel, Path(folder.name), self.own)
        self._keep_key(order)
        loaded = making(order)
        if loaded.fingerprint != standing.fingerprint:
            message = "This worker would make something else of the documents than the run asks for."
            raise SettingsInvalid(message, "Install the same cxify on all machines.")
        return loaded

    def _keep_key(self, order: Order) -> None:
        """Raise SettingsInvalid before this machine's key is given to an address that only the run names."""
        asked = order.settings.base_url
        elsewhere = order.model != LIBRARY and asked not in (None, self.own.base_url)
        if elsewhere and settings.api_key(order.settings, order.model):
            message = f"The run's model answers at {asked}, and this worker's key is not meant for that address."
            raise SettingsInvalid(message, "Start the worker with CXIFY_BASE_URL set to it, or without a key.")


def _converted(told: Mapping[str, Any] | None) -> Converted | None:
    return Converted.model_validate(told) if told else None


def _told(error: CxifyError) -> dict[str, Any]:
    spent = error.spent if isinstance(error, ModelError) else (0, 0, 0)
    return _error(error.message, error.remedy, error.exit_code, spent)


def _error(message: str, remedy: str, exit_code: int, spent: tuple[int, int, int] = (0, 0, 0)) -> dict[str, Any]:
    return {"message": message, "remedy": remedy, "exit_code": exit_code, "spent": list(spent)}
