"""Everything that is wrong with the prompts of a place and their lock, in one go."""

from collections.abc import Iterator
from pathlib import Path

from cxify.errors import PromptInvalid
from cxify.prompts import folders, lineage, lock, parse
from cxify.prompts.fault import Fault, Faults
from cxify.prompts.lock import Lock


def check(root: Path | None = None) -> tuple[tuple[Path, ...], tuple[Fault, ...]]:
    """Return the files that were looked at, and every mistake in the order of the files."""
    looked: list[Path] = []
    found: list[Fault] = []
    for home in folders.roots(root):
        pins, wrong = lock.all_faults(home)
        looked += [home / lock.FILE] * (home / lock.FILE).exists()
        found += wrong
        for path in folders.all_files(home):
            looked.append(path)
            found += _of_file(path, home, pins, root, locked=not wrong)
        found += _strays(home)
    return tuple(looked), tuple(dict.fromkeys(found))


def _of_file(path: Path, home: Path, pins: Lock, root: Path | None, *, locked: bool) -> Iterator[Fault]:
    try:
        prompt = parse.examined(path, folders.pieces(root))
    except Faults as several:
        yield from several.faults
        return
    except PromptInvalid as error:
        yield Fault.of(error, path)
        return
    if locked:  # a lock that cannot be believed says nothing about its prompts
        yield from lock.faults(home, pins, prompt)
    yield from lineage.faults(prompt, root)


def _strays(home: Path) -> Iterator[Fault]:
    """Yield files that were meant as prompts and are not looked at."""
    for path in sorted(home.glob("**/*.prompt*")):
        if path.suffix != ".prompty" or path.parent.parent != home or path.parent.name == folders.PIECES:
            remedy = "Prompts are named NAME/VERSION.prompty: job_description/1.1.0.prompty."
            yield Fault(path, 1, "This file is not looked at.", remedy)
