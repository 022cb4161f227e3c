"""Where prompts are kept: an organisation's own folder first, then the one that comes with cxify."""

from collections.abc import Iterator
from pathlib import Path

from cxify.errors import PromptInvalid
from cxify.prompts.model import numbers

PIECES = "_parts"
_PACKAGE = Path(__file__).parent.parent
_INSTALLED = _PACKAGE / "_bundled" / "prompts"


def bundled() -> Path:
    """Return the folder of the prompts that come with cxify, installed or in a checkout."""
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "prompts"


def roots(root: Path | None) -> tuple[Path, ...]:
    """Return the folders in the order in which they are looked through. Raises PromptInvalid."""
    if root is not None and not root.is_dir():
        raise PromptInvalid(f"{root} is not a folder.", "Give the folder that holds your prompts.")
    return (bundled(),) if root is None or root.resolve() == bundled().resolve() else (root, bundled())


def pieces(root: Path | None) -> tuple[Path, ...]:
    """Return the folders of the pieces that prompts include."""
    return tuple(folder / PIECES for folder in roots(root))


def writable(root: Path | None) -> Path:
    """Return the folder that new prompts are written into. Raises PromptInvalid inside an installed cxify."""
    home = roots(root)[0]
    if home == _INSTALLED:
        said = "The prompts that come with cxify are part of its installation."
        raise PromptInvalid(said, "Give a folder of your own: --prompts DIR, or the setting `prompts`.")
    return home


def names(home: Path) -> frozenset[str]:
    """Return the names of the prompts in a folder without reading them."""
    return frozenset(
        folder.name for folder in home.iterdir() if folder.is_dir() and not folder.name.startswith(("_", "."))
    )


def files(home: Path, name: str) -> list[Path]:
    """Return the files of a prompt's versions, oldest first; what has no version for a name comes before them."""
    return sorted((home / name).glob("*.prompty"), key=lambda path: (version_of(path) or (), path.name))


def version_of(path: Path) -> tuple[int, ...] | None:
    """Return the version that a file name gives, as numbers."""
    steps = path.stem.split(".")
    return numbers(path.stem) if len(steps) == 3 and all(map(str.isdecimal, steps)) else None


def all_files(home: Path) -> Iterator[Path]:
    """Yield the files of all prompts by name, then by version."""
    for name in sorted(names(home)):
        yield from files(home, name)
