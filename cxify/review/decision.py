"""What people decide on suggestions, and how each suggestion stands after that. Nothing is accepted beforehand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from cxify.errors import BadEdits
from cxify.proposal import Append, Comment, InsertAfter, InsertRowAfter, Operation, Replace
from cxify.provenance import Record

Action = Literal["accept", "reject", "undo", "edit", "comment", "reword"]
State = Literal["open", "accepted", "rejected", "edited"]

_STATES: Final[dict[Action, State]] = {"accept": "accepted", "reject": "rejected", "edit": "edited", "reword": "edited"}


@dataclass(frozen=True)
class Decision:
    """One step of one person on one suggestion; steps are only ever added, and `undo` takes the last one back.

    `text` (`cells` for a table row) is the wording of `edit` and `reword` and the words of `comment`; `at` is ISO 8601
    in UTC ending in Z.
    """

    suggestion: int
    action: Action
    text: str = ""
    cells: tuple[str, ...] = ()
    person: str = ""
    at: str = ""


@dataclass(frozen=True)
class Standing:
    """How a suggestion stands: its state, its operation, who decided when, and people's comments on it."""

    state: State
    operation: Operation
    """As decided; `proposed` as it was first suggested."""
    proposed: Operation
    decided: Decision | None = None
    comments: tuple[Decision, ...] = ()

    @property
    def stands(self) -> bool:
        """True when a person has accepted it, as it was or in another wording."""
        return self.state in ("accepted", "edited")


def standings(record: Record, decisions: Iterable[Decision]) -> tuple[Standing, ...]:
    """Return how each of the record's edits stands, in their order. Raises BadEdits for an unknown suggestion."""
    steps: dict[int, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if not 0 <= decision.suggestion < len(record.edits):
            raise BadEdits(
                f"The document has no suggestion {decision.suggestion}.", "Reload the page and decide again."
            )
        own = steps[decision.suggestion]
        if decision.action != "undo":
            own.append(decision)
        elif own:
            own.pop()
    return tuple(_standing(edit.operation, steps.get(number, [])) for number, edit in enumerate(record.edits))


def _standing(operation: Operation, steps: list[Decision]) -> Standing:
    comments = tuple(step for step in steps if step.action == "comment")
    last = next((step for step in reversed(steps) if step.action in _STATES), None)
    if last is None:
        return Standing("open", operation, operation, None, comments)
    worded = with_wording(operation, last.text, last.cells) if last.action in ("edit", "reword") else operation
    return Standing(_STATES[last.action], worded, operation, last, comments)


def with_wording(operation: Operation, text: str, cells: tuple[str, ...] = ()) -> Operation:
    """Return the operation with other words in the same place; a row whose cells are not given takes one line a cell.

    Raises BadEdits where the words do not fit the operation.
    """
    match operation:
        case Replace():
            return operation.model_copy(update={"new": text})
        case InsertRowAfter(cells=old):
            return operation.model_copy(update={"cells": _cells(old, text, cells)})
        case Append() | InsertAfter() if text.strip():
            return operation.model_copy(update={"text": text})
        case Comment() if text.strip():
            return operation.model_copy(update={"comment": text})
    raise BadEdits("The new wording is empty.", "Write it, or reject the suggestion.")


def _cells(old: tuple[str, ...], text: str, cells: tuple[str, ...]) -> tuple[str, ...]:
    given = cells or tuple(text.split("\n"))
    if len(given) != len(old):
        raise BadEdits(f"The row has {len(old)} cells, and {len(given)} texts were given.", "Give one text per cell.")
    if not any(cell.strip() for cell in given):
        raise BadEdits("The new wording is empty.", "Write it, or reject the suggestion.")
    return given
