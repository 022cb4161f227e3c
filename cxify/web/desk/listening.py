"""What customers or employees say: a table of comments passes the gate in a child, is kept, chosen, and deleted."""

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from cxify import store
from cxify.store import batches, journal, retention, voices
from cxify.store.moment import now
from cxify.store.people import Person
from cxify.store.voices import Voice
from cxify.web.desk import choices, names
from cxify.web.desk.choices import Choices
from cxify.web.errors import Unreadable
from cxify.web.processing import voice_tasks

if TYPE_CHECKING:
    from cxify.web.context import Context

MOST: Final = 20
"""Tables of one person."""
SUFFIXES: Final = (".csv", ".tsv", ".txt", ".xlsx")


def keep(here: "Context", person: Person, name: str, data: bytes, batch_id: str | None = None) -> str:
    """Keep a table of comments, for an upload that was not started where one is given; return its id.

    Raises InputError for what is no such table, NotFound for somebody else's upload.
    """
    if batch_id:
        choices.still_open(batches.mine(here.engine, person, batch_id))
    if len(voices.of_person(here.engine, person.id)) >= MOST:
        raise Unreadable(f"You keep {MOST} tables of comments already.", "Delete those that you no longer need.")
    order = choices.order(here, person.name, Choices(voice=choices.NO_VOICE))
    heard = here.processing.ask(voice_tasks.heard, order, data)
    with store.writing(here.engine) as connection:
        shown = names.split(PurePath(name.replace("\\", "/")).name)[1]
        id = voices.add(connection, person.id, shown, data, heard.as_data(), now() + here.config.retention)
        journal.append(connection, person.id, "comments uploaded", id, {"rows": heard.rows})
    if batch_id:
        chosen = Choices.of(batches.mine(here.engine, person, batch_id).choices)
        choices.choose(here, person, batch_id, replace(chosen, voice=id))
    return id


def kept(here: "Context", person: Person) -> list[Voice]:
    """Return a person's tables of comments, the latest first."""
    return voices.of_person(here.engine, person.id)


def delete(here: "Context", person: Person, id: str) -> None:
    """Delete a table of comments. Documents made with it keep what they need until they go. Raises NotFound."""
    known = voices.mine(here.engine, person, id)
    with store.writing(here.engine) as connection:
        retention.erase_voices(connection, [known.id], person.id, "deleted by its owner")
    with store.told(here.engine):
        here.processing.orders.forget_comments()
        retention.scrub(here.engine)
