"""A person decides on a suggestion: weighed by the same rules, written down, and never changed afterwards."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, get_args

from cxify import store
from cxify.document import Finding
from cxify.errors import BadEdits, InputError
from cxify.proposal import Append, Operation
from cxify.review import Action, Alternative, Decision, printable
from cxify.store import decisions, journal, papers
from cxify.store.people import Person
from cxify.web.desk.opening import Opened, decided
from cxify.web.processing import review_tasks

if TYPE_CHECKING:
    from cxify.web.context import Context

LONGEST: Final = 20_000
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WORDED: Final = ("edit", "reword")


class WordingRefused(InputError):  # noqa: N818  it says what happened
    """The rules do not let a person's wording through; `findings` say why."""

    def __init__(self, message: str, remedy: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(message, remedy)
        self.findings = findings


def decide(here: "Context", person: Person, found: Opened, wanted: Decision) -> Opened:
    """Write a decision down and return the paper with it. Raises WordingRefused, BadEdits and NotFound.

    Only the owner decides; who approves a document reads it.
    """
    papers.mine(here.engine, person, found.paper.id)
    wanted = _known(found, replace(wanted, text=_words(wanted.text), cells=tuple(map(_words, wanted.cells))))
    wanted = replace(wanted, person=_words(person.name))
    if wanted.action in _WORDED:
        weighed = here.processing.ask(review_tasks.weighed, found.read, found.decisions, wanted)
        if not weighed.passes:
            raise WordingRefused(weighed.message, weighed.remedy, weighed.findings)
    told = {"text": wanted.text, "cells": list(wanted.cells), "person": wanted.person}
    told = {name: value for name, value in told.items() if value}
    with store.writing(here.engine) as connection:
        decisions.add(connection, found.paper.id, person.id, wanted.suggestion, wanted.action, told)
        about = {"suggestion": wanted.suggestion, "action": wanted.action}
        journal.append(connection, person.id, "suggestion decided", found.paper.id, about)
    return replace(found, decisions=decided(here, found.paper.id))


def reworded(here: "Context", person: Person, found: Opened, number: int) -> tuple[Alternative, ...]:
    """Return other wordings for a suggestion: a model's where a model wrote, else approved ones. Raises ModelError."""
    papers.mine(here.engine, person, found.paper.id)
    chat = here.processing.orders.chat(found.read.order)
    return here.processing.ask(review_tasks.reworded, found.read, found.decisions, number, chat=chat)


def _words(text: str) -> str:
    """Return a text without what no Word file can hold: one such character would spoil every file of the document."""
    return _NO_XML.sub("", text)


def _known(found: Opened, wanted: Decision) -> Decision:
    """Return the decision as it can be written down. Raises BadEdits."""
    if wanted.action not in get_args(Action):
        raise BadEdits("This cannot be decided.", "Accept, reject, undo, edit, reword or comment.")
    if max(len(wanted.text), sum(map(len, wanted.cells))) > LONGEST:
        raise BadEdits("The text is too long.", f"Write at most {LONGEST:,} characters.")
    edits = found.read.record.edits
    if not 0 <= wanted.suggestion < len(edits):
        raise BadEdits(f"The document has no suggestion {wanted.suggestion}.", "Reload the page and decide again.")
    if wanted.action == "comment" and not printable(wanted.text):
        raise BadEdits("The comment is empty.", "Write it and save again.")
    return _fitted(wanted, edits[wanted.suggestion].operation)


def _fitted(wanted: Decision, operation: Operation) -> Decision:
    """A sentence is added behind others: the space before it is not a person's to remember."""
    lines = wanted.text.replace("\r\n", "\n").strip()
    if isinstance(operation, Append) and wanted.action in _WORDED and lines:
        lead = operation.text[: len(operation.text) - len(operation.text.lstrip())]
        # What was to go on with a semicolon has no space before it, and words of a person's own need one.
        return replace(wanted, text=(lead or " " * lines[0].isalnum()) + lines)
    return replace(wanted, text=lines)
