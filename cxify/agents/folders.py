"""The folders that an agent may use: no path, `..` or symbolic link leads out of them, and nothing is overwritten."""

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cxify import files
from cxify.errors import DocumentTooLarge, InputError, SettingsInvalid

MOST: Final = 100 * 2**20
_REMEDY: Final = "Give a path inside the folders that cxify mcp was started with (--root)."
# Windows has neither flag; there a link cannot be made without an administrator's right.
_PLAIN: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Folders:
    """Folders with every link in their own path resolved."""

    roots: tuple[Path, ...]

    @classmethod
    def of(cls, given: Iterable[Path]) -> "Folders":
        """Resolve the folders. Raises SettingsInvalid for one that is none."""
        roots = []
        for folder in given:
            if not folder.is_dir():
                raise SettingsInvalid(f"{folder} is no folder.", "Give folders that exist with --root.")
            roots.append(folder.resolve())
        return cls(tuple(roots))

    def find(self, name: str) -> Path:
        """Return the file of that name with links resolved. Raises InputError when it lies outside."""
        # The same sentence for what is outside and what is missing there, so that nothing is learned about it.
        outside = InputError(f"There is no file {name} in the folders that are open to agents.", _REMEDY)
        if "\0" in name:
            raise outside
        for root in self.roots:
            try:
                path = (root / name).resolve(strict=True)
            except (OSError, RuntimeError):
                continue
            if self._holds(path):
                return path
        raise outside

    def read(self, name: str) -> bytes:
        """Return a file's bytes. Raises InputError, also for what is no ordinary file."""
        path = self.find(name)
        try:
            descriptor = os.open(path, os.O_RDONLY | _PLAIN)
        except OSError as error:
            raise InputError(f"{name} cannot be read: {files.why(error)}.", _REMEDY) from None
        with os.fdopen(descriptor, "rb") as file:
            told = os.fstat(file.fileno())
            if not stat.S_ISREG(told.st_mode):
                raise InputError(f"{name} is no file.", "Give one Word file.")
            if told.st_size > MOST:
                raise DocumentTooLarge(f"{name} has {told.st_size // 2**20} MB.", "Split the document.")
            return file.read(MOST)

    def put_beside(self, name: str, data: bytes, ending: str) -> Path:
        """Write data beside a file as `<its name>-<ending>`, under a number where that name is taken."""
        source = self.find(name)
        target = _reserved(source, ending)
        try:
            files.write_atomically(target, data)
        except InputError:
            target.unlink(missing_ok=True)
            raise
        return target

    def _holds(self, path: Path) -> bool:
        return any(path.is_relative_to(root) for root in self.roots)


def _reserved(source: Path, ending: str) -> Path:
    """Create an empty file under the first free name: two agents never get the same one."""
    for number in range(1, 1000):
        target = source.with_name(f"{source.stem}-{ending}{f'-{number}' if number > 1 else ''}{source.suffix}")
        try:
            target.touch(exist_ok=False)
        except FileExistsError:
            continue
        except OSError as error:
            raise InputError(f"{target} cannot be written: {files.why(error)}.", "Check the folder's rights.") from None
        return target
    raise InputError(f"There are a thousand results beside {source}.", "Move the older ones away.")
