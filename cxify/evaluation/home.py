"""Where the gold cases, labels and the rubric are: the folder evals here, else what comes with cxify."""

from pathlib import Path

FOLDER = Path("evals")
_PACKAGE = Path(__file__).parents[1]
_INSTALLED = _PACKAGE / "_bundled" / FOLDER


def bundled() -> Path:
    """Return the folder that comes with cxify, installed or in a checkout."""
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / FOLDER


def found(name: str) -> Path:
    """Return a file or folder of evals: the one here, else the bundled one, which may be missing too."""
    here = FOLDER / name
    return here if here.exists() else bundled() / name
