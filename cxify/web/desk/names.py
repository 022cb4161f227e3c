"""Names of uploaded files: what a browser says, made safe for pages, archives and disks, and unique in their upload."""

import re
import unicodedata
from collections.abc import Container
from pathlib import PurePosixPath
from typing import Final

_LONGEST: Final = 150
_DEEPEST: Final = 20
_UNSAFE: Final = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]'
)
"""Control characters, what Windows forbids, what nobody sees, and marks that turn the direction of what is read."""
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_HIDDEN: Final = ("~$", ".", "~WRL", "~WRD", "~WRA", "Thumbs.db", "desktop.ini")
"""Locks and temporary files of Word, and what systems put into folders."""


def hidden(name: str) -> bool:
    """Return whether a file is one that nobody meant to upload."""
    return _last(name).startswith(_HIDDEN) or "__MACOSX" in name


def split(name: str) -> tuple[str, str]:
    """Return folder and name of an uploaded file, both safe; a folder has no part that leads upwards."""
    parts = [_safe(part) for part in name.replace("\\", "/").split("/")]
    kept = [part for part in parts if part.strip(". ")]
    if not kept:
        return "", "document.docx"
    *folders, last = kept[-_DEEPEST:]
    return "/".join(folders), last


def unique(folder: str, name: str, taken: Container[str]) -> str:
    """Return the name, with a number where the folder has another file of that name; case is ignored as disks do."""
    path = PurePosixPath(name)
    candidate, number = name, 1
    while key(folder, candidate) in taken:
        number += 1
        candidate = f"{path.stem} ({number}){path.suffix}"
    return candidate


def place(folder: str, name: str) -> str:
    """Return where a file stands in an archive."""
    return f"{folder}/{name}".lstrip("/")


def key(folder: str, name: str) -> str:
    """Return what two files may not share."""
    return f"{folder}/{name}".casefold()


def _safe(part: str) -> str:
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", part)).strip(" ")
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    stem, dot, suffix = plain.rpartition(".")
    return plain if len(plain) <= _LONGEST else f"{stem[: _LONGEST - len(suffix) - 1]}{dot}{suffix[:20]}"


def _last(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]
