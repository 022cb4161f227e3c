"""What passes between parent and child. A child has read strangers' files: what it says is data and never code.

The parent unpickles nothing but plain data and the frozen classes of cxify; an error crosses as its name and words.
"""

import io
import pickle
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from multiprocessing.connection import Connection
from typing import Any, Final

from pydantic import BaseModel

from cxify import errors
from cxify.errors import CxifyError, InputError, ModelError

_PLAIN: Final = frozenset(
    {
        ("builtins", "complex"),
        ("builtins", "frozenset"),
        ("builtins", "object"),
        ("builtins", "set"),
        ("copyreg", "_reconstructor"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
    }
)


class Stopped(InputError):  # noqa: N818  it says what happened
    """A child ended or had to be ended over a document; the message says why."""


class Ended(CxifyError):  # noqa: N818  it says what happened
    """cxify is being stopped; what was asked is done after the next start."""

    def __init__(self) -> None:
        super().__init__("cxify is being stopped.", "Try again in a minute.")


def send(connection: "Connection[Any, Any]", what: object) -> None:
    """Send anything that can be pickled."""
    connection.send_bytes(pickle.dumps(what, pickle.HIGHEST_PROTOCOL))


def heard(connection: "Connection[Any, Any]") -> Any:
    """Return what the child says. Raises Stopped when it is no data."""
    try:
        return _Data(io.BytesIO(connection.recv_bytes())).load()
    except (pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError) as error:
        raise Stopped(f"It was given up: its process gave no answer that can be read ({error}).", SPLIT) from None


SPLIT: Final = "Open it in Word and save it again, or split it into several documents."


def told(error: Exception) -> dict[str, Any]:
    """Return an error as it travels."""
    if isinstance(error, CxifyError):
        spent = error.spent if isinstance(error, ModelError) else ()
        words = {"message": error.message, "remedy": error.remedy, "spent": list(spent)}
        return {"type": type(error).__name__, "exit_code": error.exit_code, **words}
    if isinstance(error, MemoryError):
        words = {"message": "The document needs more memory than one document may have.", "remedy": SPLIT}
        return {"type": "DocumentTooLarge", "exit_code": InputError.exit_code, "spent": [], **words}
    message = f"cxify itself failed on this document ({type(error).__name__})."
    return {"type": "CxifyError", "exit_code": 1, "message": message, "remedy": "Report it.", "spent": []}


def error_of(words: Mapping[str, Any]) -> CxifyError:
    """Return the error that a child met."""
    named = getattr(errors, str(words["type"]), None)
    kind = named if isinstance(named, type) and issubclass(named, CxifyError) else CxifyError
    met = kind(str(words["message"]), str(words["remedy"]))
    met.exit_code = int(words["exit_code"])  # type: ignore[misc]  # of this one, not of its class
    if isinstance(met, ModelError) and words["spent"]:
        read, wrote, cached = words["spent"]
        met.spent = (int(read), int(wrote), int(cached))
    return met


class _Data(pickle.Unpickler):
    """Reads plain data and cxify's frozen classes, and calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that may be made. Raises UnpicklingError."""
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.partition(".")[0] == "cxify":
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum | BaseModel)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no data")
