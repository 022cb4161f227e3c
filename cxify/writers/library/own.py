"""An organisation's own competencies: their indicators take the place of the library's sentences."""

import re
from collections.abc import Mapping, Sequence

from cxify.document import Block
from cxify.framework import Competency
from cxify.proposal import InsertAfter
from cxify.writers.library.builtin import builtin
from cxify.writers.library.candidate import Candidate, Found, known
from cxify.writers.library.joining import as_item
from cxify.writers.library.scene import Scene
from cxify.writers.library.voice import NUMBERED, Voice
from cxify.writers.library.wording import Wording

_WORD = re.compile(r"[^\W\d_]{4,}")
_SECOND_VERB = re.compile(r"(?:,| and| or| und| oder) (?:then )?(\w+)")


def own_competencies(scene: Scene) -> list[Competency]:
    """Return the competencies of the profile whose indicators are not the built-in ones."""
    shipped = {competency.id: competency for competency in builtin(scene.wording.language).competencies}
    ids = [id.partition("@")[0] for id in scene.task.profile.competencies]
    chosen = [scene.competency(id) for id in known(ids, scene)]
    untranslated = _untranslated(scene)
    return [one for one in chosen if (one.id, one.levels) not in untranslated and _differs(one, shipped, scene.level)]


def _differs(competency: Competency, shipped: Mapping[str, Competency], level: int) -> bool:
    known = shipped.get(competency.id)
    return known is None or known.indicators(level) != competency.indicators(level)


def _untranslated(scene: Scene) -> list[tuple[str, object]]:
    """Return the competencies whose texts are in another language than the document: they are never inserted."""
    source = scene.task.framework
    if source.framework.locale.partition("-")[0] == scene.wording.language:
        return []
    return [(competency.id, competency.levels) for competency in source.competencies]


def indicators(scene: Scene, *roles: str) -> Found:
    """Place one indicator of each of the organisation's own competencies beside the duty that it fits best."""
    blocks = [
        block
        for block in scene.in_roles(*roles)
        if not block.closed
        and scene.is_running(block)
        and not NUMBERED.match(block.text)
        and len(block.text.split()) > 2
    ]
    candidates = []
    for order, competency in enumerate(own_competencies(scene)):
        if blocks:
            block, indicator = _best(blocks, competency.indicators(scene.level))
            text = spoken(indicator, scene.voice(block), scene.wording)
            text = as_item(text.rstrip("."), block.text)
            operation = InsertAfter(op="insert_after", block=block.id, text=text)
            candidates.append(_candidate(scene, competency, block, operation, order))
    return Found(candidates=tuple(candidates))


def _best(blocks: Sequence[Block], indicators: Sequence[str]) -> tuple[Block, str]:
    def alike(block: Block, indicator: str) -> int:
        return len(_stems(block.text) & _stems(indicator))

    pairs = [(block, indicator) for block in blocks for indicator in indicators]
    return max(pairs, key=lambda pair: alike(*pair))


def _stems(text: str) -> set[str]:
    return {word.lower()[:5] for word in _WORD.findall(text)}


def spoken(indicator: str, voice: Voice | None, wording: Wording) -> str:
    """Return the indicator in the document's voice where every verb of it is certain, else word for word."""
    if voice is None or voice.german or wording.grammar or (voice.form == "third" and not voice.prefix):
        return indicator
    base = {third: verb for verb, (third, *_) in wording.verbs.items()}
    first, _, rest = indicator.partition(" ")
    others = [word for word in _SECOND_VERB.findall(rest) if word.endswith("s")]
    if first.lower() not in base or "own " in rest or not all(word in base for word in others):
        return indicator

    def form(verb: str) -> str:
        return {"base": verb, "gerund": wording.verbs[verb][1], "third": wording.verbs[verb][0]}[voice.form]

    if voice.form not in ("base", "gerund", "third"):
        return indicator
    for word in others:
        rest = re.sub(rf"(?<=[ ,]){word}\b", form(base[word]), rest, count=1)
    opening = f"{voice.prefix} {form(base[first.lower()])}" if voice.prefix else form(base[first.lower()])
    return f"{opening[:1].upper()}{opening[1:]} {rest}"


def _candidate(scene: Scene, competency: Competency, block: Block, operation: InsertAfter, order: int) -> Candidate:
    return Candidate(
        family=f"own-{competency.id}",
        rank=0,
        choices=(competency.id,),
        operation=operation,
        reason=scene.wording.own_wording.format(competency=competency.name),
        evidence=block.text.strip(),
        evidence_block=block,
        order=order,
    )
