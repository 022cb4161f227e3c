"""The first look at an uploaded file: it passes the gate in a confined child, which says what it is."""

from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from cxify import convert, store
from cxify.errors import CxifyError, StoreUnavailable
from cxify.store import batches, papers, people
from cxify.store.corrections import Correction
from cxify.store.papers import Paper, Stage
from cxify.store.people import Person
from cxify.web.desk import choices
from cxify.web.desk.choices import Choices
from cxify.web.processing import tasks
from cxify.web.processing.wire import Ended

if TYPE_CHECKING:
    from cxify.web.context import Context


def look_at(here: "Context", id: str) -> None:
    """Look at a paper that nobody has looked at, and write down what was found, or why it cannot be used."""
    paper = papers.behind(here.engine, id)
    if paper is None or paper.stage is not Stage.UPLOADED or paper.looked:
        return
    try:
        source, made = _word(here, paper)
        found = made | _seen(here, paper, source, paper.correction, patient=True)
    except (Ended, StoreUnavailable):
        raise  # another process looks at it
    except CxifyError as error:
        with store.writing(here.engine) as connection:
            papers.refuse(connection, id, {"message": error.message, "remedy": error.remedy})
        return
    with store.writing(here.engine) as connection:
        if made:
            papers.replace_source(connection, id, source)
        papers.looked_at(connection, id, found)


class Corrected(TypedDict, total=False):
    """What is corrected now; what is left out stays as it is, and None guesses."""

    kind: str | None
    language: str | None


def relook(here: "Context", person: Person, id: str, **corrected: Unpack[Corrected]) -> Paper:
    """Look again, taking the document for what a person says. Raises NotFound and Unreadable."""
    if not papers.mine(here.engine, person, id).looked:
        look_at(here, id)  # what it would be taken for by itself is known of every document
    # Kind and language may be corrected at the same moment: whoever comes second looks again with both.
    while not _relooked(here, person, papers.mine(here.engine, person, id), corrected):
        pass
    return papers.mine(here.engine, person, id)


def _relooked(here: "Context", person: Person, paper: Paper, corrected: Corrected) -> bool:
    choices.still_open(batches.mine(here.engine, person, paper.batch_id))
    to = replace(paper.correction, **corrected)
    source = papers.source(here.engine, paper.id)
    found = {**paper.looked, **_seen(here, paper, source, to, patient=False)}
    with store.writing(here.engine) as connection:
        if batch := batches.changing(connection, paper.batch_id):
            choices.still_open(batch)
        return papers.correct(connection, paper, found, to)


def _seen(here: "Context", paper: Paper, source: bytes, corrected: Correction, *, patient: bool) -> dict[str, Any]:
    batch = batches.any_of(here.engine, paper.batch_id)
    owner = people.find(here.engine, paper.owner)
    # What customers say decides nothing of what a document is.
    chosen = replace(Choices.of(batch.choices if batch else {}), voice=choices.NO_VOICE)
    order = choices.order(here, owner.name if owner else "", chosen, corrected)
    found = here.processing.ask(tasks.look, order, source, patient=patient)
    if corrected == Correction():
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
