"""Imported by the server from which children are forked, so that each of them starts with everything loaded.

The first document of a process takes fifty times as long as the next one: patterns are compiled, data is validated.
"""

import logging
from typing import Final

from cxify import framework, kinds, packet, pipeline, rules
from cxify.batch import worker
from cxify.batch.paper import paper
from cxify.llm import rehearsal, relay
from cxify.writers import Writer
from cxify.writers.library import LibraryWriter
from cxify.writers.llm import LLMWriter

_LINES: Final = (
    "Job description: Records assistant",
    "Purpose",
    "The records assistant helps customers, patients and residents, and supports managers, colleagues and suppliers.",
    "Main duties",
    "Answer letters from residents and explain treatment to patients, neighbours and hospitals.",
    "Work closely with other departments so that requests are dealt with; give managers the figures they ask for.",
    "Provide reports to colleagues in finance, nurses and doctors, and tell suppliers what was agreed.",
)
_LOADED: Final = (worker, relay)
"""Modules that children need besides."""
log = logging.getLogger(__name__)


def warm_up() -> None:
    """Rewrite a small document. What is wrong with the installation is told by the first document of the run."""
    for writer in (LibraryWriter(), LLMWriter(rehearsal.Rehearsal(), path="structured")):
        try:
            _rewrite(writer)
        except Exception:
            log.debug("warming up", exc_info=True)


def _rewrite(writer: Writer) -> None:
    chosen, options = framework.load(), pipeline.Options("1970-01-01T00:00:00Z")
    redline = pipeline.rewrite(
        paper(_LINES), framework=chosen, kinds=kinds.load(), writer=writer, options=options, book=rules.load()
    )
    packet.Sheet(chosen, packet.load()).of_redline("warm.docx", redline)


warm_up()
