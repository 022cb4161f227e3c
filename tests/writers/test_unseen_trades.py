"""What documents of trades and layouts get that nobody had in mind: the right people, level, place and grammar."""

import pytest

from cxify import framework, kinds, profile, rules
from cxify.profile import RoleProfile
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Replace
from tests.documents import document
from tests.kinds.gold import KINDS
from tests.writers.test_library import at, task, written

FRAMEWORK = framework.load()


def of(text: str) -> RoleProfile:
    found = kinds.classify(document(text), KINDS, kind="job_description")
    return profile.of(found, KINDS["job_description"], FRAMEWORK)


def added(text: str, kind: str = "job_description") -> str:
    return "\n".join(edit.inserted for edit in written(task(text, kind=kind)).edits)


DATABASES = """# Storage Administrator
## Position Summary
The Storage Administrator keeps the company's database servers available and secure. {denial}
## Other Duties
- Fulfills data extract requests from the analytics team.
- Trains junior administrators on the ticketing tool."""


@pytest.mark.parametrize(
    "denial",
    [
        "This role has no direct customer contact.",
        "There is no contact with the public in this position.",
        "The role does not have any direct client contact.",
    ],
)
def test_a_job_that_denies_its_customers_names_those_who_use_its_work(denial: str) -> None:
    text = DATABASES.format(denial=denial)
    assert "customers" not in of(text).served
    replaced = [
        e.operation.old for e in written(task(text, kind="job_description")).edits if isinstance(e.operation, Replace)
    ]
    assert denial in replaced
    assert "customer" not in added(text).casefold()


def test_a_job_with_customers_may_say_that_it_meets_them() -> None:
    found = next(rule for rule in rules.load().rules if rule.id == "CXL-101").phrases("en")
    assert not list(found.find("Has regular contact with customers and other customer contact points."))


@pytest.mark.parametrize(
    ("text", "served"),
    [
        (
            "# Visitor Services Assistant\n## Duties\n- Sell tickets at the desk.\n- Support volunteers on duty.",
            "visitors",
        ),
        ("# Student Welfare Officer\n## Duties\n- Run drop-in sessions.\n- Advise parents by telephone.", "students"),
        (
            "# Job description\nJob title: Key Worker\n## Purpose\nTo support adults with learning disabilities to "
            "live in homes of their own.\n## Duties\n- Record daily notes.\n- Build good relationships with families.",
            "adults with learning disabilities",
        ),
        (
            "# Job description\nJob title: Statement Taker\n## Duties\n- Take statements from victims by telephone.\n"
            "- Answer questions from victims and insurers.\n- Advise officers on forms.",
            "victims",
        ),
    ],
)
def test_those_whom_title_or_purpose_names_come_before_those_who_are_mentioned(text: str, served: str) -> None:
    assert of(text).served[0] == served


def test_a_name_of_several_words_has_its_singular() -> None:
    text = (
        "# Job description\nJob title: Key Worker\n## Purpose\nTo support adults with learning disabilities in their "
        "homes.\n## Duties\n- Help with shopping and paying bills.\n## Person specification\n- Care Certificate\n"
        "- Experience of supporting people with learning disabilities"
    )
    assert "an adult with learning disabilities" in added(text)


def test_a_user_has_the_article_that_is_spoken() -> None:
    text = (
        "# Job description\nJob title: Support Technician\n## Duties\n- Log all work and keep users informed.\n"
        "- Resolve faults for users.\n## Person specification\n- Experience of two systems\n- A licence"
    )
    assert "a user" in added(text)
    assert "an user" not in added(text)


@pytest.mark.parametrize(
    ("duty", "level"),
    [
        ("Supervises 24 machine operators on the second shift.", 3),
        ("Lead the branch team to achieve its targets.", 3),
        ("Recruit, develop and retain the kitchen team.", 3),
        ("Supports the second shift with parts and drawings.", 2),
        ("Leads the project team meetings for two clients.", 2),
    ],
)
def test_who_directs_a_team_works_at_the_level_of_a_team(duty: str, level: int) -> None:
    found = of(f"# Job description\nJob title: Production Manager\n## Duties\n- {duty}\n- Plans the daily work.")
    assert found.level == level


CLEANING = """# Job description
Job title: Cleaning Operative
## Duties
- Sweep, mop and polish floors in the offices.
- Clean and restock toilets and complete the check sheet.
- Report faults, spillages and damage to the supervisor.
- Use machinery as trained."""


