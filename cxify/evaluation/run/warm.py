"""Imported by the server from which children are forked: a case is made and scored there before their first one."""

import gc
import logging
from typing import Any, Final

from cxify import framework, kinds, pipeline, rules
from cxify.evaluation.case import Case
from cxify.evaluation.run import servant
from cxify.evaluation.run.attempt import attempt
from cxify.evaluation.run.scored import scored
from cxify.evaluation.run.subject import Subject
from cxify.evaluation.trial import Ground
from cxify.writers.library import LibraryWriter

_LOADED: Final = servant
_CASE: Final[dict[str, Any]] = {
    "id": "W1",
    "title": "Job description of a records assistant",
    "kind": "job_description",
    "family": "warm",
    "locale": "en-GB",
    "level": 2,
    "relationship": ["external", "internal"],
    "source": [
        {"id": "P01", "style": "title", "text": "Job description: Records assistant"},
        {"id": "P02", "style": "heading", "text": "Purpose"},
        {"id": "P03", "text": "The records assistant keeps the files of residents and answers what they ask."},
        {"id": "P04", "style": "heading", "text": "Main duties"},
        {"id": "P05", "style": "bullet", "text": "Answer letters from residents and explain decisions to them."},
        {
            "id": "P06",
            "style": "bullet",
            "text": "Work closely with other departments so that requests are dealt with.",
        },
        {"id": "P07", "style": "bullet", "text": "Provide figures to managers and files to colleagues."},
    ],
    "expected": [
        {
            "id": "E1",
            "at": "P05",
            "op": "append",
            "required": True,
            "competencies": ["CX-CLEAR@2"],
            "must_convey": "what happens next",
            "example": "Say what happens next, who will do it and by when.",
        }
    ],
    "forbidden": ["passion"],
    "untouchable": [{"at": "P01"}],
    "limits": {"max_insert_share": 0.5, "max_edits": 8},
}
log = logging.getLogger(__name__)


def warm_up() -> None:
    """Make and score a small case. What is wrong with the installation is told by the first case of the run."""
    try:
        ground = Ground(framework.load(), kinds.load(), rules.load())
        options = pipeline.Options("1970-01-01T00:00:00Z")
        scored(attempt(Case.model_validate(_CASE), Subject(LibraryWriter(), ground, options)))
    except Exception:
        log.debug("warming up", exc_info=True)


warm_up()
# What is there now lives as long as the process: looking through it again would only copy the memory of each child.
gc.collect()
gc.freeze()
