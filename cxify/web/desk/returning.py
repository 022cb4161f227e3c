"""A file that was worked on in Word comes back: what was accepted, rejected or reworded there becomes decisions."""

from dataclasses import dataclass
from datetime import UTC
from typing import IO, TYPE_CHECKING

from cxify import store
from cxify.review import Decision
from cxify.settings.serve import MEGABYTE
from cxify.store import decisions, journal, papers
from cxify.store.moment import now
from cxify.store.people import Person
from cxify.web.desk import opening
from cxify.web.errors import UploadTooLarge
from cxify.web.processing import file_tasks

if TYPE_CHECKING:
    from cxify.web.context import Context


@dataclass(frozen=True)
class Returned:
    """What was read from a file: new decisions, and what the person should know."""

    decisions: tuple[Decision, ...]
    told: tuple[str, ...]


def returned(here: "Context", person: Person, paper_id: str, data: IO[bytes]) -> Returned:
    """Read decisions from a file and write them down. Raises InputError for one that comes from another document."""
    papers.mine(here.engine, person, paper_id)
    found = opening.opened(here, person, paper_id)
    content = _content(here, data)
    at = now()
    said = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    read = here.processing.ask(file_tasks.returned, found.read, found.decisions, content, person.name, said)
    with store.writing(here.engine) as connection:
        for each in read.decisions:
            told = {"text": each.text, "cells": list(each.cells), "person": each.person, "from": "Word"}
            kept = {name: value for name, value in told.items() if value}
            decisions.add(connection, paper_id, person.id, each.suggestion, each.action, kept, at=at)
        about = {"decisions": len(read.decisions)}
        journal.append(connection, person.id, "document returned", paper_id, about)
    return Returned(read.decisions, read.told)


def _content(here: "Context", data: IO[bytes]) -> bytes:
    most = here.config.serve.largest_file
    content = data.read(most * MEGABYTE + 1)
    if len(content) > most * MEGABYTE:
        raise UploadTooLarge(f"The file is larger than {most} MB.", "Compress its pictures in Word and send it again.")
    return content
