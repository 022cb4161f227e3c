"""What English files of many trades get: a sentence of their own trade, in their own form, where an expert puts it."""

import re

import pytest

from cxify import rules
from cxify.proposal import InsertAfter, InsertRowAfter
from cxify.writers import Task
from tests.writers.test_library import at, task, written
from tests.writers.test_purpose_trades import said

PURPOSE = "The postholder carries out the daily work to the agreed standard and supports the manager."


def duty(line: str, others: str = "", title: str = "Officer", kind: str = "job_description") -> str:
    """Return what is added to one duty of a job of which hardly more is known."""
    given = task(
        f"# Job description\nJob title: {title}\n## Main duties\n- {line}\n- Keep to the rules.\n{others}", kind=kind
    )
    return " ".join(edit.inserted for edit in at(given, line[:25]))


@pytest.mark.parametrize(
    ("title", "own", "other"),
    [
        ("Bus Operator", "journey", "room is ready"),
        ("Ward Clerk", "expected when they arrive", "planned for them"),
        ("Fleet Technician", "vehicles", "delivery|rooms"),
        ("Payroll Manager", "paid|pay", "charged"),
        ("Admissions Counselor", "steps and papers", "how far they have come"),
        ("Befriending Volunteer", "next visit", "continue with this work"),
    ],
)
def test_the_trade_of_the_title_decides(title: str, own: str, other: str) -> None:
    text = (
        "# Job description\nJob title: {title}\n## Job purpose\n{purpose} Patients and students come here to the ward."
        "\n## Main duties\n- Cleans the interior of the vehicle.\n- Answers questions of patients and students."
    )
    sentence = said(text, title, PURPOSE, "en-GB")
    assert re.search(own, sentence), sentence
    assert not re.search(other, sentence), sentence


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("Prepare light meals and drinks for people in their own homes.", "take orders"),
        ("Enforces park rules; issues warnings and citations.", "caused an issue"),
        ("Consults with the supervisor and the police.", "recommending"),
        ("Prepares court reports.", "leave"),
        ("Work with individual pupils and small groups.", "each side"),
        ("Give feedback to the teacher on pupils' progress.", "understood"),
        ("Give advice to callers until help arrives.", "wants? to achieve|recommend"),
        ("Establish the location and nature of the incident.", "cause"),
        ("Check clients in and out, explain invoices and collect payments.", "incomplete"),
        ("Keep a daily site diary and record deliveries.", "dates work"),
        ("Lead the staff team, including recruitment and rotas.", "happens next"),
        ("Contribute to student recruitment activities.", "next step|happens next"),
    ],
)
def test_words_that_mean_something_else_add_nothing(line: str, other: str) -> None:
    assert not re.search(other, duty(line))


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("Notify production of out-of-specification results.", "noticed|seen"),
        ("Report any changes in the person's condition to the office without delay.", "noticed|seen"),
        ("Let the duty manager know when a vehicle is off the road.", "noticed|seen"),
        ("Hand over keys, radios and outstanding matters to the relieving officer.", "next shift"),
        ("Communicate cut-off dates to line managers.", "each date|these dates"),
        ("Ensure that parents are well informed about the progress of their children.", "understood|unclear|next"),
    ],
)
def test_the_place_that_an_expert_would_take_is_known(line: str, own: str) -> None:
    assert re.search(own, duty(line)), duty(line)


def test_duties_in_a_table_of_their_own_are_continued() -> None:
    text = (
        "# Job description\n| Post | Finance Officer |\n| Grade | D |\n\n| No. | Main duties | % of time |\n"
        "| 1 | Deal with queries from customers about their accounts | 60 |\n| 2 | Pass cases to Legal Services | 40 |"
    )
    given = task(text, kind="job_description")
    assert at(given, "Deal with queries")
    assert re.search("history", at(given, "Pass cases to")[0].inserted)


def test_a_new_duty_stands_before_the_one_for_anything_else() -> None:
    text = (
        "# Job description\nJob title: Bus Driver\n## Duties\n- Drives the bus.\n- Performs related duties as assigned."
    )
    new = next(edit for edit in written(task(text)).edits if isinstance(edit.operation, InsertAfter))
    assert new in at(task(text), "Drives the bus")
    assert "passengers" in new.inserted


