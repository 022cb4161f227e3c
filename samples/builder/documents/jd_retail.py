"""Job description of a retailer: one two-column table with merged cells and bullets in the cells."""

from samples.builder.docx import Docx
from samples.builder.lists import bullets, numbering
from samples.builder.look import Look
from samples.builder.parts import footer, header, section
from samples.builder.tables import Cell, Row, borders, cell, row, table
from samples.builder.text import Fmt, Xml, field, p, tabs

GREEN, PALE = "2F5D3A", "E8F0E4"
BOLD, WHITE = Fmt(bold=True), Fmt(bold=True, color="FFFFFF", size=11)
LOOK = Look(font="Calibri", size=11, accent=GREEN, second=GREEN, table_size=10, after=60)
COMPANY = "Marlowe Home & Garden Ltd"

FACTS = (
    ("Job title", "Sales Assistant"),
    ("Store", "All stores"),
    ("Reports to", "Department Manager"),
    ("Contract", "Permanent, full-time or part-time, five days out of seven including most Saturdays"),
    ("Job code", "RET-SA-01"),
)
PURPOSE = (
    "To sell our home and garden ranges, keep the department stocked, priced and safe, and take payments "
    "accurately. You help "
    "customers choose products and answer questions about the products you sell."
)
SELLING = (
    "Greet customers and help them find and compare products.",
    "Offer services that go with the purchase: delivery, assembly, key cutting, paint mixing.",
    "Take orders for items that are not in stock and write them in the customer order book.",
    "Refunds, exchanges and complaints: follow the Returns Guide and call the Duty Manager when the guide does "
    "not cover the case.",
    "Go the extra mile for every customer at all times.",
)
STOCK = (
    "Replenish shelves and displays before opening and during the day.",
    "Change prices and point-of-sale cards on the date shown in the weekly bulletin.",
    "Carry out cycle counts and report differences to the Stock Controller.",
    "Rotate plants, water the outdoor area and take damaged stock off sale.",
)
TILL = (
    "Operate the till, click-and-collect desk and self-checkout.",
    "Check age-restricted sales (knives, solvents, solid fuel) under the Challenge 25 rule.",
    "Open and close the till and count the float with a colleague.",
)
TEAM = (
    "Attend the morning briefing and read the shift book.",
    "Work with other departments when the store is busy.",
    "Keep to health and safety rules for ladders, fork-lift routes and heavy items.",
    "Complete e-learning and the customer service course within 12 weeks of starting.",
)
SKILLS = (
    "Numeracy for taking payments and measuring up",
    "Learns about products and passes that knowledge on",
    "Able to work to a rota",
)
PERSONAL = (
    "Bubbly, outgoing people person who loves to serve",
    "Reliable and punctual",
    "Interest in homes or gardens",
)
MEASURES = (
    ("Mystery shopper score", "85% or above"),
    ("Stock count accuracy", "Variance below 2%"),
    ("Till differences", "Within the cash-handling limit"),
)


def build() -> Docx:
    """Return the retail job description."""
    return Docx(
        name="job_description_retail_assistant.docx",
        title="Job Description - Sales Assistant",
        company=COMPANY,
        author="Karen Tolley",
        editor="Jamal Reid",
        created="2020-01-27T11:30:00Z",
        modified="2025-06-03T08:55:00Z",
        look=LOOK,
        body=(_form(), p(after=0, fmt=Fmt(size=6)), *_foot()),
        section=section(margins=(1361, 964, 964, 964)),
        numbering=numbering(bullets(left=284, color=GREEN)),
        pages=2,
        more={"header1.xml": _header(), "footer1.xml": _footer()},
    )


def _header() -> str:
    name = p("Marlowe", fmt=Fmt(bold=True, size=20, color="FFFFFF"), after=0)
    sub = p("HOME & GARDEN", fmt=Fmt(size=8, color="FFFFFF", spacing=40), after=0)
    title = p("JOB DESCRIPTION", fmt=Fmt(bold=True, size=16, color=GREEN), align="right", after=0)
    logo = row(cell(name, sub, shade=GREEN), cell(title, valign="center"))
    return header(table((2600, 7378), logo, style="TableNormal", margins=(80, 160, 80, 0)), p(style="Header"))


def _footer() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (9978, "right", ""))
    return footer(p("People Team, RET-SA-01, issue 5\t", field("PAGE", "1"), style="Footer", stops=stops))


def _band(text: str) -> Row:
    return row(cell(p(text, fmt=WHITE, before=30, after=30, keep=True), span=3, shade=GREEN))


def _points(points: tuple[str, ...]) -> list[Xml]:
    return [p(point, style="TableText", num=(1, 0)) for point in points]


def _area(title: str, points: tuple[str, ...]) -> Row:
    return row(cell(title, shade=PALE, fmt=BOLD), Cell(tuple(_points(points)), span=2))


def _form() -> Xml:
    facts = [row(cell(name, shade=PALE, fmt=BOLD), cell(value, span=2)) for name, value in FACTS]
    person = row(
        cell("Skills and knowledge", shade=PALE, fmt=BOLD, merge="start"),
        cell("Needed", shade=PALE, fmt=BOLD),
        cell("The person", shade=PALE, fmt=BOLD),
    )
    lists = row(cell(shade=PALE, merge="more"), Cell(tuple(_points(SKILLS))), Cell(tuple(_points(PERSONAL))))
    rows = [
        *facts,
        _band("Purpose of the job"),
        row(cell(PURPOSE, span=3)),
        _band("What you will do"),
        _area("Selling and service", SELLING),
        _area("Stock and displays", STOCK),
        _area("Till and cash", TILL),
        _area("Team and safety", TEAM),
        _band("What we look for"),
        person,
        lists,
        _band("How success is measured"),
        *_measures(),
    ]
    lines = borders("tblBorders", "8FAE8B")
    return table((2268, 3855, 3855), *rows, text="TableText", lines=lines, margins=(20, 113, 20, 113))


def _measures() -> list[Row]:
    first = [cell("Measures", shade=PALE, fmt=BOLD, merge="start")]
    rest = cell(shade=PALE, merge="more")
    return [row(*(first if index == 0 else [rest]), *measure) for index, measure in enumerate(MEASURES)]


def _foot() -> list[str]:
    note = (
        "We make reasonable adjustments for disabled applicants and colleagues and welcome applications from "
        "everybody. This job "
        "description does not form part of your contract."
    )
    stops = tabs((5387, "left", "dot"), (5670, "left", ""), (9978, "right", "dot"))
    return [
        p(note, before=120, fmt=Fmt(size=9.5)),
        p("Signed (colleague): \t\tDate: \t", stops=stops, before=240, after=0),
        p("Signed (manager): \t\tDate: \t", stops=stops, before=240, after=0),
    ]
