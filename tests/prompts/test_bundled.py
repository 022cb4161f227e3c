"""The prompts that come with cxify: one for each kind, released, and made for providers' prompt caches."""

from itertools import pairwise, takewhile
from typing import Any

import pytest

from cxify import prompts

KINDS = (
    "bonus_criteria",
    "induction_plan",
    "interview_guide",
    "job_advert",
    "job_description",
    "kpi_sheet",
    "person_specification",
    "policy",
    "promotion_criteria",
    "recognition_scheme",
    "review_form",
    "social_media_policy",
    "training_outline",
)
COMPETENCY = {"id": "CX-HANDOFF@2", "name": "Handover", "definition": "Passes on.", "indicators": ["Passes on."]}
VALUES: dict[str, Any] = {
    "framework": {
        "terms": {"external": "patient", "external_plural": "patients", "internal_plural": "colleagues"},
        "prohibited": ["client"],
        "why": "",
        "competencies": [COMPETENCY],
        "standards": [],
        "avoid": [],
    },
    "role": {"title": "Caretaker", "served": "pupils", "competencies": [], "level": 1, "level_evidence": "routine"},
    "places": [
        {
            "where": "duties",
            "note": "Say who notices.",
            "operations": ["append"],
            "competencies": ["CX-HANDOFF@2"],
            "at_most": 1,
            "blocks": ["b1"],
        }
    ],
    "limits": {"edits": 4, "words": 80, "words_per_sentence": 28, "language": "en-GB"},
    "document": '[b1 paragraph] "Looks after the school."',
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_a_released_prompt_for_proposals(name: str) -> None:
    prompt = prompts.find(name)
    assert prompt.front.shape == "proposal"
    messages = prompt.render(**VALUES)
    assert [message.role for message in messages] == ["system", "user"]
    assert VALUES["document"] in messages[1].text
    assert "[b1 paragraph]" not in messages[0].text


def test_all_that_is_bundled_loads_and_nothing_else_is_there_for_documents() -> None:
    of_documents = {prompt.name for prompt in prompts.listing() if prompt.front.shape in ("proposal", "sentence")}
    assert of_documents == {*KINDS, "sentence"}


def test_what_is_bundled_is_in_order() -> None:
    assert prompts.check()[1] == ()


def test_the_constant_part_stands_first_and_is_long_enough_for_a_prompt_cache() -> None:
    systems = [prompts.find(name).render(**VALUES)[0].text for name in KINDS]
    for one, other in pairwise(systems):
        # Providers cache prefixes from 1,024 tokens; English text has at most 5 characters a token here.
        same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
        assert len(list(same)) > 5 * 1024
