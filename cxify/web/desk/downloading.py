"""Files leave: made from the decisions as they stand, proved in a child, under a name that any system can hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Literal, get_args

from cxify import convert, packet, store
from cxify.errors import CxifyError, NotFound
from cxify.packet import Leaf
from cxify.review import standings
from cxify.store import batches, journal, lists, papers
from cxify.store.lists import Brief
from cxify.store.papers import Paper, Stage, Standing
from cxify.store.people import Person
from cxify.web.desk import approving, manifest, names, opening
from cxify.web.desk.ahead import ahead
from cxify.web.desk.archives import zipped
from cxify.web.desk.manifest import Counts, Manifest
from cxify.web.desk.opening import Opened
from cxify.web.errors import Unreadable
from cxify.web.processing import file_tasks
from cxify.web.processing.file_tasks import File
from cxify.web.texts import ENGLISH

if TYPE_CHECKING:
    from cxify.web.context import Context

Form = Literal["tracked", "clean", "comments", "what-changed", "what-changed-text", "original"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES: Final = {
    ".docx": f"{_WORD}document",
    ".dotx": f"{_WORD}template",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".dotm": "application/vnd.ms-word.template.macroEnabled.12",
    ".doc": "application/msword",
    ".dot": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ott": "application/vnd.oasis.opendocument.text-template",
    ".rtf": "application/rtf",
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
}
_AT_ONCE: Final = 2
"""Files of an archive that are made at the same time; a third child stays for people who wait."""
_LISTED_AT_ONCE: Final = 200
"""Papers of which nothing but the state is read."""
MEDIA_TYPES: Final = tuple(dict.fromkeys(_TYPES.values()))
"""Everything that a file may be sent as."""


@dataclass(frozen=True)
class Download:
    """A file as it leaves."""

    filename: str
    media_type: str
    data: bytes = field(repr=False)
    left_out: tuple[tuple[int, str, str], ...] = ()
    """Suggestions that could not be written although they were accepted: number, why, what to do."""
    counts: Counts | None = None
    """How its suggestions stood when it was made."""


def form_of(name: str) -> Form:
    """Return the form that a name stands for. Raises Unreadable."""
    for form in FORMS:
        if form == name:
            return form
    raise Unreadable("There is no such form of a document.", f"Take one of {', '.join(FORMS)}.")


def download(here: "Context", person: Person, paper_id: str, form: Form, *, open_too: bool = False) -> Download:
    """Return a file of a paper; `open_too` adds the suggestions that nobody has decided on.

    Raises NotFound, NotAllowed for a clean copy that somebody else has to approve first, and UnfaithfulRedline.
    """
    paper = papers.visible(here.engine, person, paper_id)
    made = _made(here, person, paper, form, open_too=open_too)
    with store.writing(here.engine) as connection:
        journal.append(connection, person.id, "document downloaded", paper_id, {"form": form})
    return made


def batch_zip(
    here: "Context", person: Person, batch_id: str, form: Form, *, language: str = ENGLISH, open_too: bool = False
) -> Iterator[bytes]:
    """Return an archive of an upload in one form, made while it is sent. Raises NotFound."""
    batches.mine(here.engine, person, batch_id)
    whole = lists.of_batch(here.engine, batch_id)
    with store.writing(here.engine) as connection:
        journal.append(connection, person.id, "upload downloaded", batch_id, {"form": form})
    listed = manifest.Manifest(form, here.texts.translate(language), here.speaker(language))
    return zipped(_files(here, person, whole, listed, form, open_too=open_too))


def left_out(here: "Context", found: Opened) -> tuple[tuple[int, str, str], ...]:
    """Return the suggestions that were accepted and that no file can hold: number, why, what to do."""
    if not any(each.stands for each in standings(found.read.record, found.decisions)):
        return ()
    asked = (found.read, found.decisions, "tracked", "accepted")
    return here.processing.ask(file_tasks.file, *asked).left_out


def check(here: "Context", paper: Paper, form: Form) -> None:
    """Raise NotAllowed for a form that may not leave yet."""
    if form == "clean":
        approving.check(here, paper)


def _made(
    here: "Context", person: Person, paper: Paper, form: Form, *, open_too: bool, patient: bool = False
) -> Download:
    if form == "original":
        if paper.stage is Stage.REFUSED:
            raise papers.nothing_here()
        return _as_uploaded(paper, papers.original(here.engine, paper.id))
    found = opening.opened(here, person, paper.id)
    # After the decisions were read: what is decided in between has lost its approval.
    check(here, paper, form)
    approved = approving.standing(here, paper)
    include = "accepted+open" if open_too else "accepted"
    counts = Counts.of(standings(found.read.record, found.decisions))
    if form in ("what-changed", "what-changed-text"):
        return replace(_page(paper, form, told(here, found, patient=patient)), counts=counts)
    approval = approved.record if approved else None
    asked = (found.read, found.decisions, form, include, approval)
    file = here.processing.ask(file_tasks.file, *asked, patient=patient)
    return replace(_named(paper, form, file), counts=counts)


def told(here: "Context", found: Opened, *, patient: bool = False) -> Leaf:
    """Return the page that says what changes, for manager and employee."""
    return here.processing.ask(file_tasks.told, found.read, found.decisions, found.paper.name, patient=patient)


def _named(paper: Paper, form: Form, file: File) -> Download:
    path = PurePosixPath(paper.name)
    # What was made from an older format is a Word file of today.
    suffix = ".docx" if path.suffix.lower() in convert.FORMATS else path.suffix or ".docx"
    return Download(f"{path.stem}.{form}{suffix}", _type(suffix), file.data, file.left_out)


def _page(paper: Paper, form: Form, leaf: Leaf) -> Download:
    # Made here, where nothing of a document is taken for markup, and not by the child that reads the document.
    suffix, text = (".html", packet.document(leaf)) if form == "what-changed" else (".md", leaf.markdown())
    return Download(f"{PurePosixPath(paper.name).stem}.what-changed{suffix}", _type(suffix), text.encode())


def _as_uploaded(paper: Paper, data: bytes) -> Download:
    path = PurePosixPath(paper.name)
    return Download(paper.name if path.suffix else f"{path}.docx", _type(path.suffix), data)


def _type(suffix: str) -> str:
    return _TYPES.get(suffix.lower(), _TYPES[".docx"])


def _files(
    here: "Context", person: Person, whole: Sequence[Brief], listed: Manifest, form: Form, *, open_too: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an archive, last of all the list of what it holds and lacks."""
    taken = set[str]()

    def one(id: str) -> tuple[Paper, Download | CxifyError] | None:
        try:
            paper = papers.mine(here.engine, person, id)
        except NotFound:
            return None  # deleted since
        try:
            return paper, _made(here, person, _ready(paper, form), form, open_too=open_too, patient=True)
        except CxifyError as error:
            return paper, error

    for found in ahead(one, _in_turn(here, whole, listed, form), _AT_ONCE):
        if found is None:
            continue
        paper, made = found
        if isinstance(made, CxifyError):
            listed.lacks(paper, made)
            continue
        name = names.unique(paper.folder, made.filename, taken)
        taken.add(names.key(paper.folder, name))
        listed.holds(paper, names.place(paper.folder, name), made.data, made.counts, made.left_out)
        yield names.place(paper.folder, name), made.data
    yield manifest.NAME, listed.written()


def _in_turn(here: "Context", whole: Sequence[Brief], listed: Manifest, form: Form) -> Iterator[str]:
    """Yield those that have this form, then those that have got it meanwhile, and note the others.

    Somebody waits for the first byte, and must not wait for thousands that the archive lacks.
    """
    yield from (each.id for each in whole if _has(each, form))
    left = [each.id for each in whole if not _has(each, form)]
    for begin in range(0, len(left), _LISTED_AT_ONCE):
        for paper in papers.some(here.engine, left[begin : begin + _LISTED_AT_ONCE]):
            if _has(paper, form):
                yield paper.id
            else:
                listed.lacks(paper, _lacking(paper))


def _has(paper: Paper | Brief, form: Form) -> bool:
    return paper.standing is Standing.READY or (form == "original" and paper.stage is not Stage.REFUSED)


def _ready(paper: Paper, form: Form) -> Paper:
    """Return a paper that has this form. Raises Unreadable with the reason why it has not."""
    if _has(paper, form):
        return paper
    raise _lacking(paper)


def _lacking(paper: Paper) -> Unreadable:
    told = paper.error or {"message": f"It is {paper.standing}.", "remedy": "Look at its upload."}
    return Unreadable(str(told["message"]), str(told["remedy"]))
