"""Probation review of a university: a form from the days of legacy form fields, protected for filling in."""

from samples.builder.docx import Docx
from samples.builder.forms import form_check, form_list, form_text
from samples.builder.lists import numbering, numbers
from samples.builder.look import Look
from samples.builder.parts import footer, header, section
from samples.builder.tables import Cell, Row, cell, row, table
from samples.builder.text import Fmt, Xml, field, p, rule, tabs

RED, GREY = "6B1F2A", "EDEDED"
BOLD, SMALL = Fmt(bold=True), Fmt(size=9)
LOOK = Look(
    font="Times New Roman",
    heading_font="Arial",
    size=11,
    accent=RED,
    second=RED,
    after=100,
    line=240,
    table_size=10,
    themed=False,
)
RATINGS = ("-- select --", "Above the standard", "At the standard", "Below the standard", "Not yet seen")

BEHAVIOURS = (
    (
        "Service to students and staff",
        "Has a friendly and positive attitude and deals with enquiries promptly.",
        "Replies to enquiries late or not at all; students have to ask again.",
        "Replies within the time in the Faculty's service statement and gives correct information.",
        "Also spots questions that come up often and suggests a clearer web page or letter.",
    ),
    (
        "Working with others",
        "Works effectively with other departments and gets on with colleagues.",
        "Does not tell others what they need to know.",
        "Shares information with the team and keeps to arrangements.",
        "Also offers help when a colleague's workload is high.",
    ),
    (
        "Accuracy and records",
        "Keeps student and course records correct and confidential.",
        "Frequent errors; records are not up to date.",
        "Records are correct and are updated by the agreed day.",
        "Also checks the work of others when asked and explains corrections.",
    ),
    (
        "Organising own work",
        "Plans work around the assessment calendar.",
        "Deadlines are missed without warning.",
        "Meets deadlines, or asks for help early.",
        "Also keeps notes so that a colleague can take over in an absence.",
    ),
)
OBJECTIVES = (
    "Complete the induction checklist and essential e-learning",
    "Process module registrations for one department without supervision",
    "Soft skills training: Dealing with Difficult People (half-day, Staff Development Unit)",
)


def build() -> Docx:
    """Return the probation form."""
    return Docx(
        name="review_form_probation_legacy.docx",
        title="Probationary review - professional services staff",
        company="University of Aldermere",
        author="Staff Office",
        editor="M. Fairbairn",
        created="2009-09-21T14:10:00Z",
        modified="2024-08-30T12:33:00Z",
        look=LOOK,
        body=(*_top(), *_objectives(), *_behaviours(), *_result(), *_sign_off()),
        section=section(margins=(1247, 1077, 1021, 1077)),
        numbering=numbering(numbers()),
        settings='<w:documentProtection w:edit="forms" w:enforcement="1"/>',
        pages=1,
        more={"header1.xml": _header(), "footer1.xml": _footer()},
    )


def _header() -> str:
    name = p(
        "UNIVERSITY OF ALDERMERE", style="Header", align="center", fmt=Fmt(bold=True, size=14, color=RED, spacing=40)
    )
    office = p(
        "Human Resources -- Professional Services Staff",
        style="Header",
        align="center",
        borders=rule("bottom", RED, 8, 4),
        fmt=Fmt(size=10),
    )
    return header(name, office, p(style="Header"))


def _footer() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (9752, "right", ""))
    return footer(p("HR/PROB/2 (rev. Aug 2024)\tPage ", field("PAGE", "1"), style="Footer", stops=stops))


def _title(text: str) -> Xml:
    return p(text, fmt=Fmt(bold=True, font="Arial", size=11, color=RED), before=200, after=80, keep=True)


def _line(*parts: str) -> Cell:
    return cell(p(*parts, style="TableText"))


def _grid(widths: tuple[int, ...], *rows: Row) -> Xml:
    return table(widths, *rows, text="TableText", margins=(40, 90, 40, 90))


def _label(text: str) -> Cell:
    return cell(text, shade=GREY, fmt=BOLD)


def _top() -> list[str]:
    stage = (form_check("Stage1"), " 3 months   ", form_check("Stage2"), " 5 months   ", form_check("Stage3"), " Final")
    rows = [
        row(_label("Name"), _line(form_text("Name", 60)), _label("Staff number"), _line(form_text("StaffNo", 8))),
        row(_label("Post"), _line(form_text("Post", 80)), _label("Department"), _line(form_text("Dept", 60))),
        row(
            _label("Start date"),
            _line(form_text("StartDate", 10)),
            _label("Reviewer"),
            _line(form_text("Reviewer", 60)),
        ),
        row(_label("Review stage"), cell(p(*stage, style="TableText"), span=3)),
    ]
    return [
        p("PROBATIONARY REVIEW", align="center", fmt=Fmt(bold=True, font="Arial", size=15), after=60),
        p("Grades 3 to 6", align="center", fmt=Fmt(font="Arial", size=10), after=140),
        p(
            "Tab from field to field. The grey fields grow as you type. Please complete Part 2 together, in a meeting.",
            fmt=Fmt(italic=True, size=10),
        ),
        _grid((1500, 3376, 1500, 3376), *rows),
    ]


def _objectives() -> list[str]:
    rows = [row("Objective for the probation period", "Met", "Not yet", "Comments", shade=GREY, fmt=BOLD, header=True)]
    for index, text in enumerate(OBJECTIVES, 1):
        met, not_yet = (
            cell(p(form_check(f"{name}{index}"), style="TableText", align="center")) for name in ("Met", "Open")
        )
        rows.append(row(text, met, not_yet, _line(form_text(f"ObjComment{index}"))))
    return [_title("Part 1: Objectives set at the start of probation"), _grid((4700, 800, 900, 3352), *rows)]


def _behaviours() -> list[str]:
    head = row(
        "Behaviour",
        "Below the standard",
        "At the standard",
        "Above the standard",
        "Rating",
        shade=GREY,
        fmt=BOLD,
        header=True,
    )
    rows = [_behaviour(index, *behaviour) for index, behaviour in enumerate(BEHAVIOURS, 1)]
    return [_title("Part 2: Behaviours"), _grid((2450, 1900, 1950, 1950, 1502), head, *rows)]


def _behaviour(index: int, name: str, description: str, *anchors: str) -> Row:
    first = cell(p(name, style="TableText", fmt=BOLD), p(description, style="TableText", fmt=SMALL))
    rating = _line(form_list(f"Rating{index}", RATINGS, SMALL))
    return row(first, *(cell(anchor, fmt=SMALL) for anchor in anchors), rating)


def _result() -> list[str]:
    outcome = [
        p(form_check("Confirm"), " Confirm in post", style="TableText"),
        p(form_check("Continue"), " Continue probation to the next review", style="TableText"),
        p(
            form_check("Extend"),
            " Extend probation (contact HR first); new end date: ",
            form_text("NewEnd", 10),
            style="TableText",
        ),
    ]
    rows = [
        row(_label("Support or training agreed"), _line(form_text("Support"))),
        row(_label("Member of staff's comments"), _line(form_text("StaffComment"))),
        row(_label("Recommendation"), cell(*outcome)),
    ]
    return [_title("Part 3: Result of the meeting"), _grid((2800, 6952), *rows)]


def _sign_off() -> list[str]:
    stops = tabs((5670, "left", "dot"), (5954, "left", ""), (9752, "right", "dot"))
    people = ("Member of staff", "Reviewer", "Head of Department")
    return [p(f"Signed ({who}) \t\tDate \t", stops=stops, before=240, after=0) for who in people]
