"""Tokens and money. Prices, end dates and habits of models are data with a date: models.yaml."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from cxify import yamlfile
from cxify.prompts import Message
from cxify.proposal import Strict

_MILLION = Decimal(1_000_000)
Price = Annotated[Decimal, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What one or several calls read and wrote; `cached` is the part of `input` that the provider had in its cache."""

    input: int = 0
    output: int = 0
    cached: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        """Add up two calls."""
        return Tokens(self.input + other.input, self.output + other.output, self.cached + other.cached)


class Model(Strict):
    """What is known of a model. Prices are in US dollars for a million tokens."""

    input: Price | None = None
    output: Price | None = None
    cached: Price | None = None
    temperature: bool = True
    """False when the model refuses a temperature."""
    ends: date | None = None
    use_instead: str | None = None


class Models(Strict):
    """The content of models.yaml."""

    as_of: date
    currency: str
    batch_share: dict[str, Price]
    """By provider: what a batch costs, as a share of the price."""
    models: dict[str, Model]


@cache
def known() -> Models:
    """Return what is known of models, and as of when."""
    return Models.model_validate(yamlfile.read(Path(__file__).with_name("models.yaml")).data)


def about(model: str) -> Model:
    """Return what is known of a model by provider:name, or of the family that its name begins with.

    A dated name (openai:gpt-6-luna-2026-10-01) is its model. An unknown model has no price.
    """
    families = [name for name in known().models if model == name or model.startswith((f"{name}-", f"{name}."))]
    return known().models[max(families, key=len)] if families else Model()


def about_tokens(messages: Sequence[Message], schema: Mapping[str, Any] | None) -> int:
    """Return about how many tokens a request has: four characters each, as in English prose and JSON."""
    characters = sum(len(message.text) for message in messages) + len(json.dumps(schema or {}, default=str))
    return characters // 4


def batch_share(model: str) -> Decimal:
    """Return what a batch costs as a share of the price; 1 where nothing is known."""
    return known().batch_share.get(model.partition(":")[0], Decimal(1))


def cost(model: str, tokens: Tokens) -> Decimal | None:
    """Return US dollars, or None when no price is known. Without a price for cached tokens the full price counts."""
    facts = about(model)
    if facts.input is None or facts.output is None:
        return None
    cached = facts.input if facts.cached is None else facts.cached
    read = facts.input * (tokens.input - tokens.cached) + cached * tokens.cached
    return (read + facts.output * tokens.output) / _MILLION
