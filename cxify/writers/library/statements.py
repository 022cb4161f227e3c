"""Statements that are rated one a row: they stay as they are, and one or two new rows stand among them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from cxify.document import Block, Table
from cxify.kinds.tables import is_total
from cxify.proposal import InsertRowAfter
from cxify.writers.library.candidate import Candidate, Found, known
from cxify.writers.library.joining import as_item
from cxify.writers.library.scene import Scene
from cxify.writers.library.voice import Voice, standing
from cxify.writers.library.wording import Behaviour, Rated, Text

_FIRST = ("teamwork", "customer-focus", "people", "communication")
"""Rows after which a reader expects a statement on customer experience."""
_LONGEST_NAME = 4
_NAMED = re.compile(r"[A-ZÀ-Þ][\w &/,’'-]{2,35}?( [–—-] |: )\w")
_BOX = re.compile(r"[☐□◻▢○◯\s/|]+")
_OF_ITSELF = re.compile(
    r"(?:I|Ich|Ik|Je (?=\w+e\b)|J['’]\w+|Yo|(?!No\b)\w+o (?:a|con|de|el|en|la|las|los|mi|mis|que|un|una))\b"
)
SUBJECT_WORDS = 2
MOST = 2


def statements(scene: Scene) -> Found:
    """Propose statements for rated lists without descriptions, beside those that deal with other people."""
    candidates: dict[str, Candidate] = {}
    rated = list(_rated(scene))
    for block in rated:
        row = _row_of(scene, scene.titles.get(block.id, "")) or _row_of(scene, block.text)
        if row and row.id in _FIRST and (found := _candidate(scene, block, row)):
            candidates[row.id] = found
    best = sorted(candidates.values(), key=lambda candidate: candidate.rank)[:MOST]
    return Found(candidates=(*best, *_missing(scene, rated, best)))


def _missing(scene: Scene, rated: Sequence[Block], best: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what a list of conduct still lacks: two in a questionnaire, one among names that offer no place for it."""
    room = MOST - len(best) if any(_is_statement(scene, block) for block in rated) else 1 - len(best)
    place = best[0].evidence_block if best else _last(scene, rated)
    served = {candidate.choices[0] for candidate in best}
    if place is None or not (best or _is_of_conduct(scene, rated)):
        return
    lacking = [one for one in missing(scene) if not served & set(one.competencies)]
    for order, one in enumerate(lacking[: max(0, room)]):
        if candidate := _new_row(scene, place, one, order):
            yield candidate


def missing(scene: Scene) -> list[Rated]:
    """Return the statements that the form does not have."""
    return [one for one in scene.wording.rated if known(one.competencies, scene) and not scene.has(one.unless)]


def _is_of_conduct(scene: Scene, rated: Sequence[Block]) -> bool:
    """Tell whether at least half of what is rated is how people work, and not which machines they know."""
    about = [block for block in rated if _row_of(scene, block.text) or _is_statement(scene, block)]
    return bool(rated) and len(about) * 2 >= len(rated)


def _last(scene: Scene, rated: Sequence[Block]) -> Block | None:
    by_id = scene.task.document.by_id
    open_rows = [b for b in rated if not b.closed and (row := scene.row(b)) and not is_total(row, by_id)]
    first = open_rows[0].place if open_rows else None
    same = [b for b in open_rows if first and b.place and b.place.table == first.table]
    return same[-1] if same else None


def _row_of(scene: Scene, text: str) -> Behaviour | None:
    """Return the behaviours whose words come first in a statement."""
    found = [(match.start(), row) for row in scene.wording.behaviours if (match := row.cue.search(text))]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _rated(scene: Scene) -> Iterator[Block]:
    """Yield the cells that name what is rated, where nothing beside them describes it."""
    for block in scene.blocks:
        table = scene.tables.get(block.place.table) if block.place else None
        if table and scene.is_data(block) and scene.column(block) == "criterion" and _only_rates(scene, table):
            yield block


def _only_rates(scene: Scene, table: Table) -> bool:
    roles = set(scene.columns(table))
    return "description" not in roles and bool(roles & {"rating", "anchor"})