def test_a_lettered_list_goes_on_with_the_next_letter() -> None:
    text = "# Job description\nJob title: Lecturer\n## Duties\n(a) To publish papers.\n(b) To attend meetings."
    texts = [edit.inserted for edit in written(task(text)).edits]
    assert any(text.startswith("(c) To ") for text in texts)


def test_who_speaks_of_himself_goes_on_doing_so() -> None:
    text = (
        "# Annual appraisal form\n## Our behaviours\n| Behaviour | What it looks like | Employee comments | Rating |\n"
        "| Customer first | I put our residents at the heart of what I do | | |\n"
        "| Taking responsibility | I do what I say I will do | | |"
    )
    texts = [edit.inserted for edit in written(task(text, kind="review_form")).edits if edit.inserted]
    assert texts
    assert all(text.startswith("; I ") for text in texts), texts


def test_who_speaks_of_a_team_goes_on_doing_so() -> None:
    text = (
        "# My annual review\n## How did I work?\n| Value | What we mean | My example |\n"
        "| Together | We work as one team with our partners | |\n| Open | We share what we know and listen | |"
    )
    texts = [edit.inserted for edit in written(task(text, kind="review_form")).edits if edit.inserted]
    assert texts
    assert all(text.startswith("; we ") for text in texts), texts


def test_a_criterion_stands_below_the_text_and_never_below_the_heading() -> None:
    text = (
        "Job description\n1. Job purpose\nTo support pupils.\n2. Main activities\nPrepare displays for the classroom.\n"
        "3. Knowledge and experience\nGCSE English and maths; experience of working with children."
    )
    for edit in written(task(text)).edits:
        assert not edit.inserted.startswith("4. ")


@pytest.mark.parametrize(
    ("line", "own", "other"),
    [
        ("Keep academics informed of the progress of their contracts.", "news", "understood"),
        ("Manage the consultants' diaries and arrange clinics.", "date", "each decision"),
        ("Chase test results and bring abnormal ones to the attention of the doctor.", "noticed|seen", "not show"),
        ("Give feedback on recurring faults to R&D.", "noticed|seen", ""),
        ("Give report to receiving units and EMS partners.", "history|done so far", ""),
        ("Communicate quality issues to production supervisors and suppliers.", "noticed|seen", ""),
        ("Communicate with patients about the plan of care.", "understood|unclear", ""),
        ("Liaise with clients, architects and building inspectors.", "each side|need from|history", ""),
    ],
)
def test_news_diaries_and_findings_reach_who_needs_them(line: str, own: str, other: str) -> None:
    assert re.search(own, duty(line)), duty(line)
    assert not other or not re.search(other, duty(line))


def test_partners_in_a_table_are_no_duties() -> None:
    text = (
        "# Role description\n## Duties\n- Keep to the rules.\n## Key relationships\n| Who | Why |\n"
        "| Team Leader | Escalate issues, receive guidance |\n| Team members | Share information |"
    )
    assert not at(task(text, kind="job_description"), "Escalate issues")


def test_a_named_behaviour_is_not_continued() -> None:
    text = "# Prison Officer\n## Duties\n- Deal with mail.\n## Behaviours\n- Communicating and Influencing\n- Working"
    assert not at(task(text, kind="job_description"), "Communicating and Influencing")


def test_a_new_criterion_takes_no_cell_of_another_for_a_tick() -> None:
    text = (
        "# Person specification\nPost: Fitter\n| Factor | Essential | Desirable |\n| Qualifications | C&G | HNC |\n"
        "| Experience | Post-apprenticeship | Hospital experience |\n| Disposition | Flexible | |"
    )
    rows = [e.operation for e in written(task(text, kind="person_specification")).edits]
    cells = [row.cells for row in rows if isinstance(row, InsertRowAfter)]
    assert cells
    assert all(name and not essential and desirable.startswith("Can ") for name, essential, desirable in cells)


def test_work_that_goes_on_in_somebody_s_absence_is_passed_on_complete() -> None:
    text = (
        "# Annual Leave Policy\n## Purpose\nTo set out the arrangements for annual leave for all employees.\n"
        "## Before leave\nBefore going on leave employees should hand over urgent work to a colleague."
    )
    (edit,) = at(task(text, kind="policy"), "Before going on leave")
    assert re.search("history|what was promised", edit.inserted)