def test_what_one_duty_says_is_not_added_to_another() -> None:
    given = task(CLEANING, kind="job_description")
    assert "faults" not in added(CLEANING)
    assert not at(given, "Clean and restock")
    assert "confirm who deals with it" in " ".join(edit.inserted for edit in at(given, "Report faults"))


def test_the_turnover_to_the_next_shift_is_a_handover() -> None:
    duties = "- Ensures a smooth turnover to the third shift.\n- Runs the line."
    text = f"# Job description\nJob title: Shift Operator\n## Duties\n{duties}"
    assert "next shift" in added(text)


def test_what_is_desirable_stands_under_the_heading_that_says_so() -> None:
    text = (
        "# Backend Engineer\nWe build booking software for clinics.\n## What you'll do\n- Build services for clinics.\n"
        "- Own them in production.\n## What we're looking for\n- Five years of Go\n- Clear writing\n"
        "## Nice to have\n- Kubernetes\n- Experience in health tech\n## How to apply\nSend your CV to us."
    )
    given = task(text, kind="job_advert")
    assert [edit.inserted for edit in at(given, "Experience in health")]
    assert "Desirable:" not in added(text, "job_advert")


INTERVIEW = """# Interview guide: Facilities Coordinator
| Time | Question | Look for | Score |
| 5 min | Tell us why you applied. | Motivation | |
| 10 min | How would you organise an office move? | Planning | |
| 5 min | {closing} | | |"""


@pytest.mark.parametrize(
    "closing", ["Do you have any questions for us?", "Is there anything else you would like to add?"]
)
def test_new_questions_stand_before_those_that_end_the_talk(closing: str) -> None:
    given = task(INTERVIEW.format(closing=closing), kind="interview_guide")
    assert not at(given, closing)
    assert len(at(given, "How would you organise")) > 1


def test_a_column_that_repeats_itself_groups_the_measures() -> None:
    given = task(
        "# Kennzahlen 2027\n| Bereich | Kennzahl | Ziel | Quelle |\n| Lager | Inventurdifferenz | 0,3 % | Inventur |\n"
        "| Lager | Fehlerquote der Kommissionierung | 1 % | System |\n| Team | Übergaben im Plan | 95 % | System |",
        kind="kpi_sheet",
        language="de-DE",
    )
    rows = [edit.operation.cells for edit in written(given).edits if isinstance(edit.operation, InsertRowAfter)]
    assert rows
    assert all(cells[0] == "Team" and ": " in cells[1] for cells in rows)


@pytest.mark.parametrize("title", ["KPI Dashboard FY27", "KPI sheet 2027 – Operations", "KPI sheet Q3 2027"])
def test_a_period_is_no_job(title: str) -> None:
    found = kinds.classify(document(f"# {title}\n| KPI | Target |\n| Stock accuracy | 98% |"), KINDS, kind="kpi_sheet")
    assert not profile.of(found, KINDS["kpi_sheet"], FRAMEWORK).role


CLAUSES = """POSITION: MAINTENANCE TECHNICIAN
PURPOSE
1.1 Carries out planned and reactive maintenance of the plumbing across the estate.
KEY RESULT AREAS
2.1 Planned maintenance
2.1.1 Completes the weekly inspections and records readings.
2.2 Reactive maintenance
2.2.1 Responds to job tickets from wards and departments.
2.2.2 Escalates jobs that need external contractors."""


def test_a_numbered_clause_is_continued_and_the_title_above_it_is_not() -> None:
    given = task(CLAUSES, kind="job_description")
    assert not at(given, "2.1 Planned")
    assert not at(given, "2.2 Reactive")
    for clause in ("1.1 Carries", "2.2.1 Responds", "2.2.2 Escalates"):
        assert all(isinstance(edit.operation, Append) for edit in at(given, clause))
        assert at(given, clause)


def test_nothing_without_a_number_stands_between_the_clauses_of_a_policy() -> None:
    given = task(
        "# Complaints Policy\n## 1. Purpose\n1.1 This policy sets out how complaints from tenants are handled.\n"
        "## 2. Procedure\n2.1 Complaints are logged within two working days.\n2.2 The manager investigates.\n"
        "## 3. Review\n3.1 This policy is reviewed every two years.",
        kind="policy",
    )
    assert not [edit for edit in written(given).edits if isinstance(edit.operation, InsertAfter)]
    assert at(given, "1.1 This policy")


