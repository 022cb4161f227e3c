"""Start what the children of a large run are forked from before all else is loaded: it takes longest."""

from collections.abc import Mapping
from typing import Any, Final

from cxify.forking import WARM_MODEL, start_server
from cxify.machine import cores

WARM: Final = "cxify.evaluation.run.warm"
MANY: Final = 20
"""Trials from which on child processes pay for their start."""
MOST: Final = 40
"""Cases under way: more threads than pydantic-evals has would only wait."""


def start_early(given: Mapping[str, Any]) -> None:
    """Start it for a run that is certain to have children; any other starts it when its trials are counted."""
    if cores() > 1 and surely_many(given):
        asks = given["model"] != "library" or given["tape"]
        start_server(WARM, *((WARM_MODEL,) if asks else ()))


def surely_many(given: Mapping[str, Any]) -> bool:
    """Tell whether the options alone say that there are many trials, and several at a time."""
    if given["concurrency"] == 1 or given["family"] or given["prompt"] or given["cases_dir"]:
        return False
    names = [name.strip() for text in given["cases"] for name in text.split(",")]
    # G* may name one case, and a set of sets.yaml, written small, has some.
    certain = len({name for name in names if name and not name.islower()}) if names else MANY
    return certain * int(given["repeat"]) >= MANY
