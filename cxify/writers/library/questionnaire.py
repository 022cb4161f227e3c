"""Questionnaires whose scale stands in the line of each statement: what is missing is said in a comment."""

import re
from collections.abc import Iterator

from cxify.document import Block
from cxify.writers.library.candidate import Found, remark
from cxify.writers.library.joining import is_item
from cxify.writers.library.scene import Scene
from cxify.writers.library.statements import missing, spoken_as
from cxify.writers.library.voice import Voice, standing

_STEP = r"[(\[]?(?:\d{1,2}|[☐□◻▢○◯])[)\]]?"
_SCALE = re.compile(rf"(?:\t|\s{{2,}}|\s(?=[☐□◻▢○◯])){_STEP}(?:[\s|/·–-]+{_STEP}){{2,}}\s*$")
FEWEST = 3
"""As many statements make a questionnaire."""


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
