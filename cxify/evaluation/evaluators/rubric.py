"""Criteria R1 to R12 of evals/rubric.yaml by what a program can see: 0 to 3 as in the anchors there, or not asked.

These are proxies. They notice the faults that can be noticed without understanding the text; docs/evals.md prints how
far they agree with people.
"""

from collections.abc import Callable, Iterable
from typing import Final

from cxify.evaluation.evaluators import expected, language, proposals
from cxify.evaluation.evaluators.verdict import NOT_ASKED, Verdict
from cxify.evaluation.matching import near
from cxify.evaluation.trial import Trial
from cxify.proposal import InsertRowAfter
from cxify.rules.passages import Edit
from cxify.rules.plain import stem, words

HIGHEST: Final = 3
_MEASURING: Final = ("kpi_sheet", "review_form", "bonus_criteria", "promotion_criteria", "recognition_scheme")
_LOCKS: Final = ("CXL-301", "CXL-302", "CXL-303", "CXL-304", "CXL-305", "CXL-306", "CXL-905")
_GENERIC: Final = ("CXL-101", "CXL-104", "CXL-703", "CXL-805")
_ADDED: Final = ("CXL-401", "CXL-403")
_STRETCHED: Final = ("CXL-406", "CXL-509")
_MEASURES: Final = ("CXL-201", "CXL-202", "CXL-203", "CXL-204", "CXL-205", "CXL-207")
_UNFAIR: Final = (
    "CXL-404",
    "CXL-502",
    "CXL-503",
    "CXL-504",
    "CXL-505",
    "CXL-508",
    "CXL-707",
    "CXL-708",
    "CXL-710",
    "CXL-901",
    "CXL-904",
)
_SEAMS: Final = ("CXL-103", "CXL-107", "CXL-407", "CXL-409", "CXL-507")
_LOCAL: Final = 0.15  # of an addition's content words that the document, or the list of people served, has too
_LONGEST_REASON, _SHORTEST_REASON = 60, 3  # words


def _graded(grade: int, *reasons: str) -> Verdict:
    return Verdict(grade / HIGHEST, reasons if grade < HIGHEST else ())


def _by_share(total: int, faults: Iterable[str]) -> Verdict:
    """Grade by how many of the statements have no fault: all 3, more than half 2, some 1, none 0."""
    reasons = tuple(faults)
    if not total:
        return NOT_ASKED
    good = 1 - len(reasons) / total
    return _graded(3 if good >= 1 else 2 if good > 0.5 else 1 if good > 0 else 0, *reasons)


def preservation(trial: Trial) -> Verdict:
    """R1."""
    if gone := expected.locks_kept(trial).reasons:
        return _graded(0, *gone)
    if trial.case.restraint and trial.texts:
        return _graded(0, "the text of a document that must not change was changed")
    if broken := [check.detail for check in trial.proof.checks if check.ok is False]:
        return _graded(1, *broken)
    touched = [hits[0].message for hits in trial.against(*_LOCKS).values()]
    return _graded(2 if touched else 3, *touched)


def placement(trial: Trial) -> Verdict:
    """R2: the places that an expert chose or would accept."""
    if not trial.texts:
        return _graded(3) if not _required_texts(trial) else NOT_ASKED
    wrong = [edit for edit in trial.texts if not _expected_there(edit, trial)]
    return _by_share(len(trial.texts), (f"edit {edit.index} stands where no expert looks for it" for edit in wrong))


def _required_texts(trial: Trial) -> bool:
    return any(one.required and one.op != "comment" for one in trial.case.expected)


def _expected_there(edit: Edit, trial: Trial) -> bool:
    label = trial.labels.get(edit.proposed.operation.block)
    return any(near(one, label, trial.case) for one in trial.case.expected if one.op != "comment")


def role_relevance(trial: Trial) -> Verdict:
    """R3: words of the document, or of the people it serves, and no label of the framework."""
    generic = trial.against(*_GENERIC)
    local = _stems("\n".join([*trial.review.source.words, *trial.review.customer_terms.model_dump().values()]))
    faults = (
        generic[edit.index][0].message if edit.index in generic else f"edit {edit.index} could stand in any document"
        for edit in trial.texts
        if edit.index in generic or _share_of(local, edit) < _LOCAL
    )
    return _by_share(len(trial.texts), faults)


def _share_of(known: set[str], edit: Edit) -> float:
    """Return the share of the new content words that are known."""
    new = _stems(edit.added)
    return len(new & known) / len(new) if new else 1.0


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text) if len(word) > 3}


def observable_behaviour(trial: Trial) -> Verdict:
    """R4."""
    return _by_share(len(trial.texts), proposals.observable(trial).reasons)


def level_and_scope(trial: Trial) -> Verdict:
    """R5: nothing asked in addition, and the level that the document supports."""
    if added := [hits[0].message for hits in trial.against(*_ADDED).values()]:
        return _graded(0, *added)
    levels = [int(id.partition("@")[2]) for edit in trial.texts for id in edit.proposed.competencies]
    high = max((level - trial.case.level for level in levels), default=0)
    off = max((abs(level - trial.case.level) for level in levels), default=0)
    if off > 1:
        return _graded(0, f"{off} levels off")
    if high == 1:
        return _graded(1, "one level above what the document shows")
    stretched = [hits[0].message for hits in trial.against(*_STRETCHED).values()]
    below = ["one level below what the document shows"] if off else []
    return _graded(2, *stretched, *below) if stretched or below else _graded(3)


