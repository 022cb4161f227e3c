"""What is wrong with a prompt, a piece or the lock: where it stands and what to do about it."""

import re
from dataclasses import dataclass
from pathlib import Path

from cxify.errors import PromptInvalid


@dataclass(frozen=True)
class Fault:
    """One mistake."""

    path: Path
    line: int
    said: str
    remedy: str

    @classmethod
    def of(cls, error: PromptInvalid, path: Path) -> "Fault":
        """Return an error as a mistake; one that names no line is about the file that was looked at."""
        found = re.match(r"(.+?):(\d+): (.*)\Z", error.message, re.DOTALL)
        return (
            cls(Path(found[1]), int(found[2]), found[3], error.remedy)
            if found
            else cls(path, 1, error.message, error.remedy)
        )

    @property
    def error(self) -> PromptInvalid:
        """The mistake as what stops a run."""
        return PromptInvalid(f"{self.path}:{self.line}: {self.said}", self.remedy)


class Faults(Exception):  # noqa: N818  never leaves the package
    """Several mistakes found together."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


def invalid(path: Path, line: int, said: str, remedy: str) -> PromptInvalid:
    """Make the error that names file and line."""
    return Fault(path, line, said, remedy).error


def short(error: Exception) -> str:
    """Return the first line of an error, cut to what fits a message."""
    return str(error).strip().partition("\n")[0][:160].rstrip(".") or type(error).__name__
