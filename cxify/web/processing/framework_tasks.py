"""What children do for the framework page: files that people wrote or sent are checked and read there."""

from dataclasses import dataclass
from pathlib import Path

from cxify import framework, framework_import
from cxify.errors import FrameworkInvalid
from cxify.framework import Framework, Problem
from cxify.framework_import import Imported


@dataclass(frozen=True)
class Checked:
    """The mistakes of a framework file, and the framework when there is none."""

    problems: tuple[Problem, ...]
    framework: Framework | None = None


def checked(path: Path) -> Checked:
    """Return every mistake of a framework file with its line, or what the file comes to."""
    if problems := framework.check(path):
        return Checked(tuple(problems))
    try:
        return Checked((), framework.load(path))
    except FrameworkInvalid as error:
        return Checked((Problem(1, "", error.message, error.remedy),))


def imported(data: bytes, name: str) -> Imported:
    """Return the framework file made of the tables of a Word file or workbook. Raises InputError."""
    return framework_import.imported(data, name, framework.load())
