"""Find, pin and render prompts: strict .prompty files whose roles a document cannot forge.

    prompts/<name>/<version>.prompty   YAML front matter, then `system:`, `user:` and `assistant:` parts in Jinja2
    prompts/_parts/<piece>.jinja       pieces that several prompts include; a changed piece is a new file
    prompts/prompts.lock               sha256 of what every released prompt sends to a model

An organisation's own folder has the same shape. What it lacks is taken from the prompts that come with cxify.
"""

import re
from pathlib import Path

from cxify.errors import PromptInvalid
from cxify.prompts import lock, parse
from cxify.prompts.model import FrontMatter, Message, Options, Prompt

__all__ = ["FrontMatter", "Message", "Options", "Prompt", "bundled", "find", "listing", "names", "release"]


def bundled() -> Path:
    """Return the folder of the prompts that come with cxify, installed or in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "_bundled" / "prompts"
    return installed if installed.is_dir() else package.parent / "prompts"


def find(name: str, version: str | None = None, root: Path | None = None) -> Prompt:
    """Return a prompt by name, in the given version or the newest released one.

    Raises PromptInvalid when there is none, or when the file, its template or its pin is not in order.
    """
    home = next((folder for folder in _roots(root) if (folder / name).is_dir()), None)
    if home is None:
        raise PromptInvalid(f"There is no prompt named {name}.", "`cxify prompts list` shows those that there are.")
    if version is not None:
        return _load(home / name / f"{version}.prompty", root)
    released = [prompt for prompt in _versions(home / name, root) if prompt.front.status == "released"]
    if not released:
        raise PromptInvalid(f"Prompt {name} has only drafts.", "Release one, or name the version that you want.")
    return released[-1]


def listing(root: Path | None = None) -> tuple[Prompt, ...]:
    """Return every version of every prompt by name, oldest first; an organisation's own hides the bundled one."""
    homes = _homes(root)
    return tuple(prompt for name in sorted(homes) for prompt in _versions(homes[name], root))


def names(root: Path | None = None) -> frozenset[str]:
    """Return the names of all prompts without reading them."""
    return frozenset(_homes(root))


def release(name: str, version: str, root: Path | None = None) -> Prompt:
    """Mark a draft as released and pin what it sends to a model; a released version stays as it is."""
    home = root or bundled()
    path = home / name / f"{version}.prompty"
    prompt = _load(path, root)
    if prompt.front.status == "draft":
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"(?m)^status: draft\b.*$", "status: released", text, count=1), "utf-8")
        lock.add(home, prompt)
    return _load(path, root)


def _roots(root: Path | None) -> tuple[Path, ...]:
    if root is not None and not root.is_dir():
        raise PromptInvalid(f"{root} is not a folder.", "Give the folder that holds your prompts.")
    return (bundled(),) if root is None or root.resolve() == bundled().resolve() else (root, bundled())


def _homes(root: Path | None) -> dict[str, Path]:
    """Return the folder that each name is taken from."""
    homes: dict[str, Path] = {}
    for home in _roots(root):
        for folder in home.iterdir():
            if folder.is_dir() and not folder.name.startswith(("_", ".")):
                homes.setdefault(folder.name, folder)
    return homes


def _versions(folder: Path, root: Path | None) -> list[Prompt]:
    found = [_load(path, root) for path in folder.glob("*.prompty")]
    return sorted(found, key=lambda prompt: [int(number) for number in prompt.version.split(".")])


def _load(path: Path, root: Path | None) -> Prompt:
    prompt = parse.prompt(path, [folder / "_parts" for folder in _roots(root)])
    lock.check(path.parent.parent, prompt)
    return prompt
