"""What the library only says in comments: risky measures, traits, locked places, and criteria that need consultation."""

from collections.abc import Iterator

from cxify.document import Block
from cxify.proposal import Proposed
from cxify.writers.library.candidate import at_level, known, known_standards, remark
from cxify.writers.library.scene import Scene
from cxify.writers.library.wording import Note


def notes(scene: Scene) -> list[tuple[int, Proposed]]:
    """Return the comments that the document gives reason for, with their rank, at most one for each note and block."""
    kind = scene.task.document.kind
    found: list[tuple[int, Proposed]] = []
    for note in scene.wording.notes:
        if (note.kinds and kind not in note.kinds) or (note.only and note.only != kind):
            continue
        found += [(note.rank, _comment(scene, note, block, quote)) for block, quote in _places(scene, note)]
    return found


def _places(scene: Scene, note: Note) -> Iterator[tuple[Block, str]]:
    blocks = scene.headings() if note.title else scene.blocks
    for block in blocks:
        if note.sections and scene.task.document.kind != "unknown" and scene.role(block) not in note.sections:
            continue
        if match := note.cue.search(block.text):
            yield block, match.group()
            if note.title:
                return


def _comment(scene: Scene, note: Note, block: Block, quote: str) -> Proposed:
    chosen = [at_level(id, scene) for id in known(note.competencies, scene)[:1]]
    return remark(
        block,
        scene.spelled(note.comment.replace("{quote}", quote)),
        note.reason,
        quote=quote,
        rule=note.rule,
        competencies=chosen,
        standards=known_standards(note.standards, scene),
    )


def consultation(scene: Scene, changed: Block | None) -> list[Proposed]:
    """Return the comment on consultation, at the heading under which criteria change."""
    texts = scene.wording.consult
    if scene.task.document.kind not in texts.kinds or changed is None:
        return []
    heading = _heading_above(scene, changed) or changed
    return [remark(heading, texts.comment, texts.reason, rule=texts.rule)]


def _heading_above(scene: Scene, block: Block) -> Block | None:
    section = scene.task.document.section_of(block.id)
    return scene.task.document.by_id.get(section.heading) if section and section.heading else None
