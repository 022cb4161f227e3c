"""Imported by the server process from which children are forked: they find all data read and all patterns compiled."""

import gc
import logging
from typing import Final

from cxify.batch.paper import paper
from cxify.queue import Order
from cxify.settings import Settings
from cxify.web.processing import tasks
from cxify.writers.choice import LIBRARY

_PAPERS: Final[tuple[tuple[str, ...], ...]] = (
    ("Job description: Housing Adviser", "Main duties", "Answer residents' questions and pass on what others must do."),
    ("Stellenbeschreibung: Sachbearbeitung", "Aufgaben", "Beantwortet Anfragen von Bürgern und führt die Akten."),
    # Its language is told by a model alone, which is unpacked through a file, and no child may write one.
    (
        "Tehtävänkuva",
        "Vastaa asukkaiden kysymyksiin, pitää kirjaa asioista, siirtää asiat muille osastoille ja huolehtii "
        "siitä, että jokainen tietää, milloin vastaus tulee, kuka asiaa hoitaa ja mihin voi ottaa yhteyttä.",
    ),
)


def _once() -> None:
    order = Order(Settings(), LIBRARY, None, "1970-01-01T00:00:00Z")
    for lines in _PAPERS:
        tasks.look(order, paper(lines))
        tasks.rewritten(order, paper(lines), "warm.docx", None)


try:
    _once()
except Exception:  # a child that starts cold still does its work and says what is wrong
    logging.getLogger(__name__).debug("not warmed", exc_info=True)
# What is there now lives as long as the process: looking through it again would only copy the memory of each child.
gc.collect()
gc.freeze()
