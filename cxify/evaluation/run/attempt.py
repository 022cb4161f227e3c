"""One case through the pipeline: bytes in, bytes out. Whatever goes wrong is a result and stays with its case."""

import logging
import time
from dataclasses import replace

from cxify import pipeline
from cxify.errors import CostLimit, CxifyError, ModelError
from cxify.evaluation.case import Case
from cxify.evaluation.failures import INTERNAL
from cxify.evaluation.run.subject import Subject
from cxify.evaluation.trial import Failure, Known, Made, Refused, Trial
from cxify.evaluation.wordfile import word_file
from cxify.pipeline import Redline
from cxify.writers import Usage

log = logging.getLogger(__name__)


def attempt(case: Case, subject: Subject) -> Trial:
    """Return what the writer makes of a case. Raises CostLimit: a case that nobody paid for has no result."""
    known = Known(word_file(case), case.applied_to(subject.ground.framework))
    trial = Trial(case, subject.ground, known=known)
    started = time.monotonic()
    ground = subject.ground
    try:
        opened = pipeline.read(known.source, framework=known.framework, kinds=ground.kinds, options=subject.options)
        redline = pipeline.rewrite(
            opened,
            framework=known.framework,
            kinds=ground.kinds,
            writer=subject.writer,
            options=subject.options,
            book=ground.book,
        )
    except CostLimit:
        raise
    except CxifyError as error:
        failure = Failure(
            exit_code=error.exit_code, message=error.message, remedy=error.remedy, type=type(error).__name__
        )
        return _failed(trial, failure, _spent(error), subject, started)
    except Exception as error:
        log.debug("%s", case.id, exc_info=True)
        said = f"cxify itself failed on this case ({type(error).__name__})."
        failure = Failure(exit_code=INTERNAL, message=said, type=type(error).__name__)
        return _failed(trial, failure, Usage(), subject, started)
    return replace(
        trial,
        known=replace(known, package=opened.package, document=redline.document),
        made=_made(redline),
        output=redline.data,
        usage=redline.usage,
        cost_usd=subject.price(redline.usage),
        seconds=round(time.monotonic() - started, 3),
    )


def _failed(trial: Trial, failure: Failure, usage: Usage, subject: Subject, started: float) -> Trial:
    seconds = round(time.monotonic() - started, 3)
    return replace(trial, failure=failure, usage=usage, cost_usd=subject.price(usage), seconds=seconds)


def _spent(error: CxifyError) -> Usage:
    read, written, cached = error.spent if isinstance(error, ModelError) else (0, 0, 0)
    return Usage(int(bool(read)), read, written, cached)


def _made(redline: Redline) -> Made:
    refused = (
        Refused(edit=one.proposed, reasons=tuple(f"{f.rule}: {f.message}" for f in one.findings))
        for one in redline.dropped
    )
    return Made(
        accepted=redline.accepted,
        dropped=tuple(refused),
        questions=redline.questions,
        declined=redline.declined,
    )
