"""A recording answers only the request it was made of."""

from pathlib import Path

import pytest

from cxify.errors import ModelUnavailable, SettingsInvalid
from cxify.llm import Tape
from cxify.prompts import Message, Options
from tests.llm.scripted import Scripted

GOOD = '{"sentence": "Confirms the date."}'
OPTIONS = Options(temperature=0, max_output_tokens=100)
ASKED = (Message("system", "You edit.\nBe brief."), Message("user", "A duty."))


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """Return a tape with one recording."""
    path = tmp_path / "tape.json"
    Tape(path, "record", Scripted([GOOD])).complete(ASKED, {"type": "object"}, OPTIONS)
    return path


def test_a_recording_is_played_back_without_a_model(tape: Path) -> None:
    replayed = Tape(tape, "replay")
    answer = replayed.complete(ASKED, {"type": "object"}, OPTIONS)
    assert (answer.text, answer.tokens.input, replayed.model) == (GOOD, 10, "test:scripted")


def test_recording_again_does_not_call_the_model_for_what_is_there(tape: Path) -> None:
    chat = Scripted([])
    assert Tape(tape, "record", chat).complete(ASKED, {"type": "object"}, OPTIONS).text == GOOD


def test_live_never_looks_at_the_tape(tape: Path) -> None:
    chat = Scripted(["{}"])
    assert Tape(tape, "live", chat).complete(ASKED, {"type": "object"}, OPTIONS).text == "{}"


def test_a_changed_prompt_misses_and_shows_the_difference(tape: Path) -> None:
    changed = (Message("system", "You edit.\nBe thorough."), ASKED[1])
    with pytest.raises(ModelUnavailable) as caught:
        Tape(tape, "replay").complete(changed, {"type": "object"}, OPTIONS)
    assert "- system: Be brief." in caught.value.message
    assert "+ system: Be thorough." in caught.value.message
    assert "A duty." not in caught.value.message


@pytest.mark.parametrize(
    ("schema", "options", "shown"),
    [
        ({"type": "array"}, OPTIONS, '+ schema: {"type":"array"}'),
        ({"type": "object"}, Options(max_output_tokens=100), '+ options: {"max_output_tokens":100}'),
    ],
)
def test_a_changed_schema_or_option_misses(tape: Path, schema: dict[str, str], options: Options, shown: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        Tape(tape, "replay").complete(ASKED, schema, options)
    assert shown in caught.value.message


def test_another_model_misses(tape: Path) -> None:
    with pytest.raises(ModelUnavailable, match="model: other:model"):
        Tape(tape, "replay", model_name="other:model").complete(ASKED, {"type": "object"}, OPTIONS)


def test_an_empty_tape_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="The tape is empty"):
        Tape(tmp_path / "none.json", "replay").complete(ASKED, None, OPTIONS)


def test_something_else_is_not_a_tape(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(SettingsInvalid, match="is not a tape"):
        Tape(tmp_path / "x.json", "replay")


def test_recording_needs_a_model(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="needs a model"):
        Tape(tmp_path / "x.json", "record")
