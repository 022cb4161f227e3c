"""Where the pieces that prompts include are found: an organisation's own folder first, then the bundled one."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import jinja2

from cxify.prompts import text as texts

_FILE_NAME = re.compile(r"\w[\w.-]*\Z")


class Pieces(jinja2.BaseLoader):
    """Loads pieces by file name; a name that leads elsewhere is not found."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders
        self._texts: dict[Path, str] = {}

    def path(self, name: str) -> Path | None:
        """Return the file of a piece, None when there is none."""
        if not _FILE_NAME.match(name):
            return None
        return next((folder / name for folder in self.folders if (folder / name).is_file()), None)

    def text(self, file: Path) -> str:
        """Return a piece as it was when it was first read: what is hashed is what is sent. Raises Faults."""
        if file not in self._texts:
            self._texts[file] = texts.read(file)
        return self._texts[file]

    def get_source(
        self,
        environment: jinja2.Environment,  # noqa: ARG002  the signature is Jinja's
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return text and file name, as Jinja asks for them."""
        path = self.path(template)
        if path is None:
            raise jinja2.TemplateNotFound(template)
        return self.text(path), str(path), lambda: True
