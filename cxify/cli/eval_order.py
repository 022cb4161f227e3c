"""From the options of cxify eval run to what is run: which writer, on which cases, into which folder."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxify import __version__, pipeline, prompts, settings
from cxify.cli import shell
from cxify.cli.eval_apart import ground
from cxify.cli.eval_chat import chat_of
from cxify.cli.eval_doing import Order, Subjects
from cxify.cli.eval_judging import judge_for, may_gate, own_evaluators
from cxify.cli.writer import LIBRARY, writer_for
from cxify.errors import SettingsInvalid
from cxify.evaluation.run import RunFolder, Subject, selection
from cxify.prompts import Prompt
from cxify.settings import Settings
from cxify.writers import Writer
from cxify.writers.llm import LLMWriter

if TYPE_CHECKING:
    from cxify.evaluation.run.dataset import Own

RUNS: Final = Path("evals/runs")
RELEASED: Final = "released"


def order_of(given: Mapping[str, Any]) -> Order:
    """Return what the options ask for. Raises SettingsInvalid and InputError for what does not go together."""
    chosen = settings.load(**{key: given[key] for key in ("base_url", "prompts", "framework", "concurrency")})
    prompt = _prompt(given["prompt"], chosen) if given["prompt"] else None
    kind = prompt.name if prompt and prompt.front.shape == "proposal" else ""
    cases = selection.chosen(
        selection.load(selection.folder(given["cases_dir"])), given["cases"], given["family"], kind
    )
    created = shell.now()
    subjects = _subjects(given, chosen, prompt, created)
    judge, judging = _judging(given["judge"], given["judge_base_url"])
    return Order(
        subjects=subjects,
        cases=tuple(cases),
        evaluators=(*_own(given["evaluators"]), *judging),
        judge=judge,
        repeat=given["repeat"],
        concurrency=chosen.concurrency,
        settings=chosen,
        resume=given["resume"],
        created=created,
        label=_label(subjects[0][0].writer, prompt, created),
        record_again=_record_again(given),
    )


def _judging(model: str | None, base_url: str | None) -> "tuple[dict[str, Any], tuple[Own, ...]]":
    if model is None:
        return {}, ()
    judge = judge_for(model, base_url)
    gating = may_gate(judge)
    return {**judge.identity, "may_gate": list(gating)}, own_evaluators(judge, gating)


def _own(names: Sequence[str]) -> "tuple[Own, ...]":
    if not names:
        return ()
    from cxify.evaluation.run.own import own

    return tuple(own(name) for name in names)


def scored_anew(folder: Path, cases_dir: Path | None, own_framework: Path | None, evaluators: Sequence[str]) -> int:
    """Score a stored run again; return how many results."""
    from cxify.evaluation.run.dataset import rescore

    run = RunFolder(folder)
    facts = run.facts()
    cases = {case.id: case for case in selection.load(selection.folder(cases_dir))}
    known = ground(settings.load(framework=own_framework))
    count = rescore(run, cases, lambda line, case: run.trial(line, case, known), _own(evaluators))
    run.end(complete=bool(facts["complete"]))
    return count


def _without_model(given: Mapping[str, Any]) -> bool:
    return given["model"] == LIBRARY and not given["tape"]


def _prompt(reference: str, chosen: Settings) -> Prompt:
    name, _, version = reference.partition("/")
    return prompts.find(name, version or None, chosen.prompts)


def _subjects(given: Mapping[str, Any], chosen: Settings, prompt: Prompt | None, created: str) -> Subjects:
    writers = _writers(given, chosen, prompt)
    given_ground = ground(chosen)
    options = pipeline.Options(
        date=created, intensity=chosen.intensity, author=chosen.author, user=chosen.user, tool_version=__version__
    )
    out = given["out"] or RUNS / _label(writers[0], prompt, created)
    folders = [out] if len(writers) == 1 else [out / "candidate", out / "baseline"]
    return tuple(
        (
            Subject(writer, given_ground, options, writer.prompts if isinstance(writer, LLMWriter) else ()),
            RunFolder(folder),
        )
        for writer, folder in zip(writers, folders, strict=True)
    )


def _writers(given: Mapping[str, Any], chosen: Settings, prompt: Prompt | None) -> list[Writer]:
    """Return the writer, and the one that it is compared with."""
    against = given["against"]
    if _without_model(given):
        if prompt or against or given["path"]:
            raise SettingsInvalid("The built-in writer uses no prompt.", "Name a model with --model, or a --tape.")
        return [writer_for(LIBRARY, chosen, _dollars(given))]
    chat = chat_of(given["model"], given["tape"], chosen, _dollars(given))
    path = _path(given["path"], prompt)
    versions = [{prompt.name: prompt.version} if prompt else {}]
    if against:
        other = None if against == RELEASED else _prompt(against, chosen)
        versions.append({other.name: other.version} if other else {})
    return [LLMWriter(chat, chosen.prompts, path, versions=each) for each in versions]


def _path(given: str | None, prompt: Prompt | None) -> Any:
    """Return what the model is asked for: a prompt decides it, else the option, else whether the model is local."""
    if prompt is None:
        return given or "auto"
    path = "sentence" if prompt.front.shape == "sentence" else "structured"
    if given not in (None, "auto", path):
        raise SettingsInvalid(f"Prompt {prompt.name} is used on the path {path}.", "Leave --path out.")
    return path


def _dollars(given: Mapping[str, Any]) -> Decimal | None:
    return None if given["max_cost"] is None else Decimal(str(given["max_cost"]))


def _label(writer: Writer, prompt: Prompt | None, created: str) -> str:
    name = f"{prompt.name}-{prompt.version}" if prompt else writer.identity.get("model", LIBRARY)
    return f"{re.sub(r'[^0-9T]', '', created).replace('T', '-')}-{re.sub(r'[^A-Za-z0-9.]+', '-', name).strip('-')}"


def _record_again(given: Mapping[str, Any]) -> str:
    """Return the command that makes the tape of a replay anew."""
    if not given["tape"] or given["tape"][1] != "replay":
        return ""
    model = given["model"] if given["model"] != LIBRARY else "openai:NAME --base-url http://127.0.0.1:8080/v1"
    options = [("--prompt", given["prompt"]), ("--path", given["path"]), ("--prompts", given["prompts"])]
    options += [("--cases", each) for each in given["cases"]] + [("--family", each) for each in given["family"]]
    said = " ".join(f"{name} {value}" for name, value in options if value)
    return " ".join(filter(None, (f"cxify eval run --model {model}", said, f"--tape {given['tape'][0]} record")))
