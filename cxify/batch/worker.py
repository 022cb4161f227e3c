"""One document of a run: done before, rewritten, or failed with a sentence."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from cxify import profile, word
from cxify.batch.outcome import Job, Made, Noted, Outcome, Status
from cxify.batch.report import about_to_write, details
from cxify.convert import Converter
from cxify.errors import AnswerAwaited, CxifyError, InputError, ModelError
from cxify.files import read, write_atomically, write_together
from cxify.profile import Glance, RoleProfile, Seen
from cxify.provenance import Converted

if TYPE_CHECKING:
    from cxify.pipeline import Redline

INTERNAL = 1
SPLIT = "Open it in Word and save it again, or split it into several documents."
log = logging.getLogger(__name__)
Rewrite = Callable[..., "Redline | Made"]
"""Rewrites one document: its bytes, the profile that the documents of its role share or None, and for a document that
was converted into a Word file its `provenance.Converted`."""


class Pages(Protocol):
    """Makes the page for manager and employee; None for a document without proposals."""

    def of_redline(self, name: str, redline: Any) -> str | None:
        """Return the page for a document as it leaves cxify."""
        ...

    def of_file(self, name: str, data: bytes) -> str | None:
        """Return the page for a document that was made before."""
        ...


@dataclass(frozen=True)
class Task:
    """A document with all that one must know to do it, in whichever process."""

    job: Job
    shared: RoleProfile | None = None
    noted: Noted | None = None


@dataclass(frozen=True)
class Worker:
    """Does documents; shared by the threads of a run, or the servant of a child process."""

    rewrite: Rewrite
    pages: Pages | None
    settings: str
    write: bool
    out: Path
    look: Callable[[bytes], Seen] | None = None
    glance: Callable[[bytes], Glance] | None = None

    def outcome(self, task: Task) -> Outcome:
        """Return what became of one document; whatever goes wrong stays with it, except MemoryError."""
        started = time.monotonic()
        return self.finished(self._guarded(task), task, started)

    def finished(self, outcome: Outcome, task: Task, started: float | None) -> Outcome:
        """Return an outcome as the report wants it."""
        if outcome.status in ("waiting", "failed") and task.noted:
            # What an earlier run wrote still stands, and has to be known again when this document is done after all.
            was = task.noted.outcome
            outcome = replace(outcome, output_sha256=was.output_sha256, page_sha256=was.page_sha256)
        seconds = 0.0 if started is None else round(time.monotonic() - started, 3)
        return replace(outcome, settings=self._settings(task), seconds=seconds)

    def glanced(self, task: Task) -> Glance | None:
        """Take in which roles a document may be about."""
        return self.glance(self._word(task.job, read(task.job.source))) if self.glance else None

    def glanced_all(self, tasks: list[Task]) -> list[Glance | None]:
        """Take in several documents; what is wrong with one is told when it is rewritten."""
        return [self._glanced_or_not(task) for task in tasks]

    def _glanced_or_not(self, task: Task) -> Glance | None:
        try:
            return self.glanced(task)
        except MemoryError:
            raise  # the others may have had their share in it, and are tried alone
        except Exception:
            log.debug("%s", task.job.source, exc_info=True)
            return None

    def seen(self, task: Task) -> Seen | None:
        """Look at a document before it is rewritten."""
        return self.look(self._word(task.job, read(task.job.source))) if self.look else None

    def _word(self, job: Job, source: bytes) -> bytes:
        """Return the Word file: the source itself, or what it was converted into."""
        return Converter(self.out).word(job.source, source) if job.converted else source

    def _settings(self, task: Task) -> str:
        """A profile that changes with another document of the role changes this one's result."""
        return profile.joined(self.settings, task.shared)

    def _guarded(self, task: Task) -> Outcome:
        job = task.job
        try:
            return self._attempt(task)
        except AnswerAwaited as error:
            return Outcome(job.file, "waiting", message=error.message, remedy=error.remedy)
        except CxifyError as error:
            return replace(failed(job, error.message, error.remedy, error.exit_code), details=_spent(error))
        except MemoryError:
            raise  # only who knows what else was going on can tell whose it is
        except Exception as error:
            log.debug("%s", job.source, exc_info=True)
            message = f"cxify itself failed on this document ({type(error).__name__})."
            return failed(job, message, "Run it again with --debug and report what it says.", INTERNAL)

    def _attempt(self, task: Task) -> Outcome:
        job = task.job
        source = read(job.source)
        identity = sha256(source).hexdigest()
        if before := self._before(task, identity):
            return before
        redline = self._rewritten(task, source, identity)
        status: Status = "rewritten" if redline.changed else "unchanged"
        told = Outcome(job.file, status, sha256=identity, details=_told(redline))
        if not self.write:
            return told
        page = ((self.pages and self.pages.of_redline(job.target.name, redline)) or "").encode()
        self._refuse_lost_work(task, page)
        told = replace(told, output=job.copy, output_sha256=sha256(redline.data).hexdigest())
        if page:
            told = replace(told, page=str(job.page), page_sha256=sha256(page).hexdigest())
        about_to_write(self.out, told.file, str(told.output_sha256), told.page_sha256)
        write_together({job.target: redline.data} | ({job.page: page} if page else {}))
        return told

    def _rewritten(self, task: Task, source: bytes, identity: str) -> "Redline | Made":
        data = self._word(task.job, source)
        if not task.job.converted:
            return self.rewrite(data, task.shared)
        return self.rewrite(data, task.shared, Converted(format=task.job.format, sha256=identity))

    def _refuse_lost_work(self, task: Task, page: bytes) -> None:
        """Raise InputError where a page stands that somebody has worked on."""
        job = task.job
        if page and job.page.exists():
            there = sha256(read(job.page)).hexdigest()
            if there not in (*(task.noted.pages if task.noted else ()), sha256(page).hexdigest()):
                message = f"{job.page} exists, and cxify did not write it or somebody has worked on it since."
                raise InputError(message, "Move it away, or give another folder with -o.")

    def _before(self, task: Task, identity: str) -> Outcome | None:
        """Return the outcome of an earlier run that still holds. Raises InputError for a file not to be replaced."""
        job, noted, settings = task.job, task.noted, self._settings(task)
        was = noted.outcome if noted else None
        still = was if was and (was.sha256, was.settings) == (identity, settings) else None
        if not job.target.exists():
            return None
        earlier = read(job.target)
        record = word.provenance_of(earlier)
        there = sha256(earlier).hexdigest()
        ours = noted is not None and there in noted.written
        if record and (_source_of(record), record.get("settings")) == (identity, settings):
            done = self._done(job, identity, still, self._missing_page(job, earlier))
            # A run that was killed between the file and its line in the report left the line on what it would write.
            return done if done.output_sha256 or not ours else replace(done, output_sha256=there)
        if record is None or not ours:
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
        done = Outcome(job.file, "done before", job.copy, sha256=identity)
        if page:
            done = replace(done, page=str(job.page), page_sha256=sha256(page).hexdigest())
        elif noted:
            done = replace(done, page=noted.page, page_sha256=noted.page_sha256)
        return replace(done, output_sha256=noted.output_sha256, details=noted.details) if noted else done


def _told(redline: "Redline | Made") -> Mapping[str, Any]:
    return redline.details if isinstance(redline, Made) else details(redline)


def _source_of(record: Mapping[str, Any]) -> str | None:
    """Return the hash of the file that people know: before it was converted."""
    return (record.get("converted") or {}).get("sha256") or record.get("source_sha256")


def _spent(error: CxifyError) -> dict[str, Any]:
    """Return what a model was paid for a document that came to nothing."""
    if not isinstance(error, ModelError) or not any(error.spent):
        return {}
    read_, written, cached = error.spent
    return {"usage": {"input_tokens": read_, "output_tokens": written, "cached_tokens": cached}}


def too_large(job: Job, why: str) -> Outcome:
    """Return the outcome of a document that was given up."""
    return failed(job, why, SPLIT, InputError.exit_code)


def failed(job: Job, message: str, remedy: str, exit_code: int) -> Outcome:
    """Return the outcome of a document that came to nothing."""
    return Outcome(job.file, "failed", exit_code=exit_code, message=message, remedy=remedy)
