"""Release a prompt: its hash and the evaluation that speaks for it are pinned, and it is never edited again."""

from pathlib import Path

from cxify import files
from cxify.errors import PromptInvalid
from cxify.prompts import catalogue, evidence, folders, front, lineage, lock
from cxify.prompts import text as texts
from cxify.prompts.draft import unfilled
from cxify.prompts.fault import invalid
from cxify.prompts.model import Prompt


def release(name: str, version: str, evaluation: Path, root: Path | None = None, *, first: bool = False) -> Prompt:
    """Mark a draft as released and pin what it sends to a model together with its evaluation.

    `evaluation` is the file of `cxify eval gate`, for a `first` version that of `cxify eval run`. Raises PromptInvalid
    and writes nothing when it was not passed, is about something else, or the prompt is not ready.
    """
    home = folders.writable(root)
    path = home / name / f"{version}.prompty"
    prompt = catalogue.load(path, root)
    _check_ready(prompt, root)
    pins = lock.read(home)
    if first:
        _check_first(prompt, root)
    proven = evidence.of_run(evaluation, prompt) if first else evidence.of_gate(evaluation, prompt)
    text = front.changed(texts.read(path), {"status": "released"})
    pinned = pins.with_pin(prompt, proven).text()
    files.write_together({path: texts.like(path, text), home / lock.FILE: pinned.encode()})
    return catalogue.load(path, root)


def _check_ready(prompt: Prompt, root: Path | None) -> None:
    if prompt.front.status != "draft":
        remedy = f"Make a new version: cxify prompts new {prompt.name} --from {prompt.version}."
        raise PromptInvalid(f"{prompt.name} {prompt.version} was released before.", remedy)
    if unfilled(prompt):
        line = front.line(texts.read(prompt.path), "changelog")
        said = f"The changelog does not say what {prompt.version} changes and why."
        raise invalid(prompt.path, line, said, f"Fill in the entry “{prompt.version}: …”.")
    for fault in lineage.faults(prompt, root):
        raise fault.error


def _check_first(prompt: Prompt, root: Path | None) -> None:
    pinned = {name for home in folders.roots(root) for name in lock.read(home).prompts}
    earlier = sorted(name for name in pinned if name.partition("@")[0] == prompt.name)
    if earlier:
        said = f"{prompt.name} {prompt.version} is not the first: {', '.join(earlier)} was released."
        raise PromptInvalid(said, "Compare it with that: cxify eval gate writes the file for --evaluation.")
