"""The files and proposals that a run has kept, taken apart for the report."""

from pathlib import Path
from typing import Final

from pydantic import ValidationError

from cxify import files, word
from cxify.document import Document
from cxify.errors import CxifyError, InputError
from cxify.evaluation.case import Case
from cxify.evaluation.report import redline
from cxify.evaluation.report.redline import Redlined
from cxify.evaluation.runs import Result, Run
from cxify.evaluation.trial import Made
from cxify.evaluation.wordfile import word_file
from cxify.proposal import Comment, Question
from cxify.provenance import RecordedEdit

Opened = tuple[Redlined | None, str]
"""A redlined file taken apart, or why it is not."""
_NO_FILE: Final = "No redlined file was kept."


def open_output(run: Run, result: Result, case: Case | None, sources: dict[str, Document]) -> Opened:
    """Take the output of a result apart. What cannot be read is said on the page, which is written all the same.

    `sources` are documents that were read before, see `redline.read`.
    """
    if not result.output:
        return _without_output(result, case)
    try:
        taken = redline.read(files.read(inside(run.folder, result.output)), sources)
    except CxifyError as error:
        return None, f"{result.output}: {error.message}"
    return taken, "" if taken else f"{result.output} holds no record of cxify."


def _without_output(result: Result, case: Case | None) -> Opened:
    """Return the kept proposal on the document that the case makes, where no file was kept."""
    made = made_of(result)
    if result.error or made is None or case is None:
        return None, _NO_FILE
    edits = (*map(RecordedEdit.of, made.accepted), *map(_asked, made.questions))
    try:
        return redline.Redlined(word.read(word_file(case)), tuple(edits)), ""
    except CxifyError as error:
        return None, error.message


def _asked(question: Question) -> RecordedEdit:
    return RecordedEdit(operation=Comment(op="comment", block=question.block or "b1", comment=question.text))


def inside(folder: Path, name: str) -> Path:
    """Return a file of a run folder. Raises InputError for a name that leads out of it."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise InputError(f"{name} lies outside of the run.", "Run the evaluation anew.")
    return path


def made_of(result: Result) -> Made | None:
    """Return what was proposed, None where the run does not tell."""
    try:
        return Made.model_validate(result.proposal)
    except ValidationError:
        return None
