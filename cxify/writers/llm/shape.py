"""The shape of an answer, made for one document: what cannot be named cannot be invented."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model
from typing_extensions import TypeAliasType

from cxify.proposal import Certainty
from cxify.writers.llm.view import View

MOST_EDITS = 12
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Quote = Annotated[str, StringConstraints(max_length=300)]
CellText = Annotated[str, StringConstraints(max_length=300)]


class Closed(BaseModel):
    """Frozen; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Wire(Closed):
    """What `answer` returns for every document, for those who read its values."""

    edits: tuple[Any, ...]
    questions: tuple[Any, ...]
    declined: tuple[Any, ...]


def answer(view: View, competencies: Sequence[str], standards: Sequence[str]) -> type[Wire]:
    """Return the model of an answer: its block, competency and standard ids are those of this document."""
    ids = tuple(block.id for block in view.shown)
    anywhere = _one_of("AnyBlock", ids)
    remark = create_model("Remark", __base__=Closed, block=(anywhere | None, ...), text=(Reason, ...))
    refusal = create_model("Refusal", __base__=Closed, block=(anywhere | None, ...), reason=(Reason, ...))
    edit: Any = Annotated[_union(_operations(view, anywhere, competencies, standards)), Field(discriminator="op")]
    return create_model(
        "Answer",
        __base__=Wire,
        edits=(Annotated[tuple[edit, ...], Field(max_length=MOST_EDITS)], ...),
        questions=(Annotated[tuple[remark, ...], Field(max_length=6)], ...),
        declined=(Annotated[tuple[refusal, ...], Field(max_length=6)], ...),
    )


def _operations(view: View, anywhere: Any, competencies: Sequence[str], standards: Sequence[str]) -> list[Any]:
    # Evidence and reason stand first: a model that has to say why before what writes less that is not needed.
    first = {"evidence_block": (anywhere, ...), "evidence": (Quote, ...), "reason": (Reason, ...)}
    last = {
        "competencies": (_few("Competency", competencies), ...),
        "standards": (_few("Standard", standards), ...),
        "certainty": (Certainty, ...),
    }
    own: dict[str, dict[str, Any]] = {"comment": {"block": anywhere, "quote": Quote | None, "comment": Sentence}}
    if view.editable:
        text = _one_of("EditableBlock", view.editable)
        own["append"] = {"block": text, "text": Sentence}
        own["replace"] = {"block": text, "old": Quote, "new": Sentence}
    if view.anchors:
        own["insert_after"] = {"block": _one_of("OpenBlock", view.anchors), "text": Sentence}
    if view.rows:
        cells = Annotated[tuple[CellText, ...], Field(min_length=1, max_length=12)]
        own["insert_row_after"] = {"block": _one_of("RowBlock", view.rows), "cells": cells}
    return [_operation(op, first, fields, last) for op, fields in own.items()]


def _operation(op: str, first: dict[str, Any], fields: dict[str, Any], last: dict[str, Any]) -> Any:
    middle = {"op": (Literal.__getitem__(op), ...)} | {name: (kind, ...) for name, kind in fields.items()}
    return create_model(op.title().replace("_", ""), __base__=Closed, **first, **middle, **last)


def _one_of(name: str, values: Sequence[str]) -> Any:
    """Return a named type, so that the schema holds a long list of ids once."""
    return TypeAliasType(name, Literal.__getitem__(tuple(values)))


def _few(name: str, values: Sequence[str]) -> Any:
    if not values:
        return Annotated[tuple[Annotated[str, StringConstraints(max_length=1)], ...], Field(max_length=0)]
    id: Any = _one_of(name, values)
    return Annotated[tuple[id, ...], Field(max_length=2)]


def _union(members: Sequence[Any]) -> Any:
    union = members[0]
    for member in members[1:]:
        union = union | member
    return union
