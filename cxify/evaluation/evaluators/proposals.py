"""What is wrong with the edits themselves, whatever the expert expects."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cxify import yamlfile
from cxify.document import Finding
from cxify.evaluation.evaluators.verdict import Verdict, share, shown
from cxify.evaluation.trial import Trial
from cxify.rules.passages import Edit
from cxify.rules.phrases import Phrases
from cxify.rules.plain import words

INVENTED = ("CXL-601", "CXL-602", "CXL-603", "CXL-604")
REPEATED = ("CXL-407", "CXL-409")
UNOBSERVABLE = ("CXL-404", "CXL-408", "CXL-501", "CXL-507", "CXL-702")
_VAGUE = Path(__file__).with_name("vague.yaml")


def rules_clean(trial: Trial) -> Verdict:
    """Return the share of the proposed edits that no block rule, and nothing in Word's structure, stopped."""
    stopped = [f"{shown(refused.edit.inserted)}: {'; '.join(refused.reasons)}" for refused in trial.made.dropped]
    slipped = [
        f"edit {finding.edit} reached the file against {finding.rule}: {finding.message}"
        for finding in trial.kept_findings
        if finding.severity == "block" and finding.edit is not None
    ]
    return share(len(trial.proposed), [*stopped, *slipped])


def grounded(trial: Trial) -> Verdict:
    """Return the share of the proposed edits without a number, name, unit, promise or story that nobody gave."""
    found = trial.against(*INVENTED, kept=False)
    return share(len(trial.proposed), (f"edit {n}: “{hits[0].quote}” is invented" for n, hits in found.items()))


def observable(trial: Trial) -> Verdict:
    """Return the share of the new texts that say what somebody can see."""
    found = trial.against(*UNOBSERVABLE)
    return share(len(trial.texts), (said for edit in trial.texts if (said := _unobservable(edit, found, trial))))


def _unobservable(edit: Edit, found: dict[int, list[Finding]], trial: Trial) -> str:
    if edit.index in found:
        return f"edit {edit.index}: {found[edit.index][0].message}"
    for sentence in edit.sentences:
        for match in vague(trial.review.language).find(sentence):
            return f"edit {edit.index}: “{match.quote}” cannot be seen"
    return ""


@cache
def vague(language: str) -> Phrases:
    """Return what finds words of intention in a language."""
    data: dict[str, list[str]] = yamlfile.read(_VAGUE).data
    return Phrases.of(data.get(language, []))


def minimal(trial: Trial) -> Verdict:
    """Return 1 while new words and edits are within the case's limits, else limit over amount."""
    before = sum(len(words(block.text)) for block in trial.document.blocks)
    new = sum(len(words(edit.added)) for edit in trial.edits)
    parts = (
        ("new words", new, trial.case.limits.max_insert_share * before),
        ("edits", len(trial.edits), trial.case.limits.max_edits),
    )
    reasons = tuple(f"{amount} {what}, at most {limit:.0f}" for what, amount, limit in parts if amount > limit)
    return Verdict(min(1.0, *(limit / amount for _, amount, limit in parts if amount)) if new else 1.0, reasons)


def no_duplicate(trial: Trial) -> Verdict:
    """Return the share of the new texts that repeat neither the document nor each other."""
    found = trial.against(*REPEATED)
    return share(len(trial.texts), (f"edit {n} repeats {shown(hits[0].quote)}" for n, hits in found.items()))


def new_text(trial: Trial) -> str:
    """Return all new sentences of the document, placeholders left out."""
    return "\n".join(re.sub(r"\[[^\]]*\]", "", text) for edit in trial.texts for text in _texts(edit)).strip()


def _texts(edit: Edit) -> Iterator[str]:
    yield from edit.sentences or ([edit.added] if edit.added.strip() else [])
