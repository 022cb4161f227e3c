"""Files arrive: named, told apart from each other, stored before anything else, then looked at in the background."""

from collections.abc import Sequence
from concurrent.futures import wait
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Any, Final

from cxify import store
from cxify.settings.serve import MEGABYTE
from cxify.store import batches, journal, lists, papers
from cxify.store.moment import now
from cxify.store.papers import NewPaper
from cxify.store.people import Person
from cxify.web.desk import choices, looking, names
from cxify.web.errors import Unreadable, UploadTooLarge

if TYPE_CHECKING:
    from cxify.web.context import Context

_AT_ONCE: Final = 16 * MEGABYTE
"""Of documents that one transaction stores."""
_MOST_TOLD: Final = 20


@dataclass(frozen=True)
class Received:
    """A file as it was sent; `name` may hold the folders that it came with."""

    name: str
    data: IO[bytes]


@dataclass(frozen=True)
class Uploaded:
    """What became of the files: the upload they belong to, their papers, and what the person should know."""

    batch: str
    papers: tuple[str, ...]
    told: tuple[str, ...]


def upload(here: "Context", person: Person, files: Sequence[Received], batch_id: str | None = None) -> Uploaded:
    """Store files, into an upload that was not started or a new one.

    Raises Unreadable when there is none, UploadTooLarge for too many, NotFound for somebody else's upload.
    """
    wanted = [file for file in files if not names.hidden(file.name)]
    if not wanted:
        raise Unreadable("No file was sent.", "Choose one or several Word files.")
    if len(wanted) > (most := here.config.serve.most_files):
        raise UploadTooLarge(f"{len(wanted)} files were sent, and {most} may be sent at once.", "Send them in parts.")
    arrival = _Arrival.of(here, person, batch_id)
    if len(arrival.taken) + len(wanted) > (most := here.config.serve.most_documents):
        raise UploadTooLarge(f"One upload has at most {most} files.", "Send the others as another upload.")
    for file in wanted:
        arrival.take(file)
    arrival.store()
    if left := len(files) - len(wanted):
        arrival.told.append(f"{left} hidden or temporary files were left out.")
    arrival.note()
    looks = [here.processing.in_turn(person.id, looking.look_at, here, id) for id in arrival.ids]
    wait(looks, timeout=looking.PATIENCE)
    return Uploaded(arrival.batch, tuple(arrival.ids), tuple(arrival.told))


@dataclass
class _Arrival:
    here: "Context"
    person: Person
    batch: str
    taken: dict[str, str]
    """Keys of the names in this upload, with their names."""
    content: dict[str, str]
    """Hashes of the files in this upload, with their names."""
    ids: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    _waiting: list[NewPaper] = field(default_factory=list)

    @classmethod
    def of(cls, here: "Context", person: Person, batch_id: str | None) -> "_Arrival":
        if batch_id is None:
            with store.writing(here.engine) as connection:
                batch_id = batches.add(connection, person.id, asdict(choices.first(here)))
            return cls(here, person, batch_id, {}, {})
        choices.still_open(batches.mine(here.engine, person, batch_id))
        there = lists.names(here.engine, batch_id)
        taken = {names.key(folder, name): name for folder, name, _ in there}
        return cls(here, person, batch_id, taken, {content: name for _, name, content in there if content})

    def take(self, file: Received) -> None:
        """Take a file, unless the upload has it already."""
        folder, given = names.split(file.name)
        new = self._new(folder, given, file.data)
        if new.error is None:
            if twin := self.content.get(new.sha256):
                self.told.append(f"{given} is the same file as {twin} and was taken once.")
                return
            self.content[new.sha256] = new.name
        if new.name != given:
            self.told.append(f"There are two files {given}; the second is called {new.name} here.")
        self.taken[names.key(folder, new.name)] = new.name
        self._waiting.append(new)
        if sum(len(each.source) for each in self._waiting) > _AT_ONCE:
            self.store()

    def store(self) -> None:
        """Store what was taken."""
        ready, self._waiting = self._waiting, []
        if not ready:
            return
        expires = now() + self.here.config.retention
        with store.writing(self.here.engine) as connection:
            for new in ready:
                id = papers.add(connection, self.batch, self.person.id, new, expires)
                told = {"batch": self.batch, "sha256": new.sha256, "refused": new.error is not None}
                journal.append(connection, self.person.id, "document uploaded", id, told)
                self.ids.append(id)

    def note(self) -> None:
        """Keep what the person should know for the page of the upload."""
        if self.told:
            with store.writing(self.here.engine) as connection:
                if batch := batches.changing(connection, self.batch):
                    told = [*batch.choices.get("told", ()), *self.told][-_MOST_TOLD:]
                    batches.choose(connection, self.batch, {**batch.choices, "told": told})

    def _new(self, folder: str, given: str, data: IO[bytes]) -> NewPaper:
        name = names.unique(folder, given, self.taken)
        most = self.here.config.serve.largest_file
        content = data.read(most * MEGABYTE + 1)
        error: dict[str, Any] | None = None
        if len(content) > most * MEGABYTE:
            message = f"The file is larger than {most} MB."
            remedy = "Compress its pictures in Word (Picture Format, Compress Pictures) or split it."
            content, error = b"", {"message": message, "remedy": remedy}
        return NewPaper(name, content, sha256(content).hexdigest(), folder, error=error)
