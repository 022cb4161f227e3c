"""Induction plan of a council: a week table with day rows and tick boxes; the author made the headings bold by hand."""

from samples.builder.docx import Docx
from samples.builder.forms import check_control
from samples.builder.lists import bullets, numbering
from samples.builder.look import Look
from samples.builder.parts import footer, header, section
from samples.builder.tables import Row, borders, cell, row, table
from samples.builder.text import Fmt, Xml, field, link, p, r, tabs

BLUE, PALE, SAND = "1F4E5F", "DDE8EC", "F4EFE3"
BOLD, WHITE = Fmt(bold=True), Fmt(bold=True, color="FFFFFF")
LOOK = Look(font="Arial", size=11, accent=BLUE, second=BLUE, table_size=10, after=100, line=264, themed=False)
WIDTHS = (1300, 5000, 2000, 1452)

FACTS = (
    ("Name", ""),
    ("Job title", "Revenues and Benefits Officer"),
    ("Service", "Resources -- Revenues and Benefits"),
    ("Start date", ""),
)
BUDDY = (("Manager", ""), ("Buddy", ""), ("Work base", "Civic Centre, 2~days a week or more"), ("Probation ends", ""))
WEEKS = (
    (
        "Week 1: Settling in",
        (
            (
                "Day 1",
                (
                    ("Welcome, tour of the building, fire exits and first aid", "Manager"),
                    ("Contract, payroll and ID card", "HR Service Desk"),
                    ("Laptop, phone and log-ins", "IT Service Desk"),
                    ("The Council: structure, committees and the Corporate Plan", "Manager"),
                ),
            ),
            (
                "Day 2",
                (
                    ("Code of Conduct, politically restricted posts, gifts and hospitality", "Manager"),
                    ("Display screen assessment", "Buddy"),
                ),
            ),
            (
                "Days 3--5",
                (
                    (
                        "E-learning: data protection, information security, equality and diversity, safeguarding "
                        "awareness",
                        "Self",
                    ),
                    ("How council tax is billed; reading a bill and an account", "Senior Officer"),
                    ("Meet other teams", "Manager"),
                ),
            ),
        ),
    ),
    (
        "Weeks 2 to 4: Learning the job",
        (
            (
                "Week 2",
                (
                    ("Changes of address, discounts and exemptions", "Senior Officer"),
                    ("Shadow a colleague on the phones and in the reception area", "Buddy"),
                ),
            ),
            (
                "Week 3",
                (
                    ("Council tax reduction: who can get it, evidence, decision letters", "Benefits Trainer"),
                    ("Customer service training (e-learning, half a day)", "Self"),
                ),
            ),
            (
                "Week 4",
                (
                    ("First own cases, checked before they are released", "Senior Officer"),
                    ("Review meeting: what goes well, what is unclear", "Manager"),
                ),
            ),
        ),
    ),
    (
        "Months 2 and 3: Working on your own",
        (
            (
                "Month 2",
                (
                    ("Own case load with a 20% check", "Senior Officer"),
                    ("Recovery: reminders, arrangements to pay, debt advice partners", "Recovery Team"),
                ),
            ),
            (
                "Month 3",
                (
                    ("Appeals and complaints: the Council's two stages", "Team Leader"),
                    ("Attend a committee meeting or watch the webcast", "Self"),
                    ("Objectives for the first year", "Manager"),
                ),
            ),
        ),
    ),
)


def build() -> Docx:
    """Return the induction plan."""
    return Docx(
        name="induction_plan_council.docx",
        title="Induction plan: Revenues and Benefits Officer",
        company="Ashcombe District Council",
        author="Learning and Development",
        editor="Farah Siddiqui",
        created="2019-05-07T08:48:00Z",
        modified="2025-09-16T13:20:00Z",
        look=LOOK,
        body=(*_top(), *(block for week in WEEKS for block in _week(*week)), *_end()),
        section=section(margins=(1361, 1077, 1021, 1077)),
        numbering=numbering(bullets()),
        pages=2,
        more={"header1.xml": _header(), "footer1.xml": _footer()},
    )


def _header() -> str:
    crest = cell(
        p("ADC", fmt=Fmt(bold=True, size=16, color="FFFFFF"), align="center", after=0), shade=BLUE, valign="center"
    )
    name = cell(
        p("Ashcombe District Council", fmt=Fmt(bold=True, size=13, color=BLUE), after=0),
        p("Learning and Development", fmt=Fmt(size=9, color="595959"), after=0),
        valign="center",
    )
    return header(table((1000, 8752), row(crest, name, height=620), style="TableNormal"), p(style="Header"))


def _footer() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (9752, "right", ""))
    page = ("Page ", field("PAGE", "1"), " of ", field("NUMPAGES", "2"))
    return footer(p("LD/IND/07  Issue 4, September 2025\t", *page, style="Footer", stops=stops))


def _bold_heading(text: str) -> Xml:
    return p(text, fmt=Fmt(bold=True, size=12.5, color=BLUE), before=260, after=100, keep=True)


def _grid(widths: tuple[int, ...], *rows: Row) -> Xml:
    return table(widths, *rows, text="TableText", lines=borders("tblBorders", "8AA5AE"), margins=(45, 100, 45, 100))


def _top() -> list[str]:
    pairs = [pair for both in zip(FACTS, BUDDY, strict=True) for pair in both]
    cells = [one for name, value in pairs for one in (cell(name, shade=PALE, fmt=BOLD), cell(value))]
    rows = [row(*cells[start : start + 4]) for start in range(0, len(cells), 4)]
    welcome = (
        "Welcome to Ashcombe. This plan covers your first three months. Your manager fills in the dates with you "
        "on day~1; you "
        "tick off what is done and bring the plan to each review meeting."
    )
    return [
        p("INDUCTION PLAN", fmt=Fmt(bold=True, size=17, color=BLUE), before=80, after=140),
        _grid((1500, 3376, 1600, 3276), *rows),
        p(welcome, before=180),
    ]


def _week(title: str, days: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> list[str]:
    rows = [row("When", "Topic", "Who", "Done", shade=BLUE, fmt=WHITE, header=True)]
    for day, topics in days:
        rows += [_topic(day if index == 0 else "", *topic) for index, topic in enumerate(topics)]
    return [_bold_heading(title), _grid(WIDTHS, *rows)]


def _topic(day: str, topic: str, who: str) -> Row:
    first = cell(day, merge="start" if day else "more", shade=SAND, fmt=BOLD)
    return row(first, topic, who, cell(p(check_control("Done", "done"), style="TableText", align="center")))


def _end() -> list[str]:
    help_line = (
        "Questions about this plan: ",
        link("mailto:learning@ashcombe-dc.example", "learning@ashcombe-dc.example"),
        ". More for new starters is on the intranet under ",
        r("New at Ashcombe", Fmt(italic=True)),
        ".",
    )
    stops = tabs((5670, "left", "underscore"), (5954, "left", ""), (9752, "right", "underscore"))
    lines = [p(f"{who}: \t\tDate: \t", stops=stops, before=280, after=0, keep=True) for who in ("Employee", "Manager")]
    return [
        _bold_heading("Help and sign-off"),
        p(*help_line),
        p("The induction is complete when all topics are ticked.", keep=True),
        *lines,
    ]
