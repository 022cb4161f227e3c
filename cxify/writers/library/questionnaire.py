"""Questionnaires: what lines with a scale lack is said in a comment; a list of open questions gains one or two."""

import re
from collections.abc import Iterator

from cxify.document import Block
from cxify.proposal import InsertAfter
from cxify.writers.library.candidate import Candidate, Found, known, remark
from cxify.writers.library.counting import end_of_count
from cxify.writers.library.joining import as_item, in_list, is_item
from cxify.writers.library.scene import Scene
from cxify.writers.library.statements import missing, spoken_as
from cxify.writers.library.voice import Voice, standing

_STEP = r"[(\[]?(?:\d{1,2}|[☐□◻▢○◯])[)\]]?"
_SCALE = re.compile(rf"(?:\t|\s{{2,}}|\s(?=[☐□◻▢○◯])){_STEP}(?:[\s|/·–-]+{_STEP}){{2,}}\s*$")
_OF_OTHERS = re.compile(
    r"\b(?:others?|team|colleagues|together|ander\w*|Kolleg\w+|gemeinsam|autres|collègues|équipe|collega\w*|samen"
    r"|compañer\w+|equipo)\b",
    re.IGNORECASE,
)
FEWEST = 3
"""As many statements make a questionnaire."""
MANY = 5
"""As many open questions take two more."""


def lines(scene: Scene) -> Found:
    """Say which statement is missing; a program cannot add one without copying a scale."""
    rated = [block for block in scene.blocks if block.type != "heading" and _SCALE.search(block.text)]
    if len(rated) < FEWEST:
        return Found()
    statements = scene.wording.quotes_between.join(_spoken(scene, rated[0]))
    comment = scene.wording.rated_line.format(statements=statements)
    reason = scene.wording.behaviour_reasons["row"]
    return Found(comments=(remark(_last_of_group(scene, rated), comment, reason),)) if statements else Found()


def _spoken(scene: Scene, like: Block) -> Iterator[str]:
    voice = spoken_as(scene, like) or Voice("third", german=scene.wording.capital_nouns)
    for one in missing(scene):
        fitting = scene.variants(one.texts, {})
        if fitting and (words := standing(fitting[0][1], voice, scene.wording)):
            yield f"{words}." if not is_item(like.text) and "." in like.text else words


def _last_of_group(scene: Scene, rated: list[Block]) -> Block:
    title = scene.titles.get(rated[0].id)
    return [block for block in rated if scene.titles.get(block.id) == title][-1]


def open_questions(scene: Scene) -> Found:
    """Ask for what was passed on and what others needed, beside the questions on working with others."""
    asked = [block for block in scene.blocks if _is_open_question(scene, block)]
    if len(asked) < FEWEST:
        return Found()
    together = [block for block in asked if _OF_OTHERS.search(block.text)]
    first = [block for block in asked if scene.titles.get(block.id) == scene.titles.get(asked[0].id)]
    place = end_of_count(scene, (together or first)[-1])
    candidates = _questions(scene, place)
    return Found(candidates=tuple(candidates)[: 2 if len(asked) >= MANY else 1])


def _is_open_question(scene: Scene, block: Block) -> bool:
    return in_list(block) and scene.is_running(block) and not block.closed and block.text.rstrip().endswith("?")


def _questions(scene: Scene, place: Block) -> Iterator[Candidate]:
    lacking = [one for one in scene.wording.open_questions if not scene.has(one.unless)]
    for order, one in enumerate(one for one in lacking if known(one.competencies, scene)):
        if fitting := scene.variants(one.texts, {}):
            words = fitting[0][1].text or fitting[0][1].base
            yield Candidate(
                family=f"open-{one.id}",
                rank=order,
                choices=known(one.competencies, scene),
                operation=InsertAfter(op="insert_after", block=place.id, text=as_item(words, place.text, order + 1)),
                reason=scene.wording.behaviour_reasons["question"],
                evidence=place.text.strip(),
                evidence_block=place,
                standards=one.standards,
                certainty="needs context",
                order=6_000 + order,
            )