COUNTED = (
    "# Key performance indicators\nRole: Advisor\n| No. | KPI | Measure | Target | Weighting |\n"
    "| 1 | Quality | Quality score | 85% | 30% |\n| 2 | Adherence | Schedule adherence | 92% | 30% |\n"
    "| 3 | Records | Records checked | 95% | 20% |\n| 4 | Training | Modules finished | 100% | 20% |"
)


def rows_of(given: Task) -> list[tuple[str, ...]]:
    """Return the cells of the rows that stand after all rules."""
    checked = rules.check(
        given.document, written(given), kind=given.kind, profile=given.profile, framework=given.framework
    )
    operations = [edit.operation for edit in checked.accepted]
    return [operation.cells for operation in operations if isinstance(operation, InsertRowAfter)]


def test_a_table_that_counts_its_rows_goes_on_counting() -> None:
    assert [cells[0] for cells in rows_of(task(COUNTED, kind="kpi_sheet"))] == ["5", "6"]


def test_in_a_scorecard_of_several_tables_the_rows_join_those_on_customers() -> None:
    text = (
        "# Balanced scorecard\n## Financial\n| Objective | Measure | Target | Actual |\n| Cost | Unit cost | 1 | |\n"
        "\n## Customer\n| Objective | Measure | Target | Actual |\n| On time | OTIF | 98 | |\n"
        "\n## Learning and growth\n| Objective | Measure | Target | Actual |\n| Develop people | Plan completed | 1 | |"
    )
    given = task(text, kind="kpi_sheet")
    rows = [edit for edit in written(given).edits if isinstance(edit.operation, InsertRowAfter)]
    assert rows
    assert {given.document.by_id[edit.operation.block].section for edit in rows} == {"Customer"}


def test_a_plan_of_thirty_days_begins_where_it_begins() -> None:
    text = (
        "# 30-60-90 Day Plan: Account Manager\n## Days 1–30: Learn\n- Complete the paperwork.\n- Read the price list.\n"
        "## Days 31–60: Contribute\n- Send the first quotes.\n## Days 61–90: Own\n- Run account reviews."
    )
    given = task(text, kind="induction_plan")
    sections = [given.document.by_id[edit.operation.block].section for edit in written(given).edits if edit.inserted]
    assert sections.count("Days 1–30: Learn") >= 2


def test_traits_in_a_page_of_prose_are_shown() -> None:
    text = (
        "Store Manager\nIf you are passionate and customer-obsessed, we want to hear from you!\n"
        "As Store Manager you will run the store, order stock and lead a team of fourteen people.\n"
        "In return we offer 33 days' holiday. To apply, please send your CV by 30 April."
    )
    comments = [edit.operation.comment for edit in written(task(text, kind="job_advert")).edits]
    assert any("passionate" in (comment or "") for comment in comments)


@pytest.mark.parametrize(("topic", "number"), [("Students", "0.6 "), ("Education", None)])
def test_a_number_that_goes_on_under_the_next_topic_does_not_stand_twice(topic: str, number: str | None) -> None:
    text = (
        "Job description\nJob purpose\nTo lead a team of community nurses.\nClinical\n0.1 Assess patients at home.\n"
        "0.2 Prescribe dressings for them.\nLeadership\n0.3 Lead a team of twelve nurses.\n0.4 Keep the rota current.\n"
        f"{topic}\n0.5 Act as assessor for student nurses.\nEqual opportunities\nWe are an equal opportunity employer."
    )
    new = [edit.inserted for edit in written(task(text)).edits if isinstance(edit.operation, InsertAfter)]
    assert not any(text.startswith("0.5 ") for text in new)
    assert number is None or any(text.startswith(number) for text in new)


def test_a_row_is_named_and_described_as_its_neighbours_are() -> None:
    text = (
        "# Employee performance evaluation\n## Performance\n| Performance factor | 1 | 2 | 3 | Comments |\n"
        "| Quality of work – work is accurate and thorough | ☐ | ☐ | ☐ | |\n"
        "| Teamwork – cooperates with others | ☐ | ☐ | ☐ | |\n"
        "| Communication – expresses ideas clearly | ☐ | ☐ | ☐ | |"
    )
    rows = [edit.operation for edit in written(task(text, kind="review_form")).edits]
    names = [row.cells[0] for row in rows if isinstance(row, InsertRowAfter)]
    assert names
    assert all(re.match(r"[A-Z][\w ]+ – [a-z]", name) for name in names), names
