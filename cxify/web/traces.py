"""Where something failed, for the log, without its message: that may quote a document."""

import traceback
from typing import Final

_FRAMES: Final = 8


def where(error: BaseException) -> str:
    """Return the kind of an error and the places it came through, the innermost first."""
    frames = traceback.extract_tb(error.__traceback__)[: -_FRAMES - 1 : -1]
    places = " < ".join(f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in frames)
    return f"{type(error).__name__} in {places}"
