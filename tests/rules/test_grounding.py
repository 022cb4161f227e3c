"""Nothing is invented, and what is not invented raises no alarm."""

import pytest

from cxify import framework as frameworks
from tests.rules.desk import blocked, edit, judged, source

SOURCE = "Answer letters from vendors. Purchasing keeps the contracts. Reply within 5 days. Use SAP."

GROUNDED = [
    "Pass each exception to Purchasing with the history.",
    "Reply within 5 days or say when.",
    "Keep the record in SAP complete.",
    "Ask Purchasing's staff what they need.",
    "Desirable: Can give an example of asking first.",
    "Measure: share of complete handovers. [target to be agreed]",
    "5. Ask what the vendor needs.",
    "Use the standards Complete handover and Put it right.",
    "Putting Things Right",
    "Say what happens next; then confirm it. A colleague has to accept it.",
    "I ask, and I record the answer.",
]
INVENTED = [
    ("Pass each exception to Logistics with the history.", "Logistics"),
    ("Reply within 2 days.", "2"),
    ("Reply within two working days.", "two working days"),
    ("Reply within 5 hours.", "5 hours"),
    ("Keep the record in Salesforce complete.", "Salesforce"),
    ("Keep the CRM complete.", "CRM"),
    ("Pass requests to the pharmacy team.", "pharmacy"),
    ("Ask Martha Jones first.", "Martha"),
    ("Aim at 95 % of requests.", "95"),
    ("Log each case in jira.", "jira"),
]


@pytest.mark.parametrize("text", GROUNDED)
def test_what_the_document_or_the_framework_says_may_be_used(text: str) -> None:
    """Names, numbers, list marks, beginnings of sentences, the placeholder for a target."""
    assert "CXL-601" not in blocked(judged(SOURCE, edit("insert_after", text=text)))


@pytest.mark.parametrize(("text", "quote"), INVENTED)
def test_a_new_fact_is_refused_and_quoted(text: str, quote: str) -> None:
    """A placeholder target of the framework (95 %) is no fact either."""
    checked = judged(SOURCE, edit("insert_after", text=text))
    assert any(quote in finding.quote for finding in checked.findings if finding.rule == "CXL-601")


def test_german_nouns_are_no_names() -> None:
    """Only abbreviations and systems are."""
    doc = source("Bearbeitung von Anfragen der Kunden.", language="de-DE")
    good = edit("insert_after", text="Fragt vor der Bearbeitung nach dem Anliegen und bestätigt die Übergabe.")
    bad = edit("insert_after", text="Pflegt jede Anfrage in SAP.")
    assert "CXL-601" not in blocked(judged(doc, good))
    assert "CXL-601" in blocked(judged(doc, bad))


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("de-DE", "Gibt offene Anfragen an Sabine Krüger weiter.", True),
        ("de-DE", "Bespricht offene Fragen mit Frau Krüger.", True),
        ("de-DE", "Gibt Anfragen am Ende der Woche an die Vertretung weiter.", False),
        ("de-DE", "Nennt im Bericht August und September getrennt.", False),
        ("en-GB", "Martin answers what is left open.", True),
        ("en-GB", "Will answer what is left open. Mark each letter.", False),
        ("fr-FR", "Demander l’avis de Mme Lefort.", True),
    ],
)
def test_personal_names_are_facts_in_every_language(language: str, text: str, refused: bool) -> None:
    """German nouns and first words of sentences have capitals too; a title or a first name tells a person."""
    doc = source("Bearbeitung von Anfragen der Kunden. Reply to letters.", language=language)
    assert ("CXL-601" in blocked(judged(doc, edit("insert_after", text=text)))) is refused


def test_words_that_a_replacement_keeps_are_not_judged() -> None:
    """The source may be passionate about Kotlin; the edit has not said so."""
    text = "Passionate about Kotlin and 100% response time."
    change = edit("replace", old="response time.", new="response time, with the cause recorded.")
    assert blocked(judged(text, change)) == set()