def _candidate(scene: Scene, block: Block, row: Behaviour) -> Candidate | None:
    fitting = scene.variants(row.append, {})
    if not fitting or block.closed:
        return None
    chosen, filled = scene.choose(fitting, row.id + block.text)
    choices = known(chosen.competencies or row.competencies, scene)
    operation = _operation(scene, block, filled, choices)
    if operation is None:
        return None
    standards = row.standards if chosen.standards is None else chosen.standards
    return _of_row(scene, block, operation, f"statement-{row.id}", _FIRST.index(row.id), choices, standards)


def _new_row(scene: Scene, block: Block, one: Rated, order: int) -> Candidate | None:
    fitting = scene.variants(one.texts, {})
    choices = known(one.competencies, scene)
    operation = _operation(scene, block, fitting[0][1], choices) if fitting and not block.closed else None
    return _of_row(scene, block, operation, f"rated-{one.id}", 1 + order, choices, one.standards) if operation else None


def _operation(scene: Scene, block: Block, text: Text, choices: Sequence[str]) -> InsertRowAfter | None:
    """Return the new row: the statement in the form of its neighbours, boxes to tick as they are, the rest empty."""
    row = scene.row(block)
    if row is None or block.place is None or not choices:
        return None
    voice = spoken_as(scene, block)
    spoken = standing(text, voice, scene.wording) if voice else None
    if not spoken:
        return None
    between = scene.wording.colon if _names(scene, block) else _between(scene, block)
    words = f"{scene.competency(choices[0]).name}{between}{_small(spoken)}"
    words = words if between else as_item(spoken, block.text)
    roles = scene.columns(scene.tables[block.place.table], row)
    texts = scene.cell_texts(row)
    cells = tuple(
        words if role == "criterion" else text if _BOX.fullmatch(text) else ""
        for role, text in zip(roles, texts, strict=False)
    )
    return InsertRowAfter(op="insert_row_after", block=block.id, cells=cells, comment=scene.wording.scored_row)


def _between(scene: Scene, block: Block) -> str:
    """Return what stands between name and description ("Quality – work is accurate") where most cells have both."""
    texts: Sequence[str] = [block.text, *scene.neighbours(block)]
    marks = Counter(found[1] for text in texts if (found := _NAMED.match(text.strip())))
    most = marks.most_common(1)
    return most[0][0] if most and most[0][1] * 2 > len(texts) else ""


def spoken_as(scene: Scene, block: Block) -> Voice | None:
    """Return the voice of rated statements: the third person, with the subject that most of them begin with.

    None where people speak of themselves in a language whose sentences the library has in no such form.
    """
    german = scene.wording.capital_nouns
    texts = [block.text, *scene.neighbours(block)]
    if sum(bool(_OF_ITSELF.match(text.strip(" …."))) for text in texts) * 2 > len(texts):
        return Voice("base", "I") if scene.wording.language == "en" else None
    subject = Counter(" ".join(text.split()[:2]) for text in texts if len(text.split()) > SUBJECT_WORDS).most_common(1)
    shared = subject[0][0] if subject and subject[0][1] * 2 > len(texts) and subject[0][1] > 1 else ""
    return Voice("third", prefix=shared, german=german)


def _of_row(
    scene: Scene,
    block: Block,
    operation: InsertRowAfter,
    family: str,
    rank: int,
    choices: tuple[str, ...],
    standards: tuple[str, ...],
) -> Candidate:
    return Candidate(
        family=family,
        rank=rank,
        choices=choices,
        operation=operation,
        reason=scene.wording.behaviour_reasons["row"],
        evidence=block.text.strip(),
        evidence_block=block,
        standards=standards,
        certainty="needs context",
        order=_order(scene, block),
        fixed=True,
    )


def _order(scene: Scene, block: Block) -> int:
    return scene.blocks.index(block)


def _names(scene: Scene, block: Block) -> bool:
    """Tell whether most cells of the column are names ("Efficiency") and not statements."""
    texts: Sequence[str] = [block.text, *scene.neighbours(block)]
    return sum(len(text.split()) <= _LONGEST_NAME for text in texts) * 2 > len(texts) and not _is_statement(
        scene, block
    )


def _is_statement(scene: Scene, block: Block) -> bool:
    voice = scene.voice(block)
    continues = block.text[:1].islower()  # after "The person …"
    return continues or bool(_OF_ITSELF.match(block.text)) or (voice is not None and voice.form == "third")


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
