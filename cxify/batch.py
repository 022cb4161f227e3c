"""Many documents: which ones, each on its own, several at a time, and what became of them.

`plan` looks at the folders and refuses what cannot end well; `run` does the work. One bad document never stops the
others.
"""

import json
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args

from cxify import kinds, word
from cxify.errors import CxifyError, InputError
from cxify.files import read, why, write_atomically, write_together
from cxify.profile import RoleProfile, Seen, joined

if TYPE_CHECKING:
    from cxify.pipeline import Redline

WORD_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
REPORT = "report.jsonl"
INTERNAL = 1
OTHER_FORMATS = {
    ".doc": "It is in Word's old format. Open it in Word and save it as .docx.",
    ".dot": "It is in Word's old format. Open it in Word and save it as .dotx.",
    ".odt": "It is an OpenDocument file. Save it as .docx.",
    ".rtf": "It is a rich-text file. Save it as .docx.",
    ".pdf": "It is a PDF. Take the Word file it was made from.",
}

log = logging.getLogger(__name__)
Status = Literal["rewritten", "unchanged", "done before", "skipped", "failed"]
STATUSES: tuple[Status, ...] = get_args(Status)
Rewrite = Callable[[bytes, RoleProfile | None], "Redline"]
"""Rewrites one document; the profile is the one that the documents of its role share, or None."""


class Pages(Protocol):
    """Makes the page for manager and employee; None for a document without proposals."""

    def of_redline(self, name: str, redline: "Redline") -> str | None:
        """Return the page for a document as it leaves cxify."""
        ...

    def of_file(self, name: str, data: bytes) -> str | None:
        """Return the page for a document that was made before."""
        ...


@dataclass(frozen=True)
class Job:
    """One document and where its redlined copy goes."""

    source: Path
    target: Path

    @property
    def page(self) -> Path:
        """Where the page for manager and employee goes: beside the copy."""
        name = self.target.stem if self.target.suffix.lower() == ".docx" else self.target.name
        return self.target.with_name(f"{name}.what-changed.md")


@dataclass(frozen=True)
class Thread:
    """How a run finds the documents of one role: `look` at each, then `weave` what was seen, by name in the run."""

    look: Callable[[bytes], Seen]
    weave: Callable[[Mapping[str, Seen]], Mapping[str, RoleProfile]]


