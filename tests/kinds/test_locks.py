"""What must never be found changed is locked; what only looks like it is not."""

import pytest

from cxify import kinds
from cxify.document import Block, Document
from tests.documents import document
from tests.kinds.gold import KINDS


def classified(text: str, kind: str = "job_description", *protected: str) -> Document:
    return kinds.classify(document(text), KINDS, kind=kind, protected=protected)


def duty(text: str) -> Block:
    """Return the sentence as it stands among the duties of a job description."""
    lines = f"Job description\nMain duties\n{text}\nKeep the shared calendar up to date."
    return next(block for block in classified(lines).blocks if block.text == text)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("Pay is $24.50 per hour after training.", "P-PAY"),
        ("Die Vergütung erfolgt nach TVöD, Entgeltgruppe 9b.", "P-PAY"),
        ("The post works 37.5 hours per week.", "P-HOURS"),
        ("Die Stelle ist in Vollzeit zu besetzen.", "P-HOURS"),
        ("The postholder reports to the Ward Manager.", "P-REPORTS"),
        ("We are an equal opportunity employer.", "P-EEO"),
        ("Schwerbehinderte Menschen werden bei gleicher Eignung bevorzugt.", "P-EEO"),
        ("This job description is not exhaustive.", "P-LEGAL"),
        ("Der Betriebsrat wurde beteiligt.", "P-LEGAL"),
        ("Diese Stellenbeschreibung kann angepasst werden.", "P-LEGAL"),
        ("Signature of the employee: ______________", "P-SIGN"),
        ("Current registration with the NMC.", "P-QUAL"),
        ("Abgeschlossenes Studium der Informatik", "P-QUAL"),
        ("3 = Meets expectations", "P-SCALE"),
        ("3 = Erfüllt die Erwartungen", "P-SCALE"),
        ("Nurse (m/f/d) for the night shift", "P-TITLE"),
    ],
)
def test_a_protected_line_is_locked_and_names_its_pattern(text: str, pattern: str) -> None:
    assert pattern in (duty(text).lock or "") or duty(text).lock in {"signature"}


@pytest.mark.parametrize(
    "text",
    [
        "Ask for the name of the caller and the date of the order.",
        "Keep the customer's name, address and date of delivery in the order system.",
        "Ensure that contracts are signed before work begins.",
        "Prepare reports to the standard that the reader expects.",
        "Talk to the line manager when a deadline is at risk.",
        "Answer enquiries within the agreed time.",
        "Explain prices, benefits and delivery times to customers.",
        "Contribute to a safe working environment for visitors.",
        "Support permanent and temporary staff with questions about their tools.",
        "Maintain master data of suppliers.",
        "Manage licence keys of the design software.",
        "Upgrade the exempted systems in the second phase.",
        "Name und Anliegen der anrufenden Person aufnehmen.",
        "Berichte für die Fachbereiche erstellen.",
    ],
)
def test_an_ordinary_duty_is_not_locked(text: str) -> None:
    assert duty(text).lock is None


def test_a_date_a_percentage_and_an_address_are_protected_inside_an_open_sentence() -> None:
    block = duty("Send the figures (90 % complete) to team@example.org by 12.05.2026.")
    assert block.lock is None
    assert [block.text[span.start : span.end] for span in block.spans] == ["90 %", "team@example.org", "12.05.2026"]


def test_protected_phrases_of_the_organisation_are_spans_everywhere() -> None:
    text = "Main duties\nExplain our Bright Promise to callers."
    block = classified(text, "job_description", "Bright Promise").blocks[1]
    assert [(block.text[span.start : span.end], span.reason) for span in block.spans] == [
        ("Bright Promise", "protected phrase")
    ]


def test_a_section_that_the_organisation_protects_is_closed() -> None:
    text = "Job description\n**Our promise**\nWe answer.\n**Main duties**\nAnswer."
    found = kinds.classify(document(text), KINDS, protected_sections=["Our Promise"])
    assert [block.closed for block in found.blocks] == [False, True, True, False, False]