def measures(trial: Trial) -> Verdict:
    """R6: only where people are measured, or where a rule on measures objects."""
    found = [hit for hits in trial.against(*_MEASURES).values() for hit in hits]
    if blocked := [hit.message for hit in found if hit.severity == "block"]:
        return _graded(0, *blocked)
    if found:
        return _graded(1, *(hit.message for hit in found))
    if trial.document.kind not in _MEASURING or not trial.accepted:
        return NOT_ASKED
    unsaid = _unsaid(trial)
    return _graded(2, *unsaid) if unsaid else _graded(3)


def _unsaid(trial: Trial) -> list[str]:
    """Name the risky measures of the document that nobody pointed out."""
    wanted = {rule for rule in trial.case.source_findings if rule in _MEASURES}
    said = {edit.rule for edit in trial.accepted}
    talked = any(edit.operation.comment for edit in trial.accepted if edit.rule is None)
    return [f"{rule} in the document is not pointed out" for rule in sorted(wanted - said) if not talked]


def grounding(trial: Trial) -> Verdict:
    """R7."""
    invented = trial.against(*proposals.INVENTED)
    if invented:
        return _graded(0, *(f"“{hits[0].quote}” is invented" for hits in invented.values()))
    if baseless := [hits[0].message for hits in trial.against("CXL-605").values()]:
        return _graded(1, *baseless)
    return _graded(3) if trial.accepted or trial.made.questions else NOT_ASKED


def why(trial: Trial) -> Verdict:
    """R8: a reason of its own for each edit, neither a slogan nor a sermon."""
    reasons = [edit.proposed.reason for edit in trial.texts]
    if not reasons:
        return NOT_ASKED
    if slogans := [
        text for text in reasons if any(trial.ground.book["CXL-507"].phrases(trial.review.language).find(text))
    ]:
        return _graded(1, *slogans)
    poor = [text for text in reasons if not _SHORTEST_REASON <= len(words(text)) <= _LONGEST_REASON]
    if poor:
        return _graded(1, *(f"no reason that helps: “{text[:60]}”" for text in poor))
    return _graded(2, "all edits have the same reason") if len(reasons) > 2 and len(set(reasons)) == 1 else _graded(3)


def coverage(trial: Trial) -> Verdict:
    """R9: what the expert requires, and no crowd beside it."""
    required = [one for one in trial.case.expected if one.required]
    met = {pair.expected.id for pair in trial.pairs}
    missed = [f"{one.id} is missing" for one in required if one.id not in met]
    surplus = trial.score.unexpected
    if missed:
        return _graded(1 if len(missed) < len(required) else 0, *missed)
    return _graded(2, f"{surplus} edits more than an expert would make") if surplus else _graded(3)


def inclusion(trial: Trial) -> Verdict:
    """R10."""
    if unfair := [hits[0].message for hits in trial.against(*_UNFAIR).values()]:
        return _graded(0, *unfair)
    if not trial.texts:
        return NOT_ASKED
    drift = language.coding_kept(trial)
    return _graded(2, *drift.reasons) if drift.score is not None and drift.score < 0.25 else _graded(3)


def fit(trial: Trial) -> Verdict:
    """R11: terms, length and repetitions; voice and tense need a reader."""
    seams = [hits[0].message for hits in trial.against(*_SEAMS).values()]
    big = proposals.minimal(trial)
    if seams:
        return _graded(1 if len(seams) == 1 else 0, *seams)
    if big.reasons:
        return _graded(1 if (big.score or 0) > 0.75 else 0, *big.reasons)
    long = [hits[0].message for hits in trial.against("CXL-408").values()]
    harder = language.readability_kept(trial)
    over = [*long, *(harder.reasons if harder.score is not None and harder.score < 0.5 else ())]
    return _graded(2, *over) if over else _graded(3)


def reviewability(trial: Trial) -> Verdict:
    """R12: each edit with its reason and evidence, one idea a change, and the record in the file."""
    if not trial.accepted:
        return NOT_ASKED
    silent = [f"edit {edit.index} has no reason" for edit in trial.texts if not edit.proposed.reason.strip("- ")]
    if silent:
        return _graded(0 if len(silent) == len(trial.texts) else 1, *silent)
    crowded = [
        f"edit {edit.index} serves {len(edit.proposed.competencies)} competencies"
        for edit in trial.texts
        if len(edit.proposed.competencies) > 2 and not isinstance(edit.proposed.operation, InsertRowAfter)
    ]
    baseless = [f"edit {edit.index} names no evidence" for edit in trial.texts if not edit.proposed.evidence]
    return _graded(2, *crowded, *baseless) if crowded or baseless else _graded(3)


CRITERIA: Final[dict[str, Callable[[Trial], Verdict]]] = {
    "R1": preservation,
    "R2": placement,
    "R3": role_relevance,
    "R4": observable_behaviour,
    "R5": level_and_scope,
    "R6": measures,
    "R7": grounding,
    "R8": why,
    "R9": coverage,
    "R10": inclusion,
    "R11": fit,
    "R12": reviewability,
}
