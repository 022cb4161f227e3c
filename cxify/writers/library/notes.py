"""What the library only says in comments: risky measures, traits, locked places, criteria that need consultation."""

from collections.abc import Iterator
from itertools import islice

from cxify import sieve
from cxify.document import Block
from cxify.proposal import Proposed
from cxify.writers.library import prose
from cxify.writers.library.candidate import at_level, known, known_standards, remark
from cxify.writers.library.scene import Scene
from cxify.writers.library.wording import Note

MOST_OF_ONE = 2


def notes(scene: Scene) -> list[tuple[int, Proposed]]:
    """Return the comments that the document gives reason for, with their rank, at most one for each note and block."""
    kind = scene.task.document.kind
    found: list[tuple[int, Proposed]] = []
    for note in scene.wording.notes:
        if (note.kinds and kind not in note.kinds) or (note.only and note.only != kind):
            continue
        places = islice(_places(scene, note), 1 if note.title else MOST_OF_ONE)
        found += [(note.rank, _comment(scene, note, block, quote)) for block, quote in places]
    return found


def _places(scene: Scene, note: Note) -> Iterator[tuple[Block, str]]:
    """Yield where the note's words stand: once in a table row, and not more often than a reader needs to see it."""
    rows: set[tuple[int, int]] = set()
    if not (note.title or sieve.passes(note.cue, scene.lowered)):
        return
    for block in scene.headings() if note.title else scene.blocks:
        elsewhere = note.sections and not _where_it_belongs(scene, note, block)
        row = (block.place.table, block.place.row) if block.place else None
        if elsewhere or row in rows or not scene.may_say(note.cue, block):
            continue
        if not (match := note.cue.search(block.text)):
            continue
        if row:
            rows.add(row)
        yield block, match.group()


def _where_it_belongs(scene: Scene, note: Note, block: Block) -> bool:
    """Tell whether a note looks here; a person specification is all requirements, a page of prose one piece."""
    kind = scene.task.document.kind
    all_of_it = kind == "unknown" or (kind == "person_specification" and "person_spec" in note.sections)
    one_piece = kind == "job_advert" and not scene.roles
    return all_of_it or one_piece or scene.role(block) in note.sections


def _comment(scene: Scene, note: Note, block: Block, quote: str) -> Proposed:
    chosen = [at_level(id, scene) for id in known(note.competencies, scene)[:1]]
    return remark(
        block,
        scene.spelled(note.comment.replace("{quote}", _quotes(note, block, scene))),
        note.reason,
        quote=quote,
        rule=note.rule,
        competencies=chosen,
        standards=known_standards(note.standards, scene),
    )


def _quotes(note: Note, block: Block, scene: Scene) -> str:
    """Return all words of the block that the note is about, to stand within one pair of quotation marks."""
    return scene.wording.quotes_between.join(dict.fromkeys(match.group() for match in note.cue.finditer(block.text)))


def consultation(scene: Scene, changed: Block | None) -> list[Proposed]:
    """Return the comment on consultation, at the heading under which criteria change."""
    texts = scene.wording.consult
    if scene.task.document.kind not in texts.kinds or changed is None:
        return []
    heading = _heading_above(scene, changed) or changed
    country = scene.task.document.language.partition("-")[2]
    likely = next(iter(texts.in_country), "")
    comment = scene.spelled(texts.in_country.get(country or likely, texts.comment))
    return [remark(heading, comment, texts.reason, rule=texts.rule)]


def candidate_steps(scene: Scene) -> list[Proposed]:
    """Ask whether an advert may tell applicants what happens next; only the organisation can promise it."""
    texts = scene.wording.candidate_steps
    told = prose.paragraph(scene, prose.APPLY) if prose.is_prose(scene) else None
    blocks = [told] if told else list(scene.in_roles("apply"))
    if scene.task.document.kind != "job_advert" or not blocks or (texts.cue and texts.cue.search(scene.text)):
        return []
    return [remark(blocks[0], texts.texts[0].text, texts.reason, rule="CXL-709")]


def _heading_above(scene: Scene, block: Block) -> Block | None:
    section = scene.task.document.section_of(block.id)
    return scene.task.document.by_id.get(section.heading) if section and section.heading else None
