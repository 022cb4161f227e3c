"""What people who are no programmers do to a YAML file, and what `cxify framework check` then says."""

from pathlib import Path

import pytest

from cxify import framework
from cxify.errors import FrameworkInvalid

HEAD = 'schema_version: "1.0"\nextends: cxify-default\nframework:\n  id: ours\n  name: Ours\n  version: "1"\n'


def problems(folder: Path, text: str | bytes) -> list[framework.Problem]:
    path = folder / "ours.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = framework.check(path)
    with pytest.raises(FrameworkInvalid):
        framework.load(path)
    return found


@pytest.mark.parametrize(
    ("text", "line", "says", "remedy"),
    [
        ("vision:\n\twhy: Because.\n", 8, "tab", "spaces"),
        ("vision:\n  why: Because.\n   statement: x\n", 9, "not indented like its neighbours", "same column"),
        (" organisation:\n  legal_names: []\n", 7, "not indented like its neighbours", "same column"),
        ("vision\n  why: Because.\n", 8, "colon is missing", "colon and a space"),
        ("vision:\n  why Because.\n", 7, "keys with values", "a colon and a space"),
        ("vision:\n  why: Because: we care.\n", 8, "two colons", "quotation marks"),
        ('vision:\n  why: "Because.\n', 9, "quotation mark of line 8 is never closed", "same mark"),
        ("vision:\n", 7, "Nothing stands after the colon", "take the line out"),
        ("  status: “approved”\n", 7, "not possible", "typographic quotation marks"),
        ("competencies:\n  - id: “CX-OWN”\n    name: x\n", 8, "is missing", "Did you mean the id “CX-OWN”?"),
        ("competencies:\n  - {id: CX-OWN, levels: {5: [Asks.]}}\n", 8, "“5” is not possible", "1, 2, 3 or 4"),
        ("levels:\n  - {id: 5, name: Guru, scope: all, complexity: all}\n", 8, "“5” is not possible", "1, 2, 3 or 4"),
        ("organisation:\n  legal_names: Example Ltd\n", 8, "must be a list", "“- ”"),
        ("vision: {why: Because.}\nvision: {why: Again.}\n", 8, "occurs twice", "line 7"),
    ],
)
def test_a_mistake_has_its_line_and_its_remedy(tmp_path: Path, text: str, line: int, says: str, remedy: str) -> None:
    first = problems(tmp_path, HEAD + text)[0]
    assert first.line == line
    assert says in first.message
    assert remedy in first.remedy


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_another_encoding_is_named_and_never_read_as_something_else(tmp_path: Path, encoding: str) -> None:
    found = problems(tmp_path, (HEAD + "vision:\n  why: Für alle.\n").encode(encoding))
    assert ["UTF-8" in each.message for each in found] == [True]


def test_a_framework_cannot_extend_itself(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, HEAD.replace("extends: cxify-default", "extends: ours"))
    assert (found.line, found.message) == (2, "The framework extends itself.")


def test_an_id_twice_and_an_id_of_other_letters(tmp_path: Path) -> None:
    twice = HEAD + "competencies:\n  - {id: CX-OWN, name: A}\n  - {id: CX-OWN, name: B}\n"
    assert problems(tmp_path, twice)[0].line == 9
    story = "stories:\n  - {id: Für Sie, title: t, text: x, approved_by: HR}\n"
    assert "cannot be an id" in problems(tmp_path, HEAD + story)[0].message


def test_mistakes_of_form_hide_no_mistakes_of_content(tmp_path: Path) -> None:
    """All in one go, in the order of the file."""
    text = """colour: red
service_standards:
  - id: S02
    measure: {target: {value: '95 %'}}
competencies:
  - id: CX-NEW
    name: Something new
  - id: CX-OWN
    nmae: x
    levels: {1: [Is the best., Asks people.]}
"""
    found = problems(tmp_path, HEAD + text)
    assert [each.line for each in found] == sorted(each.line for each in found)
    said = "\n".join(f"{each.line} {each.message} {each.remedy}" for each in found)
    assert "7 “colour” is no key" in said
    assert "10 S02 has the target “95 %”" in said
    assert "12 The key “definition” is missing." in said
    assert "15 “nmae” is no key of a framework here. Did you mean “name”?" in said
    assert "16 The indicator begins with “Is”." in said


def test_what_is_broken_is_not_blamed_a_second_time(tmp_path: Path) -> None:
    found = problems(tmp_path, HEAD + "competencies:\n  - {id: CX-OWN, levels: {2: none}}\n")
    assert [each.path for each in found] == ["competencies[0].levels[2]"]


def test_a_translation_beside_the_file_is_checked_with_its_own_name_and_line(tmp_path: Path) -> None:
    (tmp_path / "ours.de.yaml").write_text("locale: de\nservice_standards:\n  S01: {nmae: Antworten}\n", "utf-8")
    (found,) = problems(tmp_path, HEAD)
    assert (found.file, found.line) == (str(tmp_path / "ours.de.yaml"), 3)


@pytest.mark.parametrize("language", framework.LANGUAGES)
def test_every_file_to_start_from_is_without_mistakes_also_with_its_examples(tmp_path: Path, language: str) -> None:
    path = tmp_path / "ours.yaml"
    text = framework.template(language)
    path.write_text(text, "utf-8")
    assert framework.check(path) == []
    head, _, examples = text.partition("# ----")
    shown = [line[2:] for line in examples.splitlines() if line.startswith(("#   ", "# service", "# comp", "# voice"))]
    path.write_text(head + "\n".join(line for line in shown if "ST1" not in line), "utf-8")
    assert framework.check(path) == []
    assert framework.load(path).standard("S02").measure.target.printed == "95 %"


@pytest.mark.parametrize("text", ["vision: &a\n  promises: [*a]\n", "vision: " + "[" * 2000 + "]" * 2000 + "\n"])
def test_what_holds_itself_or_is_nested_too_deeply_is_a_mistake(tmp_path: Path, text: str) -> None:
    assert "nested too deeply" in problems(tmp_path, HEAD + text)[0].message
