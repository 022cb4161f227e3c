"""What a reader said of a small model's sentences, not knowing which was which, is about what it really wrote."""

import json
from collections import Counter

import yaml

from cxify.writers.llm.checks import objections
from tests.conftest import ROOT

SHEET = yaml.safe_load((ROOT / "evals" / "labels" / "pairs" / "sentences-1.yaml").read_text("utf-8"))
VERDICTS = SHEET["verdicts"]


def recorded() -> dict[tuple[str, str], str]:
    """Return the passage of each pair of approved and recorded sentence."""
    pairs = {}
    for entry in json.loads((ROOT / SHEET["tape"]).read_text("utf-8"))["entries"].values():
        passage, approved = (
            json.loads(line.partition(": ")[2]) for line in entry["messages"][-1]["text"].split("\n")[2:4]
        )
        pairs[approved, json.loads(entry["answer"]["text"])["sentence"]] = passage
    return pairs


def test_every_recorded_pair_was_read() -> None:
    assert {(one["approved"], one["model"]) for one in VERDICTS} == set(recorded())


def test_what_would_have_been_used_is_told_rightly() -> None:
    passages = recorded()
    for one in VERDICTS:
        passage = passages[one["approved"], one["model"]]
        assert one["used"] is not any(objections(one["model"], one["approved"], passage)), one["approved"]


def test_the_counts_are_those_that_the_documentation_gives() -> None:
    every = Counter(one["preferred"] for one in VERDICTS)
    used = Counter(one["preferred"] for one in VERDICTS if one["used"])
    text = (ROOT / "docs" / "evals.md").read_text("utf-8")
    assert f"| all ten | {every['approved']} | {every['model']} | {every['neither']} |" in text
    assert f"| those that would be used | {used['approved']} | {used['model']} | {used['neither']} |" in text
