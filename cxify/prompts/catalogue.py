"""Find prompts by name and version: the newest released one by itself, any other when it is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cxify.errors import PromptInvalid
from cxify.prompts import folders, front, lock, parse
from cxify.prompts import text as texts
from cxify.prompts.fault import Faults
from cxify.prompts.model import Prompt


@dataclass(frozen=True)
class Selection:
    """The prompts of one run. Each is read once, so that what an output names is what was sent. Thread-safe."""

    root: Path | None = None
    """An organisation's own folder; what it lacks is taken from the bundled one."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """The version to use instead of the newest released one, by name."""
    _read: dict[str, Prompt] = field(default_factory=dict, compare=False, repr=False)

    def find(self, name: str) -> Prompt:
        """Return the prompt that is used for a name. Raises PromptInvalid."""
        if name not in self._read:
            self._read.setdefault(name, find(name, self.versions.get(name), self.root))
        return self._read[name]

    def used(self, shape: str) -> tuple[Prompt, ...]:
        """Return the prompts with this answer schema that are ready for use, by name; the others are not even read."""
        return tuple(self.find(name) for name in sorted(names(self.root)) if self._shape(name) == shape)

    def _shape(self, name: str) -> str:
        if name in self.versions:
            return self.find(name).front.shape
        path = _current(name, self.root)
        return _entry(path, "schema") if path else ""


def find(name: str, version: str | None = None, root: Path | None = None) -> Prompt:
    """Return a prompt by name, in the given version or the newest released one.

    An organisation's released version comes before all bundled ones. Raises PromptInvalid when there is none, or when
    the file, its template or its pin is not in order.
    """
    homes = [home for home in folders.roots(root) if (home / name).is_dir()]
    if not homes:
        raise PromptInvalid(f"There is no prompt named {name}.", "`cxify prompts list` shows those that there are.")
    if version is None:
        found = _current(name, root)
        if found is None:
            remedy = "Release one, or name the version that you want."
            raise PromptInvalid(f"Prompt {name} has no released version, only drafts.", remedy)
        return load(found, root)
    path = Path(name) / f"{version}.prompty"
    return load(next((home / path for home in homes if (home / path).is_file()), homes[0] / path), root)


def listing(root: Path | None = None) -> tuple[Prompt, ...]:
    """Return every version of every prompt by name, oldest first; an organisation's own hides the bundled one."""
    loaded = (load(path, root) for path in paths(root))
    return tuple(sorted(loaded, key=lambda prompt: (prompt.name, prompt.order)))


def paths(root: Path | None = None) -> tuple[Path, ...]:
    """Return the files of all prompts without reading them; an organisation's own hides the bundled one."""
    found: dict[tuple[str, str], Path] = {}
    for home in folders.roots(root):
        for path in folders.all_files(home):
            found.setdefault((path.parent.name, path.stem), path)
    return tuple(found.values())


def names(root: Path | None = None) -> frozenset[str]:
    """Return the names of all prompts without reading them."""
    return frozenset().union(*map(folders.names, folders.roots(root)))


def load(path: Path, root: Path | None) -> Prompt:
    """Read a prompt file and hold it against its pin. Raises PromptInvalid."""
    prompt = parse.prompt(path, folders.pieces(root))
    lock.check(path.parent.parent, prompt)
    return prompt


def _current(name: str, root: Path | None) -> Path | None:
    """Return the file of the newest released version; drafts, which may be half written, are not read."""
    for home in folders.roots(root):
        pinned = lock.read(home).prompts
        for path in reversed(folders.files(home, name)):
            status = _entry(path, "status")
            if status == "released" or (f"{name}@{path.stem}" in pinned and status != "retired"):
                return path
    return None


def _entry(path: Path, name: str) -> str:
    """Return a word of the front matter without reading the rest, "" when it is not there."""
    try:
        found = re.search(rf"^{name}:[ \t]*[\"']?(\w+)", front.lines(texts.read(path)), re.MULTILINE)
    except Faults:
        return ""
    return found[1] if found else ""
