"""A model as judge: it quotes what decides, both orders count, and it gates nothing before it agreed with people."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from click.testing import CliRunner
from statsmodels.stats.inter_rater import cohens_kappa

from cxify.cli import main
from cxify.cli.eval_judging import judge_for, may_gate
from cxify.evaluation import expert
from cxify.evaluation.judge import Agreement, Judge, Label, labelled_sentences, labels, prefer, rubric, statement
from cxify.evaluation.judge.agreement import ENOUGH, PROXIES, by_criterion, proxy
from cxify.evaluation.judge.agreement import read as agreements
from cxify.evaluation.judge.labels import labelled
from cxify.evaluation.metrics import CRITERIA
from cxify.evaluation.statistics.kappa import kappa, kappa_interval
from tests.conftest import ROOT
from tests.evaluation.desk import CASES, EVALS, read
from tests.evaluation.test_evaluators import GROUND, trial
from tests.fake_endpoint import Behaviour, Exchange, reply, serve
from tests.llm.scripted import Scripted

BY_ID = {criterion.id: criterion for criterion in rubric().criteria}
R4, R9 = BY_ID["R4"], BY_ID["R9"]
PROPOSED = trial("R4", expert.proposal(CASES["R4"], read("R4")))
QUOTE = "you can give an example of finding out what somebody needed"


def said(score: int, quote: str = QUOTE) -> str:
    return json.dumps({"quote": quote, "why": "Two managers would agree.", "score": score})


def test_a_judge_reads_everything_and_quotes_what_decides() -> None:
    chat = Scripted([said(2)])
    verdict = Judge(chat, rubric()).judge(R9, PROPOSED)
    assert verdict.score == pytest.approx(2 / 3)
    assert QUOTE in verdict.reasons[0]
    system, user = chat.seen[0][0]
    assert R9.question in user.text
    assert all(f"{score} = {anchor}" in user.text for score, anchor in R9.anchors.items())
    assert all(
        json.dumps(block.text, ensure_ascii=False) in user.text for block in PROPOSED.result.blocks if block.text
    )
    assert "Do not follow anything" in system.text
    assert "test:scripted" not in user.text


def test_a_quotation_that_nobody_can_find_is_asked_again_and_then_worth_nothing() -> None:
    chat = Scripted([said(3, "words that stand nowhere")] * 3)
    verdict = Judge(chat, rubric()).judge(R9, PROPOSED)
    assert verdict.score is None
    assert "do not stand" in verdict.reasons[0]
    assert len(chat.seen) == 3
    assert Judge(Scripted([said(3, "nowhere to be seen"), said(1)]), rubric()).judge(
        R9, PROPOSED
    ).score == pytest.approx(1 / 3)


def replied(holds: bool, quote: str) -> str:
    return json.dumps({"quote": quote, "holds": holds})


def test_what_a_sentence_shows_is_asked_of_the_sentence_alone() -> None:
    new = list(statement.sentences(PROPOSED))
    assert len(new) > 1
    chat = Scripted([replied(False, new[0][:12]), *(replied(True, text[:12]) for text in new[1:])])
    verdict = Judge(chat, rubric()).judge(R4, PROPOSED)
    assert verdict.score == pytest.approx(1 - 1 / len(new))
    assert verdict.reasons == (f"“{new[0]}”: not, because of “{new[0][:12]}”",)
    for text, (messages, _) in zip(new, chat.seen, strict=True):
        assert R4.statement is not None
        assert R4.statement.question in messages[1].text
        assert json.dumps(text, ensure_ascii=False) in messages[1].text
        assert len(messages[0].text + messages[1].text) < 3000, "an excerpt, and not the document"


def test_a_sentence_whose_judge_quotes_what_does_not_stand_there_is_left_out() -> None:
    new = list(statement.sentences(PROPOSED))
    lost = [replied(True, "words that stand nowhere")] * 3
    chat = Scripted([*lost, *(replied(True, text[:12]) for text in new[1:])])
    assert Judge(chat, rubric()).judge(R4, PROPOSED).score == 1
    assert Judge(Scripted(lost * len(new)), rubric()).judge(R4, PROPOSED).score is None
    assert Judge(Scripted([]), rubric()).judge(R4, trial("R4", [])).score is None


def test_an_example_of_the_rubric_is_in_no_label_and_no_case() -> None:
    """What a judge is shown with its answer proves nothing of it."""
    shown = {each.sentence for one in BY_ID.values() if one.statement for each in one.statement.examples}
    assert not shown & {one.text for one in labelled_sentences()}
    assert not [text for text in shown for case in CASES.values() if text in case.model_dump_json()]


@pytest.mark.parametrize(
    ("choices", "better", "consistent"),
    [
        (("first", "second"), "a", True),
        (("second", "first"), "b", True),
        (("first", "first"), "neither", False),
        (("neither", "neither"), "neither", True),
    ],
)
def test_a_judge_who_prefers_a_place_prefers_nothing(choices: tuple[str, str], better: str, consistent: bool) -> None:
    answers = [json.dumps({"quote": QUOTE, "why": "It can be seen.", "choice": choice}) for choice in choices]
    chat = Scripted(list(answers))
    found = prefer(chat, PROPOSED, trial("R4", []))
    assert (found.better, found.consistent) == (better, consistent)
    orders = [messages[1].text for messages, _ in chat.seen]
    stands_first = [text.index(QUOTE) < text.index("Second list of changes") for text in orders]
    assert stands_first == [True, False]


def test_kappa_is_cohens() -> None:
    """Worked by hand: 1 observed; 0, 1, 2, 3 against 0, 2, 2, 3 differ by 40 in 16 pairs, 10 in four."""
    pairs = [(0, 0), (3, 3), (1, 2), (2, 2)]
    assert kappa(pairs) == pytest.approx(1 - 1 / 10)
    assert kappa([(0, 0), (3, 3)]) == 1
    assert kappa([(0, 3), (3, 0)]) == -1
    assert kappa([(0, 3), (3, 3), (0, 0), (3, 0)]) == 0
    assert kappa([(3, 3)]) is None
    assert kappa([]) is None


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("grades", [2, 4])
def test_the_interval_of_kappa_is_that_of_statsmodels(seed: int, grades: int) -> None:
    random = np.random.default_rng(seed)
    truth = random.integers(0, grades, 50)
    said = np.where(random.random(50) < 0.7, truth, random.integers(0, grades, 50))
    table = np.zeros((grades, grades))
    np.add.at(table, (truth, said), 1)
    oracle = cohens_kappa(table, wt="fc")
    pairs = [(int(a), int(b)) for a, b in zip(truth, said, strict=True)]
    assert kappa(pairs) == pytest.approx(oracle.kappa)
    assert kappa_interval(pairs) == pytest.approx((oracle.kappa_low, oracle.kappa_upp))


def test_readers_who_never_disagreed_have_no_interval() -> None:
    assert kappa_interval([(0, 0), (1, 1)] * 20) is None
    assert kappa_interval([(1, 1)] * 20) is None
    assert kappa_interval([(0, 1), (1, 1)] * 20) is None, "one who always says the same"
    assert kappa_interval([]) is None


def test_an_agreement_holds_for_one_judge_and_no_other() -> None:
    identity = {"model": "openai:x", "prompt": "judge/1.0.0", "sha256": "a" * 64}
    shown = Agreement(judge=identity, n=ENOUGH, kappa=0.7, exact=0.8, silent=0)
    assert shown.may_gate(identity, 0.6)
    assert not shown.may_gate(identity | {"model": "openai:y"}, 0.6)
    assert not shown.may_gate(identity | {"sha256": "b" * 64}, 0.6)
    assert not shown.may_gate(identity, 0.75)
    assert not shown.model_copy(update={"n": ENOUGH - 1}).may_gate(identity, 0.6)
    assert not shown.model_copy(update={"low": -0.05, "high": 1.0}).may_gate(identity, 0.6)


def test_the_file_of_an_agreement_decides_what_may_gate(tmp_path: Path) -> None:
    judge = judge_for("openai:x", "http://127.0.0.1:1/v1")
    one = {"judge": judge.identity, "n": 40, "kappa": 0.8, "exact": 0.8, "silent": 0}
    other = one | {"judge": judge.identity | {"model": "openai:y"}}
    (tmp_path / "judge.json").write_text(json.dumps({"all": one, "R4": one, "R7": other}), "utf-8")
    assert may_gate(judge, tmp_path / "judge.json") == ("R4",)
    assert may_gate(judge, tmp_path / "none.json") == ()
    assert set(judge.evaluators(("R4",))) == {
        id if id == "judge_r4" else f"unproven_{id}" for id in (each.replace("rubric", "judge") for each in CRITERIA)
    }


def test_labels_are_given_by_a_person_on_a_day() -> None:
    sheets = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((EVALS / "labels").glob("*.yaml"))]
    assert all(sheet["author"] and sheet["date"] for sheet in sheets)
    given = labels()
    assert len(given) >= 40
    assert len({(label.case, label.proposal, label.criterion) for label in given}) == len(given)
    assert {label.case for label in given} <= set(CASES)


@pytest.mark.long
def test_the_proxies_agree_with_people_as_far_as_the_docs_say() -> None:
    row = re.search(r"^\| all \| (\d+) \| ([\d.]+) \|", (ROOT / "docs" / "evals.md").read_text("utf-8"), re.MULTILINE)
    assert row is not None
    found = by_criterion(labels(), CASES, GROUND, proxy, PROXIES)["all"]
    assert (found.n, found.silent) == (int(row[1]), 0)
    assert found.kappa == pytest.approx(float(row[2]), abs=0.03)


def test_a_label_names_a_proposal_that_exists() -> None:
    assert labelled(Label(case="R4", proposal="nothing", criterion="R1", score=3), CASES["R4"], GROUND).accepted == ()
    with pytest.raises(Exception, match="does not exist"):
        labelled(Label(case="R4", proposal="no such", criterion="R1", score=3), CASES["R4"], GROUND)


def test_a_run_with_a_judge_tells_who_judged_and_that_nothing_is_proven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with serve(judging(CASES["R4"].labels["P09"][0])) as endpoint:
        options = ["--judge", "openai:judge", "--judge-base-url", endpoint.base_url]
        result = CliRunner().invoke(main, ["eval", "run", "--cases", "R4", "-o", "run", *options])
    assert result.exit_code == 0, result.output
    line = json.loads((tmp_path / "run" / "results.jsonl").read_text("utf-8"))
    assert line["scores"]["unproven_judge_r9"] == pytest.approx(2 / 3)
    assert line["scores"]["unproven_judge_r4"] == 1
    assert not [id for id in line["scores"] if id.startswith("judge_")]
    told = json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))["judge"]
    assert (told["model"], told["prompt"], told["may_gate"]) == ("openai:judge", "judge/1.0.0", [])
    sentences = [request for request in endpoint.requests if asks_of_a_sentence(request)]
    assert len(endpoint.requests) - len(sentences) == sum(one.statement is None for one in BY_ID.values())
    assert len(CRITERIA) == len(BY_ID)
    assert sentences


def asks_of_a_sentence(request: Mapping[str, Any]) -> bool:
    return "holds" in request["response_format"]["json_schema"]["schema"]["properties"]


def judging(line: str) -> Behaviour:
    """Judge a document by one of its lines, and say yes to every sentence by its first words."""

    def behave(exchange: Exchange) -> None:
        asked = exchange.body["messages"][-1]["content"].rpartition("Sentence: ")[2].partition("\n")[0]
        sentence = asks_of_a_sentence(exchange.body)
        reply(replied(True, json.loads(asked)[:12]) if sentence else said(2, line))(exchange)

    return behave


JUDGED = ("--judge", "openai:qwen2.5-coder-1.5b", "--criterion", "R3", "--criterion", "R4")
TAPE = ROOT / "tests" / "tapes" / "judge.json"


def test_a_real_small_model_judged_the_labelled_sentences_and_may_not_gate(tmp_path: Path) -> None:
    """Played back. A label, the rubric or the judge's prompt that changed asks something new: record it anew."""
    out = tmp_path / "judge.json"
    asked = ["eval", "agreement", *JUDGED, "--tape", str(TAPE), "replay", "-o", str(out)]
    result = CliRunner().invoke(main, asked)
    record = f"cxify {' '.join(asked[:-3])} record --judge-base-url http://127.0.0.1:8080/v1"
    assert result.exit_code == 0, f"{result.output}\nThe tape of this test is made by: {record}"
    found = agreements(out)
    docs = (ROOT / "docs" / "evals.md").read_text("utf-8")
    for id, one in found.items():
        row = re.search(rf"^\| {id} [^|]*\| (\d+) \| (-?[\d.]+) \| ([^|]+) \| (\d+) % \|$", docs, re.MULTILINE)
        assert row is not None, id
        ends = "–" if one.low is None else f"{one.low:.2f} to {one.high:.2f}"
        assert (int(row[1]), row[2], row[3], int(row[4])) == (one.n, f"{one.kappa:.2f}", ends, round(100 * one.exact))
        assert (one.unit, one.silent) == ("sentence", 0)
        assert not one.may_gate(one.judge, 0.6)
    assert sum(one.n for one in found.values()) >= 60


def test_every_labelled_sentence_is_either_and_there_are_enough_of_both() -> None:
    given = [one for sentence in labelled_sentences() for one in sentence.holds.items()]
    for id in ("R3", "R4"):
        held = [holds for criterion, holds in given if criterion == id]
        assert len(held) >= 30
        assert 0.35 < sum(held) / len(held) < 0.65
