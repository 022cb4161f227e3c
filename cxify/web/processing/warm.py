"""Imported by the server process from which children are forked: they find all data read and all patterns compiled."""

import gc
import io
import logging
import zipfile
from typing import Final

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
_NAMESPACE: Final = "http://schemas.openxmlformats.org"
_LINKS: Final = f"{_NAMESPACE}/package/2006/relationships"
_TYPES: Final = (
    f'<Types xmlns="{_NAMESPACE}/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS: Final = (
    f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Target="word/document.xml" '
    f'Type="{_NAMESPACE}/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def _paper(lines: tuple[str, ...]) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    document = f'<w:document xmlns:w="{_NAMESPACE}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", document)
    return buffer.getvalue()


def _once() -> None:
    order = Order(Settings(), LIBRARY, None, "1970-01-01T00:00:00Z")
    for lines in _PAPERS:
        tasks.look(order, _paper(lines))
        tasks.rewritten(order, _paper(lines), "warm.docx", None)


try:
    _once()
except Exception:  # a child that starts cold still does its work and says what is wrong
    logging.getLogger(__name__).debug("not warmed", exc_info=True)
# What is there now lives as long as the process: looking through it again would only copy the memory of each child.
gc.collect()
gc.freeze()
