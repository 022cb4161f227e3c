"""Statements that are rated one a row: they stay as they are, and one or two new rows stand among them."""

from collections.abc import Iterator, Sequence

from cxify.document import Block, Table
from cxify.proposal import InsertRowAfter
from cxify.writers.library.candidate import Candidate, Found, known
from cxify.writers.library.scene import Scene
from cxify.writers.library.voice import Voice, standing
from cxify.writers.library.wording import Behaviour

_FIRST = ("teamwork", "customer-focus", "people", "communication")
"""Rows after which a reader expects a statement on customer experience."""
_LONGEST_NAME = 4
MOST = 2


def statements(scene: Scene) -> Found:
    """Propose a statement for the criteria that deal with other people, in tables without descriptions."""
    candidates: dict[str, Candidate] = {}
    for block in _rated(scene):
        row = _row_of(scene, scene.titles.get(block.id, "")) or _row_of(scene, block.text)
        if row and row.id in _FIRST and (found := _candidate(scene, block, row)):
            candidates[row.id] = found
    best = sorted(candidates.values(), key=lambda candidate: candidate.rank)[:MOST]
    return Found(candidates=tuple(best))


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
    choices = known(row.competencies, scene)
    table_row = scene.row(block)
    if not fitting or not choices or table_row is None or block.closed:
        return None
    chosen, filled = scene.choose(fitting, row.id + block.text)
    choices = known(chosen.competencies or row.competencies, scene)
    spoken = standing(filled, Voice("third", german=scene.wording.capital_nouns), scene.wording)
    if not spoken:
        return None
    words = (
        f"{scene.competency(choices[0]).name}{scene.wording.colon}{_small(spoken)}" if _names(scene, block) else spoken
    )
    roles = scene.columns(scene.tables[block.place.table], table_row) if block.place else []
    cells = tuple(words if role == "criterion" else "" for role in roles)
    return Candidate(
        family=f"statement-{row.id}",
        rank=_FIRST.index(row.id),
        choices=choices,
        operation=InsertRowAfter(op="insert_row_after", block=block.id, cells=cells, comment=scene.wording.scored_row),
        reason=scene.wording.behaviour_reasons["row"],
        evidence=block.text.strip(),
        evidence_block=block,
        standards=row.standards if chosen.standards is None else chosen.standards,
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
    return voice is not None and voice.form == "third"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
