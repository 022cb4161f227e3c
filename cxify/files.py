"""Read and write whole files, with sentences instead of error numbers."""

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from cxify.errors import InputError


def write_atomically(path: Path, data: bytes) -> None:
    """Write beside `path` under a temporary name and rename: there is never half a document. Raises InputError."""
    temporary = path.with_name(f".cxify-{uuid4().hex}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise InputError(f"{path} cannot be written: {why(error)}.", "Give another place with -o.") from None


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
