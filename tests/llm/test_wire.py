"""The two wire schemas keep to what OpenAI's strict mode and llama.cpp both enforce."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from cxify.llm import wire


class Add(BaseModel):
    """One branch."""

    model_config = ConfigDict(extra="forbid")
    op: Literal["add"]
    text: Annotated[str, Field(min_length=1, max_length=50)]
    note: Annotated[str, Field(max_length=9)] | None = None


class Say(BaseModel):
    """The other branch."""

    model_config = ConfigDict(extra="forbid")
    op: Literal["say"]
    title: Annotated[str, Field(max_length=50)]


class Shape(BaseModel):
    """A list of a discriminated union: what pydantic writes as oneOf with a discriminator."""

    model_config = ConfigDict(extra="forbid")
    edits: Annotated[list[Annotated[Add | Say, Field(discriminator="op")]], Field(max_length=3)]


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema node."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from nodes(value)
    if isinstance(node, list):
        for value in node:
            yield from nodes(value)


@pytest.mark.parametrize("schema", [wire.schema(Shape), wire.strict(wire.schema(Shape))])
def test_objects_are_closed_and_every_field_is_required(schema: dict[str, Any]) -> None:
    objects = [node for node in nodes(schema) if node.get("type") == "object"]
    assert len(objects) == 3
    for node in objects:
        assert node["required"] == list(node["properties"])
        assert node["additionalProperties"] is False


@pytest.mark.parametrize("key", ["oneOf", "allOf", "discriminator", "default", "const"])
def test_what_one_of_the_two_does_not_take_is_gone(key: str) -> None:
    assert not any(key in node for node in nodes(wire.schema(Shape)))


def test_a_field_named_like_a_keyword_stays() -> None:
    assert "title" in wire.schema(Shape)["$defs"]["Say"]["properties"]


def test_bounds_are_for_the_grammar_only() -> None:
    bounded = wire.schema(Shape)
    assert bounded["$defs"]["Add"]["properties"]["text"]["maxLength"] == 50
    assert not any("maxLength" in node or "minLength" in node for node in nodes(wire.strict(bounded)))
    assert wire.strict(bounded)["properties"]["edits"]["maxItems"] == 3
