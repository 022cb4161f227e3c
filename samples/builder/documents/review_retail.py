"""Blank annual review of a retailer: rating scale, weighted objectives, behaviours, content controls."""

from samples.builder.docx import Docx
from samples.builder.forms import check_control, date_control, glossary, list_control, text_control
from samples.builder.lists import bullets, numbering
from samples.builder.look import Look
from samples.builder.parts import footer, header, section
from samples.builder.tables import Row, borders, cell, row, table
from samples.builder.text import Fmt, Xml, field, p, tabs

GREEN, PALE = "2F5D3A", "E8F0E4"
BOLD, WHITE, NOTE = Fmt(bold=True), Fmt(bold=True, color="FFFFFF"), Fmt(italic=True, size=9.5)
LOOK = Look(
    font="Calibri",
    size=10.5,
    accent=GREEN,
    second=GREEN,
    table_size=10,
    after=80,
    heading_sizes=(13, 11.5, 11),
    title_size=18,
)
LINES = borders("tblBorders", "8FAE8B")
RATINGS = ("5", "4", "3", "2", "1")
HINTS = {
    "PlcName": "Click to enter name.",
    "PlcStore": "Click to enter store.",
    "PlcText": "Click to enter text.",
    "PlcDate": "Choose a date.",
    "PlcRating": "Choose.",
}

SCALE = (
    ("5", "Outstanding", "Well above what the job requires, in every part of it and throughout the year"),
    ("4", "Exceeds expectations", "Above what the job requires in most parts of it"),
    ("3", "Meets expectations", "Does what the job requires"),
    ("2", "Developing", "Does part of what the job requires; an agreed plan closes the gap"),
    ("1", "Unsatisfactory", "Below what the job requires; improvement is needed now"),
)
OBJECTIVES = (
    ("Department sales against plan", "Store sales report", "25%"),
    ("Mystery shopper score", "85% or above, average of the visits in the year", "20%"),
    ("Stock count accuracy", "Variance below 2% over four counts", "10%"),
    ("Add-on services sold (delivery, assembly)", "Till report, against store target", "5%"),
)
BEHAVIOURS = (
    ("Customer focus", "Is friendly and cheerful, smiles at every customer and always goes the extra mile."),
    ("Teamwork", "Is a good team player, fits in well and helps out when asked."),
    (
        "Product knowledge",
        "Knows the ranges in the department, keeps up with new lines and explains the difference between products.",
    ),
    (
        "Reliability",
        "Arrives on time, follows the rota and completes opening, closing and cash procedures without reminders.",
    ),
    (
        "Safety",
        "Keeps aisles and the stock room clear, uses ladders and trucks as trained, and reports accidents and "
        "near misses.",
    ),
)
TRAINING = (
    ("Product training planned for next year", "Garden power tools; paint and surface preparation"),
    ("Other training planned for next year", "Customer service course"),
)


def build() -> Docx:
    """Return the retail review form."""
    return Docx(
        name="review_form_retail_uk.docx",
        title="Annual performance review: store colleagues",
        company="Marlowe Home & Garden Ltd",
        author="Karen Tolley",
        editor="Jamal Reid",
        created="2022-10-03T10:20:00Z",
        modified="2026-01-19T16:07:00Z",
        look=LOOK,
        body=(*_person(), *_scale(), *_objectives(), *_behaviours(), *_development(), *_sign_off()),
        section=section(margins=(1361, 964, 964, 964)),
        numbering=numbering(bullets()),
        pages=2,
        more={"header1.xml": _header(), "footer1.xml": _footer(), "glossary/document.xml": glossary(HINTS)},
    )


def _header() -> str:
    name = p("Marlowe", fmt=Fmt(bold=True, size=20, color="FFFFFF"), after=0)
    sub = p("HOME & GARDEN", fmt=Fmt(size=8, color="FFFFFF", spacing=40), after=0)
    title = p("Annual performance review", fmt=Fmt(bold=True, size=14, color=GREEN), align="right", after=0)
    note = p("Confidential when completed", fmt=Fmt(size=9, color="595959"), align="right", after=0)
    logo = row(cell(name, sub, shade=GREEN), cell(title, note, valign="center"))
    return header(table((2600, 7378), logo, style="TableNormal", margins=(80, 160, 80, 0)), p(style="Header"))


def _footer() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (9978, "right", ""))
    page = ("Page ", field("PAGE", "1"), " of ", field("NUMPAGES", "2"))
    return footer(p("Form PT-PR-03 v4.1 (store colleagues)\t", *page, style="Footer", stops=stops))


def _line(*parts: str) -> Xml:
    return p(*parts, style="TableText")


