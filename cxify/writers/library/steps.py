"""A step of a plan, an outline or a policy: its words at a place, as a candidate."""

from collections.abc import Sequence

from cxify.document import Block
from cxify.proposal import Operation
from cxify.sieve import LatePattern
from cxify.writers.library.candidate import Candidate, known, known_standards, remark
from cxify.writers.library.scene import Scene
from cxify.writers.library.slots import listed
from cxify.writers.library.wording import Step, Text

OPENING_WORDS = 7


def _standards_named(scene: Scene, step: Step) -> dict[str, str]:
    names = [scene.standard(id).name for id in known_standards(step.standards, scene)]
    return {"standards": listed(names, scene.wording.conjunction)} if names else {}


def filled(scene: Scene, step: Step, texts: Sequence[Text], seed: str) -> tuple[Text, Text] | None:
    """Return a variant of a step as written and with its slots filled; None where nothing fits."""
    fitting = scene.variants(texts, _standards_named(scene, step))
    return scene.choose(fitting, step.id + seed) if fitting and known(step.competencies, scene) else None


def step_candidate(
    scene: Scene, step: Step, chosen: Text, block: Block, operation: Operation, *, rank: int, order: int
) -> Candidate:
    """Return the candidate that a step makes at a block, with its question as a comment."""
    comments = (remark(block, step.question, step.reason),) if step.question else ()
    return Candidate(
        family=step.id,
        rank=rank,
        choices=known(chosen.competencies or step.competencies, scene),
        operation=operation,
        reason=step.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=step.standards,
        comments=comments,
        order=order,
    )


def paragraph_about(scene: Scene, words: LatePattern) -> Block | None:
    """Return the first paragraph that deals with it."""
    return next((block for block in scene.blocks if is_open_prose(scene, block) and words.search(block.text)), None)


def is_open_prose(scene: Scene, block: Block) -> bool:
    """Tell whether a block is running prose that a sentence may continue."""
    long_enough = len(block.text.split()) >= OPENING_WORDS and block.text.rstrip().endswith(".")
    return long_enough and block.type != "heading" and scene.is_running(block) and scene.editable(block)
