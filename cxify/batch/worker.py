"""One document of a run: done before, rewritten, or failed with a sentence."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from cxify import profile, word
from cxify.batch.outcome import Job, Made, Outcome, Status
from cxify.batch.report import details
from cxify.errors import AnswerAwaited, CxifyError, InputError, ModelError
from cxify.files import read, write_atomically, write_together
from cxify.profile import RoleProfile

if TYPE_CHECKING:
    from cxify.pipeline import Redline

INTERNAL = 1
log = logging.getLogger(__name__)
Rewrite = Callable[[bytes, RoleProfile | None], "Redline | Made"]
"""Rewrites one document; the profile is the one that the documents of its role share, or None."""


class Pages(Protocol):
    """Makes the page for manager and employee; None for a document without proposals."""

    def of_redline(self, name: str, redline: Any) -> str | None:
        """Return the page for a document as it leaves cxify."""
        ...

    def of_file(self, name: str, data: bytes) -> str | None:
        """Return the page for a document that was made before."""
        ...


@dataclass(frozen=True)
class Worker:
    """Does one document at a time; shared by the threads of a run."""

    rewrite: Rewrite
    pages: Pages | None
    settings: str
    write: bool
    earlier: Mapping[str, Outcome]
    shared: Mapping[Path, RoleProfile]

    def outcome(self, job: Job) -> Outcome:
        """Return what became of one document; whatever goes wrong stays with it."""
        started = time.monotonic()
        outcome = self._guarded(job)
        if outcome.status in ("waiting", "failed") and (noted := self.earlier.get(outcome.file)):
            # What an earlier run wrote still stands, and has to be known again when this document is done after all.
            outcome = replace(outcome, output_sha256=noted.output_sha256, page_sha256=noted.page_sha256)
        return replace(outcome, settings=self._settings(job), seconds=round(time.monotonic() - started, 3))

    def _settings(self, job: Job) -> str:
        """A profile that changes with another document of the role changes this one's result."""
        return profile.joined(self.settings, self.shared.get(job.target))

    def _guarded(self, job: Job) -> Outcome:
        try:
            return self._attempt(job)
        except AnswerAwaited as error:
            return Outcome(str(job.source), "waiting", message=error.message, remedy=error.remedy)
        except CxifyError as error:
            return replace(_failed(job, error.message, error.remedy, error.exit_code), details=_spent(error))
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
        told = Outcome(str(job.source), status, sha256=identity, details=_told(redline))
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


def _told(redline: "Redline | Made") -> Mapping[str, Any]:
    return redline.details if isinstance(redline, Made) else details(redline)


def _spent(error: CxifyError) -> dict[str, Any]:
    """Return what a model was paid for a document that came to nothing."""
    if not isinstance(error, ModelError) or not any(error.spent):
        return {}
    read_, written, cached = error.spent
    return {"usage": {"input_tokens": read_, "output_tokens": written, "cached_tokens": cached}}


def _failed(job: Job, message: str, remedy: str, exit_code: int) -> Outcome:
    return Outcome(str(job.source), "failed", exit_code=exit_code, message=message, remedy=remedy)
