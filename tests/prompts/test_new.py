"""A new version is a copy that names its parent, and nothing is overwritten."""

from pathlib import Path

import pytest

from cxify import prompts
from cxify.errors import PromptInvalid
from cxify.prompts import Reference
from tests.prompts.written import BODY, FRONT, gate_file, release, run_file, version, write


def test_a_new_version_is_a_draft_with_parent_and_a_reason_to_fill_in(tmp_path: Path) -> None:
    release(write(tmp_path))
    made = prompts.new("greeting", root=tmp_path)
    front = made.front
    assert (made.version, front.status, front.parent) == ("1.1.0", "draft", "greeting@1.0.0")
    assert front.changelog == ("1.1.0: (say what changes and why)", "1.0.0: first.")
    assert made.sha256 == prompts.find("greeting", root=tmp_path).sha256, "nothing that reaches the model has changed"
    assert prompts.find("greeting", root=tmp_path).version == "1.0.0"


def test_what_people_wrote_around_the_entries_stays(tmp_path: Path) -> None:
    remark = "# tuned for short answers\nmodel:"
    text = (FRONT + BODY).replace("model:", remark).replace("changelog:", "# newest first\nchangelog:")
    made = prompts.new("greeting", Reference("greeting", "1.0.0"), root=write(tmp_path, text))
    written = made.path.read_text()
    assert remark in written
    assert "# newest first\nchangelog:\n  - " in written
    assert written.endswith(BODY)


def test_the_next_free_minor_version_is_taken(tmp_path: Path) -> None:
    release(write(tmp_path))
    numbers = [prompts.new("greeting", root=tmp_path).version for _ in range(3)]
    assert numbers == ["1.1.0", "1.2.0", "1.3.0"]
    made = prompts.new("greeting", Reference("greeting", "1.1.0"), "2.0.0", tmp_path)
    assert (made.version, made.front.parent) == ("2.0.0", "greeting@1.1.0")


@pytest.mark.parametrize("number", ["1.0.0", "0.9.0"])
def test_a_version_that_exists_or_is_not_newer_is_refused(tmp_path: Path, number: str) -> None:
    release(write(tmp_path))
    before = (tmp_path / "greeting/1.0.0.prompty").read_bytes()
    with pytest.raises(PromptInvalid, match=r"exists already|is not newer than 1\.0\.0"):
        prompts.new("greeting", version=number, root=tmp_path)
    assert (tmp_path / "greeting/1.0.0.prompty").read_bytes() == before
    assert len(list((tmp_path / "greeting").iterdir())) == 1


@pytest.mark.parametrize("number", ["1.1", "v2", "1.1.0-rc", "../../x", "1.01.0"])
def test_a_version_is_three_numbers(tmp_path: Path, number: str) -> None:
    release(write(tmp_path))
    with pytest.raises(PromptInvalid, match="is no version"):
        prompts.new("greeting", version=number, root=tmp_path)
    assert [path.name for path in tmp_path.glob("**/*.prompty")] == ["1.0.0.prompty"]


def test_an_organisation_copies_what_comes_with_cxify_into_its_own_folder(tmp_path: Path) -> None:
    made = prompts.new("policy", root=tmp_path)
    assert made.path == tmp_path / "policy/1.1.0.prompty"
    assert made.front.parent == "policy@1.0.0"
    assert prompts.find("policy", root=tmp_path).version == "1.0.0", "the draft is not used before its release"
    assert prompts.check(tmp_path)[1] == ()


def test_a_prompt_for_a_kind_of_ones_own_begins_as_a_copy_of_another(tmp_path: Path) -> None:
    with pytest.raises(PromptInvalid) as caught:
        prompts.new("exit_interview", root=tmp_path)
    assert "--from policy" in caught.value.remedy
    made = prompts.new("exit_interview", Reference("interview_guide"), root=tmp_path)
    assert (made.name, made.version, made.front.parent) == ("exit_interview", "1.0.0", "interview_guide@1.0.0")
    assert prompts.check(tmp_path)[1] == ()


@pytest.mark.parametrize("name", ["Exit Interview", "../exit", "_parts", ""])
def test_a_name_is_small_letters(tmp_path: Path, name: str) -> None:
    with pytest.raises(PromptInvalid, match="is no name for a prompt"):
        prompts.new(name, Reference("policy"), root=tmp_path)


def test_an_own_release_comes_before_a_bundled_one_with_a_higher_number(tmp_path: Path) -> None:
    write(tmp_path, version("0.9.0", name="policy"), "policy/0.9.0.prompty")
    draft = prompts.find("policy", "0.9.0", tmp_path)
    with pytest.raises(PromptInvalid, match="is not the first: policy"):
        prompts.release("policy", "0.9.0", run_file(tmp_path, draft), tmp_path, first=True)
    prompts.release("policy", "0.9.0", gate_file(tmp_path, draft), tmp_path)
    assert prompts.find("policy", root=tmp_path).version == "0.9.0"
    assert prompts.find("policy", "1.0.0", tmp_path).path.is_relative_to(prompts.bundled())
    assert {prompt.version for prompt in prompts.Selection(tmp_path).used("sentence") if prompt.name == "policy"} == {
        "0.9.0"
    }
