"""Which cases are run."""

import difflib
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from cxify.errors import InputError
from cxify.evaluation import home, reading
from cxify.evaluation.case import Case, load_all
from cxify.evaluation.source import Strict

SETS: Final = "sets.yaml"


class Sets(Strict):
    """Cases that are run together often, by the name of the set."""

    sets: dict[str, tuple[str, ...]]


def folder(given: Path | None) -> Path:
    """Return the folder of the cases: the one given, evals/cases here, or the one that comes with cxify."""
    found = given or home.found("cases")
    if not found.is_dir():
        raise InputError(f"There are no cases in {found}.", "Give the folder of your cases with --cases-dir.")
    return found


def chosen(
    cases: Sequence[Case], patterns: Sequence[str] = (), families: Sequence[str] = (), kind: str = ""
) -> list[Case]:
    """Return the cases of these names (G*, G1,G2, or a set of sets.yaml), families and kind.

    Raises InputError for a name that none has, and when none is left.
    """
    wanted = [name for pattern in _patterns(patterns) for name in _of_set(pattern)]
    _check(wanted, families, cases)
    found = [
        case
        for case in cases
        if (not wanted or any(fnmatchcase(case.id, pattern) for pattern in wanted))
        and (not families or case.family in families)
        and (not kind or case.kind == kind)
    ]
    if not found:
        of = f" that is a {kind}" if kind else ""
        remedy = "Leave --cases or --family out." if patterns and families else "Choose others with --cases."
        raise InputError(f"No case is chosen: none of these names and families{of}.", remedy)
    return found


def _patterns(given: Sequence[str]) -> list[str]:
    wanted = [pattern.strip() for text in given for pattern in text.split(",") if pattern.strip()]
    if given and not wanted:
        raise InputError("--cases names no case.", "Write names such as G1 or J*, or leave it out for all of them.")
    return wanted


def _of_set(pattern: str) -> Sequence[str]:
    """Return the cases of a set, or the pattern itself."""
    file = home.found(SETS)
    return sets(file).get(pattern, (pattern,)) if pattern.islower() and file.is_file() else (pattern,)


def sets(file: Path) -> Mapping[str, tuple[str, ...]]:
    """Read the named sets of cases."""
    return reading.read(file, Sets, "evals/README.md says what a set is.").sets


def _check(patterns: Sequence[str], families: Sequence[str], cases: Sequence[Case]) -> None:
    """Refuse names that nothing has, so that a misspelt one is not silently left out."""
    ids = [case.id for case in cases]
    for pattern in patterns:
        if not any(fnmatchcase(id, pattern) for id in ids):
            near = difflib.get_close_matches(pattern.upper(), ids, 3) or ids[:3]
            remedy = f"Names are such as {', '.join(near)}, J* or G1,G2; a set of evals/{SETS} is one as well."
            raise InputError(f"There is no case {pattern}.", remedy)
    for family in families:
        if family not in (known := sorted({case.family for case in cases})):
            near = difflib.get_close_matches(family, known, 3) or known
            raise InputError(f"There is no family “{family}”.", f"There is {', '.join(near)}.")


def load(path: Path) -> tuple[Case, ...]:
    """Read the cases of a folder. Raises InputError when there are none."""
    cases = load_all(path)
    if not cases:
        raise InputError(f"{path} holds no cases.", "A case is a YAML file; evals/README.md says what stands in it.")
    return cases
