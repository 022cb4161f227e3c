"""Review forms beyond the rated rows: the development plan, and a prompt for the employee's own example."""

from cxify.document import Block
from cxify.proposal import Append, InsertAfter, Operation
from cxify.writers.library.candidate import Candidate, Found, known, known_standards
from cxify.writers.library.joining import as_item, is_item
from cxify.writers.library.scene import Scene
from cxify.writers.library.slots import listed
from cxify.writers.library.voice import Voice, sentence
from cxify.writers.library.wording import Prompt, TrainingItem


def generic_training(scene: Scene, *roles: str) -> Found:
    """Give a generic course in a plan the team's own cases and named standards; without roles, wherever it stands."""
    texts = scene.wording.training_item
    for block in scene.in_roles(*roles) if roles else scene.blocks:
        match = texts.cue.search(block.text)
        if match is None or block.type == "heading" or not scene.editable(block):
            continue
        names = [scene.standard(id).name for id in known_standards(texts.standards, scene)]
        places = [match["place"].lower() for match in texts.place_words.finditer(scene.text)]
        place = next((word for word in places if word != texts.place.lower()), "")
        given = {
            "standards": listed(names, scene.wording.conjunction),
            "place": place.capitalize() if place and scene.wording.capital_nouns else place or texts.place,
        }
        fitting = scene.variants(texts.texts, given)
        if not fitting:
            return Found()
        _, filled = scene.choose(fitting, block.text)
        spoken = sentence(filled, Voice("base", german=scene.wording.capital_nouns), scene.wording)
        stop = "." if block.text.rstrip().endswith(".") else ""
        gap = " " if stop else ". "
        operation = Append(op="append", block=block.id, text=f"{gap}{spoken}{stop}")
        return Found(candidates=(_candidate(scene, texts, block, operation, match.group(), "own-cases"),))
    return Found()


def own_evidence(scene: Scene) -> Found:
    """Invite the employee's own example where the form has a part for the employee."""
    texts = scene.wording.own_evidence
    for block in scene.blocks:
        if (
            block.type == "heading"
            or block.closed
            or not scene.is_running(block)
            or not (texts.cue and texts.cue.search(block.text))
        ):
            continue
        if fitting := scene.variants(texts.texts, {}):
            _, filled = scene.choose(fitting, block.text)
            words = as_item(filled.text, block.text) if is_item(block.text) else filled.text
            operation = InsertAfter(op="insert_after", block=block.id, text=words)
            return Found(candidates=(_candidate(scene, texts, block, operation, block.text.strip(), "own-evidence"),))
    return Found()


def _candidate(
    scene: Scene, texts: TrainingItem | Prompt, block: Block, operation: Operation, evidence: str, family: str
) -> Candidate:
    return Candidate(
        family=family,
        rank=0 if family == "own-cases" else 2,
        choices=known(texts.competencies, scene),
        operation=operation,
        reason=texts.reason,
        evidence=evidence,
        evidence_block=block,
        standards=texts.standards,
        order=9_000,
        fixed=True,
    )