@pytest.mark.parametrize(
    "heading",
    [
        *("Essential Functions", "Physical Demands", "Pay", "Benefits", "Equal opportunities", "Qualifications"),
        *("Signatures", "Befugnisse", "Entgelt", "Stellvertretung", "Unterschriften", "Datenschutz"),
    ],
)
def test_nothing_is_inserted_into_a_closed_section(heading: str) -> None:
    document = classified(
        f"Main duties\nAnswer letters.\n{heading}\nWhat stands here stays.\n\nMain duties\nCall back."
    )
    duty, closed, after = document.blocks[1], document.blocks[3], document.blocks[5]
    assert closed.lock
    assert closed.closed
    assert (duty.closed, after.closed) == (False, False)


def test_requirements_stay_and_may_get_a_neighbour() -> None:
    document = classified("Main duties\nAnswer letters.\nPerson specification\nGood written English.")
    requirement = document.blocks[3]
    assert requirement.lock
    assert not requirement.closed


def test_a_subsection_of_essential_functions_is_closed_whatever_it_is_called() -> None:
    document = classified("# Essential functions\n## Communication\nAnswers letters.\n# Other duties\nFiles letters.")
    answers, files = document.blocks[2], document.blocks[4]
    assert answers.closed
    assert files.lock is None


def test_headers_and_footers_are_closed() -> None:
    from dataclasses import replace

    plain = document("Main duties\nAnswer letters.")
    footer = replace(plain.blocks[1], id="b3", story="footer1", text="Form 7")
    block = kinds.classify(replace(plain, blocks=(*plain.blocks, footer)), KINDS).blocks[2]
    assert (block.lock, block.closed) == ("header or footer", True)


def test_the_lock_of_word_is_kept() -> None:
    from dataclasses import replace

    plain = document("Main duties\nAnswer letters.")
    locked = replace(plain.blocks[1], lock="a check box")
    assert kinds.classify(replace(plain, blocks=(plain.blocks[0], locked)), KINDS).blocks[1].lock == "a check box"


# ---- tables ----


def test_weights_ratings_and_totals_are_closed_and_a_row_may_still_follow() -> None:
    sheet = classified(
        "KPI sheet\n| KPI | Target | Weight | Source | Score |\n| Calls answered | 90 % | 50 % | System | |\n"
        "| Total | | 100 % | | |",
        "kpi_sheet",
    )
    rows = {block.place.row: [] for block in sheet.blocks if block.place}
    for block in sheet.blocks:
        if block.place:
            rows[block.place.row].append(block)
    assert all(block.lock for block in rows[1])
    assert [block.closed for block in rows[2]] == [False, True, True, False, True]
    assert all(block.closed for block in rows[3])


def test_a_fact_table_is_closed_and_a_layout_table_is_not() -> None:
    facts = "| Job title | Buyer |\n| Reports to | Head of Buying |\n| Work style | mostly on site |"
    layout = "| Purpose | Buys what the shops need. |\n| Main duties | Agrees delivery dates with suppliers. |"
    document = classified(f"Job description\n{facts}\n\n{layout}")
    assert all(block.closed for block in document.blocks[1:7])
    assert [block.lock for block in document.blocks if block.text.startswith(("Buys", "Agrees"))] == [None, None]


def test_a_table_right_below_the_rating_scale_is_no_part_of_it() -> None:
    form = classified(
        "Review form\nRating scale\n1 = Outstanding\n2 = Good\n| Behaviour | Description | Rating |\n"
        "| Teamwork | Helps others. | |",
        "review_form",
    )
    assert [block.closed for block in form.blocks[1:4]] == [True, True, True]
    assert next(block for block in form.blocks if block.text == "Helps others.").lock is None


def test_an_empty_cell_belongs_to_people() -> None:
    document = classified("Duties\n| Topic | Who | Done |\n| Safety | | |", "induction_plan")
    assert [block.closed for block in document.blocks[4:]] == [False, True, True]


