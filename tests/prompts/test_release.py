"""A release needs a passed evaluation of exactly this text, and stays what it was."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from cxify import prompts
from cxify.errors import PromptInvalid
from tests.prompts.written import gate_file, release, run_file, version, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a released version and a draft made from it."""
    release(write(tmp_path))
    return write(tmp_path, DRAFT, "greeting/1.1.0.prompty")


DRAFT = version("1.1.0", parent="greeting@1.0.0").replace("You are brief.", "You are kind.")


def refused(root: Path, evaluation: Path, number: str = "1.1.0", *, first: bool = False) -> PromptInvalid:
    """Return why a release is refused; nothing may have been written."""
    before = {path: path.read_bytes() for path in root.glob("**/*") if path.is_file()}
    with pytest.raises(PromptInvalid) as caught:
        prompts.release("greeting", number, evaluation, root, first=first)
    assert caught.value.remedy
    assert before == {path: path.read_bytes() for path in root.glob("**/*") if path.is_file()}
    return caught.value


def draft(root: Path) -> prompts.Prompt:
    return prompts.find("greeting", "1.1.0", root)


def test_hash_and_evaluation_are_pinned(root: Path) -> None:
    passed = gate_file(root, draft(root))
    released = prompts.release("greeting", "1.1.0", passed, root)
    pin = yaml.safe_load((root / "prompts.lock").read_text())["prompts"]["greeting@1.1.0"]
    assert pin["sha256"] == released.sha256
    assert pin["evaluation"]["verdict"] == "no worse"
    assert pin["evaluation"]["run_ids"] == ["run-1", "run-2"]
    assert len(pin["evaluation"]["sha256"]) == 64
    assert prompts.find("greeting", root=root) == released
    assert "status: released" in released.path.read_text()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"exit_code": 1, "verdict": "worse"}, "was not passed: worse (exit code 1)"),
        ({"exit_code": 3, "verdict": "too few cases"}, "was not passed"),
        ({"candidate": {"prompts": {"policy/1.0.0": "a" * 64}}}, "is not about greeting/1.1.0 but about policy/1.0.0"),
        ({"candidate": {"prompts": {}}}, "but about no prompt"),
        ({"candidate": {"prompts": {"greeting/1.1.0": "a" * 64}}}, "has changed since it was evaluated"),
        ({"baseline": {"prompts": {"policy/1.0.0": "a" * 64}}}, "with a run that used no greeting"),
        ({"candidate": []}, "is no such evaluation: candidate"),
        ({"exit_code": "passed"}, "is no such evaluation: exit_code"),
    ],
)
def test_what_does_not_speak_for_this_text_is_refused(root: Path, change: dict[str, Any], said: str) -> None:
    assert said in refused(root, gate_file(root, draft(root), **change)).message


def test_a_prompt_that_was_compared_with_itself_is_refused(root: Path) -> None:
    same = {"prompts": {"greeting/1.1.0": draft(root).sha256}}
    assert "compared with itself" in refused(root, gate_file(root, draft(root), baseline=same)).message


def test_the_gate_of_the_evaluation_is_understood(root: Path) -> None:
    pytest.importorskip("scipy")
    from cxify.evaluation import gate

    before, after = prompts.find("greeting", root=root), draft(root)
    record = gate.Record(
        candidate=gate.Version(prompts={"greeting/1.1.0": after.sha256}, model="openai:m"),
        baseline=gate.Version(prompts={"greeting/1.0.0": before.sha256}, model="openai:m"),
        verdict="passed",
        exit_code=gate.PASSED,
        created="2026-11-22T09:00:00Z",
        cases_sha256="c" * 64,
        run_ids=("A", "B"),
        headline="Better.",
        reasons=(),
    )
    (root / gate.FILE).write_text(record.model_dump_json())
    assert prompts.release("greeting", "1.1.0", root / gate.FILE, root).front.status == "released"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"exit_code": 0}'])
def test_a_file_that_is_no_evaluation_is_refused(root: Path, content: bytes) -> None:
    (root / "gate.json").write_bytes(content)
    assert "is no such evaluation" in refused(root, root / "gate.json").message


def test_the_folder_of_a_gate_or_run_will_do(root: Path) -> None:
    gate_file(root, draft(root))
    assert prompts.release("greeting", "1.1.0", root, root).front.status == "released"


def test_an_evaluation_of_an_older_text_does_not_count(root: Path) -> None:
    passed = gate_file(root, draft(root))
    write(root, DRAFT.replace("You are kind.", "You are curt."), "greeting/1.1.0.prompty")
    assert "has changed since" in refused(root, passed).message


def test_only_the_very_first_version_is_released_with_a_run_alone(root: Path) -> None:
    run = run_file(root, draft(root))
    assert "is not the first: greeting@1.0.0" in refused(root, run, first=True).message


def test_a_run_that_is_not_complete_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    run = run_file(tmp_path, prompts.find("greeting", "1.0.0", tmp_path), complete=False)
    assert "is not complete" in refused(tmp_path, run, "1.0.0", first=True).message
    assert "is no such evaluation" in refused(tmp_path, run, "1.0.0").message, "a run is no gate"


