"""Read and write whole files, with sentences instead of error numbers."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from cxify.errors import InputError


def write_atomically(path: Path, data: bytes) -> None:
    """Write beside `path` under a temporary name and rename: there is never half a document. Raises InputError."""
    write_together({path: data})


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write all files or none: each under a temporary name first, then all are renamed. Raises InputError."""
    temporary = {path: path.with_name(f".cxify-{uuid4().hex}.tmp") for path in contents}
    path = Path()
    try:
        for path, data in contents.items():
            _write(temporary[path], data)
        for path in contents:
            temporary[path].replace(path)
    except OSError as error:
        for left in temporary.values():
            with suppress(OSError):
                left.unlink()
        raise InputError(f"{path} cannot be written: {why(error)}.", "Give another place with -o.") from None


def write_lines_atomically(path: Path, lines: Iterable[str]) -> None:
    """Write lines as they come, under a temporary name that is renamed at the end. Raises InputError."""
    temporary = path.with_name(f".cxify-{uuid4().hex}.tmp")
    try:
        with temporary.open("xb") as file:
            file.writelines(line.encode() for line in lines)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise InputError(f"{path} cannot be written: {why(error)}.", "Free the place, and run it again.") from None


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> bytes:
    """Return a file's bytes. Raises InputError saying why it cannot be read."""
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise InputError(f"{path} is a folder.", "Give one Word file.") from None
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.", "Check the name and the folder.") from None
    except OSError as error:
        message = f"{path} cannot be read: {why(error)}."
        raise InputError(message, "Close it elsewhere, or ask for the right to read it.") from None


def why(error: OSError) -> str:
    """Return the system's reason as the middle of a sentence."""
    return (error.strerror or type(error).__name__).lower()
