"""What cannot be answered: every error becomes a page, or JSON for a program, with a sentence and what to do.

InputError ── NotAllowed 403 · TooManyRequests 429 · UploadTooLarge 413 · Unreadable 422
CxifyError ── SignInNeeded 401
"""

from typing import Final

from cxify import errors
from cxify.errors import CxifyError, DocumentTooLarge, InputError


class NotAllowed(InputError):
    """The request is not one that this person, or this page, may make."""


class TooManyRequests(InputError):
    """Somebody asks faster than people do; `wait` is in seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__("Too many requests came at once.", f"Wait {int(wait) + 1} seconds and try again.")
        self.wait = wait


class UploadTooLarge(DocumentTooLarge):
    """More bytes or files were sent than the page takes at once."""


class Unreadable(InputError):
    """What was sent is not what the page asks for."""


class SignInNeeded(CxifyError):
    """Nobody is signed in."""

    exit_code = 10

    def __init__(self) -> None:
        super().__init__("You are not signed in, or your session has ended.", "Sign in and try again.")


class Fault(CxifyError):
    """cxify itself failed; `number` is what the log knows it by."""

    def __init__(self, number: str) -> None:
        super().__init__("cxify itself failed on this.", f"Try again. If it stays so, report fault {number}.")
        self.number = number


_STATUS: Final[tuple[tuple[type[CxifyError], int], ...]] = (
    (SignInNeeded, 401),
    (NotAllowed, 403),
    (errors.NotFound, 404),
    (DocumentTooLarge, 413),
    (TooManyRequests, 429),
    (Unreadable, 422),
    (InputError, 400),
    (errors.RedlineError, 422),
    (errors.ModelError, 502),
    (errors.StoreUnavailable, 503),
)


def status_of(error: CxifyError) -> int:
    """Return the HTTP status of an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
