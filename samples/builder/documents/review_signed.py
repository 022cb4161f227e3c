"""Annual review of a housing association, filled in and signed: nothing in its text may change."""

from samples.builder.docx import Docx
from samples.builder.forms import check_control
from samples.builder.lists import bullets, numbering
from samples.builder.look import Look
from samples.builder.parts import footer, header, section
from samples.builder.pictures import inline, signature
from samples.builder.tables import Row, borders, cell, row, table
from samples.builder.text import Fmt, Xml, field, p, r, tabs

PLUM, PALE = "5B2C5E", "EFE7F0"
BOLD, WHITE, TYPED = Fmt(bold=True), Fmt(bold=True, color="FFFFFF"), Fmt(color="1F3864")
LOOK = Look(
    font="Calibri",
    size=11,
    accent=PLUM,
    second=PLUM,
    table_size=10,
    after=80,
    heading_sizes=(13, 11.5, 11),
    heading_rule=True,
)
LINES = borders("tblBorders", "A68BA8")

PERSON = (
    (("Employee", "Amara Nwosu"), ("Job title", "Repairs Co-ordinator")),
    (("Manager", "Colin Baptiste"), ("Team", "Property Services, East")),
    (("Review period", "1 April 2025 to 31 March 2026"), ("Meeting held on", "19 March 2026")),
)
OBJECTIVES = (
    (
        "Book non-urgent repairs within the published period",
        "30%",
        "4",
        "Kept to in ten months of twelve. In December and January two contractors had no plasterers; residents "
        "were told the new date.",
    ),
    (
        "Tenant satisfaction score of 90% for my patch",
        "30%",
        "3",
        "88% on 41 replies. I do not think the number says much about booking: most low scores were about the "
        "quality of the plastering.",
    ),
    (
        "Move the paper job cards into the repairs system",
        "40%",
        "4",
        "All 1,260 open cards entered by October, two months early. I wrote the guide the other patches now use.",
    ),
)
BEHAVIOURS = (
    (
        "Working together",
        "Builds good relationships and collaborates across teams.",
        "3",
        "Weekly call with the voids team works well.",
    ),
    (
        "Residents first",
        "Is passionate about residents and goes above and beyond.",
        "4",
        "Rang back all of the Larch Court cases herself.",
    ),
    (
        "Getting better",
        "Looks for ways to improve.",
        "4",
        "Job card guide. Idea for a shared contractor diary taken up in May.",
    ),
)
EMPLOYEE = (
    "I am pleased with the job cards. The hardest part of the year was telling residents about missed "
    "appointments when nobody had "
    "told me why the contractor did not turn up. I would like to shadow the contact centre for a week."
)
MANAGER = (
    "Amara had a strong year. The guide saved the other patches a lot of time. We agreed to look at how "
    "contractors report a missed "
    "appointment, because at present it reaches us a day late."
)
PLAN = (
    ("Shadow the contact centre", "C. Baptiste to arrange", "June 2026"),
    ("Customer service training", "HR", "Autumn 2026"),
    ("Contractor diary: pilot with two contractors", "A. Nwosu", "July 2026"),
)


def build() -> Docx:
    """Return the completed review."""
    return Docx(
        name="review_form_completed_signed.docx",
        title="Annual review 2025/26",
        company="Kestrel Bay Housing Association",
        author="Human Resources",
        editor="Colin Baptiste",
        created="2024-03-01T09:00:00Z",
        modified="2026-03-24T14:26:00Z",
        look=LOOK,
        body=(*_top(), *_objectives(), *_behaviours(), *_comments(), *_plan(), *_signed()),
        section=section(margins=(1134, 1077, 964, 1077)),
        numbering=numbering(bullets()),
        pages=2,
        more={
            "header1.xml": _header(),
            "footer1.xml": _footer(),
            "media/image1.png": signature(190, 52, 5.5, 0.4),
            "media/image2.png": signature(170, 52, 7.0, 1.9),
        },
    )


def _header() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (9752, "right", ""))
    left = Fmt(bold=True, size=13, color=PLUM)
    return header(
        p(r("Kestrel Bay", left), " Housing Association\tConfidential", style="Header", stops=stops), p(style="Header")
    )


