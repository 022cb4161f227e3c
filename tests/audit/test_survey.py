"""All documents together: departments, handovers, what comes next."""

from cxify.audit import Audit


def test_spellings_of_a_department_are_one_department(audit: Audit) -> None:
    assert [(unit.name, len(unit.documents)) for unit in audit.units] == [
        ("Dispatch", 1),
        ("Finance Dept.", 2),
        ("Sales", 1),
    ]


def test_handovers_are_answered_unanswered_or_unnamed(audit: Audit) -> None:
    assert {(one.giver, one.receiver, one.answer) for one in audit.handovers} == {
        ("Sales", "Finance Dept.", "answered"),
        ("Sales", "Dispatch", "unanswered"),
        ("Sales", "", "unnamed"),
    }


def test_an_orphan_handover_is_a_finding(audit: Audit) -> None:
    assert [finding.quote for finding in audit.findings if finding.rule == "CXL-804"] == [
        "Hands over delayed orders to the Dispatch team."
    ]


def test_work_for_colleagues_comes_first_in_the_plan(audit: Audit) -> None:
    reaches = [step.reaches for step in audit.steps]
    order = {"internal": 0, "enabler": 1, "external": 2}
    assert reaches == sorted(reaches, key=lambda name: order[name])
    assert {step.facts.file for step in audit.steps} == {facts.file for facts in audit.documents if facts.missing}


def test_customer_facing_and_survey_scores_are_listed(audit: Audit) -> None:
    assert [facts.file for facts in audit.customer_facing] == ["finance/accountant.docx"]
    assert [facts.file for facts in audit.survey_scores] == ["finance/kpi.docx"]


def test_the_matrix_counts_documents(audit: Audit) -> None:
    assert [facts.file for facts in audit.having("job_description", "CX-LISTEN")] == ["sales/sales-clerk.docx"]
    assert len(audit.of_kind("job_description")) == 3