@pytest.mark.parametrize("header", ["What we look for", "Expectation"])
def test_a_criterion_for_promotion_fills_the_columns_as_the_others_do(header: str) -> None:
    given = task(
        f"# Promotion criteria\n| Criterion | {header} | Evidence |\n| Delivery | Delivers on time | Reports |\n"
        "| Leadership | Mentors others | Feedback from mentees |\n| Depth | Designs to last | Design reviews |\n"
        "| Teamwork | Works well across teams | Peer feedback |",
        kind="promotion_criteria",
    )
    rows = [edit.operation.cells for edit in written(given).edits if isinstance(edit.operation, InsertRowAfter)]
    assert rows
    assert all(all(cells) and not cells[2].startswith("Shown by") for cells in rows)


def test_the_days_of_a_course_are_its_modules() -> None:
    given = task(
        "# Management Essentials: course outline\n## Aim\nTo give supervisors the skills to manage their teams.\n"
        "## Day 1\n- Module 1: Communication and delegation, with role play\n- Module 2: Giving feedback, with cases\n"
        "## Day 2\n- Module 3: Managing performance, with case studies\n- Action planning",
        kind="training_outline",
    )
    assert sum(edit.operation.op == "append" and "Module" in edit.evidence for edit in written(given).edits) > 1


def test_titles_that_word_numbers_like_a_list_open_sections() -> None:
    given = task(
        "# Annual Bonus Scheme\n- Eligibility\nEmployees who joined before October.\n- Individual criteria\n"
        "Attendance above target.\nNo upheld complaints.\n- Payment\nPaid in the March payroll.",
        kind="bonus_criteria",
    )
    assert at(given, "No upheld complaints")
    assert not at(given, "Employees who joined")
    assert not at(given, "Paid in")


def test_an_advert_in_whole_sentences_goes_on_in_them() -> None:
    text = (
        "# Visitor Services Assistant\nThe museum tells the story of the town to its visitors.\n## What you will do\n"
        "- Sell tickets at the desk.\n## About you\nYou enjoy talking to people and you like working in a small team. "
        "You have handled cash.\n## How to apply\nPlease send a CV by Friday."
    )
    assert "A plus: an example of" in added(text, "job_advert")
    assert "Desirable: Can" not in added(text, "job_advert")


def test_those_whom_only_the_law_names_are_not_served() -> None:
    text = (
        "# Job description\nJob title: HR Partner\n## Duties\n- Advise managers on casework.\n- Coach managers.\n"
        "## Other information\nWe make reasonable adjustments for disabled applicants and employees."
    )
    assert of(text).served == ("managers",)


def test_a_part_called_person_specification_makes_no_person_specification() -> None:
    text = (
        "School Caretaker\nResponsible to: Headteacher\nMain purpose\nTo keep the school safe and well maintained.\n"
        "Duties\n- Carry out minor repairs.\n- Receive deliveries.\nPerson specification\n"
        "| Essential | Desirable |\n| DIY skills | Work in a school |\n| Able to work alone | First aid certificate |"
    )
    assert kinds.classify(document(text), KINDS).kind == "job_description"


def test_the_first_item_of_a_day_and_not_its_title_is_followed_by_the_why() -> None:
    given = task(
        "Your first 30 days\nDay 1\n- Meet your buddy\n- Lunch with each team member\nWeek 1\n- Product walkthrough\n"
        "- Fix your first bug\nWeeks 2-4\n- Pair with a colleague\n- 30-day check-in",
        kind="induction_plan",
    )
    assert not at(given, "Day 1")
    assert "members are" not in " ".join(edit.inserted for edit in written(given).edits)
    assert not given.profile.role


def test_the_development_of_children_is_no_product() -> None:
    given = task(
        "# Stellenbeschreibung Erzieher/in\n## Aufgaben\n- Beobachtung und Dokumentation der Entwicklung\n"
        "- Führen von Entwicklungsgesprächen mit Eltern\n- Planung pädagogischer Angebote für Kinder",
        kind="job_description",
        language="de-DE",
    )
    assert "Ergebnis" not in " ".join(edit.inserted for edit in at(given, "Beobachtung und Dokumentation"))
    assert "verstanden" in " ".join(edit.inserted for edit in at(given, "Führen von Entwicklungs"))


def test_an_advert_without_a_sentence_on_whom_it_serves_shows_it_in_a_duty() -> None:
    given = task(
        "Pflegefachkraft (m/w/d)\nWir suchen eine Pflegefachkraft in Voll- oder Teilzeit.\nIhre Aufgaben\n"
        "- Sie planen und dokumentieren die Pflege unserer Bewohnerinnen und Bewohner\n- Sie stellen die Medikamente\n"
        "Ihr Profil\n- Abgeschlossene Ausbildung als Pflegefachkraft\n- Freude am Umgang mit Menschen",
        kind="job_advert",
        language="de-DE",
    )
    assert any(edit.inserted for edit in at(given, "Sie planen und"))