def test_the_description_below_a_criterion_is_not_its_name() -> None:
    from dataclasses import replace

    from cxify.document import Cell, Row

    form = document("Behaviours\n| Behaviour | Rating |\n| Teamwork | |\n| Helps others. | |")
    rows = form.tables[0].rows
    merged = Row((Cell((rows[1].cells[0].blocks[0], rows[2].cells[0].blocks[0])), rows[1].cells[1]))
    table = replace(form.tables[0], rows=(rows[0], merged))
    blocks = kinds.classify(replace(form, tables=(table,)), KINDS, kind="review_form").by_id
    name, description = merged.cells[0].blocks
    assert (blocks[name].lock, blocks[description].lock) == ("criterion column", None)


# ---- state ----

FORM = "Annual performance review\nEmployee name: {name}\nBehaviours\n| Behaviour | Description | Rating |\n"
ROW = "| Teamwork | Helps others. | {rating} |\n"


@pytest.mark.parametrize(
    ("name", "rating", "end", "state"),
    [
        ("______________", "", "Employee signature: ________    Date: ________", "blank"),
        ("[insert name]", "", "Signature:  \tDate:", "blank"),
        ("", "☐ 1  ☐ 2  ☐ 3", "Signed: ..........", "blank"),
        ("Jo Field", "", "Employee signature: ________", "filled"),
        ("________", "4", "Employee signature: ________", "filled"),
        ("Jo Field", "4", "Employee signature: Jo Field    Date: 3 March 2026", "signed"),
        ("________", "", "Signed: J. Field Date: 03/03/2026", "signed"),
    ],
)
def test_state(name: str, rating: str, end: str, state: str) -> None:
    text = FORM.format(name=name) + ROW.format(rating=rating) + "\n" + end
    assert classified(text, "review_form").state == state


@pytest.mark.parametrize(
    ("table", "state"),
    [
        ("| Name | Signature | Date |\n| | | |", "blank"),
        ("| Name | Signature | Date |\n| Jo Field | | 3 March 2026 |", "signed"),
        ("| Employee signature | | Date | |", "blank"),
        ("| Employee signature | Jo Field | Date | |", "signed"),
        ("| | | |\n| Employee signature | | Date |\n| | | |\n| Supervisor signature | | Date |", "blank"),
        ("| Jo Field | | 3 March 2026 |\n| Employee signature | | Date |", "signed"),
    ],
)
def test_signatures_in_tables(table: str, state: str) -> None:
    assert classified(f"Job description\nMain duties\nAnswer letters.\n{table}").state == state


@pytest.mark.parametrize(
    ("header", "cell", "state"),
    [
        ("Comments", "Kept three launch dates and told Finance early about the fourth.", "filled"),
        ("Comments", "Please give examples from the period.", "blank"),
        ("Comments", "[your comments]", "blank"),
        ("Evidence", "Two examples of completed work", "blank"),
    ],
)
def test_a_form_may_be_filled_in_its_comments_only(header: str, cell: str, state: str) -> None:
    text = f"Annual performance review\n| Behaviour | Rating | {header} |\n| Teamwork | | {cell} |\n| Quality | | |\n"
    assert classified(text, "review_form").state == state


@pytest.mark.parametrize(
    "line",
    [
        "Employee signature: ______________ Manager signature: ______________",
        "Signed: ________ Print name: ________ Date: ________",
        "Unterschrift: .............. Datum: ..............",
        "Signed: employee / manager",
    ],
)
def test_lines_to_sign_on_are_no_signatures(line: str) -> None:
    assert classified(f"Annual performance review\nBehaviours\nTeamwork\n{line}", "review_form").state == "blank"


def test_a_column_that_counts_its_rows_is_no_rating() -> None:
    text = "Interview guide\n| No | Question | Look for | Score |\n| 1 | Why? | Reasons | |\n| 2 | How? | Steps | |\n"
    assert classified(text, "interview_guide").state == "blank"


def test_a_job_description_is_blank_although_it_is_full_of_text() -> None:
    assert classified("Job title: Buyer\nMain duties\nAgree delivery dates.").state == "blank"


def test_a_completed_form_is_locked_throughout() -> None:
    text = FORM.format(name="Jo Field") + ROW.format(rating="4") + "\nDevelopment plan\nTraining planned:"
    assert {block.lock for block in classified(text, "review_form").blocks} == {"completed form: comments only"}
