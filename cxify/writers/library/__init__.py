"""The built-in writer: ready-made wording, placed where the kind says it belongs. No model, no network, no cost."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from cxify.document import Finding
from cxify.errors import FrameworkInvalid
from cxify.proposal import Declined, Operation, Proposal, Proposed, Question
from cxify.writers import Task, Usage, Written
from cxify.writers.library.candidate import Candidate, Found, proposed
from cxify.writers.library.notes import candidate_steps, consultation, notes
from cxify.writers.library.pick import comments, pick
from cxify.writers.library.plans import plan
from cxify.writers.library.scene import Scene
from cxify.writers.library.swiss import swiss
from cxify.writers.library.wording import wording

VERSION = "1"
OTHERS = 5
"""How often other variants are looked for."""


class LibraryWriter:
    """Writes with the library; the same document, profile and framework always give the same proposal.

    `own` is a folder with the organisation's own wording, a folder a language; FrameworkInvalid tells its mistakes.
    """

    def __init__(self, own: Path | None = None) -> None:
        self.own = own.resolve() if own else None
        self._version = _of_folder(self.own) if self.own else ""

    @property
    def identity(self) -> dict[str, str]:
        """Name and version for the provenance record."""
        return {"name": "library", "version": VERSION} | ({"wording": self._version} if self._version else {})

    @property
    def revises(self) -> bool:
        """The library has said what it can: a blocked edit is dropped."""
        return False

    def write(self, task: Task, previous: Proposal | None = None, findings: Sequence[Finding] = ()) -> Written:
        """Propose library wording for a task; `previous` and `findings` change nothing."""
        del previous, findings
        proposal = _proposal(task, self.own)
        return Written(swiss(proposal) if task.document.language == "de-CH" else proposal, Usage())


def _of_folder(own: Path) -> str:
    """Read every language of the folder, so that a mistake stops the run before its first document; return its hash."""
    if not own.is_dir():
        raise FrameworkInvalid(
            f"{own} is no folder.", "Name the folder that holds your wording (en/*.yaml, de/*.yaml)."
        )
    for folder in sorted(own.iterdir()):
        if folder.is_dir():
            wording(folder.name, own)
    texts = (file.read_bytes() for file in sorted(own.glob("*/*.yaml")))
    return sha256(b"\0".join(texts)).hexdigest()


def other_wordings(task: Task, current: Proposed, own: Path | None = None) -> tuple[Operation, ...]:
    """Return the operation of an edit in other wordings of the library for the same place and competency."""
    serves = {reference.partition("@")[0] for reference in current.competencies}
    found: dict[str, Operation] = {}
    for turn in range(1, OTHERS + 1):
        scene = _scene(task, own, turn)
        if scene is None or _comments_only(scene):
            break
        for candidate in plan(scene).candidates:
            if not serves.isdisjoint(candidate.choices) and _same_place(candidate.operation, current.operation):
                words = candidate.operation.model_copy(update={"comment": current.operation.comment})
                found.setdefault(candidate.added, words)
    return tuple(found.values())


def _same_place(one: Operation, other: Operation) -> bool:
    return _without_words(one) == _without_words(other)


def _without_words(operation: Operation) -> dict[str, object]:
    return operation.model_dump(exclude={"text", "new", "cells", "comment"})


def _scene(task: Task, own: Path | None, turn: int = 0) -> Scene | None:
    """Return the task with the wording of its language, or None where there is none."""
    language = task.document.language
    texts = wording(language, own) or (wording("en", own) if language == "und" else None)
    return Scene(task, texts, task.framework.localised(language), turn, own is not None) if texts else None


def _proposal(task: Task, own: Path | None = None) -> Proposal:
    scene = _scene(task, own)
    if scene is None:
        return Proposal(declined=(Declined(reason=_no_language(task.document.language)),))
    if why := _comments_only(scene):
        return _only_comments(scene, why)
    return _edited(scene)


def _no_language(language: str) -> str:
    english = wording("en")
    return english.declined["language"].format(language=language) if english else language


def _comments_only(scene: Scene) -> str:
    """Return why the text may not change, or "" when it may."""
    document = scene.task.document
    if document.kind == "unknown":
        return "unknown"
    return "" if document.state == "blank" else document.state


def _only_comments(scene: Scene, why: str) -> Proposal:
    edits = comments(scene, notes(scene), most=6)
    declined = Declined(reason=scene.wording.declined[why])
    return Proposal(edits=tuple(edits), questions=_questions(scene), declined=(declined,))


def _edited(scene: Scene) -> Proposal:
    found = plan(scene)
    chosen, left = pick(scene, found.candidates)
    edits = [(proposed(candidate, competency, scene), candidate) for candidate, competency in chosen]
    remarks = _remarks(scene, chosen, found)
    return Proposal(
        edits=(*(edit for edit, _ in edits), *remarks),
        questions=(*found.questions, *(question for _, one in edits for question in one.questions), *_questions(scene)),
        declined=_declined(scene, found, left, bool(edits or remarks)),
    )


def _remarks(scene: Scene, chosen: Sequence[tuple[Candidate, str]], found: Found) -> list[Proposed]:
    """Return the comments: those that belong to edits, then what the document itself gives reason for."""
    with_edits = [comment for candidate, _ in chosen for comment in candidate.comments]
    changed = next((one.evidence_block for one, _ in chosen if not one.family.startswith("guidance")), None)
    needed = [*with_edits, *consultation(scene, changed), *candidate_steps(scene)]
    answered = {candidate.evidence for candidate, _ in chosen if _settles(candidate)}
    open_notes = [(rank, note) for rank, note in notes(scene) if not _answered(note, answered)]
    return [*needed, *found.comments, *comments(scene, open_notes)]


def _settles(candidate: Candidate) -> bool:
    """Tell whether an edit removes the reason for a comment on the same words."""
    return candidate.operation.op == "replace" or candidate.family.startswith(("vague", "own-cases"))


def _answered(note: Proposed, evidence: set[str]) -> bool:
    """Tell whether an edit already deals with the words that a note is about."""
    return any(note.evidence in words for words in evidence) and note.rule in (
        "CXL-101",
        "CXL-501",
        "CXL-404",
        "CXL-703",
        "CXL-702",
    )


def _questions(scene: Scene) -> tuple[Question, ...]:
    return tuple(Question(text=text) for text in scene.task.profile.questions)


def _declined(scene: Scene, found: Found, left: Sequence[Declined], any_edit: bool) -> tuple[Declined, ...]:
    texts = scene.wording.declined
    twice = (Declined(reason=texts["bilingual"]),) if _is_bilingual(scene) else ()
    if not any_edit:
        why = texts.get(scene.task.document.kind, texts["nothing"])
        known = any(one.block is None for one in found.declined)
        return (*twice, *found.declined[:5], *(() if known or twice else (Declined(reason=why),)))
    seen: dict[tuple[str | None, str], Declined] = {
        (one.block, one.reason): one for one in (*twice, *left, *found.declined)
    }
    return tuple(seen.values())[:5]


def _is_bilingual(scene: Scene) -> bool:
    return any(notice.code == "bilingual" for notice in scene.task.document.notices)
