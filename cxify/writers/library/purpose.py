"""The purpose: one sentence on who receives the work and what they notice of it."""

import re
from collections.abc import Iterator, Sequence

from cxify import sieve
from cxify.document import Block
from cxify.profile import first_gender
from cxify.proposal import Append, Declined, InsertAfter, Question
from cxify.writers.library.candidate import Candidate, Found, known
from cxify.writers.library.joining import is_item
from cxify.writers.library.scene import Scene
from cxify.writers.library.slots import clean
from cxify.writers.library.voice import LABEL, typed_number
from cxify.writers.library.wording import Outcome

FEWEST_WORDS = 7
FEWEST_OF_SENTENCE = 12
_FRAGMENT = re.compile(r"^\s*[a-zà-öø-ÿ]|\bzu besetzen\b|\bsuchen wir\b|\b\d+ (?:Stunden|uur|heures|horas)\b")
"""Half a sentence that goes on from the line above, or facts such as hours and dates, open no document."""
_WHOLE_TRADE = 20.0
ENOUGH = 2000  # characters of the duties that are looked at


def purpose(scene: Scene, *roles: str, first: str = "") -> Found:
    """Find the place for the purpose sentence, of the competency `first` if it can; ask where nobody is served."""
    texts = scene.wording
    block = _place(scene, roles)
    new = sentence_for(scene)
    if block is None or new is None:
        return Found()
    if _says_it_already(scene, block):
        return Found(declined=(Declined(block=block.id, reason=texts.declined["already"]),))
    asked = (
        () if scene.served or scene.task.profile.questions else (Question(block=block.id, text=texts.purpose.missing),)
    )
    candidate = Candidate(
        family="purpose",
        rank=0,
        choices=tuple(sorted(choices(scene), key=lambda id: id != first)),
        operation=_operation(scene, block, new),
        reason=texts.purpose.reason,
        evidence=block.text.strip(),
        evidence_block=block,
        standards=texts.purpose.standards,
        certainty="strong" if scene.served else "needs context",
        questions=asked,
        order=-1,
        fixed=True,
    )
    return Found(candidates=(candidate,))


def _operation(scene: Scene, block: Block, new: str) -> Append | InsertAfter:
    """Continue the paragraph; after one that may not change, the sentence becomes a paragraph of its own."""
    if not scene.editable(block):
        return InsertAfter(op="insert_after", block=block.id, text=new)
    gap = " " if block.text.rstrip()[-1:] in ".!?" else ". "
    return Append(op="append", block=block.id, text=gap + new)


def _place(scene: Scene, roles: tuple[str, ...]) -> Block | None:
    prose = [
        block
        for role in roles
        for block in scene.in_roles(role)
        if block.type == "paragraph" and scene.is_running(block) and not block.closed and _is_prose(block)
    ]
    prose = prose or _opening(scene)
    in_best = [block for block in prose if scene.role(block) == scene.role(prose[0])]
    own = [block for block in in_best if scene.editable(block)]
    unnumbered = [block for block in in_best if not typed_number(block.text)]
    return next(reversed(own or unnumbered), None)


def _opening(scene: Scene) -> list[Block]:
    """Return the paragraph that opens a document without a part for its purpose."""
    for block in scene.blocks:
        if scene.role(block) == "duties":
            break
        prose = block.type == "paragraph" and scene.is_running(block) and _is_prose(block) and not _is_title(block)
        if prose and scene.editable(block):
            return [] if LABEL.match(block.text) or _FRAGMENT.search(block.text) else [block]
    return []


def _is_title(block: Block) -> bool:
    """Tell whether a line at the top names a job, perhaps in two languages, and says nothing of it."""
    return not block.text.rstrip().endswith(".") and len(block.text.split()) < FEWEST_OF_SENTENCE


def _is_prose(block: Block) -> bool:
    """Tell whether a sentence may follow: no list item, no call ("We need you!"), nothing that leads to a list."""
    text = block.text.strip()
    clause = "." in typed_number(text) and text.endswith(".")
    item = is_item(text) and not clause
    return len(text.split()) >= FEWEST_WORDS and not text.endswith((":", "!", "?")) and not item


