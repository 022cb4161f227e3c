"""Start a new version of a prompt: a copy, as a draft that names its parent and waits for its reason."""

import re
from pathlib import Path

from cxify import files
from cxify.errors import PromptInvalid
from cxify.prompts import catalogue, folders, front
from cxify.prompts import text as texts
from cxify.prompts.model import VERSION, Prompt, Reference, numbers

TO_FILL = "(say what changes and why)"
_FIRST = "1.0.0"


def new(name: str, origin: Reference | None = None, version: str | None = None, root: Path | None = None) -> Prompt:
    """Copy a prompt as a draft of the given version, or of the next minor one that is free; nothing is overwritten.

    `origin` is the version to copy, or another prompt for a name that does not exist yet. Raises PromptInvalid.
    """
    home = folders.writable(root)
    _check_names(name, version)
    source = _source(name, origin, root)
    version = version or _next(source, name, root)
    path = home / name / f"{version}.prompty"
    if path.exists():
        remedy = f"Leave --version out: the next free one is {_next(source, name, root)}."
        raise PromptInvalid(f"{path} exists already, and nothing is overwritten.", remedy)
    if source.name == name and numbers(version) <= source.order:
        remedy = "Give a higher --version, or copy an older one with --from."
        raise PromptInvalid(f"Version {version} is not newer than {source.version}, which it is made from.", remedy)
    files.write_atomically(path, texts.like(source.path, _copy(source, name, version)))
    return catalogue.load(path, root)


def unfilled(prompt: Prompt) -> bool:
    """Tell whether the changelog has no reason for this version yet."""
    own = [entry for entry in prompt.front.changelog if re.match(rf"{re.escape(prompt.version)}\s*[:–-]\s*\S", entry)]
    return not own or any(TO_FILL in entry for entry in own)


def _check_names(name: str, version: str | None) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise PromptInvalid(f"{name[:80]} is no name for a prompt.", "Use small letters, digits and _: exit_interview.")
    if version is not None and not re.fullmatch(VERSION, version):
        raise PromptInvalid(f"{version[:80]} is no version.", "Write three numbers: 1.1.0.")


def _source(name: str, origin: Reference | None, root: Path | None) -> Prompt:
    if origin is not None:
        return catalogue.find(origin.name, origin.version, root)
    if name not in catalogue.names(root):
        remedy = f"Say what it is made from, for example: cxify prompts new {name} --from policy."
        raise PromptInvalid(f"There is no prompt named {name} yet.", remedy)
    return catalogue.find(name, None, root)


def _next(source: Prompt, name: str, root: Path | None) -> str:
    taken = {path.stem for home in folders.roots(root) for path in folders.files(home, name)}
    if source.name != name and not taken:
        return _FIRST
    major, minor, _ = source.order if source.name == name else (1, 0, 0)
    while (version := f"{major}.{minor + 1}.0") in taken:
        minor += 1
    return version


def _copy(source: Prompt, name: str, version: str) -> str:
    log = source.front.changelog if source.name == name else ()
    parent = f"{source.name}@{source.version}"
    entries = {"name": name, "version": version, "parent": parent, "status": "draft"}
    return front.changed(texts.read(source.path), {**entries, "changelog": (f"{version}: {TO_FILL}", *log)})
