"""What to call the versions that are compared, and what each was made with."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cxify.evaluation.report import figures
from cxify.evaluation.runs import Run

Facts = tuple[tuple[str, tuple[str, ...]], ...]
"""Lines of a table: what is told, and what holds for each run."""


def labels(runs: Sequence[Run]) -> tuple[str, ...]:
    """Return the shortest names that tell the runs apart: by prompt, model, way of asking, cxify, else by id."""
    for named in (_prompts, _model, _way, _tool):
        names = tuple(named(run, runs) for run in runs)
        if all(names) and len(set(names)) == len(names):
            return names
    return tuple(run.id for run in runs)


def short(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names without what they share up to a slash: 1.0.0 and 1.1.0 of one prompt."""
    heads = {name.rpartition("/")[0] for name in names}
    if len(names) < 2 or len(heads) > 1 or heads == {""}:
        return tuple(names)
    return tuple(name.rpartition("/")[2] for name in names)


def _prompts(run: Run, runs: Sequence[Run]) -> str:
    """Return the prompts that not all runs share; an edited draft keeps its name, so that its hash has to tell."""
    shared = set.intersection(*(set(one.prompts.items()) for one in runs)) if len(runs) > 1 else set()
    own = [(name, sha256) for name, sha256 in run.prompts.items() if (name, sha256) not in shared]
    named = _counted([name for name, _ in own])
    if len(own) == 1 and any(other is not run and own[0][0] in other.prompts for other in runs):
        return f"{named} ({own[0][1][:8]})"
    return named


def _counted(names: Sequence[str], most: int = 2) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {figures.count(more, 'more prompt')}" if more > 0 else "")


def _model(run: Run, _: Sequence[Run]) -> str:
    return run.model or str(run.writer.get("writer") or run.writer.get("name") or "")


def _way(run: Run, _: Sequence[Run]) -> str:
    return f"{run.model}, {run.path}" if run.model and run.path else ""


def _tool(run: Run, _: Sequence[Run]) -> str:
    return f"cxify {run.cxify}" if run.cxify else ""


def facts(runs: Sequence[Run]) -> Facts:
    """Return what the runs were made with, line by line."""
    told = [dict(_of(run)) for run in runs]
    names = dict.fromkeys(name for one in told for name in one)
    return tuple((name, tuple(one.get(name, figures.NOTHING) for one in told)) for name in names)


def _of(run: Run) -> Iterator[tuple[str, str]]:
    yield "Run", run.id
    yield "Made", run.created
    yield "cxify", run.cxify
    yield "Model", run.model or "none"
    yield from (("Way of asking", run.path) for _ in range(1) if run.path)
    yield from ((f"Writer: {name}", _shown(value)) for name, value in _rest(run.writer))
    yield from ((f"Prompt {name}", sha256[:12]) for name, sha256 in run.prompts.items())
    yield "Cases", f"{len(run.by_case)} of {len(run.cases) or len(run.by_case)}, {figures.count(run.repeat, 'repeat')}"
    yield "Cases, hash", run.cases_sha256[:12]
    yield "Framework, hash", run.framework_sha256[:12]
    yield "Rules, hash", run.rules_sha256[:12]
    yield "Finished", "yes" if run.complete else "no"


def _rest(writer: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in sorted(writer.items()) if name not in ("model", "prompts", "path"))


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
