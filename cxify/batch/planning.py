"""Which documents a run is about, and where their copies go."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from operator import not_
from pathlib import Path

from cxify.batch.outcome import Job, Outcome, Plan
from cxify.batch.report import Report
from cxify.convert import FORMATS
from cxify.errors import InputError
from cxify.files import why

_TEMPORARY = ("~$", ".", "~WRL", "~WRD", "~WRA", ".~lock")
"""Locks and temporary files of Word and LibreOffice, and what systems hide."""
WORD_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_OR = ", or install LibreOffice: cxify then converts it."
OTHER_FORMATS = {
    ".doc": f"It is in Word's old format. Open it in Word and save it as .docx{_OR}",
    ".dot": f"It is in Word's old format. Open it in Word and save it as .dotx{_OR}",
    ".odt": f"It is an OpenDocument file. Save it as .docx{_OR}",
    ".ott": f"It is an OpenDocument template. Save it as .dotx{_OR}",
    ".rtf": f"It is a rich-text file. Save it as .docx{_OR}",
    ".pdf": "It is a PDF. Take the Word file it was made from.",
}


def plan(paths: Sequence[Path], out: Path, *, converts: bool = False) -> Plan:
    """Find the documents under the paths; folders keep their tree below `out`.

    With `converts`, older and other formats are taken too. Raises InputError for a path that does not exist, when there
    is no document at all, and when two documents would be written to the same place or one over its own source.
    """
    jobs: dict[str, Job] = {}
    skipped: list[Outcome] = []
    for path in paths:
        for job in _candidates(path, out):
            if converts and f".{job.format}" in FORMATS:
                jobs.setdefault(os.path.realpath(job.file), replace(job, converted=True))
            elif (reason := _unsuitable(job)) and not path.is_file():  # what was named is always tried
                skipped.append(Outcome(job.file, "skipped", message=reason))
            else:
                jobs.setdefault(os.path.realpath(job.file), job)
    if not jobs:
        raise _nothing_to_do(paths, skipped)
    skipped += _without_those_saved_anew(jobs)
    _refuse_overlaps(jobs)
    return Plan(tuple(jobs.values()), tuple(skipped), out)


def retried(plan: Plan) -> Plan:
    """Return what failed in the last run, out of a plan; the others still tell which roles they share."""
    failed = Report(plan.out).failed()
    again = [job.file in failed for job in plan.jobs]
    jobs, beside = (tuple(compress(plan.jobs, chosen)) for chosen in (again, map(not_, again)))
    return replace(plan, jobs=jobs, skipped=(), beside=beside)


def _without_those_saved_anew(jobs: dict[str, Job]) -> Iterator[Outcome]:
    """Leave out an old file beside which its Word file of today lies: people keep both."""
    converted = {resolved: job for resolved, job in jobs.items() if job.converted}
    ours = {job.copy.casefold() for job in jobs.values() if not job.converted} if converted else set()
    for resolved, job in converted.items():
        if job.copy.casefold() in ours:
            del jobs[resolved]
            yield Outcome(job.file, "skipped", message=f"{job.target.name} lies beside it and is taken instead.")


def prepare(out: Path) -> None:
    """Make the output folder and prove that it can be written to. Raises InputError."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        message = f"Nothing can be written to {out}: {why(error)}."
        raise InputError(message, "Give another folder with -o, or free the place.") from None


def _candidates(path: Path, out: Path) -> Iterator[Job]:
    if path.is_file():
        yield Job.of(path.parent, path.name, out)
    elif path.is_dir():
        for name in _files(path, out.resolve()):
            yield Job.of(path, name, out)
    else:
        raise InputError(f"There is no file or folder {path}.", "Check the name and the folder.")


def _files(folder: Path, out: Path) -> Iterator[str]:
    """Yield the files by their path below the folder."""
    for here, folders, files in os.walk(folder):
        inside = (name for name in folders if not name.startswith("."))
        folders[:] = sorted(name for name in inside if Path(here, name).resolve() != out)
        below = os.path.relpath(here, folder)
        wanted = (name for name in sorted(files) if not name.startswith(_TEMPORARY))
        yield from (name if below == "." else os.path.join(below, name) for name in wanted)


def _unsuitable(job: Job) -> str | None:
    """Return why a file found in a folder is left alone."""
    suffix = f".{job.format}"
    return None if suffix in WORD_SUFFIXES else OTHER_FORMATS.get(suffix, "It is not a Word document.")


def _nothing_to_do(paths: Sequence[Path], skipped: Sequence[Outcome]) -> InputError:
    where = ", ".join(map(str, paths))
    other = f" There are {len(skipped)} files of other kinds." if skipped else ""
    remedy = "Give a folder with .docx, .docm, .dotx or .dotm files, or save the documents as .docx."
    return InputError(f"There is no Word document in {where}.{other}", remedy)


def _refuse_overlaps(jobs: Mapping[str, Job]) -> None:
    taken: dict[str, Job] = {}
    for resolved, job in jobs.items():
        if os.path.realpath(job.copy) == resolved:
            message = f"{job.file} would be overwritten by its own result."
            raise InputError(message, "Give another folder with -o: originals are never touched.")
        # Case is ignored because Windows and macOS would make one file of Nurse.docx and nurse.docx.
        other = taken.setdefault(job.copy.casefold(), job)
        if other is not job:
            message = f"{other.file} and {job.file} would both be written to {job.copy}."
            raise InputError(message, "Give the folder that holds both, or rewrite them into two folders.")
