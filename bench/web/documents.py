"""The large batch: job descriptions of different roles, each made in a millisecond out of one."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.batch.documents import written

_MAIN = "word/document.xml"
_ROLE, _UNIT = "Housing Officer A", "Housing"
_UNITS = ("Housing", "Finance", "Stores", "Transport", "Libraries", "Laboratory", "Payroll", "Reception", "Planning")
_TRADES = ("Officer", "Assistant", "Technician", "Adviser", "Coordinator", "Clerk", "Analyst", "Inspector")


def documents(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield names and Word files."""
    parts = _first()
    text = parts.pop(_MAIN).decode()
    for number in range(count):
        others, unit = divmod(number, len(_UNITS))
        grade, trade = divmod(others, len(_TRADES))
        role = f"{_UNITS[unit]} {_TRADES[trade]} {''.join(chr(65 + int(digit)) for digit in str(grade))}"
        main = text.replace(_ROLE, role).replace(_UNIT, _UNITS[unit])
        yield f"{number:05}.docx", _packed(parts | {_MAIN: main.encode()})


def _first() -> dict[str, bytes]:
    """Return the parts of the first document of the batch that `bench.batch` works on."""
    with TemporaryDirectory() as folder:
        written(Path(folder), 1)
        with zipfile.ZipFile(next(Path(folder).rglob("*.docx"))) as file:
            parts = {name: file.read(name) for name in file.namelist()}
    assert _ROLE.encode() in parts[_MAIN]
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()
