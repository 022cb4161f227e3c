"""A run of an evaluation that was ordered: what has no result yet is made, here or in child processes, and told."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cxify.cli import shell
from cxify.cli.eval_apart import apart, under_way
from cxify.cli.eval_start import MANY
from cxify.errors import ModelUnavailable
from cxify.evaluation import Case
from cxify.evaluation.failures import UNREACHED
from cxify.evaluation.run import Planned, RunFolder, Subject, attempt
from cxify.evaluation.run.folder import Line, failed_unproven
from cxify.machine import cores
from cxify.settings import Settings

if TYPE_CHECKING:
    from cxify.evaluation.run.dataset import Own, Task

WITH_MODEL: Final = 8
MODEL_FAILED: Final = ModelUnavailable.exit_code
Subjects = tuple[tuple[Subject, RunFolder], ...]


@dataclass(frozen=True)
class Order:
    """What is to be run."""

    subjects: Subjects
    """The writer in question, and the one it is compared with."""
    cases: tuple[Case, ...]
    evaluators: "tuple[Own, ...]"
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
                from cxify.evaluation.run.dataset import evaluate  # two seconds, in which child processes start

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
    def _made(self, subject: Subject, trials: int) -> "Iterator[tuple[Task, int]]":
        """Yield what makes a trial, here or in child processes, and how many are under way at a time."""
        asks = subject.model is not None
        at_once = self.concurrency or (WITH_MODEL if asks else cores() if trials >= MANY else 1)
        if trials < MANY or at_once == 1 or cores() == 1:
            yield (lambda one: attempt(one.case, subject)), at_once
            return
        with apart(subject, self.settings, at_once) as task:
            yield task, under_way(at_once)

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
        if unproven := sum(failed_unproven(line) for line in lines):
            said = f"{unproven} of {len(lines)} result(s) failed for reasons of network or machine and prove nothing."
            shell.say(f"{said} The same command with --resume does them again.")
        if not lines or len(errors) < len(lines):
            return 0
        shell.say(f"Error: nothing came out. {errors[0]['message']} {errors[0].get('remedy', '')}".rstrip())
        return max(int(error["exit_code"]) for error in errors)


@dataclass
class _Teller:
    """Tells of each result as it ends."""

    total: int
    done: int = 0

    def __call__(self, line: Line) -> None:
        self.done += 1
        said = line["error"]["message"].splitlines()[0] if line["error"] else f"{line['scores']['points']:.0f} points"
        shell.say(f"[{self.done}/{self.total}] {line['case']}/{line['repeat']}  {said}  {line['seconds']:.1f} s")
