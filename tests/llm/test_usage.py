"""Cost is exact, dated, and unknown rather than wrong."""

from decimal import Decimal

from cxify.llm import Tokens, usage


def test_cost_of_a_known_model() -> None:
    assert usage.cost("openai:gpt-6-luna", Tokens(input=1_000_000, output=200_000)) == Decimal("0.20")


def test_cached_tokens_cost_the_full_price_while_no_other_is_known() -> None:
    assert usage.cost("openai:gpt-6-luna", Tokens(input=1_000_000, cached=900_000)) == Decimal("0.10")


def test_an_unknown_model_has_no_cost() -> None:
    assert usage.cost("openai:my-own", Tokens(1, 1)) is None


def test_the_data_say_when_they_were_true() -> None:
    assert usage.known().as_of.year >= 2026


def test_a_model_that_ends_names_another() -> None:
    for name, facts in usage.known().models.items():
        if facts.ends:
            assert facts.use_instead in usage.known().models, name


def test_a_dated_name_is_its_model_and_a_family_shares_habits_but_no_price() -> None:
    assert usage.about("openai:gpt-6-luna-2026-10-01") == usage.about("openai:gpt-6-luna")
    assert usage.about("openai:gpt-6-nova").temperature is False
    assert usage.cost("openai:gpt-6-nova", Tokens(1, 1)) is None
