"""The framework: what ships, what an organisation may change, and how every mistake is explained."""

from pathlib import Path

import pytest

from cxify import framework
from cxify.errors import FrameworkInvalid
from cxify.framework import TO_BE_AGREED, Framework
from cxify.framework.loader import BUILT_IN

BUILT_IN_FRAMEWORK = framework.load()


def write(folder: Path, text: str, name: str = "ours.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def extending(folder: Path, text: str) -> Path:
    head = "extends: cxify-default\nframework: {id: ours, name: Ours, version: '1'}\n"
    return write(folder, head + text)


def only_problem(path: Path) -> framework.Problem:
    problems = framework.check(path)
    assert len(problems) == 1, problems
    return problems[0]


def test_the_built_in_framework_has_no_mistake() -> None:
    assert framework.check(BUILT_IN) == []


def test_ten_competencies_have_four_levels_with_three_short_indicators() -> None:
    assert len(BUILT_IN_FRAMEWORK.competencies) == 10
    for competency in BUILT_IN_FRAMEWORK.competencies:
        for level in (1, 2, 3, 4):
            indicators = competency.indicators(level)
            assert len(indicators) == 3
            assert all(len(indicator.split()) <= 28 for indicator in indicators)


def test_no_target_is_printed_until_it_is_agreed() -> None:
    assert {s.measure.target.printed for s in BUILT_IN_FRAMEWORK.service_standards} == {TO_BE_AGREED}


def test_a_competency_is_found_with_and_without_its_level() -> None:
    assert BUILT_IN_FRAMEWORK.competency("CX-OWN@2") is BUILT_IN_FRAMEWORK.competency("CX-OWN")


def test_the_hash_is_that_of_the_meaning_and_not_of_the_layout(tmp_path: Path) -> None:
    one = framework.load(extending(tmp_path, "vision: {why: Because., statement: ''}\n"))
    same = framework.load(extending(tmp_path, "# a comment\nvision:\n  statement: ''\n  why: 'Because.'\n"))
    other = framework.load(extending(tmp_path, "vision: {why: Because!}\n"))
    assert one.sha256 == same.sha256 != other.sha256


def test_the_template_is_a_framework_without_mistakes(tmp_path: Path) -> None:
    path = write(tmp_path, framework.template())
    assert framework.check(path) == []
    assert framework.load(path).competencies == BUILT_IN_FRAMEWORK.competencies


def test_an_entry_with_a_known_id_changes_that_entry_only(tmp_path: Path) -> None:
    path = extending(
        tmp_path,
        """
service_standards:
  - id: S02
    measure: {target: {value: "95 %", status: agreed}}
competencies:
  - {id: CX-OWN, name: Seeing it through}
""",
    )
    ours = framework.load(path)
    assert ours.standard("S02").measure.target.printed == "95 %"
    assert ours.standard("S02").statement == BUILT_IN_FRAMEWORK.standard("S02").statement
    assert ours.competency("CX-OWN").name == "Seeing it through"
    assert ours.competency("CX-OWN").levels == BUILT_IN_FRAMEWORK.competency("CX-OWN").levels
    assert len(ours.competencies) == 10


def test_approval_is_not_inherited(tmp_path: Path) -> None:
    assert framework.load(extending(tmp_path, "")).framework.status == "template"


# ---- mistakes, each with its line, in words that say what to do ----


@pytest.mark.parametrize(
    ("text", "line", "says", "remedy"),
    [
        ("organisation: {legal_nmes: [X]}", 3, "“legal_nmes” is no key", "legal_names"),
        ("vision: [", 3, "not valid YAML", "indentation"),
        ("vision: {why: a}\nvision: {why: b}", 4, "occurs twice", "line 3"),
        ("service_standards:\n  - id: S02\n    behaviours: [CX-NOPE]", 5, "no competency “CX-NOPE”", "CX-OWN"),
        ("competencies:\n  - {id: CX-OWN, name: a}\n  - {id: CX-OWN, name: b}", 5, "occurs twice", "id of its own"),
        ("competencies:\n  - id: CX-OWN\n    levels:\n      2: [One.]", 6, "only one indicator", "at least two"),
        ("framework: {id: o, name: O, version: '1', status: finished}", 3, "occurs twice", "Keep one"),
        (
            "service_standards:\n  - id: S02\n    measure:\n      target: {value: '95 %'}",
            6,
            "its status is placeholder",
            "status: agreed",
        ),
        (
            "competencies:\n  - id: CX-OWN\n    kpis: [{behaviour: b, measure: m, source: s, target: '10 %'}]",
            5,
            "number as its target",
            "placeholder",
        ),
        (
            "organisation: {prohibited_customer_terms: [customer]}",
            3,
            "prohibited term at once",
            "another word",
        ),
    ],
)
def test_a_mistake_is_explained_with_its_line(tmp_path: Path, text: str, line: int, says: str, remedy: str) -> None:
    problem = framework.check(extending(tmp_path, text))[0]
    assert says in problem.message
    assert remedy in problem.remedy
    if "customer_terms" not in problem.path:
        assert problem.line == line


def test_an_indicator_of_more_than_28_words_is_a_mistake(tmp_path: Path) -> None:
    long = "Asks " + "very " * 28 + "much."
    text = f"competencies:\n  - id: CX-OWN\n    levels:\n      2:\n        - Asks first.\n        - {long}\n"
    problem = only_problem(extending(tmp_path, text))
    assert (problem.line, "30 words" in problem.message) == (8, True)


def test_an_indicator_begins_with_what_the_person_does(tmp_path: Path) -> None:
    text = "competencies:\n  - id: CX-OWN\n    levels:\n      2: [Asks first., The person answers.]\n"
    assert "begins with “The”" in only_problem(extending(tmp_path, text)).message


def test_an_approved_framework_needs_two_owners_and_a_dated_approval(tmp_path: Path) -> None:
    text = "extends: cxify-default\nframework:\n  id: ours\n  name: Ours\n  version: '1'\n  status: approved\n"
    problems = framework.check(write(tmp_path, text))
    assert [problem.path for problem in problems] == ["framework.owners", "framework.approved_by"]
    done = text + "  owners: {hr: A, cx: B}\n  approved_by: [{name: C, date: 2026-01-31}]\n"
    assert framework.check(write(tmp_path, done)) == []


def test_loading_stops_at_a_mistake_and_names_file_line_and_remedy(tmp_path: Path) -> None:
    path = extending(tmp_path, "style: {max_new_share: much}\n")
    with pytest.raises(FrameworkInvalid, match=r"ours\.yaml:3: style\.max_new_share: This must be a number"):
        framework.load(path)


def test_a_missing_file_is_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(FrameworkInvalid, match="There is no framework file"):
        framework.check(tmp_path / "none.yaml")


def test_only_the_default_can_be_extended(tmp_path: Path) -> None:
    assert "cannot be extended" in only_problem(write(tmp_path, "extends: other\n")).message


# ---- other languages ----


def german() -> Framework:
    return BUILT_IN_FRAMEWORK.localised("de-DE")


def test_the_german_texts_are_complete() -> None:
    for english, translated in zip(BUILT_IN_FRAMEWORK.competencies, german().competencies, strict=True):
        assert english.id == translated.id
        for level in (1, 2, 3, 4):
            assert len(translated.indicators(level)) == 3
            assert not set(translated.indicators(level)) & set(english.indicators(level))
            assert all(len(indicator.split()) <= 28 for indicator in translated.indicators(level))
    for standard in BUILT_IN_FRAMEWORK.service_standards:
        assert german().standard(standard.id).statement != standard.statement


def test_german_indicators_address_nobody() -> None:
    texts = " ".join(text for c in german().competencies for level in c.levels.values() for text in level).split()
    assert not {"du", "dein", "deine", "Ihr", "Ihre"} & set(texts)


def test_a_language_without_texts_keeps_the_own_language() -> None:
    assert BUILT_IN_FRAMEWORK.localised("fi") is BUILT_IN_FRAMEWORK
    assert BUILT_IN_FRAMEWORK.localised("en-US") is BUILT_IN_FRAMEWORK


def test_a_reworded_entry_loses_the_inherited_translation(tmp_path: Path) -> None:
    text = "competencies:\n  - id: CX-OWN\n    levels:\n      2: [Asks first., Answers last.]\n"
    ours = framework.load(extending(tmp_path, text)).localised("de")
    assert ours.competency("CX-OWN").indicators(2) == ("Asks first.", "Answers last.")
    assert ours.competency("CX-CARE").name == german().competency("CX-CARE").name


def test_translations_stand_beside_the_file(tmp_path: Path) -> None:
    path = extending(tmp_path, "")
    write(tmp_path, "locale: fr\ncompetencies: {CX-OWN: {name: Mener à bien}}\n", "ours.fr.yaml")
    assert framework.load(path).localised("fr-FR").competency("CX-OWN").name == "Mener à bien"


def test_the_organisations_own_term_replaces_customer(tmp_path: Path) -> None:
    terms = "organisation: {customer_terms: {external: patient, external_plural: patients}}\n"
    ours = framework.load(extending(tmp_path, terms))
    assert (
        ours.in_own_words("Customers wait; a customer asks a colleague.")
        == "Patients wait; a patient asks a colleague."
    )


def test_a_framework_written_in_german_inherits_german_and_still_speaks_english(tmp_path: Path) -> None:
    """The German file to start from gives German documents the German texts and English ones the English."""
    german = framework.load(write(tmp_path, framework.template("de")))
    shipped = BUILT_IN_FRAMEWORK.localised("de")
    assert german.localised("de-AT").competencies == german.competencies == shipped.competencies
    assert german.service_standards == shipped.service_standards
    assert german.localised("en").competencies == BUILT_IN_FRAMEWORK.competencies
    assert german.localised("en-US").organisation.customer_terms.external == "customer"
    assert german.localised("fr").competencies == BUILT_IN_FRAMEWORK.localised("fr").competencies


def test_what_a_german_framework_rewords_loses_its_english_text(tmp_path: Path) -> None:
    own = "competencies: [{id: CX-OWN, name: Dranbleiben}]\n"
    head = "extends: cxify-default\nframework: {id: ours, name: Unser, version: '1', locale: de-DE}\n"
    ours = framework.load(write(tmp_path, head + own))
    assert ours.competency("CX-OWN").name == ours.localised("en").competency("CX-OWN").name == "Dranbleiben"
    assert ours.competency("CX-OWN").definition == BUILT_IN_FRAMEWORK.localised("de").competency("CX-OWN").definition
