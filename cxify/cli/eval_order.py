"""From the options of cxify eval run to what is run: which writer, on which cases, into which folder."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from cxify import __version__, pipeline, prompts, settings
from cxify.cli import shell
from cxify.cli.eval_apart import MANY, apart, cores, ground
from cxify.cli.eval_judging import judge_for, may_gate, own_evaluators
from cxify.cli.writer import LIBRARY, chat_for, writer_for
from cxify.errors import ModelUnavailable, SettingsInvalid
from cxify.evaluation import Case
from cxify.evaluation.run import Planned, RunFolder, Subject, attempt, evaluate, rescore, selection
from cxify.evaluation.run.dataset import Own, Task
from cxify.evaluation.run.folder import UNREACHED, Line
from cxify.evaluation.run.own import own
from cxify.llm import Chat, Tape
from cxify.prompts import Prompt
from cxify.settings import Settings
from cxify.writers import Writer
from cxify.writers.llm import LLMWriter

RUNS: Final = Path("evals/runs")
RELEASED: Final = "released"
WITH_MODEL: Final = 8
MODEL_FAILED: Final = ModelUnavailable.exit_code
Subjects = tuple[tuple[Subject, RunFolder], ...]


@dataclass(frozen=True)
class Order:
    """What is to be run."""

    subjects: Subjects
    """The writer in question, and the one it is compared with."""
    cases: tuple[Case, ...]
    evaluators: tuple[Own, ...]
    judge: Mapping[str, Any]
    """Which model judges, with which prompt, and what it may gate; empty without one."""
    repeat: int
    concurrency: int | None
    """None leaves it to what is run."""
    settings: Settings
    resume: bool
    created: str
    label: str
    record_again: str
    """The command that makes the tape of a replay anew, "" for a run that replays nothing."""

    def done(self, subject: Subject, folder: RunFolder) -> int:
        """Run what has no result yet; return the exit code."""
        facts = {"id": self._id(folder), "created": self.created, **subject.facts(self.cases), "repeat": self.repeat}
        facts |= {"judge": self.judge} if self.judge else {}
        folder.begin(facts, resume=self.resume)
        planned = self._left(folder)
        unfinished: Sequence[str] = ("interrupted",)
        try:
            with self._made(subject, len(planned)) as (task, at_once):
                unfinished = evaluate(
                    planned, task, folder, own=self.evaluators, concurrency=at_once, tell=_Teller(len(planned))
                )
        finally:
            folder.end(complete=not unfinished)
            if unfinished:
                shell.say(f"What is done is kept. The same command with -o {folder.path} --resume goes on.")
        for why in dict.fromkeys(unfinished):
            shell.say(f"Error: {why}")
        return self._code(list(folder.lines()), unfinished)

    @contextmanager
    def _made(self, subject: Subject, trials: int) -> Iterator[tuple[Task, int]]:
        """Yield what makes a trial, here or in child processes, and how many at a time."""
        asks = subject.model is not None
        at_once = self.concurrency or (WITH_MODEL if asks else cores() if trials >= MANY else 1)
        if trials < MANY or at_once == 1 or cores() == 1:
            yield (lambda one: attempt(one.case, subject)), at_once
            return
        with apart(subject, self.settings, at_once) as task:
            yield task, at_once

    def _id(self, folder: RunFolder) -> str:
        return self.label if len(self.subjects) == 1 else f"{self.label}-{folder.path.name}"

    def _left(self, folder: RunFolder) -> list[Planned]:
        done = folder.done()
        rounds = range(1, self.repeat + 1)
        return [Planned(case, each) for each in rounds for case in self.cases if (case.id, each) not in done]

    def _code(self, lines: Sequence[Line], unfinished: Sequence[str]) -> int:
        """Return 0, unless nothing came out, a limit stopped the run, or a replay asked what no tape holds."""
        errors = [line["error"] for line in lines if line["error"]]
        missed = [error for error in errors if error["type"] == UNREACHED] if self.record_again else []
        if missed:
            shell.say(f"Error: {missed[0]['message']}")
            shell.say(f"{len(missed)} case(s) asked what is not on the tape. Record anew: {self.record_again}")
        if missed or unfinished:
            return MODEL_FAILED
        return max(error["exit_code"] for error in errors) if lines and len(errors) == len(lines) else 0


@dataclass
class _Teller:
    """Tells of each result as it ends."""

    total: int
    done: int = 0

    def __call__(self, line: Line) -> None:
        self.done += 1
        said = line["error"]["message"].splitlines()[0] if line["error"] else f"{line['scores']['points']:.0f} points"
        shell.say(f"[{self.done}/{self.total}] {line['case']}/{line['repeat']}  {said}  {line['seconds']:.1f} s")


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
        evaluators=(*(own(name) for name in given["evaluators"]), *judging),
        judge=judge,
        repeat=given["repeat"],
        concurrency=chosen.concurrency,
        settings=chosen,
        resume=given["resume"],
        created=created,
        label=_label(subjects[0][0].writer, prompt, created),
        record_again=_record_again(given),
    )


def _judging(model: str | None, base_url: str | None) -> tuple[dict[str, Any], tuple[Own, ...]]:
    if model is None:
        return {}, ()
    judge = judge_for(model, base_url)
    gating = may_gate(judge)
    return {**judge.identity, "may_gate": list(gating)}, own_evaluators(judge, gating)


def scored_anew(folder: Path, cases_dir: Path | None, own_framework: Path | None, evaluators: Sequence[str]) -> int:
    """Score a stored run again; return how many results."""
    run = RunFolder(folder)
    facts = run.facts()
    cases = {case.id: case for case in selection.load(selection.folder(cases_dir))}
    known = ground(settings.load(framework=own_framework))
    count = rescore(run, cases, lambda line, case: run.trial(line, case, known), [own(name) for name in evaluators])
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
    chat = _chat(given, chosen)
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


def _chat(given: Mapping[str, Any], chosen: Settings) -> Chat:
    model, tape = given["model"], given["tape"]
    if tape is None:
        return chat_for(model, chosen, _dollars(given))
    file, mode = tape
    if mode == "replay":
        if not file.exists():
            raise SettingsInvalid(f"There is no tape {file}.", "Record it first, with --tape FILE record.")
        return Tape(file, mode, model_name="" if model == LIBRARY else model)
    if model == LIBRARY:
        raise SettingsInvalid("The built-in writer asks no model that could be recorded.", "Name one with --model.")
    return Tape(file, mode, chat_for(model, chosen, _dollars(given)))


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
