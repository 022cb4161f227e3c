"""Faulty answers go back with what is wrong, at most twice."""

from typing import Annotated

import pytest
from pydantic import BaseModel, ConfigDict, Field

from cxify.errors import AnswerCutOff, ModelRefused, ProposalInvalid
from cxify.llm import Answer, Tokens, ask
from cxify.llm.failures import refused
from cxify.prompts import Message, Options
from tests.llm.scripted import Scripted

ASKED = (Message("user", "One sentence, please."),)
OPTIONS = Options(max_output_tokens=100)
GOOD = '{"sentence": "Confirms the date."}'


class Sentence(BaseModel):
    """The shape that these tests ask for."""

    model_config = ConfigDict(extra="forbid")
    sentence: Annotated[str, Field(max_length=30)]


def test_a_good_answer_needs_one_call() -> None:
    asked = ask(Scripted([GOOD]), ASKED, Sentence, OPTIONS)
    assert (asked.value.sentence, asked.calls, asked.repairs) == ("Confirms the date.", 1, 0)


@pytest.mark.parametrize("text", ["Sure! Here it is.", "", "{", "[]", '{"sentence": 5}', '{"sentence": "a", "x": 1}'])
def test_an_unusable_answer_is_asked_again_with_its_problems(text: str) -> None:
    chat = Scripted([text, GOOD])
    asked = ask(chat, ASKED, Sentence, OPTIONS)
    again = chat.seen[1][0]
    assert [message.role for message in again] == ["user", "assistant", "user"]
    assert "cannot be used" in again[2].text
    assert asked.repairs == 1
    assert asked.tokens == Tokens(20, 10)


def test_the_list_of_problems_names_the_place_and_not_the_text() -> None:
    chat = Scripted(['{"sentence": "This sentence about Mrs Example is far too long."}', GOOD])
    ask(chat, ASKED, Sentence, OPTIONS)
    complaint = chat.seen[1][0][2].text
    assert "sentence: " in complaint
    assert "Mrs Example" not in complaint


def test_json_in_a_fence_is_read() -> None:
    assert ask(Scripted([f"```json\n{GOOD}\n```"]), ASKED, Sentence, OPTIONS).repairs == 0


def test_two_re_asks_and_then_the_document_is_given_up() -> None:
    chat = Scripted(["no", "no", "no", GOOD])
    with pytest.raises(ProposalInvalid, match="no usable answer"):
        ask(chat, ASKED, Sentence, OPTIONS)
    assert len(chat.seen) == 3


def test_an_objection_is_asked_again_and_the_last_answer_kept_with_it() -> None:
    chat = Scripted([GOOD, GOOD, GOOD])
    asked = ask(chat, ASKED, Sentence, OPTIONS, check=lambda value: [f"{value.sentence[0]} is not a verb"])
    assert asked.value.sentence == "Confirms the date."
    assert asked.problems == ("C is not a verb",)
    assert asked.repairs == 2


def test_a_broken_repair_leaves_the_answer_before_it_standing() -> None:
    chat = Scripted([GOOD, "broken", "broken"])
    asked = ask(chat, ASKED, Sentence, OPTIONS, check=lambda _: ["objection"])
    assert asked.value.sentence == "Confirms the date."
    assert asked.problems == ("objection",)


def test_a_refusal_is_not_asked_again() -> None:
    chat = Scripted([refused("m"), GOOD])
    with pytest.raises(ModelRefused):
        ask(chat, ASKED, Sentence, OPTIONS)
    assert len(chat.seen) == 1


def test_an_answer_that_was_cut_off_gets_twice_the_room_once() -> None:
    cut = Answer('{"sente', "length", "m", Tokens(10, 100))
    chat = Scripted([cut, cut, cut, cut, GOOD])
    with pytest.raises(AnswerCutOff, match="cut off at 200 tokens"):
        ask(chat, ASKED, Sentence, OPTIONS)
    assert [options.max_output_tokens for _, options in chat.seen] == [100, 200]


def test_a_flood_does_not_travel_back() -> None:
    chat = Scripted(["x" * 1_000_000, GOOD])
    ask(chat, ASKED, Sentence, OPTIONS)
    assert len(chat.seen[1][0][1].text) <= 20_000