def test_an_edit_names_its_reason_and_its_evidence() -> None:
    """The evidence stands in the document, word for word; white space and quotes may differ."""
    new = {"text": "Tell people what happens next."}
    assert blocked(judged(SOURCE, edit("insert_after", **new, evidence="answer  letters"))) == set()
    assert blocked(judged(SOURCE, edit("insert_after", **new, evidence="answer e-mails"))) == {"CXL-605"}
    assert blocked(judged(SOURCE, edit("insert_after", **new, evidence=" "))) == {"CXL-605"}
    assert blocked(judged(SOURCE, edit("insert_after", **new, competencies=()))) == {"CXL-605"}
    assert blocked(judged(SOURCE, edit("insert_after", **new, certainty="not enough data"))) == {"CXL-605"}


def test_a_question_to_hr_needs_no_evidence() -> None:
    """A comment rests on the place where it stands."""
    assert blocked(judged(SOURCE, edit("comment", comment="Which teams?", evidence="", competencies=()))) == set()


def test_ids_exist_in_the_framework() -> None:
    """Competencies with a level, and standards."""
    new = {"text": "Tell people what happens next."}
    assert "CXL-609" in blocked(judged(SOURCE, edit("insert_after", **new, competencies=("CX-SMILE@1",))))
    assert "CXL-609" in blocked(judged(SOURCE, edit("insert_after", **new, standards=("S99",))))


@pytest.mark.parametrize(
    "change",
    [
        edit("append", "b9", text=" More."),
        edit("replace", old="Answer emails", new="Answer letters"),
        edit("replace", old="letters", new="letters"),
        edit("replace", old="letters", new="post", occurrence=2),
        edit("comment", comment="?", quote="emails"),
        edit("insert_row_after", cells=("a", "b")),
        edit("append", text="  "),
    ],
)
def test_an_edit_fits_its_place(change: dict[str, object]) -> None:
    """Or it is refused before anything else is said about it."""
    assert blocked(judged(SOURCE, change)) == {"CXL-608"}


def test_a_curly_quote_is_as_good_as_a_straight_one() -> None:
    """Models and people type what their keyboard has; Word has what Word made of it."""
    change = edit("replace", old='the person\'s "need"', new="the person's need and date")
    assert blocked(judged("Record the person\u2019s \u201cneed\u201d.", change)) == set()


def test_quotations_come_from_somewhere() -> None:
    """Two words in quotation marks are enough to look them up."""
    own = edit("insert_after", text="Apply the standard “Complete handover” to each letter.")
    made_up = edit("insert_after", text="People say “you saved my day” about this team.")
    assert "CXL-603" not in blocked(judged(SOURCE, own))
    assert "CXL-603" in blocked(judged(SOURCE, made_up))


def test_the_organisation_s_own_word_for_customers() -> None:
    """Prohibited words are refused, and so are words that neither organisation nor document uses."""
    built_in = frameworks.load()
    terms = built_in.organisation.customer_terms.model_copy(
        update={"external": "patient", "external_plural": "patients"}
    )
    organisation = built_in.organisation.model_copy(
        update={"customer_terms": terms, "prohibited_customer_terms": ("service recipient",)}
    )
    hospital = frameworks.Framework.model_validate(built_in.model_dump() | {"organisation": organisation.model_dump()})

    def refused(text: str) -> bool:
        return "CXL-103" in blocked(judged("Care for people.", edit("insert_after", text=text), framework=hospital))

    assert refused("Tell customers what happens next.")
    assert refused("Tell each service recipient what happens next.")
    assert not refused("Tell patients what happens next.")


def test_the_number_that_follows_in_a_counted_table_is_no_invented_fact() -> None:
    """Another number in its place is one."""
    source = "| No | Question | Notes |\n| 1 | Why? | |\n| 2 | How? | |"

    def refused(number: str) -> bool:
        return "CXL-601" in blocked(judged(source, edit("insert_row_after", cells=(number, "Who needs it?", ""))))

    assert not refused("3")
    assert refused("17")
