"""Many documents through an endpoint in bad weather: every one done or reported, none half-written, the bill right."""

from pathlib import Path

import docx
import pytest

from cxify import batch, word
from cxify.batch import Done, Making
from cxify.cli.local import How, Order
from cxify.llm import Meter, ModelChat
from cxify.llm.pace import Pace
from cxify.llm.retry import Patience
from cxify.settings import Settings
from cxify.writers.llm import LLMWriter
from tests.storm_endpoint import HOPELESS, Ledger, storm

pytestmark = pytest.mark.long

DOCUMENTS, AT_ONCE = 30, 10


def written(folder: Path, number: int, word_inside: str = "") -> None:
    """Write one short job description."""
    made = docx.Document()
    made.add_heading(f"Job description: Records assistant {number}", 1)
    made.add_heading("Purpose", 2)
    made.add_paragraph(
        f"The records assistant keeps files of area {number} for colleagues and residents. {word_inside}"
    )
    made.add_heading("Main duties", 2)
    for duty in (
        "Files letters and answers enquiries.",
        "Works closely with other departments.",
        "Updates the register.",
    ):
        made.add_paragraph(duty, style="List Bullet")
    made.save(str(folder / f"job{number:03}.docx"))


@pytest.fixture(scope="module", params=[False, pytest.param(True, marks=pytest.mark.long)], ids=["here", "children"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Ledger, Meter, Path]:
    """Send the documents through the storm once, from this process or for child processes."""
    folder = tmp_path_factory.mktemp("storm")
    (folder / "in").mkdir()
    words = dict(enumerate(HOPELESS, 5))
    for number in range(DOCUMENTS):
        written(folder / "in", number, words.get(number, ""))
    with storm(0.5) as weather:
        chat = ModelChat(
            "openai:storm-1",
            base_url=weather.base_url,
            patience=Patience(first_wait=0.01, longest_wait=0.05),
            pace=Pace(AT_ONCE),
            timeout=20,
        )
        meter = Meter(chat)
        writer = LLMWriter(meter, path="structured")
        date, settings = "2026-11-22T08:00:00Z", Settings(author="cxify")
        plan = batch.plan([folder / "in"], folder / "out")
        batch.prepare(plan.out)
        by = Making.of(settings, writer, kind=None, date=date)
        order = Order(settings, None, date, plan.out, write=True)
        done = batch.run(
            plan,
            by.rewrite,
            settings=by.fingerprint,
            concurrency=AT_ONCE,
            apart=How(2, isolate=request.param).apart(order, writer, DOCUMENTS, AT_ONCE),
        )
        return done, weather.ledger, meter, folder


def test_every_document_is_done_or_reported_with_its_reason(run: tuple[Done, Ledger, Meter, Path]) -> None:
    done, _, _, _ = run
    assert len(done.outcomes) == DOCUMENTS
    for outcome in done.outcomes:
        assert outcome.status in ("rewritten", "unchanged", "failed")
        if outcome.status == "failed":
            assert outcome.exit_code == 12
            assert outcome.message
            assert outcome.remedy
    assert sum(outcome.status != "failed" for outcome in done.outcomes) >= 0.8 * DOCUMENTS


def test_what_the_endpoint_never_gives_in_to_fails_by_itself(run: tuple[Done, Ledger, Meter, Path]) -> None:
    done, _, _, _ = run
    failed = {Path(outcome.file).stem: outcome.message for outcome in done.outcomes if outcome.status == "failed"}
    assert "declined to answer" in failed["job005"]
    assert "declined to answer" in failed["job006"]
    assert "no usable answer" in failed["job007"]


def test_no_output_is_half_written(run: tuple[Done, Ledger, Meter, Path]) -> None:
    done, _, _, folder = run
    outputs = {Path(outcome.output).name for outcome in done.outcomes if outcome.output}
    assert {path.name for path in (folder / "out").glob("*.docx")} == outputs
    for name in outputs:
        data = (folder / "out" / name).read_bytes()
        assert word.verify((folder / "in" / name).read_bytes(), data).ok
        text = " ".join(block.text for block in word.read(data).blocks)
        assert "<script>" not in text
        assert "Ignore all rules" not in text


def test_nothing_that_was_answered_is_sent_again(run: tuple[Done, Ledger, Meter, Path]) -> None:
    _, ledger, _, _ = run
    assert ledger.answered
    assert set(ledger.answered.values()) == {1}


def test_the_bill_is_right_to_the_token(run: tuple[Done, Ledger, Meter, Path]) -> None:
    _, ledger, meter, _ = run
    assert (meter.tokens.input, meter.tokens.output) == (ledger.prompt_tokens, ledger.completion_tokens)


def test_the_documents_bills_add_up_with_those_that_came_to_nothing(run: tuple[Done, Ledger, Meter, Path]) -> None:
    done, ledger, _, _ = run
    bills = [outcome.details.get("usage", {}) for outcome in done.outcomes]
    assert sum(bill.get("input_tokens", 0) for bill in bills) == ledger.prompt_tokens
    assert sum(bill.get("output_tokens", 0) for bill in bills) == ledger.completion_tokens


def test_the_weather_was_bad(run: tuple[Done, Ledger, Meter, Path]) -> None:
    _, ledger, _, _ = run
    assert len(ledger.faults) >= 12
    assert ledger.requests > 1.3 * DOCUMENTS
    assert ledger.most_flying <= AT_ONCE