@dataclass(frozen=True)
class Outcome:
    """What became of one file; one line of the report. `details` are the edits, questions, findings and reasons."""

    file: str
    status: Status
    output: str | None = None
    exit_code: int = 0
    message: str = ""
    remedy: str = ""
    sha256: str | None = None
    """Of the source."""
    output_sha256: str | None = None
    """Of the output as it was written, so that a later run sees whether somebody has worked on it."""
    page: str | None = None
    """The page for manager and employee."""
    page_sha256: str | None = None
    settings: str = ""
    """Fingerprint of everything that decided the result besides the source."""
    seconds: float = 0.0
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What is to be done, and the files that are left alone with the reason."""

    jobs: tuple[Job, ...]
    skipped: tuple[Outcome, ...]
    out: Path


@dataclass(frozen=True)
class Done:
    """The whole run: every outcome in the order of the plan, and whether somebody stopped it."""

    outcomes: tuple[Outcome, ...]
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """130 when it was interrupted, otherwise the highest code of any document."""
        return 130 if self.interrupted else max((outcome.exit_code for outcome in self.outcomes), default=0)

    def count(self, status: Status) -> int:
        """Return how many files ended with the status."""
        return sum(outcome.status == status for outcome in self.outcomes)


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


def run(
    plan: Plan,
    rewrite: Rewrite,
    *,
    settings: str,
    concurrency: int = 1,
    write: bool = True,
    pages: Pages | None = None,
    thread: Thread | None = None,
    tell: Callable[[Outcome], None] = lambda _: None,
) -> Done:
    """Rewrite every document of the plan and return what became of each.

    `settings` is the fingerprint of everything that decides the result besides the source; a document whose output or
    report entry has the same source and settings is not done again. With a `thread` every document is looked at before
    the first one is rewritten, so that the documents of a role share one profile. With `write=False` nothing reaches
    the disk. `tell` hears of each outcome, one at a time. Ctrl-C lets the documents in work finish, and leaves the rest.
    """
    finished: dict[Path, Outcome] = {}
    interrupted = False
    for outcome in plan.skipped:
        tell(outcome)
    futures: dict[Future[Outcome], Job] = {}
    with ThreadPoolExecutor(concurrency) as pool:
        try:
            shared = _shared(plan, thread, pool)
            worker = _Worker(rewrite, pages, settings, write, _earlier(plan.out), shared)
            futures.update({pool.submit(worker.outcome, job): job for job in plan.jobs})
            _collect(as_completed(futures), futures, finished, tell)
        except KeyboardInterrupt:
            interrupted = True
            pool.shutdown(wait=True, cancel_futures=True)
            in_flight = [each for each, job in futures.items() if job.source not in finished and not each.cancelled()]
            _collect(in_flight, futures, finished, tell)
    ordered = [finished[job.source] for job in plan.jobs if job.source in finished]
    done = Done((*plan.skipped, *ordered), interrupted)
    if write:
        _write_report(plan.out, done.outcomes)
    return done


def _shared(plan: Plan, thread: Thread | None, pool: ThreadPoolExecutor) -> dict[Path, RoleProfile]:
    """Look at every document and return the profile that each shares with others; a broken one shares nothing."""
    if thread is None or len(plan.jobs) < 2:
        return {}
    names = {job.target.relative_to(plan.out).as_posix(): job for job in plan.jobs}
    seen = dict(zip(names, pool.map(partial(_seen, thread.look), names.values()), strict=True))
    woven = thread.weave({name: one for name, one in seen.items() if one})
    return {names[name].target: profile for name, profile in woven.items()}


def _seen(look: Callable[[bytes], Seen], job: Job) -> Seen | None:
    """What is wrong with a document is told when it is rewritten."""
    try:
        return look(read(job.source))
    except Exception:
        log.debug("%s", job.source, exc_info=True)
        return None


def details(redline: "Redline") -> dict[str, Any]:
    """Return what a reviewer or a program wants to know of a redline, ready for JSON."""
    return {
        "kind": redline.document.kind,
        "language": redline.document.language,
        "state": redline.document.state,
        "role": redline.profile.role,
        "unit": kinds.facts(redline.document).get("unit", ""),
        "profile": _profile(redline.profile),
        "edits": [proposed.model_dump(mode="json") for proposed in redline.accepted],
        "questions": [question.model_dump(mode="json") for question in redline.questions],
        "declined": [declined.model_dump(mode="json") for declined in redline.declined],
        "dropped": [
            {"edit": dropped.proposed.model_dump(mode="json"), "findings": [asdict(each) for each in dropped.findings]}
            for dropped in redline.dropped
        ],
        "findings": [asdict(finding) for finding in redline.findings],
        "usage": asdict(redline.usage),
    }


def _profile(of: RoleProfile) -> dict[str, Any]:
    told = ("level", "competencies", "standards", "served", "shared_with")
    return {name: value for name, value in asdict(of).items() if name in told}


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


@dataclass(frozen=True)
class _Worker:
    """Does one document at a time; shared by the threads of a run."""

    rewrite: Rewrite
    pages: Pages | None
    settings: str
    write: bool
    earlier: Mapping[str, Outcome]
    shared: Mapping[Path, RoleProfile]

    def outcome(self, job: Job) -> Outcome:
        started = time.monotonic()
        outcome = self._guarded(job)
        return replace(outcome, settings=self._settings(job), seconds=round(time.monotonic() - started, 3))

    def _settings(self, job: Job) -> str:
        """A profile that changes with another document of the role changes this one's result."""
        return joined(self.settings, self.shared.get(job.target))

    def _guarded(self, job: Job) -> Outcome:
        try:
            return self._attempt(job)
        except CxifyError as error:
            return _failed(job, error.message, error.remedy, error.exit_code)
        except Exception as error:
            log.debug("%s", job.source, exc_info=True)
            message = f"cxify itself failed on this document ({type(error).__name__})."
            return _failed(job, message, "Run it again with --debug and report what it says.", INTERNAL)

    def _attempt(self, job: Job) -> Outcome:
        source = read(job.source)
        identity = sha256(source).hexdigest()
        if before := self._before(job, identity):
            return before
        redline = self.rewrite(source, self.shared.get(job.target))
        status: Status = "rewritten" if redline.changed else "unchanged"
        told = Outcome(str(job.source), status, sha256=identity, details=details(redline))
        if not self.write:
            return told
        page = ((self.pages and self.pages.of_redline(job.target.name, redline)) or "").encode()
        self._refuse_lost_work(job, page)
        write_together({job.target: redline.data} | ({job.page: page} if page else {}))
        told = replace(told, output=str(job.target), output_sha256=sha256(redline.data).hexdigest())
        return replace(told, page=str(job.page), page_sha256=sha256(page).hexdigest()) if page else told

    def _refuse_lost_work(self, job: Job, page: bytes) -> None:
        """Raise InputError where a page stands that somebody has worked on."""
        noted = self.earlier.get(str(job.source))
        if page and job.page.exists():
            there = sha256(read(job.page)).hexdigest()
            if there not in (noted.page_sha256 if noted else None, sha256(page).hexdigest()):
                message = f"{job.page} exists, and cxify did not write it or somebody has worked on it since."
                raise InputError(message, "Move it away, or give another folder with -o.")

    def _before(self, job: Job, identity: str) -> Outcome | None:
        """Return the outcome of an earlier run that still holds. Raises InputError for a file not to be replaced."""
        noted = self.earlier.get(str(job.source))
        settings = self._settings(job)
        still = noted if noted and (noted.sha256, noted.settings) == (identity, settings) else None
        if not job.target.exists():
            return None
        earlier = read(job.target)
        record = word.provenance_of(earlier)
        if record and (record.get("source_sha256"), record.get("settings")) == (identity, settings):
            return self._done(job, identity, still, self._missing_page(job, earlier))
        if record is None or noted is None or noted.output_sha256 != sha256(earlier).hexdigest():
            message = f"{job.target} exists, and cxify did not write it or somebody has worked on it since."
            raise InputError(message, "Move it away, or give another folder with -o.")
        return None

    def _missing_page(self, job: Job, earlier: bytes) -> bytes:
        """Write the page of a document that was done before without one, and return it."""
        text = self.pages and not job.page.exists() and self.pages.of_file(job.target.name, earlier)
        page = (text or "").encode()
        if page and self.write:
            write_atomically(job.page, page)
        return page

    def _done(self, job: Job, identity: str, noted: Outcome | None, page: bytes) -> Outcome:
        done = Outcome(str(job.source), "done before", str(job.target), sha256=identity)
        if page:
            done = replace(done, page=str(job.page), page_sha256=sha256(page).hexdigest())
        elif noted:
            done = replace(done, page=noted.page, page_sha256=noted.page_sha256)
        return replace(done, output_sha256=noted.output_sha256, details=noted.details) if noted else done