def test_competences_that_ask_for_a_diploma_take_the_criterion_on_listening() -> None:
    given = task(
        "# Fiche de poste : technicien de laboratoire\n## Activités principales\n- Réaliser les analyses\n"
        "- Transmettre les résultats urgents aux services de soins\n## Compétences\n"
        "- Diplôme d'État de technicien de laboratoire\n- Rigueur",
        kind="job_description",
        language="fr-FR",
    )
    assert any("Souhaité" in edit.inserted for edit in written(given).edits)


def test_recruiting_volunteers_is_no_personnel_work() -> None:
    text = (
        "# Job description\nJob title: Community Engagement Officer\n## Purpose\nYou'll build relationships with "
        "groups and recruit volunteers.\n## Duties\n- Recruit, train and support volunteers\n- Organise events"
    )
    assert "clear answer from one person" not in added(text)


QUESTIONS = """# Mid-Year Conversation Guide
## Looking back
- What are you most proud of since January?
- How have you worked with others?
## Looking ahead
- What will you focus on until December?
- {last}"""


def test_a_form_of_open_questions_asks_what_others_needed() -> None:
    given = task(QUESTIONS.format(last="What would you like to learn?"))
    assert given.document.kind == "review_form"
    (question,) = [edit.inserted for edit in at(given, "How have you worked") if edit.inserted]
    assert question == "Who went on with your work, and what did they have to ask you for?"


def test_a_form_that_asks_it_already_gains_no_question() -> None:
    given = task(QUESTIONS.format(last="Which handovers went well, and who rely on your work?"))
    assert "Who went on" not in " ".join(edit.inserted for edit in written(given).edits)


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (
            "- Worauf sind Sie stolz?\n- Wie haben Sie mit anderen gearbeitet?\n- Was möchten Sie lernen?",
            "Ihrer Arbeit",
        ),
        ("- Worauf bist du stolz?\n- Wie hast du mit anderen gearbeitet?\n- Was möchtest du lernen?", "deiner Arbeit"),
    ],
)
def test_open_questions_address_people_as_the_form_does(questions: str, said: str) -> None:
    given = task(f"# Mitarbeitergespräch\n## Rückblick\n{questions}", kind="review_form", language="de-DE")
    assert said in " ".join(edit.inserted for edit in written(given).edits)


@pytest.mark.parametrize(
    ("title", "duties", "said", "never"),
    [
        ("Lettings Negotiator", "- Keep landlords updated on marketing and viewings.", "what has been agreed", "find"),
        ("Mail Carrier", "- Deliver letters and parcels to homes.", "expect a delivery", "continue with this work"),
        ("UX Researcher", "- Plan and run usability tests and surveys.", "what people need", "can use the results"),
    ],
)
def test_the_purpose_is_that_of_the_trade(title: str, duties: str, said: str, never: str) -> None:
    text = (
        f"# Job description\nJob title: {title}\n## Purpose\nThe postholder does the daily work to the agreed standard."
        f"\n## Duties\n{duties}\n- Keep to the rules of the team."
    )
    assert said in added(text)
    assert never not in added(text)


def test_whoever_is_kept_informed_is_served() -> None:
    text = (
        "# Job description\nJob title: Negotiator\n## Purpose\nTo let properties on behalf of landlords.\n## Duties\n"
        "- Negotiate offers between landlords and tenants.\n- Keep landlords updated on viewings."
    )
    assert of(text).served[0] == "landlords"


def test_who_takes_part_in_a_survey_learns_what_came_of_it() -> None:
    text = "# Job description\nJob title: Researcher\n## Duties\n- Run interviews and surveys.\n- Keep the records."
    assert "who took part" in added(text)
    assert "who gave it" not in added(text)


def test_livestock_is_no_store() -> None:
    text = (
        "# Stockperson – Dairy\nReports to: Herd Manager\n## Main tasks\n- Feed and bed up stock.\n- Milk the cows.\n"
        "- Spot signs of illness and tell the Herd Manager.\n## What we need\n- Experience with dairy cows"
    )
    given = task(text)
    assert given.document.kind == "job_description"
    assert not at(given, "Feed and bed up")
    assert "noticed" in " ".join(edit.inserted for edit in at(given, "Spot signs"))


