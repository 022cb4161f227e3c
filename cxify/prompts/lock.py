"""prompts.lock: what each released prompt sends to a model, so that an evaluation stays true to the text it judged."""

from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from cxify import yamlfile
from cxify.prompts.model import Prompt, invalid
from cxify.proposal import Strict

FILE = "prompts.lock"


class Pin(Strict):
    """What was released: the hash, and the evaluation that allowed it (None for the first release)."""

    sha256: str
    evaluation: str | None = None


class Lock(Strict):
    """The content of prompts.lock, by name@version."""

    prompts: dict[str, Pin] = Field(default_factory=dict)


def read(home: Path) -> Lock:
    """Return the lock of a prompts folder; an absent file is an empty lock."""
    path = home / FILE
    if not path.exists():
        return Lock()
    marked = yamlfile.read(path)
    try:
        if marked.problems:
            raise ValueError
        return Lock.model_validate(marked.data)
    except (ValueError, ValidationError):
        raise invalid(path, 1, "The lock cannot be read.", "Restore it from version control.") from None


def add(home: Path, prompt: Prompt) -> None:
    """Pin a prompt."""
    pins = {**read(home).prompts, _key(prompt): Pin(sha256=prompt.sha256)}
    data = Lock(prompts=dict(sorted(pins.items()))).model_dump(exclude_none=True)
    text = "# Written by `cxify prompts release`, never by hand.\n" + yaml.safe_dump(data, sort_keys=False)
    (home / FILE).write_text(text, "utf-8")


def check(home: Path, prompt: Prompt) -> None:
    """Raise PromptInvalid when a released prompt was edited, or says released and never was."""
    pin = read(home).prompts.get(_key(prompt))
    released = prompt.front.status == "released"
    if pin and pin.sha256 != prompt.sha256:
        said = f"{prompt.name} {prompt.version} was released and has been edited since (it or a piece it includes)."
        raise invalid(prompt.path, 1, said, "Undo the edit and make a new version with it.")
    if pin and not released:
        raise invalid(prompt.path, 1, "A released version cannot be a draft again.", "Make a new version of it.")
    if released and not pin:
        raise invalid(prompt.path, 1, f"It says released and is not in {FILE}.", "Run `cxify prompts release`.")


def _key(prompt: Prompt) -> str:
    return f"{prompt.name}@{prompt.version}"
