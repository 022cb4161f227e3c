"""The comment that stands beside each proposed change in Word: what it serves, what it rests on, how sure it is."""

from typing import Final

from cxify.framework import Framework
from cxify.proposal import Proposed

_LABELS: Final = {
    "en": {
        "rests on": "Rests on",
        "strong": "Certainty: strong.",
        "needs context": "Certainty: needs context; please check.",
        "not enough data": "Certainty: not enough to go on; please decide.",
        "question": "Question",
        "level": "level",
    },
    "de": {
        "rests on": "Grundlage",
        "strong": "Sicherheit: hoch.",
        "needs context": "Sicherheit: Zusammenhang nötig; bitte prüfen.",
        "not enough data": "Sicherheit: zu wenig Angaben; bitte entscheiden.",
        "question": "Frage",
        "level": "Stufe",
    },
}
_LONGEST_EVIDENCE: Final = 90


def remark(proposed: Proposed, framework: Framework, language: str) -> str:
    """Return the reviewer's comment on a change: reason, competency and standard, evidence, certainty."""
    labels = labels_for(language)
    lines = [proposed.reason.strip()]
    served = "; ".join([*_competencies(proposed, framework, labels["level"]), *_standards(proposed, framework)])
    if served:
        lines.append(served)
    evidence = proposed.evidence.strip()
    if evidence:
        shown = (
            evidence if len(evidence) <= _LONGEST_EVIDENCE else f"{evidence[:_LONGEST_EVIDENCE].rsplit(' ', 1)[0]} …"
        )
        lines.append(f"{labels['rests on']}: “{shown}”. {labels[proposed.certainty]}")
    else:
        lines.append(labels[proposed.certainty])
    return "\n".join(lines)


def question(text: str, language: str) -> str:
    """Return the comment that asks the organisation something."""
    return f"{labels_for(language)['question']}: {text}"


def labels_for(language: str) -> dict[str, str]:
    """Return the fixed words of a comment in the document's language, English where there are none."""
    return _LABELS.get(language.split("-")[0], _LABELS["en"])


def _competencies(proposed: Proposed, framework: Framework, level: str) -> list[str]:
    named = []
    for reference in proposed.competencies:
        identifier, _, number = reference.partition("@")
        named.append(f"{framework.competency(identifier).name} ({identifier}, {level} {number})")
    return named


def _standards(proposed: Proposed, framework: Framework) -> list[str]:
    return [f"{framework.standard(identifier).name} ({identifier})" for identifier in proposed.standards]
