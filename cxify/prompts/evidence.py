"""What speaks for the release of a prompt: the gate between it and its predecessor, or a first run over the cases."""

import hashlib
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from cxify.errors import PromptInvalid
from cxify.prompts.lock import Evaluation
from cxify.prompts.model import Prompt

GATE, RUN = "gate.json", "run.json"
_LARGEST = 20_000_000
_PASSED = 0
Ids = Annotated[tuple[str, ...], BeforeValidator(lambda ids: tuple(ids.values()) if isinstance(ids, dict) else ids)]


class Read(BaseModel):
    """Written by the evaluation, which may say more than a release has to know."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Side(Read):
    """The prompts of one side of a comparison, as name/version with their hashes."""

    prompts: dict[str, str] = Field(default_factory=dict)


class Gate(Read):
    """The result of `cxify eval gate`."""

    candidate: Side
    baseline: Side = Side()
    verdict: Any
    exit_code: int
    created: str
    cases_sha256: str
    run_ids: Ids


class Run(Read):
    """The result of `cxify eval run`."""

    id: str
    created: str
    prompts: dict[str, str]
    cases_sha256: str
    complete: bool


File = TypeVar("File", Gate, Run)


def of_gate(path: Path, prompt: Prompt) -> Evaluation:
    """Return the evaluation of a gate that this prompt passed. Raises PromptInvalid."""
    path = path / GATE if path.is_dir() else path
    gate, digest = _read(path, Gate, "cxify eval gate")
    if gate.exit_code != _PASSED:
        said = f"The evaluation in {path} was not passed: {gate.verdict} (exit code {gate.exit_code})."
        raise PromptInvalid(said, "Improve the prompt, or evaluate it on more cases, and run the gate again.")
    _check_hash(path, gate.candidate.prompts, prompt)
    _check_baseline(path, gate.baseline.prompts, prompt)
    return _evaluation(digest, str(gate.verdict), gate, gate.run_ids)


def of_run(path: Path, prompt: Prompt) -> Evaluation:
    """Return the evaluation of a first version: a complete run, with nothing to compare it with."""
    path = path / RUN if path.is_dir() else path
    run, digest = _read(path, Run, "cxify eval run")
    if not run.complete:
        raise PromptInvalid(f"The run in {path} is not complete.", "Finish it: cxify eval run --resume.")
    _check_hash(path, run.prompts, prompt)
    return _evaluation(digest, "first version", run, (run.id,)).model_copy(update={"first": True})


def _evaluation(digest: str, verdict: str, file: Gate | Run, runs: tuple[str, ...]) -> Evaluation:
    return Evaluation(
        sha256=digest, verdict=verdict, created=file.created, cases_sha256=file.cases_sha256, run_ids=runs
    )


def _read(path: Path, shape: type[File], command: str) -> tuple[File, str]:
    remedy = f"Give the file that `{command}` writes."
    try:
        if path.stat().st_size > _LARGEST:
            raise PromptInvalid(f"{path} is too large for the result of an evaluation.", remedy)
        data = path.read_bytes()
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise PromptInvalid(f"The evaluation {path} cannot be read: {why}.", remedy) from None
    try:
        return shape.model_validate_json(data), hashlib.sha256(data).hexdigest()
    except ValidationError as error:
        one = error.errors()[0]
        where = ".".join(map(str, one["loc"]))
        raise PromptInvalid(f"{path} is no such evaluation: {where or 'content'}: {one['msg']}.", remedy) from None


def _check_hash(path: Path, evaluated: dict[str, str], prompt: Prompt) -> None:
    judged = evaluated.get(_key(prompt))
    if judged is None:
        listed = ", ".join(sorted(evaluated)) or "no prompt"
        said = f"The evaluation in {path} is not about {_key(prompt)} but about {listed}."
        raise PromptInvalid(said, f"Run it with --prompt {_key(prompt)}.")
    if judged != prompt.sha256:
        said = f"{prompt.path} has changed since it was evaluated (then {judged[:12]}, now {prompt.sha256[:12]})."
        raise PromptInvalid(said, "Evaluate it as it is now.")


def _check_baseline(path: Path, compared: dict[str, str], prompt: Prompt) -> None:
    """Refuse a comparison with the prompt itself, or with a run that used no version of it."""
    remedy = "Compare it with the version that it replaces: cxify eval run --against released."
    if compared.get(_key(prompt)) == prompt.sha256:
        raise PromptInvalid(f"In {path} {_key(prompt)} was compared with itself.", remedy)
    if not any(name.partition("/")[0] == prompt.name for name in compared):
        raise PromptInvalid(f"In {path} {_key(prompt)} was compared with a run that used no {prompt.name}.", remedy)


def _key(prompt: Prompt) -> str:
    return f"{prompt.name}/{prompt.version}"
