"""Postings written as plain paragraphs: what they ask for, and how to apply, is found by their words."""

from collections.abc import Container

from cxify import kinds
from cxify.document import Block
from cxify.proposal import Append, InsertAfter
from cxify.writers.library.candidate import Candidate, Found, known
from cxify.writers.library.scene import Scene

_PARTS = ("duties", "person_spec", "qualifications", "apply")
ASKS, DOES, APPLY = "asks", "does", "apply"
"""Signs of `recognise.prose` in the kind."""


def is_prose(scene: Scene) -> bool:
    """Tell whether a document has no part of an advert under a heading of its own."""
    return scene.task.kind.recognise.prose is not None and not any(scene.in_roles(*_PARTS))


def paragraph(scene: Scene, sign: str, unlike: Block | None = None) -> Block | None:
    """Return the paragraph that says most of a sign; of equals the last."""
    prose, language = scene.task.kind.recognise.prose, scene.task.document.language
    if prose is None:
        return None
    blocks = [block for block in scene.blocks if block is not unlike]
    counted = [(kinds.says(prose, sign, block.text, language), block) for block in blocks]
    most = max((count for count, _ in counted), default=0)
    return [block for count, block in counted if count == most][-1] if most else None


def listening_plus(scene: Scene, taken: Container[str]) -> Found:
    """Say beside what applicants bring that an example of listening is a plus; what is `taken` gains no sentence."""
    texts = scene.wording.requirements
    block = _place(scene) if is_prose(scene) else None
    choices = known(texts.competencies, scene)
    fitting = scene.variants(texts.plus_example, {})
    if block is None or not choices or not fitting or texts.already.search(scene.text) or not _is_open(block):
        return Found()
    _, filled = scene.choose(fitting, block.text)
    operation = (
        InsertAfter(op="insert_after", block=block.id, text=f"{filled.text}.")
        if block.id in taken or not scene.editable(block)
        else Append(op="append", block=block.id, text=f" {filled.text}.")
    )
    candidate = Candidate(
        family="listening",
        rank=0,
        choices=choices,
        operation=operation,
        reason=texts.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        order=10_000,
    )
    return Found(candidates=(candidate,))


def _place(scene: Scene) -> Block | None:
    apply = paragraph(scene, APPLY)
    return paragraph(scene, ASKS, apply) or paragraph(scene, DOES, apply)


def _is_open(block: Block) -> bool:
    return not block.closed and block.text.rstrip().endswith(".")
