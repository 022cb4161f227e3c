"""Imported by the server from which children are forked, so that each of them starts with everything loaded.

The first document of a process takes fifty times as long as the next one: patterns are compiled, data is validated.
"""

import io
import logging
import zipfile
from typing import Final

from cxify import framework, kinds, pipeline, rules
from cxify.writers.library import LibraryWriter

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_LINES: Final = (
    "Job description: Records assistant",
    "Main duties",
    "Answer letters from residents and pass on what others have to do.",
    "Work closely with other departments so that requests are dealt with.",
)
_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>'
    + "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _LINES)
    + "</w:body></w:document>",
}
log = logging.getLogger(__name__)


def warm_up() -> None:
    """Rewrite a small document. What is wrong with the installation is told by the first document of the run."""
    try:
        pipeline.rewrite(
            _document(),
            framework=framework.load(),
            kinds=kinds.load(),
            writer=LibraryWriter(),
            options=pipeline.Options("1970-01-01T00:00:00Z"),
            book=rules.load(),
        )
    except Exception:
        log.debug("warming up", exc_info=True)


def _document() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in _PARTS.items():
            package.writestr(name, text)
    return buffer.getvalue()


warm_up()
