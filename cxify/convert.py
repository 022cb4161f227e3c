"""Word files out of older and other formats, through LibreOffice where it is installed.

A conversion is kept beside the results under the hash of its source, so that it is made once, every later run reads the
same bytes, and `cxify verify` has an original to compare with.
"""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from cxify.errors import InputError, NotWordDocument
from cxify.files import read, write_atomically

FORMATS: Final = frozenset({".doc", ".dot", ".odt", ".ott", ".rtf"})
TOGETHER: Final = 20
"""Documents that one LibreOffice converts in a row: it starts in seconds and converts in tenths."""
START, EACH = 60, 60
"""Seconds that a conversion may take: for the start, and for each document."""
_BEGINNINGS: Final = {
    ".doc": (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04"),
    ".dot": (b"\xd0\xcf\x11\xe0", b"{\\rtf"),
    ".odt": (b"PK\x03\x04",),
    ".ott": (b"PK\x03\x04",),
    ".rtf": (b"{\\rtf",),
}
_SAFE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>2</value></prop></item></oor:items>
"""
"""A profile in which no macro runs and no link is followed."""
_ONE = threading.Lock()


@cache
def program() -> str | None:
    """Return LibreOffice's program; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@dataclass(frozen=True)
class Converter:
    """Converts documents of a run, and keeps what came of it in the output folder."""

    out: Path

    def word(self, path: Path, source: bytes) -> bytes:
        """Return the Word file made from a source. Raises InputError when none can be made."""
        kept = self.kept(source)
        if not kept.exists():
            _refuse_what_it_is_not(path, source)
            self._convert([(path, source)])
        if not kept.exists():
            raise InputError("LibreOffice cannot convert it.", "Open it in Word and save it as .docx.")
        return read(kept)

    def prepare(self, paths: Sequence[Path]) -> None:
        """Convert many documents in a row; what fails here is tried alone and told when its turn comes."""
        for first in range(0, len(paths), TOGETHER):
            self._convert(list(self._unconverted(paths[first : first + TOGETHER])))

    def kept(self, source: bytes) -> Path:
        """Return where the conversion of a source is kept."""
        return self.out / ".cxify" / "converted" / f"{sha256(source).hexdigest()}.docx"

    def _unconverted(self, paths: Sequence[Path]) -> Iterator[tuple[Path, bytes]]:
        for path in paths:
            try:
                source = read(path)
                _refuse_what_it_is_not(path, source)
            except InputError:
                continue
            if not self.kept(source).exists():
                yield path, source

    def _convert(self, documents: Sequence[tuple[Path, bytes]]) -> None:
        if not documents:
            return
        with _ONE, _workshop(self.out) as folder:
            given = [_put(folder, number, path, source) for number, (path, source) in enumerate(documents)]
            _run(folder, given)
            for path, (_, source) in zip(given, documents, strict=True):
                made = folder / "made" / f"{path.stem}.docx"
                if made.exists() and made.stat().st_size:
                    write_atomically(self.kept(source), made.read_bytes())


def _put(folder: Path, number: int, path: Path, source: bytes) -> Path:
    """Write a copy under a name of ours: names of strangers may look like options."""
    copy = folder / f"{number}{path.suffix.lower()}"
    copy.write_bytes(source)
    return copy


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """Give a folder with a profile of its own, so that an open LibreOffice of the user is left alone."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cxify-convert-") as name:
        user = Path(name, "profile", "user")
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SAFE, "utf-8")
        yield Path(name)


def _run(folder: Path, given: Sequence[Path]) -> None:
    command = [
        _installed(),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "made"),
        *map(str, given),
    ]
    with subprocess.Popen(  # noqa: S603  our own arguments, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(START + EACH * len(given))
        except BaseException as error:
            _end(process)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with the processes that it has started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, 9)
    else:
        process.kill()


def _installed() -> str:
    found = program()
    if found is None:
        raise InputError(
            "It is no Word file of today, and LibreOffice, which could convert it, is not installed.",
            "Install LibreOffice, or open the file in Word and save it as .docx.",
        )
    return found


def _refuse_what_it_is_not(path: Path, source: bytes) -> None:
    """LibreOffice would take anything for plain text, also what merely carries the name of a document."""
    _installed()
    if not source.startswith(_BEGINNINGS.get(path.suffix.lower(), ())):
        raise NotWordDocument(
            f"The file is called {path.suffix} and is something else.", "Ask the sender for the document."
        )
