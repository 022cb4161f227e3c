"""The report of a run: a line for every file, and one for what concerns several of them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxify import kinds
from cxify.batch.outcome import Done, Outcome
from cxify.files import write_atomically
from cxify.profile import RoleProfile

if TYPE_CHECKING:
    from cxify.pipeline import Redline

REPORT: Final = "report.jsonl"
TOGETHER: Final = "all together"
"""Status of the line that is about several files."""


def details(redline: "Redline") -> dict[str, Any]:
    """Return what a reviewer or a program wants to know of a redline, ready for JSON."""
    return {
        "kind": redline.document.kind,
        "language": redline.document.language,
        "state": redline.document.state,
        "role": redline.profile.role,
        "unit": kinds.facts(redline.document).get("unit", ""),
        "profile": _profile(redline.profile),
        "edits": [proposed.model_dump(mode="json") for proposed in redline.accepted],
        "questions": [question.model_dump(mode="json") for question in redline.questions],
        "declined": [declined.model_dump(mode="json") for declined in redline.declined],
        "dropped": [
            {"edit": dropped.proposed.model_dump(mode="json"), "findings": [asdict(each) for each in dropped.findings]}
            for dropped in redline.dropped
        ],
        "findings": [asdict(finding) for finding in redline.findings],
        "framework": {key: text for key, text in redline.provenance.get("framework", {}).items() if key != "sha256"},
        "usage": asdict(redline.usage),
    }


def _profile(of: RoleProfile) -> dict[str, Any]:
    told = ("level", "competencies", "standards", "served", "shared_with", "based_on")
    return {name: value for name, value in asdict(of).items() if name in told}


def earlier(out: Path) -> dict[str, Outcome]:
    """Return what the report of an earlier run says, by file; a damaged report says nothing."""
    try:
        lines = map(json.loads, (out / REPORT).read_text("utf-8").splitlines())
        outcomes = (Outcome(**line) for line in lines if line.get("status") != TOGETHER)
        return {outcome.file: outcome for outcome in outcomes}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_report(out: Path, done: Done) -> None:
    """Write this run's outcomes after those of earlier runs that it did not repeat."""
    new = {outcome.file for outcome in done.outcomes}
    kept = [outcome for file, outcome in earlier(out).items() if file not in new and Path(file).exists()]
    lines = [*_together(done), *(asdict(outcome) for outcome in (*kept, *done.outcomes))]
    written = (json.dumps(line, ensure_ascii=False) for line in lines)
    write_atomically(out / REPORT, "".join(f"{line}\n" for line in written).encode())


def _together(done: Done) -> list[dict[str, Any]]:
    if not done.roles and not done.portfolio:
        return []
    roles, portfolio = map(asdict, done.roles), map(asdict, done.portfolio)
    return [{"file": "", "status": TOGETHER, "roles": list(roles), "portfolio": list(portfolio)}]
