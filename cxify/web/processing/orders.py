"""What a run's documents are made with, from the database to children; the model's chat stays in this process."""

import json
import tempfile
from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePath
from threading import Lock
from typing import TYPE_CHECKING, Final

from cxify import store
from cxify.errors import SettingsInvalid
from cxify.files import write_atomically
from cxify.queue import Order
from cxify.queue.order import Parcel, hashes_of, unpacked
from cxify.settings import Settings
from cxify.store import Database
from cxify.writers.choice import LIBRARY, chat_for

if TYPE_CHECKING:
    from cxify.llm import Chat


COMMENTS: Final = "comments"
"""What a table of comments is called where it lies; its format is told by its content."""
_MOST_RUNS: Final = 256
"""Runs whose orders are remembered: every document of a run asks for it."""


class Orders:
    """The orders of runs by their number, and one chat for each model that the operator allows. Thread-safe."""

    def __init__(self, engine: Database, own: Settings, models: tuple[str, ...]) -> None:
        self._engine, self._models = engine, models
        self.own = own.model_copy(update={"queue": None})  # children are told no address of a database
        self._folder = tempfile.TemporaryDirectory(prefix="cxify-serve-", ignore_cleanup_errors=True)
        self._chats: dict[str, Chat] = {}
        self._runs: OrderedDict[str, Order] = OrderedDict()
        self._lock = Lock()

    def of(self, run: str) -> Order:
        """Return the order of a run, which never changes. Raises InputError and SettingsInvalid."""
        with self._lock:
            if known := self._runs.get(run):
                self._runs.move_to_end(run)
                return known
        with store.told(self._engine):
            told = store.runs.settings(self._engine, run)
            contents = store.runs.files(self._engine, hashes_of(told))
        order = self.settled(Parcel(told, contents))
        with self._lock:
            self._runs[run] = order
            while len(self._runs) > _MOST_RUNS:
                self._runs.popitem(last=False)
        return order

    def settled(self, parcel: Parcel) -> Order:
        """Return an order whose files lie where nobody changes them; the same files always lie in the same folder."""
        named = sha256(json.dumps(parcel.told["files"], sort_keys=True).encode()).hexdigest()
        with self._lock:
            return unpacked(parcel, Path(self._folder.name, named), self.own)

    def kept(self, contents: Mapping[str, bytes]) -> Path:
        """Return where the first of these files lies, with the others beside it."""
        hashes = {name: sha256(data).hexdigest() for name, data in contents.items()}
        folder = Path(self._folder.name, sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest())
        with self._lock:
            folder.mkdir(exist_ok=True)
            for name, data in contents.items():
                write_atomically(folder / PurePath(name).name, data)
        return folder / PurePath(next(iter(contents))).name

    def forget_comments(self) -> None:
        """Remove what lies here of comments that the database does not keep any more."""
        found = {path: sha256(path.read_bytes()).hexdigest() for path in Path(self._folder.name).rglob(COMMENTS)}
        known = store.kept_files.there(self._engine, found.values()) if found else set()
        for path, hashed in found.items():
            if hashed not in known:
                path.unlink(missing_ok=True)

    def chat(self, order: Order) -> "Chat | None":
        """Return what answers the order's model. Raises SettingsInvalid for one that is not allowed."""
        if order.model == LIBRARY:
            return None
        if order.model not in self._models:
            message = f"The model {order.model} is not, or no longer, allowed here."
            raise SettingsInvalid(message, "Choose another writer, or ask whoever runs this page.")
        with self._lock:
            if order.model not in self._chats:
                self._chats[order.model] = chat_for(order.model, self.own, None)
            return self._chats[order.model]

    def close(self) -> None:
        """Remove the files of runs."""
        self._folder.cleanup()
