"""What the documents of a run have to do with each other: the roles they share, and what they say as a set."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cxify.batch.outcome import Job, Outcome, Plan, Role
from cxify.files import read
from cxify.profile import RoleProfile, Seen, key
from cxify.rules.plain import sentences
from cxify.rules.portfolio import Facts

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Thread:
    """How a run finds the documents of one role: `look` at each, then `weave` what was seen, by name in the run."""

    look: Callable[[bytes], Seen]
    weave: Callable[[Mapping[str, Seen]], Mapping[str, RoleProfile]]


def shared_profiles(plan: Plan, thread: Thread | None, pool: ThreadPoolExecutor) -> dict[Path, RoleProfile]:
    """Look at every document and return the profile that each shares with others; a broken one shares nothing."""
    if thread is None or len(plan.jobs) < 2:
        return {}
    names = {job.target.relative_to(plan.out).as_posix(): job for job in plan.jobs}
    seen = dict(zip(names, pool.map(partial(_seen, thread.look), names.values()), strict=True))
    woven = thread.weave({name: one for name, one in seen.items() if one})
    return {names[name].target: profile for name, profile in woven.items()}


def _seen(look: Callable[[bytes], Seen], job: Job) -> Seen | None:
    """What is wrong with a document is told when it is rewritten."""
    try:
        return look(read(job.source))
    except Exception:
        log.debug("%s", job.source, exc_info=True)
        return None


def roles(outcomes: Iterable[Outcome]) -> tuple[Role, ...]:
    """Return the roles of which the run has several documents."""
    found: dict[str, tuple[Mapping[str, Any], list[str]]] = {}
    for outcome in outcomes:
        if (told := outcome.details.get("profile")) and told["shared_with"]:
            found.setdefault(told["based_on"], (outcome.details, []))[1].append(outcome.file)
    return tuple(_role(details, files) for details, files in found.values())


def _role(details: Mapping[str, Any], files: list[str]) -> Role:
    told = details["profile"]
    lists = {name: tuple(told[name]) for name in ("standards", "served")}
    return Role(details["role"], tuple(files), told["level"], tuple(sorted(told["competencies"])), **lists)


def facts(outcomes: Iterable[Outcome]) -> Iterator[Facts]:
    """Return what the portfolio rules need of each document, also of one done before; filled forms are about people."""
    told = [outcome for outcome in outcomes if "profile" in outcome.details and outcome.details["state"] == "blank"]
    units = {one.details["profile"]["based_on"]: one.details["unit"] for one in told if one.details["unit"]}
    for outcome in told:
        details, edits = outcome.details, _edits(outcome.details)
        shared = details["profile"]["shared_with"]
        yield Facts(
            file=outcome.file,
            kind=details["kind"],
            role=key(details["role"]),
            unit=units.get(details["profile"]["based_on"], "") if shared else details["unit"],
            competencies=_all(edits, "competencies"),
            standards=_all(edits, "standards"),
            inserted=tuple(sentence for edit in edits for sentence in _inserted(edit["operation"])),
            agreed=tuple(details["profile"]["competencies"]) if shared else (),
        )


def _edits(details: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [edit for edit in details["edits"] if edit["operation"]["op"] != "comment"]


def _all(edits: Iterable[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for edit in edits for id in edit[name]))


def _inserted(operation: Mapping[str, Any]) -> list[str]:
    """Return the sentences that an operation adds; a row holds an agreed measure, which may read the same anywhere."""
    old = set(sentences(operation.get("old", "")))
    new = sentences(operation.get("new") or operation.get("text") or "")
    return [sentence for sentence in new if sentence not in old]
