"""Case files: what an editor is told, and what is said about a mistake."""

from collections import Counter
from pathlib import Path

import pytest

from cxify import kinds
from cxify.errors import SettingsInvalid
from cxify.evaluation import load
from cxify.evaluation.schema import editor_schema
from tests.evaluation.desk import CASES, EVALS

LINE = "# yaml-language-server: $schema=../case.schema.json"
GOOD = (EVALS / "cases" / "R3.yaml").read_text("utf-8")


def test_the_editors_schema_is_current() -> None:
    """Renew it with `python -m cxify.evaluation.schema > evals/case.schema.json`."""
    assert (EVALS / "case.schema.json").read_text("utf-8") == editor_schema()


@pytest.mark.parametrize("path", sorted((EVALS / "cases").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_case_names_its_schema_and_itself(path: Path) -> None:
    """An editor finds the schema, and a reader the case."""
    assert path.read_text("utf-8").startswith(f"{LINE}\n")
    assert CASES[path.stem].title in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: unknown", "kinds: unknown", "kinds"),
        ("kind: unknown", "kind: unknown\ncolour: red", "line 6"),
        ("locale: en-GB", "locale: English", "locale"),
        ("- {at: P02}", "- {at: P99}", "no paragraph or row P99"),
        ("- {at: P02}", '- {at: P02, text: "no such words"}', "P02 does not say"),
        ("- {id: P02,", "- {id: P01,", "P01 occurs twice"),
        ("limits:", "forbidden: ['(']\nlimits:", "forbidden"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    """With the file, the field or label, and where to read on."""
    path = tmp_path / "case.yaml"
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(SettingsInvalid) as caught:
        load(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_the_cases_cover_the_field() -> None:
    """At least three of every kind, five languages, twelve families."""
    cases = CASES.values()
    counts = Counter(case.kind for case in cases)
    assert [kind for kind in kinds.load() if kind != "unknown" and counts[kind] < 3] == []
    assert len({case.family for case in cases}) >= 12
    assert {case.locale[:2] for case in cases} == {"en", "de", "fr", "nl", "es"}
