"""HR Business Partner's own job description in the middle of a review: two people's changes, a thread, a footnote."""

from dataclasses import replace

from samples.builder.docx import Docx
from samples.builder.lists import bullets, numbering, numbers
from samples.builder.look import Look
from samples.builder.parts import footer, header, section
from samples.builder.review import (
    FOOTNOTE_SETTINGS,
    Comment,
    Person,
    comment_parts,
    commented,
    deleted,
    footnotes,
    inserted,
    mark,
    note_reference,
    reformatted,
)
from samples.builder.tables import cell, row, table
from samples.builder.text import Fmt, Xml, bookmark, field, p, rule, tabs

WATER, PALE = "14557B", "E2EEF5"
BOLD = Fmt(bold=True)
LOOK = Look(font="Calibri", size=11, accent=WATER, second=WATER, table_size=10, heading_sizes=(13.5, 12, 11), after=100)

PRIYA = Person("Priya Nair", "PN", "S::priya.nair@haldenwater.example::5d0a6f1e-2f43-4a7e-9b11-0c1f7e9a2b30")
TOM = Person("Tom Whitlock", "TW", "S::tom.whitlock@haldenwater.example::91c2b7d4-7a05-4c1d-8e66-3b5f20c4ad17")
MONDAY, TUESDAY, THURSDAY = "2026-02-09T09:14:00Z", "2026-02-10T15:37:00Z", "2026-02-12T11:05:00Z"

COMMENTS = (
    Comment(0, PRIYA, MONDAY, "Is this still true? Since January the shared service centre answers these questions."),
    Comment(
        1,
        TOM,
        TUESDAY,
        "Partly. Centre takes the first call, the partner takes over what they cannot answer.",
        answers=0,
    ),
    Comment(2, PRIYA, THURSDAY, "Then we should say how cases come across. Can you suggest wording?", answers=0),
    Comment(
        3,
        TOM,
        TUESDAY,
        "Job evaluation has scored this as it stands. Please do not add budget or people responsibility.",
        resolved=True,
    ),
)
DETAILS = (
    ("Job title", "HR Business Partner, Operations"),
    ("Grade", "7"),
    ("Location", "Halden House, with regular visits to treatment works and depots"),
    ("Reports to", "Head of HR Business Partnering"),
    ("Direct reports", "None"),
    ("Job code", "HR-0719"),
)
WORKING = (
    ("Operations managers", "Workforce plan, absence, restructuring"),
    ("Trade union representatives", "Consultation, casework"),
    ("Payroll", "Contract changes"),
)
NEEDS = (
    "CIPD level 5 or equivalent experience",
    "Casework experience in a unionised organisation",
    "Reads workforce data and explains what follows from it",
    "A natural people person with a passion for the business",
)


def build() -> Docx:
    """Return the redlined job description."""
    parts = comment_parts(COMMENTS, (PRIYA, TOM))
    return Docx(
        name="job_description_hr_partner_redlined.docx",
        title="Job description: HR Business Partner, Operations",
        company="Halden Water Services plc",
        author="Tom Whitlock",
        editor="Priya Nair",
        created="2021-04-20T08:00:00Z",
        modified="2026-02-12T11:09:00Z",
        look=LOOK,
        body=(*_top(), *_duties(), *_working(), *_needs(), *_end()),
        section=section(margins=(1361, 1134, 1134, 1134)),
        numbering=numbering(numbers(left=425, hanging=425), bullets()),
        settings="<w:trackRevisions/>",
        notes=FOOTNOTE_SETTINGS,
        pages=2,
        more={
            "header1.xml": _header(),
            "footer1.xml": _footer(),
            "footnotes.xml": footnotes("Structure agreed with the joint union committee on 4 November 2025."),
            **parts,
        },
    )


def _header() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (9638, "right", ""))
    name = Fmt(bold=True, size=13, color=WATER)
    line = p(
        "halden water services",
        "\tJob description",
        style="Header",
        stops=stops,
        fmt=name,
        borders=rule("bottom", WATER, 8, 3),
    )
    return header(line, p(style="Header"))


def _footer() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (9638, "right", ""))
    page = ("Page ", field("PAGE", "1"), " of ", field("NUMPAGES", "2"))
    return footer(p("HR-0719  |  DRAFT for review, February 2026\t", *page, style="Footer", stops=stops))