def _failed(job: Job, message: str, remedy: str, exit_code: int) -> Outcome:
    return Outcome(str(job.source), "failed", exit_code=exit_code, message=message, remedy=remedy)


def _earlier(out: Path) -> dict[str, Outcome]:
    """Return what the report of an earlier run says, by file; a damaged report says nothing."""
    try:
        lines = (out / REPORT).read_text("utf-8").splitlines()
        return {outcome.file: outcome for outcome in (Outcome(**json.loads(line)) for line in lines)}
    except (OSError, ValueError, TypeError):
        return {}


def _collect(
    ended: Iterable[Future[Outcome]],
    jobs: Mapping[Future[Outcome], Job],
    finished: dict[Path, Outcome],
    tell: Callable[[Outcome], None],
) -> None:
    for future in ended:
        finished[jobs[future].source] = future.result()
        tell(future.result())


def _write_report(out: Path, outcomes: Sequence[Outcome]) -> None:
    """Write this run's outcomes after those of earlier runs that it did not repeat."""
    new = {outcome.file for outcome in outcomes}
    kept = [outcome for file, outcome in _earlier(out).items() if file not in new and Path(file).exists()]
    lines = (json.dumps(asdict(outcome), ensure_ascii=False) for outcome in (*kept, *outcomes))
    write_atomically(out / REPORT, "".join(f"{line}\n" for line in lines).encode())
