"""What an evaluation measures: every metric as data, for whoever scores, compares, gates or prints it."""

from dataclasses import dataclass
from typing import Final, Literal

Unit = Literal["points", "share", "dollars", "tokens", "seconds", "count"]
CRITERIA: Final = tuple(f"rubric_r{number}" for number in range(1, 13))
"""The criteria of evals/rubric.yaml, R1 to R12."""

JUDGED: Final = tuple(f"judge_r{number}" for number in range(1, 13))
"""The same by a judge model whose agreement with people was shown; evals/gate.yaml may gate these."""
UNPROVEN: Final = "unproven_"
"""What precedes the name of a judge's score while its agreement was not shown: such a score cannot be gated."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One number that is given to each case. More is better, except where `cost` says that less is."""

    id: str
    title: str
    unit: Unit
    gated: bool
    """Whether a proven loss of it stops a release."""
    margin: float
    """A smaller loss than this does not matter, in the metric's own unit."""
    describes: str
    """What the number answers, for a reader who sees only it."""
    cost: bool = False
    """Reported and never gated; less is better."""

    @property
    def highest(self) -> float:
        """The best score there is; costs have none."""
        return 100.0 if self.unit == "points" else 1.0


def _share(id: str, title: str, margin: float, describes: str, *, gated: bool = False) -> Metric:
    return Metric(id, title, "share", gated, margin, describes)


def _cost(id: str, title: str, unit: Unit, describes: str) -> Metric:
    return Metric(id, title, unit, False, 0.0, describes, cost=True)


_NAMES = (
    "preservation",
    "placement",
    "role relevance",
    "observable behaviour",
    "level and scope",
    "measures",
    "grounding",
    "why",
    "coverage",
    "inclusion and lawfulness",
    "fit and economy",
    "reviewability",
)

METRICS: Final = (
    Metric("points", "Points", "points", True, 2.0, "How near the proposal comes to the expert's, 0 to 100."),
    _share("conveys", "Says what is meant", 0.05, "Content words of what has to be said that the matched edits share."),
    _share("schema_first_try", "Usable at the first try", 0.05, "Questions whose first answer could be used."),
    _share(
        "sentences_used",
        "Sentences used",
        0.05,
        "Sentences asked of a small model that were good enough to replace the approved ones.",
        gated=True,
    ),
    _share("locks_kept", "Locks kept", 0.01, "Untouchable lines that are found unchanged in the result.", gated=True),
    _share(
        "reject_accept",
        "Faithful file",
        0.0,  # a file that is not what it was when its changes are rejected is one too many, however many others are
        "Rejecting gives back the source, accepting gives what was meant.",
        gated=True,
    ),
    _share(
        "required_found",
        "Required edits found",
        0.05,
        "Edits that the expert requires and somebody proposed.",
        gated=True,
    ),
    _share("right_competency", "Right competency", 0.05, "Expected edits of the text whose place got the competency."),
    _share("right_level", "Right level", 0.05, "Competencies of the expected edits that stand at the expert's level."),
    _share(
        "forbidden_free",
        "Nothing forbidden",
        0.01,
        "Forbidden patterns of the case that no new text contains.",
        gated=True,
    ),
    _share(
        "rules_clean",
        "Rules kept",
        0.03,
        "Proposed edits that no block rule, and nothing in Word's structure, stopped.",
    ),
    _share("grounded", "Grounded", 0.02, "Proposed edits without a number, name or unit that nobody gave.", gated=True),
    _share("observable", "Observable", 0.05, "New texts that say what somebody can see, without traits or slogans."),
    _share("minimal", "Minimal", 0.05, "New words within the limit of the case; less the more they exceed it."),
    _share("no_duplicate", "No duplicates", 0.03, "New texts that repeat neither the document nor each other."),
    _share("readability_kept", "Readability kept", 0.05, "How much harder than the document the new text reads."),
    _share("language_kept", "Language kept", 0.01, "Whether the new text is in the document's language.", gated=True),
    _share("coding_kept", "Gender coding kept", 0.03, "How far feminine and masculine coded words shift."),
    *(
        _share(id, f"R{number} {name}", 0.05, f"Criterion R{number} of the rubric, {name}, 0 to 3 as a share.")
        for number, (id, name) in enumerate(zip(CRITERIA, _NAMES, strict=True), 1)
    ),
    *(
        _share(id, f"Judge: R{number} {name}", 0.05, f"Criterion R{number} by a judge model that agrees with people.")
        for number, (id, name) in enumerate(zip(JUDGED, _NAMES, strict=True), 1)
    ),
    _cost("cost_usd", "Cost", "dollars", "What the model calls of a case cost; unknown prices are left out."),
    _cost("tokens", "Tokens", "tokens", "Tokens read and written for a case."),
    _cost("seconds", "Seconds", "seconds", "Time from the first to the last step of a case."),
    _cost("repairs", "Repairs", "count", "Calls made because an earlier answer could not be used."),
)

BY_ID: Final = {metric.id: metric for metric in METRICS}
SCORES: Final = tuple(metric for metric in METRICS if not metric.cost and metric.id not in JUDGED)
COSTS: Final = tuple(metric for metric in METRICS if metric.cost)


def metric(id: str) -> Metric:
    """Return the metric; one that an organisation's own evaluators made is a share that is not gated."""
    return BY_ID.get(id) or Metric(id, id.replace("_", " "), "share", False, 0.05, "Scored by an evaluator of yours.")
