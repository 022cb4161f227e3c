"""Blank forms for goals and development: a line of guidance for whoever fills them in; what is blank stays blank."""

from collections.abc import Iterator

from cxify.document import Block
from cxify.proposal import Append, Proposed
from cxify.writers.library.candidate import Candidate, Found, at_level, known, remark
from cxify.writers.library.scene import Scene
from cxify.writers.library.wording import Guidance

TITLE_LINES = 3
LONGEST_TITLE = 12


def guidance(scene: Scene) -> Found:
    """Continue the instructions of a form with what a goal or need may come from; where it has none, comment."""
    form = _form(scene)
    if form is None or (form.unless and scene.has(form.unless)):
        return Found()
    block = next((one for one in _instructions(scene) if form.cue.search(one.text)), None)
    fitting = scene.variants(form.texts, {})
    if block is None or not fitting:
        return Found(comments=tuple(_beside(scene, form)))
    _, filled = scene.choose(fitting, form.id + block.text)
    candidate = Candidate(
        family=f"guidance-{form.id}",
        rank=1,
        choices=known(form.competencies, scene),
        operation=Append(op="append", block=block.id, text=f" {filled.text}", comment=form.example),
        reason=form.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=form.standards,
        fixed=True,
    )
    return Found(candidates=(candidate,))


def _form(scene: Scene) -> Guidance | None:
    """Return what the form is for: what its title says, else its headings and the headers of its tables."""
    top = [block.text for block in scene.blocks[:TITLE_LINES] if len(block.text.split()) <= LONGEST_TITLE]
    names = [block.text for block in scene.headings()]
    names += [title for grid in scene.grids.values() for title in grid.titles.values()]
    found = (
        form
        for lines in (top, names)
        for form in scene.wording.guidance
        if any(form.topic.search(line) for line in lines)
    )
    return next(found, None)


def _instructions(scene: Scene) -> Iterator[Block]:
    """Yield sentences that tell how to fill in the form."""
    for block in scene.blocks:
        said = block.text.rstrip().endswith(".") and block.type != "heading"
        if said and scene.is_running(block) and scene.editable(block) and not block.spans:
            yield block


def _beside(scene: Scene, form: Guidance) -> Iterator[Proposed]:
    """Yield the example as a comment on the column or heading that it is about."""
    titled = [
        block for block in scene.blocks if form.topic.search(block.text) and len(block.text.split()) <= LONGEST_TITLE
    ]
    if titled:
        yield remark(
            titled[-1], form.example, form.reason, competencies=_at_level(scene, form), standards=form.standards
        )


def _at_level(scene: Scene, form: Guidance) -> list[str]:
    return [at_level(id, scene) for id in known(form.competencies, scene)[:1]]
