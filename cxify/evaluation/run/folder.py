"""The run folder: run.json says what was run, results.jsonl holds a line for each case, outputs/ the documents."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from cxify.document import Finding
from cxify.errors import InputError
from cxify.evaluation.case import Case
from cxify.evaluation.evaluators import Verdict
from cxify.evaluation.failures import unproven
from cxify.evaluation.trial import Failure, Ground, Made, Trial
from cxify.files import read, why, write_atomically
from cxify.writers import Usage

SCHEMA: Final = 1
RUN, RESULTS, OUTPUTS = "run.json", "results.jsonl", "outputs"
Line = dict[str, Any]


@dataclass
class RunFolder:
    """One run on the disk. Lines are added as cases end, so that a run that is killed can be resumed."""

    path: Path
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def begin(self, facts: Mapping[str, Any], *, resume: bool) -> None:
        """Write what is run. Raises InputError where a run stands that is not to be, or cannot be, resumed."""
        there = self.path / RUN
        if there.exists() and not resume:
            remedy = "Give --resume to go on with it, or another folder with -o."
            raise InputError(f"{self.path} holds a run.", remedy)
        if there.exists():
            facts = _same(self.facts(), facts, self.path)
            # Without what is done again, and without the line that was being written when the run was killed.
            self.replace([line for line in self.lines() if not failed_unproven(line)])
        (self.path / OUTPUTS).mkdir(parents=True, exist_ok=True)
        self._write({"schema": SCHEMA, **facts, "complete": False})

    def facts(self) -> dict[str, Any]:
        """Return run.json. Raises InputError when this is no run."""
        try:
            facts: dict[str, Any] = json.loads(read(self.path / RUN))
        except (ValueError, OSError, InputError):
            remedy = "Give the folder that `cxify eval run` has made."
            raise InputError(f"{self.path} is no run: it has no {RUN} that can be read.", remedy) from None
        return facts

    def end(self, *, complete: bool) -> None:
        """Note whether every case has a result."""
        self._write(self.facts() | {"complete": complete})

    def done(self) -> set[tuple[str, int]]:
        """Return the cases and repeats that have a result; a failure of network or machine is none."""
        lines = {(line["case"], int(line["repeat"])): line for line in self.lines()}
        return {key for key, line in lines.items() if not failed_unproven(line)}

    def lines(self) -> Iterator[Line]:
        """Yield the results; a line that was cut off when the run was killed is none."""
        path = self.path / RESULTS
        for text in path.read_text("utf-8").splitlines() if path.exists() else ():
            try:
                yield json.loads(text)
            except ValueError:
                continue

    def add(self, line: Line) -> None:
        """Add one result."""
        text = json.dumps(line, ensure_ascii=False, default=str)
        path = self.path / RESULTS
        try:
            with self._lock, path.open("a", encoding="utf-8") as file:
                file.write(text + "\n")
        except OSError as error:
            raise InputError(
                f"{path} cannot be written: {why(error)}.", "Make room, and go on with --resume."
            ) from None

    def replace(self, lines: list[Line]) -> None:
        """Exchange all results, as scoring anew does."""
        text = "".join(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in lines)
        write_atomically(self.path / RESULTS, text.encode())

    def keep(self, trial: Trial, repeat: int) -> str | None:
        """Write the document of a trial and return its name within the folder."""
        if trial.output is None:
            return None
        name = f"{OUTPUTS}/{trial.case.id}-{repeat}.docx"
        write_atomically(self.path / name, trial.output)
        return name

    def trial(self, line: Line, case: Case, ground: Ground) -> Trial:
        """Return the trial that a line tells of, with its document."""
        usage = {key: value for key, value in line["usage"].items() if key != "cost_usd"}
        return Trial(
            case,
            ground,
            made=Made.model_validate_json(json.dumps(line["proposal"] or {})),
            output=read(self.path / line["output"]) if line["output"] else None,
            usage=Usage(**usage),
            cost_usd=line["usage"]["cost_usd"],
            seconds=line["seconds"],
            failure=Failure.model_validate(line["error"]) if line["error"] else None,
        )

    def _write(self, facts: Mapping[str, Any]) -> None:
        write_atomically(self.path / RUN, (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode())


def failed_unproven(line: Line) -> bool:
    """Tell whether a line holds a failure that proves nothing."""
    error = line["error"]
    return error is not None and unproven(error["type"], error["exit_code"])


def line_of(
    trial: Trial,
    repeat: int,
    output: str | None,
    verdicts: Mapping[str, Verdict],
    checks: Line,
    findings: Sequence[Finding],
) -> Line:
    """Return the result of a trial as it is stored."""
    case = trial.case
    error = trial.failure.model_dump() if trial.failure else None
    return {
        "case": case.id,
        "family": case.family,
        "kind": case.kind,
        "language": case.locale,
        "tags": [*(["restraint"] if case.restraint else []), *([case.state] if case.state != "blank" else [])],
        "repeat": repeat,
        "scores": {id: verdict.score for id, verdict in verdicts.items()},
        "checks": checks,
        "details": {id: list(verdict.reasons) for id, verdict in verdicts.items() if verdict.reasons},
        "findings": [asdict(finding) for finding in findings],
        "usage": asdict(trial.usage) | {"cost_usd": trial.cost_usd},
        "seconds": trial.seconds,
        "error": error,
        "proposal": trial.made.model_dump(mode="json"),
        "output": output,
    }


def _same(before: Mapping[str, Any], now: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return the facts of the run that is resumed. Raises InputError when something else decides the results."""
    decisive = [key for key in now if key not in ("id", "created", "cxify")]
    changed = [key for key in decisive if before.get(key) != now[key]]
    if changed:
        said = f"{path} was made with other {', '.join(changed)}."
        raise InputError(said, "Resume it with what it was begun with, or begin a run in another folder.")
    return dict(before)
