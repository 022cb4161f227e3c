"""KPI sheet of a software support team: landscape, perspectives merged down the first column, weights of 100 %."""

from samples.builder.docx import Docx
from samples.builder.lists import bullets, numbering
from samples.builder.look import Look
from samples.builder.parts import footer, header, section
from samples.builder.tables import Row, borders, cell, row, table
from samples.builder.text import Fmt, Xml, field, p, r, tabs

NAVY, PALE = "1B3A57", "E3EAF1"
BOLD = Fmt(bold=True)
LOOK = Look(
    font="Calibri", size=10.5, accent=NAVY, second="C55A11", table_size=10, after=80, lang="en-IE", title_size=18
)
WIDE = 14738

KPIS = (
    (
        "Service",
        (
            (
                "First reply within the target for the priority",
                "95% of tickets",
                "15%",
                "Ticket system, report S-02",
                "Support Lead",
            ),
            ("Tickets resolved per week", "42 per analyst", "15%", "Ticket system, report S-05", "Analyst"),
            ("CSAT score of closed tickets", "4.6 out of 5", "20%", "Survey e-mail after closing", "Analyst"),
        ),
    ),
    (
        "Quality",
        (
            ("Tickets reopened within 14 days", "Below 6%", "15%", "Ticket system, report Q-01", "Analyst"),
            (
                "Escalations to Engineering with complete steps to reproduce",
                "90%",
                "10%",
                "Monthly sample of 20",
                "Support Lead",
            ),
            ("Knowledge articles reviewed on time", "100% of own articles", "5%", "Knowledge base", "Analyst"),
        ),
    ),
    (
        "Money",
        (
            (
                "Service credits paid because of a missed contract target",
                "Under EUR~8,000 a quarter",
                "10%",
                "Finance, account 6140",
                "Head of Support",
            ),
        ),
    ),
    (
        "People",
        (
            ("Training days taken", "4 a year", "5%", "HR system", "Analyst"),
            ("Cross-team cooperation", "Works well with other teams", "5%", "Manager's judgement", "Support Lead"),
        ),
    ),
)
RULES = (
    "Weights are reviewed once a year by the Head of Support and HR and add up to 100%.",
    "A quarter counts only if the analyst worked at least 30 days in it.",
    "Figures are discussed in the quarterly one-to-one. They are one input to the annual review, not its result.",
)


def build() -> Docx:
    """Return the KPI sheet."""
    return Docx(
        name="kpi_sheet_support_team.docx",
        title="KPI sheet 2026: Customer Support analysts",
        company="Brightstrand Software Ltd",
        author="Orla Kinsella",
        editor="Tomasz Wilk",
        created="2024-11-18T10:10:00Z",
        modified="2026-01-08T09:31:00Z",
        look=LOOK,
        body=(*_top(), _kpis(), *_rules(), *_approval()),
        section=section(landscape=True, margins=(1134, 1050, 850, 1050)),
        numbering=numbering(bullets()),
        pages=1,
        more={"header1.xml": _header(), "footer1.xml": _footer()},
    )


def _header() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (WIDE, "right", ""))
    name = (r("bright", Fmt(size=15, color="C55A11", bold=True)), r("strand", Fmt(size=15, color=NAVY, bold=True)))
    return header(p(*name, "\tPeople & Performance", style="Header", stops=stops), p(style="Header"))


def _footer() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (WIDE, "right", ""))
    page = ("Page ", field("PAGE", "1"), " of ", field("NUMPAGES", "1"))
    return footer(p("KPI-SUP-2026 v1.2  |  Internal\t", *page, style="Footer", stops=stops))


def _top() -> list[str]:
    facts = (
        ("Team", "Customer Support, Cork"),
        ("Role", "Support Analyst"),
        ("Period", "January to December 2026"),
        ("KPI owner", "Head of Support"),
    )
    cells = [one for name, value in facts for one in (cell(name, shade=PALE, fmt=BOLD), cell(value))]
    widths = (1100, 2700, 900, 2200, 1100, 2738, 1400, 2600)
    why = (
        "This sheet shows what the team measures in 2026 and where the figures come from. It applies to all "
        "Support Analysts after "
        "their probation."
    )
    return [
        p("KPI sheet 2026", style="Title"),
        p("Customer Support analysts", style="Subtitle"),
        table(widths, row(*cells), text="TableText", lines=borders("tblBorders", "9DB2C7")),
        p(why, before=140),
    ]


def _kpis() -> Xml:
    titles = ("Perspective", "KPI", "Target", "Weight", "Source", "Owner", "Result", "Score")
    rows = [row(*titles, header=True)]
    for perspective, kpis in KPIS:
        rows += [_kpi(perspective if index == 0 else "", *kpi) for index, kpi in enumerate(kpis)]
    total = cell("100%", align="center", fmt=BOLD)
    rows.append(row(cell("Total", span=3, align="right", fmt=BOLD), total, cell(span=2), "", "", shade=PALE))
    widths = (1400, 4000, 2200, 950, 2488, 1500, 1150, 1050)
    return table(widths, *rows, style="HouseTable", text="TableText", margins=(35, 100, 35, 100), look="0420")


def _kpi(perspective: str, name: str, target: str, weight: str, source: str, owner: str) -> Row:
    first = cell(perspective, merge="start" if perspective else "more", shade=PALE, fmt=BOLD)
    return row(first, name, target, cell(weight, align="center"), source, owner, "", "")


def _rules() -> list[str]:
    return [p("Rules", style="Heading2"), *(p(text, style="ListParagraph", num=(1, 0), after=40) for text in RULES)]


def _approval() -> list[str]:
    stops = tabs((6000, "left", "underscore"), (6400, "left", ""), (9800, "left", "underscore"))
    return [
        p(f"{who}: \t\tDate: \t", stops=stops, before=220, after=0, keep=True)
        for who in ("Head of Support", "HR Business Partner")
    ]
