"""--max-cost: a call that could go beyond the limit is never made."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pytest

from cxify.errors import CostLimit, SettingsInvalid
from cxify.llm.answer import Answer, Schema
from cxify.llm.budget import Budget
from cxify.llm.usage import Tokens, cost
from cxify.prompts import Message, Options

MODEL = "openai:gpt-6-luna"
ASK = [Message("user", "x" * 2_000_000)]
OPTIONS = Options(max_output_tokens=1000)


@dataclass
class Talker:
    """A Chat that answers with a given number of tokens and counts its calls."""

    model: str = MODEL
    local: bool = False
    calls: int = 0

    def complete(self, messages: Sequence[Message], schema: Schema | None, options: Options) -> Answer:  # noqa: ARG002
        self.calls += 1
        return Answer("{}", "stop", self.model, Tokens(500_000, 500))


def test_calls_go_through_until_the_next_could_cost_too_much() -> None:
    worst = cost(MODEL, Tokens(1_000_000, 1000))
    paid = cost(MODEL, Tokens(500_000, 500))
    assert worst is not None
    assert paid is not None
    talker = Talker()
    budget = Budget(talker, worst + paid + Decimal("0.01"))
    budget.complete(ASK, None, OPTIONS)
    budget.complete(ASK, None, OPTIONS)
    with pytest.raises(CostLimit, match="could go beyond"):
        budget.complete(ASK, None, OPTIONS)
    assert (talker.calls, budget.spent) == (2, 2 * paid)


def test_a_limit_below_one_call_makes_none() -> None:
    talker = Talker()
    with pytest.raises(CostLimit):
        Budget(talker, Decimal("0.0001")).complete(ASK, None, OPTIONS)
    assert talker.calls == 0


def test_a_model_without_a_known_price_has_no_limit_to_keep() -> None:
    with pytest.raises(SettingsInvalid, match="price"):
        Budget(Talker("openai:nobody-knows"), Decimal(1))


def test_a_model_on_this_machine_costs_nothing() -> None:
    budget = Budget(Talker("openai:local", local=True), Decimal(0))
    budget.complete(ASK, None, OPTIONS)
    assert budget.spent == 0
