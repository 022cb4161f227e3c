"""What an evaluator says of a trial."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cxify.evaluation.trial import Trial


@dataclass(frozen=True, slots=True)
class Verdict:
    """A score, or None where the question does not arise, and the reasons for what is missing from a full one."""

    score: float | None
    reasons: tuple[str, ...] = ()


Evaluate = Callable[[Trial], Verdict]
NOT_ASKED = Verdict(None)


def share(total: int, faults: Iterable[str]) -> Verdict:
    """Return the share of `total` that has no fault; nothing of nothing is not asked."""
    reasons = tuple(faults)
    return Verdict(max(0.0, 1 - len(reasons) / total), reasons) if total else NOT_ASKED


def yes(reasons: Iterable[str]) -> Verdict:
    """Return full marks when there is nothing against it, else none."""
    found = tuple(reasons)
    return Verdict(0.0 if found else 1.0, found)


def shown(text: str) -> str:
    """Return the beginning of a text, for a reason."""
    line = " ".join(text.split())
    return f"“{line[:80]}…”" if len(line) > 80 else f"“{line}”"
