"""What passes between a run and its child processes."""

from dataclasses import dataclass
from typing import Any

from cxify.errors import CxifyError


class Stopped(Exception):  # noqa: N818  it says what happened
    """A child ended or had to be ended; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Parent to child: do this. `what` names a method of the child's servant."""

    number: int
    what: str
    payload: Any


@dataclass(frozen=True, slots=True)
class Done:
    """Child to parent: what came of it, or the exception that ended it."""

    number: int
    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Child to parent: what only the parent may do, for the task of that number."""

    task: int
    number: int
    what: str
    payload: Any
    key: str
    """Identifies the request in whichever child it is made: asked again after a crash, it gets the same answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Parent to child: the answer to a call, or the exception."""

    number: int
    value: Any = None
    error: CxifyError | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """Child to parent: it is loaded, or why it cannot be."""

    error: Exception | None = None
