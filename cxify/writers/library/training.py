"""Training outlines: existing modules and aims carry the customer's side; no module is added."""

from collections.abc import Container, Sequence

from cxify.document import Block
from cxify.proposal import Append, Declined, InsertAfter, Operation
from cxify.writers.library.candidate import Candidate, Found, known
from cxify.writers.library.joining import as_item
from cxify.writers.library.scene import Scene
from cxify.writers.library.steps import filled, step_candidate
from cxify.writers.library.voice import Voice, sentence, standing
from cxify.writers.library.wording import Step

FEWEST_WORDS = 4
CONTENT = ("topic", "description")


def training(scene: Scene, taken: Container[str], *roles: str) -> Found:
    """Weave cases and standards into existing modules; each step goes to the module that suits it best."""
    modules = [block for block in scene.blocks if block.id not in taken and _is_module(scene, block, roles)]
    blocks = [block for block in modules if not _is_done(scene, block)]
    if len(modules) - len(blocks) > 1:
        return Found(declined=(Declined(reason=scene.wording.declined["training_done"]),))
    used: dict[str, Candidate] = {}
    for step in scene.wording.training:
        free = [block for block in blocks if block.id not in used]
        for block in _best_modules(scene, step, free)[:1]:
            if candidate := _module(scene, step, block, blocks.index(block)):
                used[block.id] = candidate
    found = Found(candidates=tuple(used.values()))
    return found if len(used) > 1 else found + _any_modules(scene, blocks, found)


def _best_modules(scene: Scene, step: Step, blocks: Sequence[Block]) -> list[Block]:
    """Return the modules that a step suits: those that name its subject first, then those whose heading does."""
    own = [block for block in blocks if step.first and step.first.search(block.text)]
    named = [block for block in blocks if step.cue and step.cue.search(block.text)]
    below = [block for block in blocks if step.cue and step.cue.search(_subject(scene, block))]
    return list(dict.fromkeys((*own, *named, *below)))


def _subject(scene: Scene, block: Block) -> str:
    """Return the heading above a module, or what its row says about it in other cells."""
    row, table = scene.row(block), scene.tables.get(block.place.table) if block.place else None
    if row is None or table is None or scene.is_running(block):
        return scene.titles.get(block.id, "") if scene.is_running(block) else ""
    cells = zip(scene.columns(table, row), scene.cell_texts(row), strict=False)
    return " ".join(text for role, text in cells if role in CONTENT)


def _any_modules(scene: Scene, blocks: Sequence[Block], found: Found) -> Found:
    """Give the fullest modules what suits every subject, so that customer experience stands in more than one."""
    taken = {candidate.block for candidate in found.candidates}
    rest = [block for block in blocks if block.id not in taken and len(block.text.split()) >= FEWEST_WORDS]
    fullest = sorted(rest, key=lambda block: -len(block.text.split()))
    candidates = []
    for block, step in zip(fullest, scene.wording.training_any, strict=False):
        if candidate := _module(scene, step, block, blocks.index(block)):
            candidates.append(candidate)
    return Found(candidates=tuple(candidates))


def _is_module(scene: Scene, block: Block, roles: tuple[str, ...]) -> bool:
    if not scene.editable(block) or block.type == "heading" or len(block.text.split()) < 2:
        return False
    skipped = scene.wording.training_skip
    if skipped and (skipped.search(block.text) or skipped.search(_name_of_module(scene, block))):
        return False
    if not scene.is_running(block):
        return scene.is_data(block) and scene.column(block) in CONTENT and _is_fullest(scene, block)
    return scene.role(block) in roles


def _is_done(scene: Scene, block: Block) -> bool:
    done = scene.wording.training_done
    return bool(done and done.search(block.text))


def _name_of_module(scene: Scene, block: Block) -> str:
    """Return the heading above a module, or the first cell of its row."""
    row = scene.row(block)
    if row is not None and not scene.is_running(block):
        return " ".join(scene.cell_texts(row)[:1])
    return scene.titles.get(block.id, "")


def _is_fullest(scene: Scene, block: Block) -> bool:
    """Tell whether no other cell of the row says more about the module; the later of two as long describes it."""
    row = scene.row(block)
    if row is None or block.place is None or block.place.table not in scene.tables:
        return False
    own = len(block.text.split())
    cells = zip(scene.columns(scene.tables[block.place.table], row), scene.cell_texts(row), strict=False)
    others = ((number, len(text.split())) for number, (role, text) in enumerate(cells, 1) if role in CONTENT)
    return all(words < own + (number <= block.place.cell) for number, words in others)


def _module(scene: Scene, step: Step, block: Block, order: int) -> Candidate | None:
    chosen = filled(scene, step, step.texts, block.text)
    new = sentence(chosen[1], _exercise(scene), scene.wording) if chosen else None
    if chosen is None or new is None:
        return None
    text = block.text.rstrip()
    if text[-1] in ";,:":
        return None
    operation = Append(op="append", block=block.id, text=f" {new}." if text[-1] in ".!?" else f". {new}")
    return step_candidate(scene, step, chosen[0], block, operation, rank=0, order=order)


def _exercise(scene: Scene) -> Voice:
    """Exercises are written as instructions, whatever the form of the module's title."""
    return Voice("base", german=scene.wording.capital_nouns)


def aims(scene: Scene, *roles: str) -> Found:
    """Say in the aims what participants do differently for the people they serve."""
    texts = scene.wording.training_aims
    blocks = [
        block
        for block in scene.in_roles(*roles)
        if not block.closed and scene.is_running(block) and _is_sentence(block)
    ]
    if any(_is_done(scene, block) for block in blocks):
        return Found()
    fitting = scene.variants(texts.texts, {})
    if blocks and blocks[-1].type == "paragraph" and scene.editable(blocks[-1]):
        return _aim_in_prose(scene, blocks[-1])
    spoken = scene.voice(blocks[-1]) if blocks else None
    if spoken is None or not fitting:
        return Found()
    block = _end_of_list(scene, blocks[-1], roles)
    _, filled = scene.choose(fitting, block.text)
    new = standing(filled, spoken, scene.wording)
    if new is None:
        return Found()
    operation = InsertAfter(op="insert_after", block=block.id, text=as_item(new, block.text))
    return Found(candidates=(_aim(scene, block, operation),))


def _end_of_list(scene: Scene, block: Block, roles: Sequence[str]) -> Block:
    """Return the last item of the list that a block stands in, also one of few words."""
    items = [one for one in scene.in_roles(*roles) if one.type == "list_item" and not one.closed]
    same = [one for one in items if scene.titles.get(one.id) == scene.titles.get(block.id)]
    return same[-1] if block in same else block


def _aim_in_prose(scene: Scene, block: Block) -> Found:
    """Continue a paragraph that states the aim with what others notice of it."""
    texts = scene.wording.training_aims
    fitting = scene.variants(texts.prose, {})
    if not fitting or not block.text.rstrip().endswith("."):
        return Found()
    _, filled = scene.choose(fitting, block.text)
    return Found(candidates=(_aim(scene, block, Append(op="append", block=block.id, text=f" {filled.text}")),))


def _aim(scene: Scene, block: Block, operation: Operation) -> Candidate:
    texts = scene.wording.training_aims
    return Candidate(
        family="training-aims",
        rank=1,
        choices=known(texts.competencies, scene),
        operation=operation,
        reason=texts.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=texts.standards,
        order=-1,
    )


def _is_sentence(block: Block) -> bool:
    return len(block.text.split()) > 2 and not block.text.rstrip().endswith(":")
