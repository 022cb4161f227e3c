"""The comment that stands beside each proposed change in Word: what it serves, what it rests on, how sure it is."""

from functools import cache
from pathlib import Path
from typing import Final

from cxify import yamlfile
from cxify.framework import Framework, Theme
from cxify.proposal import Proposed

_LONGEST_EVIDENCE: Final = 90


def remark(proposed: Proposed, framework: Framework, language: str) -> str:
    """Return the reviewer's comment on a change: reason, competency and standard, evidence, certainty."""
    labels = labels_for(language)
    lines = [proposed.reason.strip()]
    served = "; ".join([*_competencies(proposed, framework, labels["level"]), *_standards(proposed, framework)])
    if served:
        lines.append(served)
    if heard := _heard(proposed, framework):
        lines.append(labels[heard.tone].format(theme=heard.cited))
    evidence = proposed.evidence.strip()
    if evidence:
        shown = (
            evidence if len(evidence) <= _LONGEST_EVIDENCE else f"{evidence[:_LONGEST_EVIDENCE].rsplit(' ', 1)[0]} …"
        )
        lines.append(f"{labels['rests on'].format(evidence=shown)} {labels[proposed.certainty]}")
    else:
        lines.append(labels[proposed.certainty])
    return "\n".join(lines)


def question(text: str, language: str) -> str:
    """Return the comment that asks the organisation something."""
    return labels_for(language)["asks"].format(question=text)


def unapproved(framework: Framework, language: str) -> str:
    """Return the sentence that the framework has not been approved (CXL-906), "" when it has."""
    identity = framework.framework
    return "" if identity.status == "approved" else labels_for(language)[identity.status].format(name=identity.name)


def labels_for(language: str) -> dict[str, str]:
    """Return the fixed words of a comment in the document's language, English where there are none."""
    known = _labels()
    return known.get(language.split("-")[0], known["en"])


@cache
def _labels() -> dict[str, dict[str, str]]:
    marked = yamlfile.read(Path(__file__).with_name("remark.yaml"))
    assert not marked.problems, marked.problems  # noqa: S101  shipped data, proved by tests
    return dict(marked.data)


def _heard(proposed: Proposed, framework: Framework) -> Theme | None:
    """Return the counted theme that calls most for a competency of the change: complaints first, then praise."""
    voice = framework.voice
    counted = [theme for theme in (*voice.customer_themes, *voice.employee_themes) if theme.mentions]
    for id in (reference.partition("@")[0] for reference in proposed.competencies):
        suitable = [theme for theme in counted if id in theme.related]
        if suitable:
            return max(suitable, key=lambda one: (one.tone == "complaint", one.related[0] == id, one.mentions))
    return None


def _competencies(proposed: Proposed, framework: Framework, level: str) -> list[str]:
    named = []
    for reference in proposed.competencies:
        identifier, _, number = reference.partition("@")
        named.append(f"{framework.competency(identifier).name} ({identifier}, {level} {number})")
    return named


def _standards(proposed: Proposed, framework: Framework) -> list[str]:
    return [f"{framework.standard(identifier).name} ({identifier})" for identifier in proposed.standards]