def _says_it_already(scene: Scene, block: Block) -> bool:
    if not scene.wording.purpose.unless.search(block.text):
        return False
    return any(re.search(rf"\b{re.escape(people)}\b", block.text, re.IGNORECASE) for people in scene.served)


def choices(scene: Scene) -> tuple[str, ...]:
    """Return the competencies that a purpose sentence may serve, best first for the role."""
    texts, relationship = scene.wording.purpose, scene.task.profile.relationship
    by_relationship = {"internal": texts.internal, "enabler": texts.enabler}
    first = str(relationship[0]) if relationship else ""
    return known(by_relationship.get(first, texts.competencies), scene)


def sentence_for(scene: Scene) -> str | None:
    """Return the sentence for the role, with the organisation's own why where it has one; None if no family fits."""
    given = {"object": _object(scene)}
    if scene.task.profile.relationship[:1] == ("external",) and "outside" not in scene.slots:
        given |= {"Served": "", "First": ""}
    for outcome in _families(scene):
        if fitting := scene.variants(outcome.texts, given):
            _, filled = scene.choose(fitting, outcome.id)
            why = scene.framework.vision.why.strip()
            return f"{filled.text} {why}".strip()
    return None


def _object(scene: Scene) -> str:
    match = scene.wording.purpose.object.search(scene.text)
    return clean(match["object"]) if match else ""


def _families(scene: Scene) -> tuple[Outcome, ...]:
    if "ranked" not in scene.outcomes:
        scene.outcomes["ranked"] = tuple(_ranked(scene))
    return scene.outcomes["ranked"]


def _ranked(scene: Scene) -> list[Outcome]:
    """Return the families by how often the document meets their cue; title and purpose count more than duties."""
    duties = "\n".join(block.text for block in scene.in_roles("duties", "essential_functions"))
    texts = (
        first_gender((scene.task.profile.role or scene.task.document.title).lower()),
        "\n".join(block.text for block in scene.in_roles("purpose")).lower(),
        (duties or scene.text).lower()[:ENOUGH],
    )
    lowered = [sieve.lowered(text) for text in texts]
    possible = (outcome for outcome in scene.wording.outcomes if scene.level in outcome.levels)
    trade = _trade(scene, texts[0])
    ranked = [(_score(outcome, trade, *_sifted(outcome.cue, texts, lowered)), outcome) for outcome in possible]
    return [outcome for score, outcome in sorted(ranked, key=lambda pair: -pair[0]) if score > 0]


def _sifted(cue: sieve.LatePattern, texts: Sequence[str], lowered: Sequence[sieve.Sifted]) -> Iterator[str]:
    """Leave out the texts in which the cue cannot stand."""
    return (text if sieve.passes(cue, low) else "" for text, low in zip(texts, lowered, strict=True))


def _trade(scene: Scene, title: str) -> str:
    """Return the word of a title that names the trade; a caretaker of a school is no teacher."""
    head = scene.wording.purpose.head
    return found[0] if head and (found := head.search(title)) else ""


def _names_trade(outcome: Outcome, trade: str, title: str) -> bool:
    """Tell whether the cue is the trade in several words, "bus operator" or "ward clerk": then nothing else decides."""
    found = (match[0] for match in outcome.cue.finditer(title))
    return bool(trade) and len(outcome.levels) > 2 and any(words.endswith(trade) and " " in words for words in found)


def _score(outcome: Outcome, trade: str, title: str, purpose: str, duties: str) -> float:
    if not outcome.cue.pattern:
        return 0.01
    named = 9.0 if outcome.cue.search(title) else 0.0
    named *= 2 if trade and outcome.cue.search(trade) else 1
    named += _WHOLE_TRADE if _names_trade(outcome, trade, title) else 0.0
    return named + 3 * min(3, len(set(outcome.cue.findall(purpose)))) + min(5, len(set(outcome.cue.findall(duties))))
