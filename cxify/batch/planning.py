"""Which documents a run is about, and where their copies go."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cxify.batch.outcome import Job, Outcome, Plan
from cxify.errors import InputError
from cxify.files import why

WORD_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
OTHER_FORMATS = {
    ".doc": "It is in Word's old format. Open it in Word and save it as .docx.",
    ".dot": "It is in Word's old format. Open it in Word and save it as .dotx.",
    ".odt": "It is an OpenDocument file. Save it as .docx.",
    ".rtf": "It is a rich-text file. Save it as .docx.",
    ".pdf": "It is a PDF. Take the Word file it was made from.",
}


def plan(paths: Sequence[Path], out: Path) -> Plan:
    """Find the documents under the paths; folders keep their tree below `out`.

    Raises InputError for a path that does not exist, when there is no document at all, and when two documents would be
    written to the same place or one over its own source.
    """
    jobs: dict[Path, Job] = {}
    skipped: list[Outcome] = []
    for path in paths:
        for source, target in _candidates(path, out):
            if reason := _unsuitable(source, named=source == path):
                skipped.append(Outcome(str(source), "skipped", message=reason))
            elif source.resolve() not in jobs:
                jobs[source.resolve()] = Job(source, target)
    if not jobs:
        raise _nothing_to_do(paths, skipped)
    _refuse_overlaps(jobs)
    return Plan(tuple(jobs.values()), tuple(skipped), out)


def prepare(out: Path) -> None:
    """Make the output folder and prove that it can be written to. Raises InputError."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        message = f"Nothing can be written to {out}: {why(error)}."
        raise InputError(message, "Give another folder with -o, or free the place.") from None


def _candidates(path: Path, out: Path) -> Iterator[tuple[Path, Path]]:
    if path.is_file():
        yield path, out / path.name
    elif path.is_dir():
        for source in _files(path, out.resolve()):
            yield source, out / source.relative_to(path)
    else:
        raise InputError(f"There is no file or folder {path}.", "Check the name and the folder.")


def _files(folder: Path, out: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        inside = (name for name in folders if not name.startswith("."))
        folders[:] = sorted(name for name in inside if Path(here, name).resolve() != out)
        yield from (Path(here, name) for name in sorted(files) if not name.startswith(("~$", ".", "~WRL")))


def _unsuitable(source: Path, *, named: bool) -> str | None:
    """Return why a file found in a folder is left alone; a file that was named is always tried."""
    suffix = source.suffix.lower()
    if named or suffix in WORD_SUFFIXES:
        return None
    return OTHER_FORMATS.get(suffix, "It is not a Word document.")


def _nothing_to_do(paths: Sequence[Path], skipped: Sequence[Outcome]) -> InputError:
    where = ", ".join(map(str, paths))
    other = f" There are {len(skipped)} files of other kinds." if skipped else ""
    remedy = "Give a folder with .docx, .docm, .dotx or .dotm files, or save the documents as .docx."
    return InputError(f"There is no Word document in {where}.{other}", remedy)


def _refuse_overlaps(jobs: Mapping[Path, Job]) -> None:
    taken: dict[str, Job] = {}
    for resolved, job in jobs.items():
        if job.target.resolve() == resolved:
            message = f"{job.source} would be overwritten by its own result."
            raise InputError(message, "Give another folder with -o: originals are never touched.")
        # Case is ignored because Windows and macOS would make one file of Nurse.docx and nurse.docx.
        other = taken.setdefault(str(job.target).casefold(), job)
        if other is not job:
            message = f"{other.source} and {job.source} would both be written to {job.target}."
            raise InputError(message, "Give the folder that holds both, or rewrite them into two folders.")
