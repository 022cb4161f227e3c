"""Imported by the server from which children are forked, so that each of them starts with everything loaded.

The first document of a process takes fifty times as long as the next one: patterns are compiled, data is validated.
"""

import gc
import logging
from typing import Final

from cxify import framework, kinds, packet, pipeline, rules
from cxify.batch import worker
from cxify.batch.paper import paper
from cxify.writers import Writer
from cxify.writers.library import LibraryWriter

_LINES: Final = (
    "Job description: Records assistant",
    "Purpose",
    "The records assistant helps customers, patients and residents, and supports managers, colleagues and suppliers.",
    "Main duties",
    "Answer letters from residents and explain treatment to patients, neighbours and hospitals.",
    "Work closely with other departments so that requests are dealt with; give managers the figures they ask for.",
    "Provide reports to colleagues in finance, nurses and doctors, and tell suppliers what was agreed.",
)
_LOADED: Final = worker
"""What children need besides."""
log = logging.getLogger(__name__)


def warm_up(writer: Writer) -> None:
    """Rewrite a small document. What is wrong with the installation is told by the first document of the run."""
    try:
        _rewrite(writer)
    except Exception:
        log.debug("warming up", exc_info=True)
    # What is there stays: a child that never looks for garbage in it shares the memory and saves the time.
    gc.collect()
    gc.freeze()


def _rewrite(writer: Writer) -> None:
    chosen, known, book = framework.load(), kinds.load(), rules.load()
    options, source = pipeline.Options("1970-01-01T00:00:00Z"), paper(_LINES)
    # The first thing that a child wants to know: for this the prompts are read.
    pipeline.fingerprint(framework=chosen, kinds=known, writer=writer, options=options, book=book)
    pipeline.glance(source, kinds=known, options=options)
    redline = pipeline.rewrite(source, framework=chosen, kinds=known, writer=writer, options=options, book=book)
    packet.Sheet(chosen, packet.load()).of_redline("warm.docx", redline)


warm_up(LibraryWriter())
