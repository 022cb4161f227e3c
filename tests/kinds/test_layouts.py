"""English files as organisations build them: headings in frames, facts behind tabs, tasks under topics of their own."""

import pytest

from cxify import kinds
from cxify.document import Document
from tests.documents import document
from tests.kinds.gold import KINDS
from tests.test_profile import of


def seen(text: str, kind: str | None = "job_description") -> Document:
    return kinds.classify(document(text), KINDS, kind=kind)


def roles(text: str) -> dict[str, str]:
    """Return the role of each text that has one."""
    found = seen(text)
    by_id = kinds.roles_of(found, KINDS[found.kind])
    return {block.text: by_id[block.id] for block in found.body if block.id in by_id}


def test_a_heading_alone_in_a_frame_opens_what_follows_below() -> None:
    found = roles(
        "Job description\n| WHY THIS JOB EXISTS |\nTo keep the gritters on the road.\n"
        "| WHAT YOU'LL BE DOING |\n- Servicing heavy vehicles.\n| OUR VALUES |\nWe are fair."
    )
    assert found["To keep the gritters on the road."] == "purpose"
    assert found["- Servicing heavy vehicles."[2:]] == "duties"
    assert found["We are fair."] == "about_us"


def test_tasks_under_topics_are_the_duties_of_a_job_that_names_none() -> None:
    text = (
        "Job description: Headteacher\nCore purpose\nTo lead the school.\nStrategic direction\n"
        "1. Work with the governors on a plan.\n2. Give the school a clear direction.\n"
        "Teaching and learning\n1. Keep parents informed about progress.\n2. Organise a broad curriculum."
    )
    assert roles(text)["2. Organise a broad curriculum."] == "duties"
    assert "2. Organise a broad curriculum." not in roles(f"{text}\nMain duties\nLead the school every day.")


def test_a_line_that_leads_on_is_no_second_title() -> None:
    text = (
        "**Foster Carer – Role Outline**\n**What foster carers do:**\n• Provide a home for children and young people\n"
        "• Work with social workers and schools\n• Keep records of each day\n**Who can foster:**\n• Anyone with a room"
    )
    assert roles(text)["• Work with social workers and schools"] == "duties"


def test_values_and_short_lists_are_no_tasks() -> None:
    text = "Job description\nCore purpose\nTo lead the school.\nGood to know\n- Free tea\n- Sea view"
    assert "duties" not in roles(text).values()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("JOB DESCRIPTION\nJOB TITLE:\tHome Care Worker\nRESPONSIBLE TO:\tCare Coordinator", "Home Care Worker"),
        ("# UNIVERSITY OF WESTMARCH\n**Job description: Lecturer in Law**", "Lecturer in Law"),
        ("# Chief Financial Officer – Position Profile", "Chief Financial Officer"),
        ("**Larkfield Town Council**\n**Senior Planning Officer**\n**Job description**", "Senior Planning Officer"),
        ("CLASS SPECIFICATION\nCLASS TITLE: PARK RANGER II", "PARK RANGER II"),
        ("# School Caretaker\n**Job description**", "School Caretaker"),
        (
            "**Registered Nurse – Emergency Department**\n**Summit Medical Center**\n**Job description**",
            "Registered Nurse",
        ),
        ("# Employee job description", ""),
        ("# Brookfield Primary School\nJob description", ""),
    ],
)
def test_the_job_is_told_from_the_organisation_and_the_paper(text: str, role: str) -> None:
    assert of(seen(text)).role.partition(" – ")[0] == role


def test_what_stands_behind_a_tab_is_no_signature() -> None:
    assert seen("Job description\nMain duties\n- Answers letters.\nSigned:\tManager\nDate:").state == "blank"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "# Interview question sheet\n| No | Question | What we are looking for | Notes | Score |\n"
            "| 1 | Why did you apply? | Motivation | | |\n| 2 | How do you plan? | Uses systems | | |",
            "interview_guide",
        ),
        (
            "# 30-60-90 Day Plan: Buyer\n## Days 1–30: Learn\n- Read the catalogue.\n## Days 31–60: Do\n- Send quotes.",
            "induction_plan",
        ),
    ],
)
def test_the_kind_is_told_by_the_name_that_the_paper_has(text: str, kind: str) -> None:
    found = seen(text, None)
    assert found.kind == kind
    assert of(found).role in ("", "Buyer")


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("The rate is £12 per hour. Complete the MAR chart.", "en-GB"),
        ("Book annual leave with your line manager while the team is small.", "en-GB"),
        ("Applicants need a bachelor's degree; co-workers help.", "en-US"),
    ],
)
def test_british_and_american_papers_are_told_by_their_words(line: str, language: str) -> None:
    other = {"en-GB": "en-US", "en-US": "en-GB"}[language]
    text = f"Job description\nMain duties\n- Answers letters and keeps the files of the team in order.\n{line}"
    assert kinds.classify(document(text, meta={"language": other}), KINDS).language == language


def test_a_blank_form_without_a_sentence_is_in_the_language_of_its_labels() -> None:
    form = "Leistungsverbesserungsplan\n| Mitarbeiter/in | | Abteilung | |\n| Termin | | | |\n| | | | |\n| | | | |"
    assert kinds.classify(document(form), KINDS).language == "de"


def test_an_unknown_header_above_counted_rows_is_a_header() -> None:
    guide = "Guía de entrevista\n| N.º | Pregunta | Rasgos | Total |\n| 1 | ¿Por qué? | | |\n| 2 | ¿Cómo? | | |"
    found = kinds.classify(document(guide), KINDS)
    assert found.blocks[1].lock == "table header"
