"""One thing that could be proposed, with what decides whether it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxify.document import Block
from cxify.proposal import (
    Append,
    Comment,
    Declined,
    InsertAfter,
    InsertRowAfter,
    Operation,
    Proposed,
    Question,
    Replace,
)
from cxify.writers.library.scene import Scene


@dataclass(frozen=True)
class Candidate:
    """An edit and its comments, which are proposed together or not at all."""

    family: str
    rank: int
    """0 = belongs to every document of the kind, 1 = what an expert does first, 3 = if there is room."""
    choices: tuple[str, ...]
    """Competencies that it may serve, best first."""
    operation: Operation
    reason: str
    evidence: str
    evidence_block: Block
    standards: tuple[str, ...] = ()
    certainty: str = "strong"
    comments: tuple[Proposed, ...] = ()
    questions: tuple[Question, ...] = ()
    order: int = 0
    fixed: bool = False
    """The first of `choices` fits the words best, whether or not the role's profile has it."""

    @property
    def block(self) -> str:
        """The block that it changes."""
        return self.operation.block

    @property
    def added(self) -> str:
        """The words that it brings into the document."""
        match self.operation:
            case Replace(new=text) | Append(text=text) | InsertAfter(text=text):
                return text
            case InsertRowAfter(cells=cells):
                return "\n".join(cells)
            case Comment():
                return ""


@dataclass(frozen=True)
class Found:
    """What a part of the library found: candidates, comments, questions, and what it left alone."""

    candidates: tuple[Candidate, ...] = ()
    comments: tuple[Proposed, ...] = ()
    questions: tuple[Question, ...] = ()
    declined: tuple[Declined, ...] = ()

    def __add__(self, other: "Found") -> "Found":
        return Found(
            self.candidates + other.candidates,
            self.comments + other.comments,
            self.questions + other.questions,
            self.declined + other.declined,
        )


def of_profile(scene: Scene, ids: Sequence[str]) -> list[str]:
    """Return known competencies, those of the role's profile first."""
    own = {id.partition("@")[0] for id in scene.task.profile.competencies}
    return sorted(known(ids, scene), key=lambda id: id not in own)


def known(ids: Sequence[str], scene: Scene) -> tuple[str, ...]:
    """Return the competencies that the framework has."""
    have = {competency.id for competency in scene.framework.competencies}
    return tuple(id for id in ids if id in have)


def known_standards(ids: Sequence[str], scene: Scene) -> tuple[str, ...]:
    """Return the service standards that the framework has."""
    have = {standard.id for standard in scene.framework.service_standards}
    return tuple(id for id in ids if id in have)


def at_level(competency: str, scene: Scene) -> str:
    """Return the competency with the role's level: CX-OWN@2."""
    of_role = [id for id in scene.task.profile.competencies if id.partition("@")[0] == competency]
    return of_role[0] if of_role else f"{competency}@{scene.level}"


def proposed(candidate: Candidate, competency: str, scene: Scene) -> Proposed:
    """Return the candidate as the proposal of one competency, saying that its words are the library's."""
    standards = known_standards(candidate.standards, scene)
    return Proposed(
        operation=_with_comment(candidate, scene),
        reason=candidate.reason if candidate.family.startswith("own-") else explained(candidate.reason, scene),
        competencies=(at_level(competency, scene),) if competency else (),
        standards=standards,
        evidence=candidate.evidence,
        evidence_block=candidate.evidence_block.id,
        certainty="needs context" if candidate.certainty == "needs context" else "strong",
    )


def _with_comment(candidate: Candidate, scene: Scene) -> Operation:
    """Say beside a new row of a rated table that a total or an average may change."""
    operation = candidate.operation
    if not isinstance(operation, InsertRowAfter) or operation.comment:
        return operation
    place = candidate.evidence_block.place
    roles = scene.columns(scene.tables[place.table]) if place else []
    rated = {"rating", "weight", "anchor"} & set(roles)
    return operation.model_copy(update={"comment": scene.wording.scored_row}) if rated else operation


def explained(reason: str, scene: Scene) -> str:
    """Return the reason and where the words come from."""
    source = scene.wording.library_own if scene.own else scene.wording.library
    return f"{reason} {source}"


def remark(
    block: Block,
    comment: str,
    reason: str,
    *,
    quote: str = "",
    rule: str | None = None,
    competencies: Sequence[str] = (),
    standards: Sequence[str] = (),
) -> Proposed:
    """Return a comment on a block; with a quote, on these words of it."""
    return Proposed(
        operation=Comment(op="comment", block=block.id, comment=comment, quote=quote or None),
        reason=reason,
        competencies=tuple(competencies),
        standards=tuple(standards),
        evidence=quote or block.text.strip()[:200],
        evidence_block=block.id,
        certainty="needs context",
        rule=rule,
    )