def _grid(widths: tuple[int, ...], *rows: Row) -> Xml:
    return table(widths, *rows, text="TableText", lines=LINES, margins=(45, 100, 45, 100))


def _head(*titles: str) -> Row:
    return row(*titles, shade=GREEN, fmt=WHITE, header=True)


def _person() -> list[str]:
    name = _line(text_control("Colleague name", "colleague_name", "PlcName", HINTS["PlcName"]))
    store = _line(text_control("Store", "store", "PlcStore", HINTS["PlcStore"]))
    start = _line(date_control("Period from", "period_from", "PlcDate"))
    end = _line(date_control("Period to", "period_to", "PlcDate"))
    manager = _line(text_control("Manager", "manager_name", "PlcName", HINTS["PlcName"]))
    kind = _line(
        check_control("Annual", "kind_annual"), " Annual   ", check_control("Half-year", "kind_half"), " Half-year"
    )
    labels = [
        cell(text, shade=PALE, fmt=BOLD)
        for text in ("Colleague", "Store", "Period from", "Period to", "Manager", "Review type")
    ]
    values = [cell(value) for value in (name, store, start, end, manager, kind)]
    rows = [row(labels[i], values[i], labels[i + 1], values[i + 1]) for i in (0, 2, 4)]
    return [_grid((1600, 3389, 1600, 3389), *rows), p(after=0, fmt=Fmt(size=6))]


def _scale() -> list[str]:
    rows = [row(cell(number, align="center", fmt=BOLD), cell(name, fmt=BOLD), text) for number, name, text in SCALE]
    return [p("Rating scale", style="Heading1"), _grid((900, 2400, 6678), _head("Rating", "Name", "Definition"), *rows)]


def _rating(tag: str) -> Xml:
    return _line(list_control("Rating", tag, "PlcRating", RATINGS))


def _objectives() -> list[str]:
    rows = [
        row(cell(name, fmt=BOLD), measure, cell(weight, align="center"), cell(_rating(f"objective_{index}")), "")
        for index, (name, measure, weight) in enumerate(OBJECTIVES, 1)
    ]
    total = row(
        cell("Total Section A", span=2, align="right", fmt=BOLD),
        cell("60%", align="center", fmt=BOLD),
        "",
        "",
        shade=PALE,
    )
    return [
        p("Section A: Objectives (60% of the overall rating)", style="Heading1"),
        p(
            "Objectives are agreed in April. Weights are set by the People Team and cannot be changed in store.",
            fmt=NOTE,
            keep=True,
        ),
        _grid(
            (2600, 2900, 950, 1050, 2478), _head("Objective", "Measure", "Weight", "Rating", "Comments"), *rows, total
        ),
    ]


def _behaviours() -> list[str]:
    rows = [
        row(cell(name, fmt=BOLD), text, cell(_rating(f"self_{index}")), cell(_rating(f"manager_{index}")), "")
        for index, (name, text) in enumerate(BEHAVIOURS, 1)
    ]
    return [
        p("Section B: Behaviours (40% of the overall rating)", style="Heading1"),
        p("The section rating is the average of the manager ratings below.", fmt=NOTE, keep=True),
        _grid(
            (1700, 4200, 950, 1050, 2078),
            _head("Behaviour", "What good looks like", "Self", "Manager", "Examples"),
            *rows,
        ),
    ]


def _development() -> list[str]:
    rows = [row(cell(name, shade=PALE, fmt=BOLD), text) for name, text in TRAINING]
    blank = _line(text_control("Goal", "development_goal", "PlcText", HINTS["PlcText"]))
    rows.append(row(cell("What I would like to learn or do next", shade=PALE, fmt=BOLD), cell(blank)))
    boxes = row(cell("Colleague comments", shade=PALE, fmt=BOLD), "", height=900)
    more = row(cell("Manager comments", shade=PALE, fmt=BOLD), "", height=900)
    return [
        p("Section C: Development plan", style="Heading1"),
        _grid((3400, 6578), *rows),
        p("Section D: Comments", style="Heading1"),
        _grid((3400, 6578), boxes, more),
    ]


def _sign_off() -> list[str]:
    agree = p(check_control("Discussed", "discussed"), " We have discussed this review.   ", before=120, keep=True)
    own = p(check_control("Own copy", "copy"), " The colleague has received a copy.", keep=True)
    stops = tabs((5387, "left", "underscore"), (5670, "left", ""), (9978, "right", "underscore"))
    lines = [
        p(f"{who} signature: \t\tDate: \t", stops=stops, before=260, after=0, keep=True)
        for who in ("Colleague", "Manager")
    ]
    return [p("Sign-off", style="Heading1"), agree, own, *lines]
