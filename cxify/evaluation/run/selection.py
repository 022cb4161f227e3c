"""Which cases are run."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from cxify.errors import InputError
from cxify.evaluation import home
from cxify.evaluation.case import Case, load_all


def folder(given: Path | None) -> Path:
    """Return the folder of the cases: the one given, evals/cases here, or the one that comes with cxify."""
    found = given or home.found("cases")
    if not found.is_dir():
        raise InputError(f"There are no cases in {found}.", "Give the folder of your cases with --cases-dir.")
    return found


def chosen(
    cases: Sequence[Case], patterns: Sequence[str] = (), families: Sequence[str] = (), kind: str = ""
) -> list[Case]:
    """Return the cases of these names (G* or G1,G2), families and kind. Raises InputError when none is left."""
    wanted = [pattern for text in patterns for pattern in text.split(",") if pattern]
    found = [
        case
        for case in cases
        if (not wanted or any(fnmatchcase(case.id, pattern) for pattern in wanted))
        and (not families or case.family in families)
        and (not kind or case.kind == kind)
    ]
    if not found:
        known = ", ".join(sorted({case.family for case in cases}))
        of = f" for documents of the kind {kind}" if kind else ""
        raise InputError(f"No case is chosen{of}.", f"--cases takes names such as G1 or J*; the families are: {known}.")
    return found


def load(path: Path) -> tuple[Case, ...]:
    """Read the cases of a folder. Raises InputError when there are none."""
    cases = load_all(path)
    if not cases:
        raise InputError(f"{path} holds no cases.", "A case is a YAML file; evals/README.md says what stands in it.")
    return cases
