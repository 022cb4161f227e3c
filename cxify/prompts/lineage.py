"""Where a prompt comes from: its parent, the parent's parent, and so on."""

from collections.abc import Iterator
from pathlib import Path

from cxify.prompts import folders, front
from cxify.prompts import text as texts
from cxify.prompts.fault import Fault, Faults
from cxify.prompts.model import Prompt, Reference


def faults(prompt: Prompt, root: Path | None) -> Iterator[Fault]:
    """Yield what is wrong with the line of parents: one is missing, or it leads back to the prompt."""
    line = front.line(texts.read(prompt.path), "parent")
    seen = [f"{prompt.name}@{prompt.version}"]
    parent = prompt.front.parent
    while parent is not None:
        if parent in seen:
            said = f"The line of parents goes round: {' → '.join([*seen, parent])}."
            yield Fault(prompt.path, line, said, "Name the prompt that this one was really made from.")
            return
        path = _file(parent, root)
        if path is None:
            said = f"The parent {parent} does not exist."
            yield Fault(prompt.path, line, said, "Name the prompt that this one was made from, or null.")
            return
        seen.append(parent)
        parent = _parent_of(path)


def _file(origin: str, root: Path | None) -> Path | None:
    name, version = Reference.of(origin)
    paths = (home / name / f"{version}.prompty" for home in folders.roots(root))
    return next((path for path in paths if path.is_file()), None)


def _parent_of(path: Path) -> str | None:
    """Return a parent's parent; a file that cannot be read is reported for itself."""
    try:
        return front.read(path, texts.read(path))[0].parent
    except Faults:
        return None
