"""docs/extending.md, followed to the letter: its blocks become files, and each has effect on the command line."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxify import word
from tests.cli.conftest import Run, cxify, cxify_json, here
from tests.conftest import ROOT
from tests.worddoc import put, word_file

__all__ = ["cxify", "cxify_json", "here"]

PAGE = (ROOT / "docs" / "extending.md").read_text("utf-8")
BLOCKS = re.findall(r"```(?:yaml|toml)\n(.*?)```", PAGE, re.DOTALL)
FILES = (
    "cxify.toml",
    "our-framework.yaml",
    "our-kinds/volunteer_role.yaml",
    "our-rules.yaml",
    "our-wording/en/own.yaml",
    "our-texts/en.yaml",
)
VOLUNTEER = word_file(
    "Volunteer role: Night Warden",
    "What you will do",
    "Walk through the house at night and note every risk and every alarm.",
    "Hand over to the morning team and leverage what you saw.",
    "Look after the keys of residents who are away.",
    "Work closely with the day team in this customer-facing role, with passion.",
    "Your time",
    "Two nights a month, and expenses are paid.",
)


@pytest.fixture
def ours(here: Path) -> Path:
    for name, text in zip(FILES, BLOCKS, strict=True):
        put(here / name, text.encode())
    put(here / "volunteer.docx", VOLUNTEER)
    return here


def without(folder: Path, name: str) -> None:
    """Take one of the files out of the settings."""
    settings = folder / "cxify.toml"
    settings.write_text("".join(line for line in settings.read_text("utf-8").splitlines(True) if name not in line))


def rewritten(cxify_json: Callable[..., Any], out: str) -> dict[str, Any]:
    told = cxify_json("rewrite", "volunteer.docx", "-o", out)["documents"][0]
    assert told["status"] == "rewritten", told
    details: dict[str, Any] = told["details"]
    return details


def inserted(details: dict[str, Any]) -> str:
    operations = [edit["operation"] for edit in details["edits"]]
    return "\n".join(each.get("text") or each.get("new") or "" for each in operations)


def test_the_page_commands_run_as_they_stand(ours: Path, cxify: Run) -> None:
    commands = re.findall(r"^    cxify (.+)$", PAGE, re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        assert cxify(*command.split()).exit_code == 0
    assert "ORG-SAFE  Keeping people safe" in cxify("framework", "show", "our-framework.yaml").stdout
    assert (ours / "our-kinds").is_dir()


def test_a_competency(ours: Path, cxify_json: Callable[..., Any]) -> None:
    details = rewritten(cxify_json, "out")
    assert any("ORG-SAFE@" in reference for edit in details["edits"] for reference in edit["competencies"])
    assert "risk" in inserted(details)
    without(ours, "framework")
    assert "ORG-SAFE" not in str(rewritten(cxify_json, "other")["edits"])


def test_a_kind_of_document(ours: Path, cxify_json: Callable[..., Any]) -> None:
    seen = cxify_json("inspect", "volunteer.docx")
    assert seen["kind"] == "volunteer_role"
    locked = {block["text"] for block in seen["blocks"] if block["lock"]}
    assert "Two nights a month, and expenses are paid." in locked
    assert inserted(rewritten(cxify_json, "out"))
    without(ours, "kinds")
    assert cxify_json("inspect", "volunteer.docx")["kind"] != "volunteer_role"


def test_a_kind_that_is_like_no_other(ours: Path, cxify_json: Callable[..., Any]) -> None:
    kind = ours / "our-kinds" / "volunteer_role.yaml"
    kind.write_text(kind.read_text("utf-8").replace("like: job_description\n", ""), "utf-8")
    assert inserted(rewritten(cxify_json, "out"))


def test_rules_switched_off_reworded_and_added(ours: Path, cxify_json: Callable[..., Any]) -> None:
    def findings() -> dict[str, str]:
        return {each["rule"]: each["message"] for each in cxify_json("inspect", "volunteer.docx")["findings"]}

    own = findings()
    assert own["CXL-101"] == "Here we serve everyone, so we do not write “customer-facing”."
    assert own["ORG-001"] == "“leverage” is jargon."
    assert "CXL-501" not in own
    without(ours, "rules")
    built_in = findings()
    assert "CXL-501" in built_in
    assert "ORG-001" not in built_in
    assert built_in["CXL-101"] != own["CXL-101"]


def test_a_change_of_the_rules_makes_the_next_run_write_again(ours: Path, cxify_json: Callable[..., Any]) -> None:
    rewritten(cxify_json, "out")
    again = cxify_json("rewrite", "volunteer.docx", "-o", "out")["documents"][0]
    assert again["status"] == "done before"
    without(ours, "rules")
    rewritten(cxify_json, "out")


def test_own_sentences_in_the_comments_and_on_the_page(ours: Path, cxify_json: Callable[..., Any]) -> None:
    rewritten(cxify_json, "out")
    comments = "\n".join(each.text for each in word.remarks_of((ours / "out" / "volunteer.docx").read_bytes()))
    assert "Our own words for “Keeping people safe”, agreed with the residents' council." in comments
    page = (ours / "out" / "volunteer.what-changed.md").read_text("utf-8")
    assert "## Why we do this" in page
    assert "- Nothing about your pay or your hours changes." in page
    assert "## What changes" in page


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("our-framework.yaml", "colour: red\n"),
        ("our-kinds/volunteer_role.yaml", "colour: red\n"),
        ("our-rules.yaml", "  - {id: CXL-301, enabled: false}\n"),
        ("our-wording/en/own.yaml", "measures: none\n"),
        ("our-texts/en.yaml", "colour: red\n"),
    ],
)
def test_a_mistake_stops_the_run_and_names_its_file(ours: Path, cxify: Run, name: str, text: str) -> None:
    with (ours / name).open("a", encoding="utf-8") as file:
        file.write(text)
    result = cxify("rewrite", "volunteer.docx", "-o", "out")
    assert result.exit_code == 11
    assert Path(name).name in result.stderr
    assert not (ours / "out" / "volunteer.docx").exists()


def test_a_language(ours: Path, cxify_json: Callable[..., Any]) -> None:
    """The page speaks it, and the writer does; here with the English sentences under another code."""
    english = ROOT / "cxify" / "writers" / "library" / "wording" / "en"
    for file in english.glob("*.yaml"):
        text = file.read_text("utf-8")
        put(
            ours / "our-wording" / "it" / file.name,
            re.sub(r"^language: en$", "language: it", text, flags=re.M).encode(),
        )
    put(ours / "our-texts" / "it.yaml", b"changes: Che cosa cambia\n")
    italian = word_file(
        "Volunteer role: Guardiano notturno",
        "Che cosa farai",
        "Rispondere alle lettere dei residenti e alle domande delle famiglie ogni giorno della settimana.",
        "Lavorare con la squadra di giorno e preparare la stanza per gli ospiti che arrivano la mattina presto.",
    )
    kind = ours / "our-kinds" / "volunteer_role.yaml"
    kind.write_text(
        kind.read_text("utf-8").replace("{en: [what you will do]}", "{en: [x], it: [che cosa farai]}"), "utf-8"
    )
    put(ours / "volunteer.docx", italian)
    seen = cxify_json("inspect", "volunteer.docx")
    assert seen["language"].startswith("it")
    assert seen["kind"] == "volunteer_role"
    told = cxify_json("rewrite", "volunteer.docx", "-o", "out")["documents"][0]
    assert told["exit_code"] == 0
    declined = " ".join(each["reason"] for each in told["details"]["declined"])
    assert "no wording" not in declined.lower()
    assert "it" not in re.findall(r"\b(it)\b", declined)
