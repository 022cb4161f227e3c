"""Behaviours that are rated or expected: traits give way to what can be seen; other descriptions gain one action."""

import re
from collections.abc import Iterator

from cxify.document import Block
from cxify.proposal import Append, InsertAfter, Replace
from cxify.writers.library.candidate import Candidate, Found, known
from cxify.writers.library.joining import fitted
from cxify.writers.library.scene import Scene
from cxify.writers.library.voice import Voice, bare, standing
from cxify.writers.library.wording import Behaviour, Text

_NEAR = (
    "customer-focus",
    "communication",
    "problems",
    "leadership",
)  # rows in which a reader looks for customer experience
_LONGEST_NAME = 4
"""Words of a quality that is only named: “sens du service public”."""
_LABELLED = re.compile(
    r"^(?P<label>[A-ZÀ-ÖØ-Þ][\w &/,’'-]{2,40})(?:[\u00a0\u202f ]?:| [–—-])\s+(?P<rest>\S.*)$", re.DOTALL
)


def behaviours(scene: Scene, *roles: str) -> Found:
    """Find descriptions of expected behaviour that can be made observable."""
    found = Found()
    for order, block in enumerate(_places(scene, roles)):
        named = _name_and_description(scene, block)
        if named and scene.editable(block):
            found += _one(scene, block, *named, order)
    return found


def described(scene: Scene, block: Block, order: int) -> Found:
    """Find what can be made observable in a block that is known to describe behaviour."""
    return _one(scene, block, "", block.text.strip(), order)


def _places(scene: Scene, roles: tuple[str, ...]) -> Iterator[Block]:
    """Yield the blocks of these sections, and in a review form every row of a rated table."""
    for block in scene.blocks:
        if block.type == "heading":
            continue
        rated = scene.task.document.kind == "review_form" and scene.is_data(block)
        if scene.role(block) in roles or (rated and scene.role(block) not in ("objectives", "measures")):
            yield block


def _name_and_description(scene: Scene, block: Block) -> tuple[str, str] | None:
    """Return the criterion's name and its description; the name is "" where the block has none."""
    if scene.is_running(block):
        if scene.task.document.kind == "review_form" and block.type != "list_item":
            return None
        match = _LABELLED.match(block.text.strip())
        return (match["label"], match["rest"]) if match else ("", block.text.strip())
    row = scene.row(block)
    table = scene.tables.get(block.place.table) if block.place else None
    if row is None or table is None or not scene.is_data(block):
        return None
    roles = scene.columns(table, row)
    role = scene.column(block)
    if role == "description" or (role == "criterion" and "description" not in roles):
        cells = scene.cell_texts(row)
        name = cells[roles.index("criterion")] if "criterion" in roles else cells[0]
        return (name if role == "description" else "", block.text.strip())
    return None


def _lists_names(description: str) -> bool:
    """Tell whether a line only names qualities ("Leadership, discretion, patience"): no sentence can continue it."""
    names = [part for part in re.split(r"[,;•]|\s[–-]\s", description.strip(" .")) if part.strip()]
    return len(names) > 1 and all(len(name.split()) <= _LONGEST_NAME for name in names)


def _one(scene: Scene, block: Block, name: str, description: str, order: int) -> Found:
    if len(description.split()) < 2 or (scene.task.document.kind != "review_form" and _lists_names(description)):
        return Found()
    row = row_for(scene, name, description)
    if row is None or not known(row.competencies, scene):
        return Found()
    spoken = scene.voice(block) or (Voice(scene.wording.unspoken) if scene.wording.unspoken else None)
    if spoken is None:
        return Found()
    if only_traits(description, scene) and not block.spans:
        return _replace(scene, block, row, description, spoken, order)
    if scene.is_running(block) and spoken.form == "gerund" and len(bare(description).split()) <= _LONGEST_NAME:
        return Found()  # "Communicating and Influencing" names a behaviour that is described elsewhere
    return _append(scene, block, row, spoken, order)


def row_for(scene: Scene, name: str, description: str) -> Behaviour | None:
    """Return the behaviours that belong to a criterion, by its name or else its description."""
    found = (row for text in (name, description) if text for row in scene.wording.behaviours if row.cue.search(text))
    return next(found, None) or _for_traits(scene, description)


def _for_traits(scene: Scene, description: str) -> Behaviour | None:
    """Return the row about conduct for a description that is nothing but traits."""
    return (
        next((row for row in scene.wording.behaviours if row.id == "attitude"), None)
        if only_traits(description, scene)
        else None
    )


def only_traits(text: str, scene: Scene) -> bool:
    """Tell whether every clause is a trait, an effort or a style, so that nothing else would be lost."""
    clauses = [clause for clause in re.split(rf"[,;.]|\b{scene.wording.conjunction.strip()}\b", text) if clause.strip()]
    traits, filler = scene.wording.traits, scene.wording.filler
    left = [re.sub(r"[\W_]", "", filler.sub("", traits.sub("", clause))) for clause in clauses]
    return bool(clauses) and not any(left) and any(traits.search(clause) for clause in clauses)


def _replace(scene: Scene, block: Block, row: Behaviour, description: str, spoken: Voice, order: int) -> Found:
    fitting = scene.variants(row.replace, {})
    if not fitting:
        return Found()
    chosen, filled = scene.choose(fitting, row.id + block.text)
    new = standing(filled, spoken, scene.wording)
    if new is None:
        return Found()
    stop = "." if description.rstrip().endswith(".") or ". " in new else ""
    operation = Replace(op="replace", block=block.id, old=description, new=new + stop)
    return Found(candidates=(_candidate(scene, block, row, chosen, operation, "replace", description, order),))


def _append(scene: Scene, block: Block, row: Behaviour, spoken: Voice, order: int) -> Found:
    fitting = scene.variants(row.append, {})
    if not fitting:
        return Found()
    chosen, filled = scene.choose(fitting, row.id + block.text)
    joined = fitted(block.text, filled, spoken, scene.wording, inline=not scene.is_running(block))
    if joined is None or (joined.after and block.closed):
        return Found()
    operation: Append | InsertAfter = (
        InsertAfter(op="insert_after", block=block.id, text=joined.text)
        if joined.after
        else Append(op="append", block=block.id, text=joined.text)
    )
    return Found(candidates=(_candidate(scene, block, row, chosen, operation, "append", bare(block.text), order),))


def _candidate(
    scene: Scene,
    block: Block,
    row: Behaviour,
    chosen: Text,
    operation: Append | InsertAfter | Replace,
    how: str,
    evidence: str,
    order: int,
) -> Candidate:
    return Candidate(
        family=f"behaviour-{row.id}",
        rank=0 if how == "replace" else 1 if row.id == "teamwork" else 2 if row.id in _NEAR else 3,
        choices=known(chosen.competencies or row.competencies, scene),
        operation=operation,
        reason=scene.wording.behaviour_reasons["replace" if how == "replace" else "append"],
        evidence=evidence,
        evidence_block=block,
        standards=row.standards if chosen.standards is None else chosen.standards,
        order=order,
    )
