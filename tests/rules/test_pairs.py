"""The rules tell a weak sentence from the one that an HR expert writes in its place."""

from dataclasses import dataclass

import pytest

from tests.rules.desk import blocked, edit, found, judged, source


@dataclass(frozen=True)
class Pair:
    source: str
    bad: str
    good: str
    rule: str
    kind: str = "job_description"


PAIRS = {
    "trait and hype": Pair(
        "Answer requests from residents.",
        "Passionate about delivering exceptional customer service.",
        "Asks what the person needs to achieve, and by when, before starting work.",
        "CXL-501",
    ),
    "survey score": Pair(
        "Objectives for the year",
        "Achieve an individual NPS of 60.",
        "Keeps or renegotiates promised dates; measured from case records. [target to be agreed]",
        "CXL-201",
        "kpi_sheet",
    ),
    "vague teamwork": Pair(
        "Report order exceptions to Purchasing.",
        "Works closely with cross-functional teams.",
        "Passes each order exception to Purchasing with the history and due date, and confirms who has it.",
        "CXL-702",
    ),
    "customer denied": Pair(
        "Process vendor invoices and employee expense reports.",
        "This is not a customer-facing role.",
        "Vendors are paid as agreed and colleagues are reimbursed without having to ask.",
        "CXL-101",
    ),
    "fewer complaints": Pair(
        "Deal with problems that departments report.",
        "Zero complaints from departments.",
        "Records the cause of each reported problem and confirms the remedy.",
        "CXL-203",
    ),
    "senses": Pair(
        "Help visitors at reception.",
        "Always smiles and maintains eye contact.",
        "Explains each step before taking it and offers another channel when the person prefers one.",
        "CXL-504",
    ),
    "authority": Pair(
        "Answer complaints.",
        "Authorised to refund up to 200 to delight customers.",
        "Offers the remedies within own authority and explains the route to anything beyond it.",
        "CXL-403",
    ),
    "inflation": Pair(
        "Desirable: Experience in a shop.",
        "Must have 3 years of customer service experience.",
        "Desirable: can give an example of finding out what someone needed and changing the plan.",
        "CXL-401",
    ),
    "level": Pair(
        "Code and match invoices.",
        "Champions a customer-centric culture across the enterprise.",
        "Suggests changes that would prevent frequent invoice exceptions.",
        "CXL-402",
    ),
    "generic training": Pair(
        "Training planned for next year for this store:",
        "Attend customer service course.",
        "Work on this store's own cases, using the standards Complete handover and Put it right.",
        "CXL-703",
        "training_outline",
    ),
    "compulsion": Pair(
        "Complaints go to the service desk.",
        "Employees are expected to share company posts.",
        "After training, you may answer questions online; pass complaints to the service desk with the link.",
        "CXL-707",
        "social_media_policy",
    ),
    "claim": Pair(
        "Late release notes cause extra calls to the support team.",
        "Happy employees make happy customers, so share good news.",
        "Late release notes cost the support team extra calls, so that users wait longer.",
        "CXL-602",
    ),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_the_weak_sentence_is_dropped(pair: Pair) -> None:
    """The rule that the pair is about is among those that object."""
    checked = judged(source(pair.source, kind=pair.kind), edit("insert_after", text=pair.bad))
    assert pair.rule in blocked(checked)
    assert not checked.accepted


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_the_expert_sentence_is_accepted(pair: Pair) -> None:
    """No rule objects."""
    checked = judged(source(pair.source, kind=pair.kind), edit("insert_after", text=pair.good))
    assert blocked(checked) == set()
    assert len(checked.accepted) == 1


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Works closely with cross-functional teams.", "CXL-702"),
        ("Training planned for next year: Customer service course", "CXL-703"),
        ("This is a back-office position with no customer-facing duties.", "CXL-101"),
        ("Employees must share company posts on their own accounts.", "CXL-707"),
    ],
)
def test_weak_wording_of_the_source_is_reported(text: str, rule: str) -> None:
    """What a writer may not insert is a finding where it stands already."""
    assert rule in found(text, kind="social_media_policy")


@pytest.mark.parametrize(
    ("bad", "rule"),
    [
        ("Begeistert Kunden mit Leidenschaft.", "CXL-501"),
        ("Sorgt für herausragende Erlebnisse.", "CXL-507"),
        ("Erreicht eine Weiterempfehlungsquote von 60 %.", "CXL-201"),
        ("Übernimmt Rufbereitschaft am Wochenende.", "CXL-401"),
        ("Senkung der Beschwerden im Team.", "CXL-203"),
        ("Stelle ohne Kundenkontakt.", "CXL-101"),
        ("Enge Zusammenarbeit mit anderen Abteilungen.", "CXL-702"),
        ("Hält Blickkontakt mit Besuchern.", "CXL-504"),
        ("Gibt Vorgänge an den Einkauf weiter.", "CXL-601"),
    ],
)
def test_german_sentences_are_judged_too(bad: str, rule: str) -> None:
    """And a good one passes."""
    doc = source("Bearbeitet Anfragen von Kunden.", language="de-DE")
    good = "Fragt vor Beginn, was gebraucht wird und bis wann, und bestätigt die Übergabe."
    assert rule in blocked(judged(doc, edit("insert_after", text=bad)))
    assert blocked(judged(doc, edit("insert_after", text=good))) == set()