def _footer() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (9752, "right", ""))
    return footer(
        p(
            "HR-F-21 Annual review, version 2025\t",
            field("PAGE", "1"),
            "/",
            field("NUMPAGES", "2"),
            style="Footer",
            stops=stops,
        )
    )


def _grid(widths: tuple[int, ...], *rows: Row) -> Xml:
    return table(widths, *rows, text="TableText", lines=LINES, margins=(24, 100, 24, 100))


def _head(*titles: str) -> Row:
    return row(*titles, shade=PLUM, fmt=WHITE, header=True)


def _top() -> list[str]:
    rows = [
        row(*(one for name, value in pair for one in (cell(name, shade=PALE, fmt=BOLD), cell(value, fmt=TYPED))))
        for pair in PERSON
    ]
    scale = "Ratings: 5 = role model, 4 = strong, 3 = solid, 2 = partly there, 1 = not there"
    return [
        p("Annual review", style="Title"),
        _grid((1500, 3376, 1500, 3376), *rows),
        p(scale, before=120, fmt=Fmt(italic=True, size=10)),
    ]


def _objectives() -> list[str]:
    rows = [
        row(name, cell(weight, align="center"), cell(rating, align="center", fmt=TYPED), cell(comment, fmt=TYPED))
        for name, weight, rating, comment in OBJECTIVES
    ]
    total = row(
        cell("Total", fmt=BOLD),
        cell("100%", align="center", fmt=BOLD),
        cell("3.7", align="center", fmt=TYPED),
        "",
        shade=PALE,
    )
    return [
        p("1. Objectives", style="Heading1"),
        _grid((3000, 900, 850, 5002), _head("Objective", "Weight", "Rating", "Comment"), *rows, total),
    ]


def _behaviours() -> list[str]:
    rows = [
        row(cell(name, fmt=BOLD), text, cell(rating, align="center", fmt=TYPED), cell(example, fmt=TYPED))
        for name, text, rating, example in BEHAVIOURS
    ]
    return [
        p("2. Behaviours", style="Heading1"),
        _grid((1900, 3300, 850, 3702), _head("Behaviour", "Description", "Rating", "Example"), *rows),
    ]


def _comments() -> list[str]:
    rows = [
        row(cell("Employee's comments", shade=PALE, fmt=BOLD), cell(EMPLOYEE, fmt=TYPED)),
        row(cell("Manager's comments", shade=PALE, fmt=BOLD), cell(MANAGER, fmt=TYPED)),
        row(cell("Overall rating", shade=PALE, fmt=BOLD), cell("4 -- strong", fmt=TYPED)),
    ]
    return [p("3. Comments and overall rating", style="Heading1"), _grid((2200, 7552), *rows)]


def _plan() -> list[str]:
    rows = [row(*(cell(text, fmt=TYPED) for text in line)) for line in PLAN]
    return [
        p("4. Development plan", style="Heading1"),
        _grid((4900, 2852, 2000), _head("What", "Who", "By when"), *rows),
    ]


def _signed() -> list[str]:
    tick = p(
        check_control("Discussed", "discussed", ticked=True),
        " We have discussed this review and both have a copy.",
        before=160,
        keep=True,
    )
    hands = (
        ("Employee's signature", "image1.png", "Signature of Amara Nwosu", 190, "Amara Nwosu", "23 March 2026"),
        ("Manager's signature", "image2.png", "Signature of Colin Baptiste", 170, "Colin Baptiste", "24 March 2026"),
    )
    rows = [row("", "Signature", "Name", "Date", shade=PALE, fmt=BOLD)]
    rows += [
        row(
            cell(label, fmt=BOLD),
            cell(p(inline(f"media/{file}", alt, wide, 52), after=0)),
            cell(name, fmt=TYPED),
            cell(date, fmt=TYPED),
        )
        for label, file, alt, wide, name, date in hands
    ]
    return [p("5. Sign-off", style="Heading1"), tick, _grid((2300, 3400, 2052, 2000), *rows), p(after=0)]
