"""Start what the children of a large run are forked from before all else is loaded: it takes longest."""

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

from cxify.forking import WARM_MODEL, start_server
from cxify.machine import cores

MANY: Final = 40
"""From so many documents on, child processes pay for their start."""
WARM: Final = "cxify.cli.local"
"""What children of `cxify rewrite` have loaded."""
_LOOKED_AT: Final = 400
"""Files: who has a large run has its documents among the first of them."""
_WORD: Final = (".docx", ".docm", ".dotx", ".dotm")
_OTHERWISE: Final = ("watch", "openai_batch", "collect", "retry_failed", "dry_run", "show_request")
"""Ways in which there may be no children, or few documents."""


def start_early(given: Mapping[str, Any]) -> None:
    """Start it for a run that is certain to have children; any other starts it when its documents are counted."""
    if _surely_apart(given):
        start_server(WARM, *((WARM_MODEL,) if given["model"] != "library" else ()))


def _surely_apart(given: Mapping[str, Any]) -> bool:
    if given["queue"] is not None or given["isolate"] is False or any(given[name] for name in _OTHERWISE):
        return False
    if given["isolate"] or given["jobs"]:
        return bool(given["isolate"] or given["jobs"] > 1)
    return cores() > 1 and sum(name.lower().endswith(_WORD) for name in _first(given["paths"])) >= MANY


def _first(paths: tuple[Path, ...]) -> Iterator[str]:
    """Yield the names of the first files that are named or stand in a folder that is."""
    named = (name for path in paths for name in ([path.name] if path.is_file() else _within(path)))
    return islice(named, _LOOKED_AT)


def _within(folder: Path) -> Iterator[str]:
    for _, _, names in os.walk(folder):
        yield from names
