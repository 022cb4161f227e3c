"""Which candidates are proposed: the most useful ones, few enough to be read, of no more competencies than allowed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cxify.proposal import Declined, Proposed
from cxify.writers import Intensity
from cxify.writers.library.candidate import Candidate
from cxify.writers.library.own import own_competencies
from cxify.writers.library.phrasing import turns
from cxify.writers.library.scene import Scene

SHARE = {"light": 0.12, "standard": 0.25, "full": 0.40}
MOST = {"light": 3, "standard": 6, "full": 9}
LAST_RESORT = 3
"""Passages of little weight; what has a higher number is left to the full intensity."""
FEW = 3
"""As many edits as a document should have before passages of little weight are touched."""
EXTRA_RANK = 2
"""From this rank on an edit is welcome and not needed: a short document gets it only as far as it stays itself."""
EXTRA_SHARE = 0.55
FEWEST_EXTRA_WORDS = 58
SAID_ELSEWHERE = ("handover", "handover-of-results", "shift-handover")
LATER = 5_000
WORDS_PER_EDIT = {"light": 35, "standard": 35, "full": 20}
COMMENTS = {"light": 2, "standard": 4, "full": 6}

REPEATING_RANK = 2
"""Edits of this rank and beyond are left out when they say again what another says."""
MOST_REPEATED = 3
"""Turns of three words that two edits may have in common."""

NEW_PLACES = ("insert_row_after", "insert_after")
"""Operations that leave the block itself as it is."""


@dataclass
class _Chosen:
    """What has been chosen so far."""

    candidates: list[tuple[Candidate, str]] = field(default_factory=list)
    blocks: set[str] = field(default_factory=set)
    families: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    turns: set[str] = field(default_factory=set)
    words: int = 0

    @property
    def competencies(self) -> list[str]:
        """The competencies that are served, in the order in which they were chosen."""
        return list(dict.fromkeys(competency for _, competency in self.candidates))


def pick(scene: Scene, candidates: Sequence[Candidate]) -> tuple[list[tuple[Candidate, str]], list[Declined]]:
    """Return the candidates to propose with the competency of each, and what was left out for lack of room."""
    chosen = _Chosen()
    own = {competency.id for competency in own_competencies(scene)}
    left: list[Candidate] = []
    profile = [id.partition("@")[0] for id in scene.task.profile.competencies]
    shared = scene.task.profile.standards if scene.task.profile.shared_with else ()
    ranked = _one_handover(_with_mandatory(scene, candidates))
    for candidate in sorted(ranked, key=lambda c: _urgency(c, profile, shared)):
        competency = _competency(scene, candidate, chosen, profile)
        replaced_by_own = competency in own and not candidate.family.startswith(("own-", "measure-", "question-"))
        if competency is None or replaced_by_own or _clashes(candidate, chosen):
            continue
        if not _has_room(scene, candidate, chosen):
            left.append(candidate)
            continue
        _take(candidate, competency, chosen)
    return sorted(chosen.candidates, key=lambda pair: pair[0].order), _left_out(scene, left, chosen)


def _with_mandatory(scene: Scene, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Bring forward the best candidate for each competency that the framework wants in every document of the kind."""
    ranked = list(candidates)
    for competency in scene.framework.competencies:
        serving = [candidate for candidate in ranked if candidate.choices[:1] == (competency.id,)]
        if scene.task.document.kind in competency.always_in and serving:
            best = min(serving, key=lambda candidate: (candidate.rank, candidate.order))
            ranked[ranked.index(best)] = replace(best, rank=min(best.rank, 0))
    return ranked


