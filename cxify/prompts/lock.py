"""prompts.lock: what each released prompt sends to a model, so that an evaluation stays true to the text it judged."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, StringConstraints, ValidationError

from cxify import yamlfile
from cxify.prompts import front
from cxify.prompts import text as texts
from cxify.prompts.fault import Fault, Faults
from cxify.prompts.model import Origin, Prompt, Reference
from cxify.proposal import Strict

FILE = "prompts.lock"
_HEAD = "# Written by `cxify prompts release`, never by hand.\n"
_RESTORE = "Restore it from version control; after a merge, take one side and release the prompts of the other again."
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Evaluation(Strict):
    """The evaluation that allowed a release."""

    sha256: Sha256
    """Of the file that was given."""
    verdict: str
    created: str
    cases_sha256: str
    run_ids: tuple[str, ...]
    first: bool = False
    """True where there was no earlier version to compare with: a run over the cases, and no comparison."""


class Pin(Strict):
    """What was released, and the evaluation that allowed it (none for the prompts that cxify began with)."""

    sha256: Sha256
    evaluation: Evaluation | None = None


class Lock(Strict):
    """The content of prompts.lock, by name@version."""

    sealed: Sha256 | None = None
    """Hash of the pins: shows an edit by hand, or a merge of two versions."""
    prompts: dict[Origin, Pin] = Field(default_factory=dict)

    @property
    def seal(self) -> str:
        """What `sealed` must say."""
        return hashlib.sha256(json.dumps(self._pins(), sort_keys=True).encode()).hexdigest()

    def _pins(self) -> dict[str, Any]:
        return {
            name: pin.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
            for name, pin in sorted(self.prompts.items())
        }

    def with_pin(self, prompt: Prompt, evaluation: Evaluation) -> "Lock":
        """Return the lock with one prompt more."""
        return Lock(prompts={**self.prompts, key(prompt): Pin(sha256=prompt.sha256, evaluation=evaluation)})

    def text(self) -> str:
        """Return the lock as it is written."""
        return _HEAD + yaml.safe_dump({"sealed": self.seal, "prompts": self._pins()}, sort_keys=False)


def read(home: Path) -> Lock:
    """Return the lock of a prompts folder; an absent file is an empty lock. Raises PromptInvalid."""
    try:
        return _read(home / FILE)
    except Faults as found:
        raise found.faults[0].error from None


def check(home: Path, prompt: Prompt) -> None:
    """Raise PromptInvalid when a released prompt was edited, or says released and never was."""
    for fault in faults(home, read(home), prompt):
        raise fault.error


def faults(home: Path, lock: Lock, prompt: Prompt) -> Iterator[Fault]:
    """Yield where a prompt and its pin contradict each other."""
    pin, status = lock.prompts.get(key(prompt)), prompt.front.status
    if pin and pin.sha256 != prompt.sha256:
        said = f"{prompt.name} {prompt.version} was released and has been edited since (it or a piece it includes)."
        remedy = f"Undo the edit and make a new version with it: cxify prompts new {prompt.name}"
        yield _of(prompt, said, f"{remedy} --from {prompt.version}.")
    elif pin and status == "draft":
        remedy = f"Make a new version of it: cxify prompts new {prompt.name} --from {prompt.version}."
        yield _of(prompt, "A released version cannot be a draft again.", remedy)
    elif status != "draft" and not pin:
        remedy = (
            f"Make it a draft and run: cxify prompts release {prompt.name}/{prompt.version} --evaluation GATE.json."
        )
        yield _of(prompt, f"It says {status} and was never released: it is not in {home / FILE}.", remedy)


def all_faults(home: Path) -> tuple[Lock, tuple[Fault, ...]]:
    """Return the lock, and what is wrong with it by itself: unreadable, edited, or pinning what is not there."""
    path = home / FILE
    try:
        lock = _read(path)
    except Faults as found:
        return Lock(), found.faults
    return lock, tuple(_gone(path, lock))


def key(prompt: Prompt) -> str:
    """Return what a prompt is called in the lock."""
    return f"{prompt.name}@{prompt.version}"


def _read(path: Path) -> Lock:
    if not path.exists():
        return Lock()
    marked = yamlfile.parse(texts.read(path))
    if marked.problems:
        said = "The lock cannot be read: "
        raise Faults(*(Fault(path, each.line, said + each.message, _RESTORE) for each in marked.problems))
    try:
        lock = Lock.model_validate(marked.data)
    except ValidationError as error:
        one = error.errors()[0]
        place = tuple(step for step in one["loc"] if step != "[key]")
        said = f"The lock cannot be read: {yamlfile.dotted(place)}: {one['msg']}."
        raise Faults(Fault(path, marked.line(place), said, _RESTORE)) from None
    if lock.sealed != lock.seal:
        said = "The lock was edited: its seal does not fit its pins."
        raise Faults(Fault(path, marked.line(("sealed",)), said, _RESTORE))
    return lock


def _gone(path: Path, lock: Lock) -> Iterator[Fault]:
    marked = yamlfile.parse(texts.read(path)) if lock.prompts else None
    for pinned in lock.prompts:
        name, version = Reference.of(pinned)
        file = path.parent / name / f"{version}.prompty"
        if marked and not file.is_file():
            said = f"{name} {version} was released and its file {file} is not there."
            yield Fault(
                path, marked.line(("prompts", pinned)), said, "Restore the file: outputs name it as their origin."
            )


def _of(prompt: Prompt, said: str, remedy: str) -> Fault:
    return Fault(prompt.path, front.line(texts.read(prompt.path), "status"), said, remedy)
