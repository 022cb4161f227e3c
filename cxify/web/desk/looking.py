"""The first look at an uploaded file: it passes the gate in a confined child, which says what it is."""

from concurrent.futures import wait
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Unpack

from cxify import convert, store
from cxify.errors import CxifyError, StoreUnavailable
from cxify.store import batches, looks, papers, people
from cxify.store.corrections import GUESSED, Corrected, Correction
from cxify.store.papers import Paper
from cxify.store.people import Person
from cxify.web.desk import choices
from cxify.web.desk.choices import Choices
from cxify.web.processing import tasks
from cxify.web.processing.wire import Ended

if TYPE_CHECKING:
    from cxify.web.context import Context

PATIENCE: Final = 1.5
"""Seconds for which a look is waited for, so that the page of a small upload shows at once what each file is."""


def look_at(here: "Context", id: str) -> None:
    """Look at a paper that is to be looked at, and write down what was found, or why it cannot be used."""
    # It may be corrected meanwhile: then it is looked at again, as it is corrected now.
    while (paper := papers.behind(here.engine, id)) and paper.unread and not _looked_at(here, paper):
        pass


def _looked_at(here: "Context", paper: Paper) -> bool:
    try:
        found, source = dict(paper.looked), b""
        if not found:  # what it would be taken for by itself is known of every document
            source, made = _word(here, paper)
            found = made | _seen(here, paper, source, GUESSED, patient=True)
        if paper.looked or paper.correction != GUESSED:
            source = source or papers.source(here.engine, paper.id)
            found |= _seen(here, paper, source, paper.correction, patient=True)
    except (Ended, StoreUnavailable):
        raise  # another process looks at it
    except CxifyError as error:
        with store.writing(here.engine) as connection:
            papers.refuse(connection, paper.id, {"message": error.message, "remedy": error.remedy})
        return True
    with store.writing(here.engine) as connection:
        if "converted" in found and not paper.looked:
            papers.replace_source(connection, paper.id, source)
        return looks.correct(connection, paper, found, paper.correction)


def relook(here: "Context", person: Person, id: str, **corrected: Unpack[Corrected]) -> Paper:
    """Look again, taking the document for what a person says. Raises NotFound and Unreadable."""
    if papers.mine(here.engine, person, id).unread:
        look_at(here, id)
    # Kind and language may be corrected at the same moment: whoever comes second looks again with both.
    while not _relooked(here, person, papers.mine(here.engine, person, id), corrected):
        pass
    return papers.mine(here.engine, person, id)


def relook_all(here: "Context", person: Person, batch_id: str, **corrected: Unpack[Corrected]) -> None:
    """Take all documents of an upload for what a person says; they are looked at in the background.

    Raises NotFound, and Unreadable when the work has begun.
    """
    batches.mine(here.engine, person, batch_id)
    with store.writing(here.engine) as connection:
        if batch := batches.changing(connection, batch_id):
            choices.still_open(batch)
        if corrected:
            looks.correct_all(connection, batch_id, corrected)
    waiting = looks.unread(here.engine, batch_id)
    wait([here.processing.in_turn(person.id, look_at, here, id) for id, _ in waiting], timeout=PATIENCE)


def _relooked(here: "Context", person: Person, paper: Paper, corrected: Corrected) -> bool:
    choices.still_open(batches.mine(here.engine, person, paper.batch_id))
    to = replace(paper.correction, **corrected)
    source = papers.source(here.engine, paper.id)
    found = {**paper.looked, **_seen(here, paper, source, to, patient=False)}
    with store.writing(here.engine) as connection:
        if batch := batches.changing(connection, paper.batch_id):
            choices.still_open(batch)
        return looks.correct(connection, paper, found, to)


def _seen(here: "Context", paper: Paper, source: bytes, corrected: Correction, *, patient: bool) -> dict[str, Any]:
    batch = batches.any_of(here.engine, paper.batch_id)
    owner = people.find(here.engine, paper.owner)
    # What customers say decides nothing of what a document is.
    chosen = replace(Choices.of(batch.choices if batch else {}), voice=choices.NO_VOICE)
    order = choices.order(here, owner.name if owner else "", chosen, corrected)
    found = here.processing.ask(tasks.look, order, source, patient=patient)
    if corrected == GUESSED:
        found["guessed"] = found["kind"]
    if corrected.language is None:
        found["guessed_language"] = found["language"]
    if before := papers.same_before(here.engine, paper):
        found["same_as"] = before.name
    return found


def _word(here: "Context", paper: Paper) -> tuple[bytes, dict[str, Any]]:
    """Return the Word file, and what it was made from where it was none."""
    source = papers.source(here.engine, paper.id)
    suffix = PurePosixPath(paper.name).suffix.lower()
    if suffix not in convert.FORMATS or convert.program() is None:
        return source, {}
    made = here.processing.convert(f"upload{suffix}", source)
    return made, {"converted": {"format": suffix.removeprefix("."), "sha256": sha256(source).hexdigest()}}