def _one_handover(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Let a duty that leaves its partners open wait where another says what is passed on: a comment asks for them."""
    said = any(candidate.family in SAID_ELSEWHERE and candidate.rank < EXTRA_RANK for candidate in candidates)
    return [
        replace(one, rank=max(one.rank, EXTRA_RANK), order=one.order + LATER)
        if said and one.family.startswith("vague-collaboration")
        else one
        for one in candidates
    ]


def _urgency(candidate: Candidate, profile: Sequence[str], shared: Sequence[str]) -> tuple[int, bool, bool, int]:
    """What a role's documents share comes first among equals."""
    strange = bool(shared) and not set(candidate.standards) & set(shared)
    return candidate.rank, not set(candidate.choices) & set(profile), strange, candidate.order


def _competency(scene: Scene, candidate: Candidate, chosen: _Chosen, profile: Sequence[str]) -> str | None:
    """Choose the competency: of the profile first, then one already served, then a new one while the kind allows it."""
    used, choices = chosen.competencies, candidate.choices
    if scene.task.profile.shared_with:
        choices = tuple(id for id in choices if id in profile)
    selection = scene.framework.selection.get(scene.task.document.kind)
    room = selection is None or len(used) < selection.max
    if candidate.fixed and choices and (room or choices[0] in used):
        return choices[0]
    for wanted in (
        set(profile) & set(used),
        set(profile) if room else set(),
        set(used),
        set(choices) if room else set(),
    ):
        for id in choices:
            if id in wanted:
                return id
    return None


def _clashes(candidate: Candidate, chosen: _Chosen) -> bool:
    if candidate.rank >= REPEATING_RANK and len(turns(candidate.added) & chosen.turns) > MOST_REPEATED:
        return True
    same_block = candidate.block in chosen.blocks and candidate.operation.op not in NEW_PLACES
    return same_block or candidate.family in chosen.families or candidate.added.strip(" .;,") in chosen.texts


def _has_room(scene: Scene, candidate: Candidate, chosen: _Chosen) -> bool:
    style, intensity = scene.framework.style, scene.task.intensity
    words = chosen.words + len(candidate.added.split())
    share = min(SHARE[intensity], style.max_new_share) if intensity != "full" else SHARE[intensity]
    allowance = style.min_allowance_words if intensity != "light" else style.min_allowance_words // 2
    if candidate.rank >= EXTRA_RANK:
        allowance = min(allowance, max(FEWEST_EXTRA_WORDS, round(EXTRA_SHARE * scene.words)))
    most_words = max(allowance, round(share * scene.words))
    if candidate.rank > LAST_RESORT and intensity != "full":
        return False
    most = _most(scene, intensity) if candidate.rank < LAST_RESORT or intensity == "full" else FEW
    return words <= most_words and len(chosen.candidates) < most


def _most(scene: Scene, intensity: Intensity) -> int:
    """A short document carries fewer edits, and at least four."""
    return min(MOST[intensity], max(4, scene.words // WORDS_PER_EDIT[intensity]))


def _take(candidate: Candidate, competency: str, chosen: _Chosen) -> None:
    chosen.candidates.append((candidate, competency))
    if candidate.operation.op not in NEW_PLACES:
        chosen.blocks.add(candidate.block)
    chosen.families.add(candidate.family)
    chosen.texts.add(candidate.added.strip(" .;,"))
    chosen.turns |= turns(candidate.added)
    chosen.words += len(candidate.added.split())


def _left_out(scene: Scene, left: Sequence[Candidate], chosen: _Chosen) -> list[Declined]:
    open_blocks = [candidate.block for candidate in left if candidate.block not in chosen.blocks]
    return [Declined(block=block, reason=scene.wording.declined["limit"]) for block in dict.fromkeys(open_blocks)][:3]


def comments(scene: Scene, ranked: Sequence[tuple[int, Proposed]], *, most: int | None = None) -> list[Proposed]:
    """Return the most useful comments, none twice on the same words."""
    kept: list[tuple[int, Proposed]] = []
    for rank, comment in sorted(ranked, key=lambda pair: pair[0]):
        if not any(_same_words(comment, other) for _, other in kept):
            kept.append((rank, comment))
    return [comment for _, comment in kept[: most or COMMENTS[scene.task.intensity]]]


def _same_words(one: Proposed, other: Proposed) -> bool:
    """Tell whether a second comment would say nothing new; each risky measure gets its own."""
    if one.evidence_block != other.evidence_block:
        return one.operation.comment == other.operation.comment and one.rule not in ("CXL-201", "CXL-203", "CXL-204")
    return one.evidence in other.evidence or other.evidence in one.evidence