def _top() -> list[str]:
    rows = [row(cell(name, shade=PALE, fmt=BOLD), value) for name, value in DETAILS]
    purpose = (
        "The HR Business Partner advises ",
        deleted(101, PRIYA, MONDAY, "line managers in Operations"),
        inserted(102, PRIYA, MONDAY, "the managers of our treatment works, networks and depots"),
        " on people matters and turns the Operations plan into a workforce plan. This is an internal, ",
        reformatted(103, TOM, TUESDAY, "non-customer-facing", Fmt(italic=True)),
        " role in the structure of 2025",
        note_reference(1),
        ".",
    )
    grid = table((2300, 7338), *rows, text="TableText", margins=(40, 100, 40, 100))
    return [
        p("HR Business Partner, Operations", style="Title"),
        grid,
        p("Purpose", style="Heading1"),
        p(*purpose),
    ]


def _duty(*parts: str, number_mark: str = "") -> Xml:
    return p(*parts, style="ListParagraph", num=(1, 0), after=60, mark=number_mark)


def _duties() -> list[str]:
    answers = commented((0, 1, 2), "Answer managers' and employees' questions about contracts, leave and pay")
    scored = commented((3,), "casework up to the final hearing")
    return [
        p(bookmark("_Ref_Duties", "Main duties"), style="Heading1"),
        _duty("Build the yearly workforce plan with each Operations manager and follow it up every quarter."),
        _duty("Advise on absence, performance, conduct and grievance ", scored, "."),
        _duty(answers, "."),
        _duty(
            inserted(104, PRIYA, THURSDAY, "Visit each depot at least once a quarter and report back what was raised."),
            number_mark=mark("ins", 105, PRIYA, THURSDAY),
        ),
        _duty("Lead consultation with trade unions on changes that affect fewer than 20 posts."),
        _duty(
            "Coach managers in recruitment",
            deleted(106, TOM, TUESDAY, ", smile-and-greet training"),
            " and in running appraisals.",
        ),
        _duty(
            deleted(107, TOM, TUESDAY, "Order stationery for the HR floor."), number_mark=mark("del", 108, TOM, TUESDAY)
        ),
        _duty("Liaise with other departments as required."),
    ]


def _working() -> list[str]:
    rows = [row("Who", "About what", shade=WATER, fmt=Fmt(bold=True, color="FFFFFF"), header=True)]
    rows += [row(*pair) for pair in WORKING]
    new = row(
        cell(
            p(
                inserted(110, PRIYA, THURSDAY, "HR shared service centre"),
                style="TableText",
                mark=mark("ins", 111, PRIYA, THURSDAY),
            )
        ),
        cell(
            p(
                inserted(112, PRIYA, THURSDAY, "First-line questions"),
                style="TableText",
                mark=mark("ins", 113, PRIYA, THURSDAY),
            )
        ),
    )
    rows.append(replace(new, extra=mark("ins", 109, PRIYA, THURSDAY)))
    return [
        p("Working relationships", style="Heading1"),
        table((3800, 5838), *rows, text="TableText", margins=(40, 100, 40, 100)),
        p(
            "The duties in the section ",
            field("REF _Ref_Duties \\h", "Main duties"),
            " apply to all of these.",
            before=120,
        ),
    ]


def _needs() -> list[str]:
    points = [p(text, style="ListParagraph", num=(2, 0), after=40) for text in NEEDS]
    last = p(
        "Driving licence",
        inserted(114, TOM, TUESDAY, ", or another way to reach sites without public transport"),
        style="ListParagraph",
        num=(2, 0),
        after=40,
    )
    return [p("Knowledge, skills and experience", style="Heading1"), *points, last]


def _end() -> list[str]:
    text = (
        "Halden Water Services plc makes reasonable adjustments for disabled applicants and employees. This job "
        "description does not form "
        "part of the contract of employment and may be changed after consultation."
    )
    stops = tabs((5670, "left", "underscore"), (5954, "left", ""), (9638, "right", "underscore"))
    lines = [
        p(f"{who}: \t\tDate: \t", stops=stops, before=260, after=0, keep=True) for who in ("Job holder", "Manager")
    ]
    return [p("Other information", style="Heading1"), p(text), *lines]