@pytest.mark.parametrize(
    "entry", ["1.1.0: (say what changes and why)", "1.0.0: first.", "1.1.0:", "1.1.0: ", "something"]
)
def test_the_changelog_must_say_what_this_version_changes(root: Path, entry: str) -> None:
    write(root, DRAFT.replace('"1.1.0: first."', json.dumps(entry)), "greeting/1.1.0.prompty")
    error = refused(root, gate_file(root, draft(root)))
    assert "1.1.0.prompty:7: The changelog does not say" in error.message


def test_what_was_released_is_not_released_again(root: Path) -> None:
    assert "was released before" in refused(root, root / "gate.json", "1.0.0").message


@pytest.mark.parametrize(("parent", "said"), [("greeting@0.1.0", "does not exist"), ("welcome@1.0.0", "goes round")])
def test_the_line_of_parents_must_lead_somewhere(root: Path, parent: str, said: str) -> None:
    write(root, version("1.0.0", parent="greeting@1.1.0", name="welcome"), "welcome/1.0.0.prompty")
    write(root, version("1.1.0", parent=parent), "greeting/1.1.0.prompty")
    assert said in refused(root, gate_file(root, draft(root))).message
    _, faults = prompts.check(root)
    assert any(said in fault.said and fault.line == 5 for fault in faults)


def test_an_edited_release_says_how_to_make_a_new_version(root: Path) -> None:
    path = root / "greeting/1.0.0.prompty"
    path.write_text(path.read_text().replace("brief", "kind"))
    with pytest.raises(PromptInvalid) as caught:
        prompts.find("greeting", "1.0.0", root)
    assert "1.0.0.prompty:6: greeting 1.0.0 was released and has been edited" in caught.value.message
    assert "cxify prompts new greeting --from 1.0.0" in caught.value.remedy


def test_a_retired_version_is_not_used_by_itself_any_more(root: Path) -> None:
    prompts.release("greeting", "1.1.0", gate_file(root, draft(root)), root)
    path = root / "greeting/1.1.0.prompty"
    path.write_text(path.read_text().replace("status: released", "status: retired"))
    assert prompts.find("greeting", root=root).version == "1.0.0"
    assert prompts.find("greeting", "1.1.0", root).front.status == "retired"
    assert prompts.check(root)[1] == ()


def test_a_draft_cannot_be_retired(root: Path) -> None:
    write(root, DRAFT.replace("status: draft", "status: retired"), "greeting/1.1.0.prompty")
    with pytest.raises(PromptInvalid, match="says retired and was never released"):
        draft(root)


def test_a_half_written_draft_stops_nobody(root: Path) -> None:
    write(root, "---\nname: [", "greeting/1.1.0.prompty")
    assert prompts.find("greeting", root=root).version == "1.0.0"
    assert "greeting" in {prompt.name for prompt in prompts.Selection(root).used("sentence")}
    assert "greeting" not in {prompt.name for prompt in prompts.Selection(root).used("proposal")}


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("sha256: ", "sha256: 0", 5, "greeting@1.0.0.sha256"),
        ("greeting@1.0.0", "greeting@1.0.9", 2, "The lock was edited"),
        ("verdict: first version", "verdict: better", 2, "The lock was edited"),
        ("sealed: ", "sealed: x", 2, "sealed"),
        ("prompts:", "prompts: [", 5, "The lock cannot be read"),
        ("prompts:", "<<<<<<< ours\nprompts:", 4, "The lock cannot be read"),
    ],
)
def test_a_lock_that_was_edited_is_refused_with_its_line(root: Path, old: str, new: str, line: int, said: str) -> None:
    lock = root / "prompts.lock"
    text = lock.read_text()
    assert old in text
    lock.write_text(text.replace(old, new, 1))
    with pytest.raises(PromptInvalid) as caught:
        prompts.find("greeting", root=root)
    assert f"prompts.lock:{line}: " in caught.value.message
    assert said in caught.value.message
    assert "version control" in caught.value.remedy
    assert [fault.line for fault in prompts.check(root)[1] if fault.path == lock] == [line]


def test_a_released_file_that_is_gone_is_noticed(root: Path) -> None:
    (root / "greeting/1.0.0.prompty").unlink()
    _, faults = prompts.check(root)
    assert any("its file" in fault.said and fault.path.name == "prompts.lock" for fault in faults)


def test_line_ends_and_byte_order_mark_stay_as_they_were(root: Path) -> None:
    path = root / "greeting/1.1.0.prompty"
    before = draft(root).sha256
    path.write_bytes(b"\xef\xbb\xbf" + DRAFT.replace("\n", "\r\n").encode())
    assert draft(root).sha256 == before, "how lines end is no part of what is sent"
    prompts.release("greeting", "1.1.0", gate_file(root, draft(root)), root)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert b"status: released\r\n" in data