def test_a_baseline_has_no_target() -> None:
    given = task(
        "# KPI sheet\n| Objective | KPI | Baseline | Target | Owner |\n| Hire | Time to hire | 58 | 45 | Lead |\n"
        "| Support | Days to close a case | 19 | 12 | Lead |\n| Develop | Training hours | 11 | 16 | Lead |",
        kind="kpi_sheet",
    )
    rows = [edit.operation.cells for edit in written(given).edits if isinstance(edit.operation, InsertRowAfter)]
    assert rows
    assert all(cells[2] == "" and "agreed" in cells[3] for cells in rows)


def test_a_question_with_its_number_and_a_line_for_notes_is_followed_by_the_next() -> None:
    asked = ("Why do you want this job?", "How do you check your work?", "How do you plan a week?")
    lines = "\n".join(f"Question {n}: {one}\nNotes:" for n, one in enumerate(asked, 1))
    given = task(f"# Structured Interview: Accounts Assistant\n{lines}\nOverall rating:", kind="interview_guide")
    first = next(edit for edit in written(given).edits if edit.inserted)
    assert first.inserted.startswith("Question 4: ")
    assert first.operation.block == [block.id for block in given.document.blocks if block.text == "Notes:"][-1]
    checked = rules.check(
        given.document, written(given), kind=given.kind, profile=given.profile, framework=given.framework
    )
    assert first in checked.accepted


def test_the_aims_of_a_course_on_software_are_about_files_and_stand_last() -> None:
    given = task(
        "# Excel for Beginners: course outline\n## Learning objectives\n- Enter and format data\n- Use formulas\n"
        "- Print worksheets\n## Programme\n| Time | Session |\n| 09:30 | Introduction and entering data |\n"
        "| 11:00 | Formulas and functions in workbooks |\n| 15:30 | Questions and close |",
        kind="training_outline",
    )
    assert "next person can continue" in " ".join(edit.inserted for edit in at(given, "Print worksheets"))
    assert not at(given, "Questions and close")


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("# Functieprofiel HR-adviseur", "HR-adviseur"),
        ("POSITION DESCRIPTION\nCivil Engineer II\nGeneral Statement of Duties", "Civil Engineer II"),
        ("# Job description: HR Business Partner", "HR Business Partner"),
    ],
)
def test_a_job_keeps_its_title_beside_papers_and_departments(head: str, role: str) -> None:
    assert of(f"{head}\n## Duties\n- Advise managers on absence.\n- Prepare plans.").role == role


def test_the_place_of_work_is_no_trade() -> None:
    given = task(
        "# Stellenbeschreibung Haustechniker/in Klinik\n## Ziel der Stelle\nSicherstellung des störungsfreien Betriebs "
        "aller gebäudetechnischen Anlagen.\n## Aufgaben\n- Wartung der Lüftung\n- Dokumentation der Prüfungen",
        kind="job_description",
        language="de-DE",
    )
    assert "gepflegt" not in " ".join(edit.inserted for edit in written(given).edits)


def test_figures_in_a_list_are_measures_also_without_a_heading() -> None:
    given = task(
        "# Key performance indicators – Helpdesk\nPurpose\nThese indicators show how well the helpdesk serves.\n"
        "- Calls answered within 20 seconds: 80%\n- Jobs closed within SLA: 92%\n- Maintenance done on time: 95%",
        kind="kpi_sheet",
    )
    assert any("target to be agreed" in edit.inserted for edit in at(given, "Maintenance done on time"))


def _criterion(*rows: str) -> tuple[str, ...]:
    text = "\n".join(["# Payroll Officer", "## Person specification", *rows])
    found = written(task(text, kind="person_specification")).edits
    return next(edit.operation.cells for edit in found if isinstance(edit.operation, InsertRowAfter))


def test_a_criterion_stands_where_criteria_are_described_and_under_a_name() -> None:
    name, told, mark = _criterion(
        "| Criterion | Description | Desirable |",
        "| Skills | Can explain a deduction in plain words. | |",
        "| Experience | Has run a payroll for 500 people. | X |",
    )
    assert (len(name.split()) < 6, len(told.split()) > 6, mark) == (True, True, "X")


def test_a_criterion_joins_the_group_of_the_row_before() -> None:
    name, told, _ = _criterion(
        "| Criterion | Description | Desirable |",
        "| Experience | Has run a payroll for 500 people. | X |",
        "| Skills | Can use a spreadsheet. | |",
        "| Skills | Can explain a deduction in plain words. | |",
    )
    assert name == "Skills"
    assert len(told.split()) > 6
