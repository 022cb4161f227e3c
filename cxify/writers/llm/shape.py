"""The shape of an answer, made for one document: what cannot be named cannot be invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    create_model,
)
from pydantic_core import PydanticKnownError
from typing_extensions import TypeAliasType

from cxify.llm import wire
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


@dataclass(frozen=True)
class Form:
    """The shape for one document: a model that is made once for all of its kind, and the ids that it may name."""

    model: type[Wire]
    ids: Mapping[str, tuple[str, ...]]
    """What may be named, by the name of its type."""

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema with the document's ids as enums."""
        general = _schema(self.model)
        own = {name: {"enum": list(self.ids[name]), "type": "string"} for name in general["$defs"] if name in self.ids}
        return {**general, "$defs": {**general["$defs"], **own}}

    def read(self, text: str) -> Wire:
        """Return the answer that a text holds. Raises ValidationError."""
        return self.model.model_validate_json(text, context=self.ids)


def answer(view: View, competencies: Sequence[str], standards: Sequence[str]) -> Form:
    """Return the shape of an answer: its block, competency and standard ids are those of this document."""
    named = {
        "AnyBlock": tuple(block.id for block in view.shown),
        "EditableBlock": view.editable,
        "OpenBlock": view.anchors,
        "RowBlock": view.rows,
        "Competency": tuple(competencies),
        "Standard": tuple(standards),
    }
    ids = {name: values for name, values in named.items() if values}
    return Form(_model(frozenset(ids)), ids)


@lru_cache(maxsize=64)
def _model(named: frozenset[str]) -> type[Wire]:
    """Return the model for documents that have something of each of these types to name; it takes long to make."""
    anywhere = _one_of("AnyBlock")
    remark = create_model("Remark", __base__=Closed, block=(anywhere | None, ...), text=(Reason, ...))
    refusal = create_model("Refusal", __base__=Closed, block=(anywhere | None, ...), reason=(Reason, ...))
    edit: Any = Annotated[_union(_operations(named, anywhere)), Field(discriminator="op")]
    return create_model(
        "Answer",
        __base__=Wire,
        edits=(Annotated[tuple[edit, ...], Field(max_length=MOST_EDITS)], ...),
        questions=(Annotated[tuple[remark, ...], Field(max_length=6)], ...),
        declined=(Annotated[tuple[refusal, ...], Field(max_length=6)], ...),
    )


@lru_cache(maxsize=64)
def _schema(model: type[Wire]) -> dict[str, Any]:
    return wire.schema(model)


def _operations(named: frozenset[str], anywhere: Any) -> list[Any]:
    # Evidence and reason stand first: a model that has to say why before what writes less that is not needed.
    first = {"evidence_block": (anywhere, ...), "evidence": (Quote, ...), "reason": (Reason, ...)}
    last = {
        "competencies": (_few("Competency", named), ...),
        "standards": (_few("Standard", named), ...),
        "certainty": (Certainty, ...),
    }
    own: dict[str, dict[str, Any]] = {"comment": {"block": anywhere, "quote": Quote | None, "comment": Sentence}}
    if "EditableBlock" in named:
        text = _one_of("EditableBlock")
        own["append"] = {"block": text, "text": Sentence}
        own["replace"] = {"block": text, "old": Quote, "new": Sentence}
    if "OpenBlock" in named:
        own["insert_after"] = {"block": _one_of("OpenBlock"), "text": Sentence}
    if "RowBlock" in named:
        cells = Annotated[tuple[CellText, ...], Field(min_length=1, max_length=12)]
        own["insert_row_after"] = {"block": _one_of("RowBlock"), "cells": cells}
    return [_operation(op, first, fields, last) for op, fields in own.items()]


def _operation(op: str, first: dict[str, Any], fields: dict[str, Any], last: dict[str, Any]) -> Any:
    middle = {"op": (Literal.__getitem__(op), ...)} | {name: (kind, ...) for name, kind in fields.items()}
    return create_model(op.title().replace("_", ""), __base__=Closed, **first, **middle, **last)


def _one_of(name: str) -> Any:
    """Return a type of that name: its values are the document's, in the schema as in the check of an answer.

    Named, so that the schema holds a long list of ids once.
    """

    def known(value: object, info: ValidationInfo) -> object:
        values = cast("Mapping[str, tuple[str, ...]]", info.context)[name]
        if not isinstance(value, str) or value not in values:
            raise PydanticKnownError("literal_error", {"expected": _listed(values)})
        return value

    return TypeAliasType(name, Annotated[str, PlainValidator(known), WithJsonSchema({"enum": [], "type": "string"})])


def _listed(values: Sequence[str]) -> str:
    """Return the values as pydantic lists those of a Literal."""
    *others, last = [repr(value) for value in values]
    return f"{', '.join(others)} or {last}" if others else last


def _few(name: str, named: frozenset[str]) -> Any:
    if name not in named:
        return Annotated[tuple[Annotated[str, StringConstraints(max_length=1)], ...], Field(max_length=0)]
    id: Any = _one_of(name)
    return Annotated[tuple[id, ...], Field(max_length=2)]


def _union(members: Sequence[Any]) -> Any:
    union = members[0]
    for member in members[1:]:
        union = union | member
    return union
