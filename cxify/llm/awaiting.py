"""Ask everything that can be asked at once, also when answers come in a batch and not now."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from cxify.errors import AnswerAwaited

T = TypeVar("T")


def all_of(questions: Iterable[Callable[[], T]]) -> list[T]:
    """Return what the questions give, in order; where answers are awaited, the rest is asked before that is raised.

    Questions that do not depend on each other then take one batch together and not one each.
    """
    answers: list[T] = []
    awaited: AnswerAwaited | None = None
    for question in questions:
        try:
            answers.append(question())
        except AnswerAwaited as error:
            awaited = awaited or error
    if awaited:
        raise awaited
    return answers
