"""The rule book: every row does something, and an organisation may change what is its own to decide."""

from pathlib import Path

import pytest

from cxify import rules
from cxify.errors import FrameworkInvalid
from cxify.rules import documents, edits, handovers, portfolio, sources
from tests.rules.desk import blocked, edit, found, judged

TRAIT = edit("append", text=" Smiles.")


def test_every_row_does_something() -> None:
    """By its terms or by its function; and every function has its row and its texts."""
    functions = {
        *edits.FUNCTIONS,
        *edits.AMONG,
        *sources.FUNCTIONS,
        *documents.FUNCTIONS,
        *portfolio.RULES,
        "CXL-608",
        handovers.RULE,
    }
    book = rules.load()
    assert functions <= {rule.id for rule in book.rules}
    assert [rule.id for rule in book.rules if not rule.terms and rule.id not in functions] == []


def test_every_shipped_term_compiles() -> None:
    """In every language: a run compiles only those that it needs."""
    for rule in rules.load().rules:
        for language in rule.languages:
            rule.phrases(language).compile()


def test_ids_are_unique_and_in_order() -> None:
    """So that a row is found by reading."""
    ids = [rule.id for rule in rules.load().rules]
    assert ids == sorted(set(ids))


def test_an_organisation_switches_a_rule_off_or_rewords_it(tmp_path: Path) -> None:
    """With the id and what differs."""
    own = tmp_path / "rules.yaml"
    own.write_text("rules:\n- {id: CXL-501, enabled: false}\n- {id: CXL-507, message: 'No {quote} here.'}\n", "utf-8")
    book = rules.load(own)
    assert "CXL-501" in blocked(judged("Answer letters.", TRAIT))
    assert "CXL-501" not in blocked(judged("Answer letters.", TRAIT, book=book))
    hype = judged("Answer letters.", edit("append", text=" Awesome."), book=book)
    assert "No Awesome here." in {finding.message for finding in hype.findings}


def test_an_organisation_adds_a_rule(tmp_path: Path) -> None:
    """A row with terms needs no code; terms may be written in any case."""
    own = tmp_path / "rules.yaml"
    own.write_text(
        "rules:\n- {id: ORG-100, name: bingo, severity: {insertion: block}, terms: {any: [Synergy]}, "
        "message: m, remedy: r, motive: w}\n",
        "utf-8",
    )
    change = edit("append", text=" Finds synergy.")
    assert "ORG-100" in blocked(judged("Answer letters.", change, book=rules.load(own)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rules:\n- {id: CXL-301, enabled: false}\n", "CXL-301 cannot be changed"),
        ("rules:\n- {id: CXL-501, terms: {en: ['smil(e']}}\n", "not a valid term"),
        ("rules:\n- {id: CXL-501, colour: red}\n", "colour"),
        ("rules:\n- {message: m}\n", "without an id"),
        ("[1, 2]\n", "holds no rules"),
    ],
)
def test_a_mistake_in_the_file_is_explained(tmp_path: Path, text: str, says: str) -> None:
    """With the file's name and what to do."""
    own = tmp_path / "rules.yaml"
    own.write_text(text, "utf-8")
    with pytest.raises(FrameworkInvalid, match=r"rules\.yaml") as error:
        rules.load(own)
    assert says in str(error.value)


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    """It is not a traceback."""
    with pytest.raises(FrameworkInvalid, match="cannot be read"):
        rules.load(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "innocent"),
    [
        ("Chases outstanding invoices.", True),
        ("Gives outstanding service.", False),
        ("Sorts outgoing mail.", True),
        ("Is an outgoing person.", False),
        ("Builds user-friendly forms.", True),
        ("Is friendly.", False),
        ("Works on ‘customer‑facing’ tasks.", False),
    ],
)
def test_a_term_is_innocent_in_some_phrases(text: str, innocent: bool) -> None:
    """And typographic variants make no difference."""
    assert ({"CXL-501", "CXL-507", "CXL-101"} & set(found(text)) == set()) is innocent
