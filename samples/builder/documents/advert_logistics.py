"""Job advert of a food wholesaler: text box with the facts, hyperlink and mail address."""

from samples.builder.boxes import text_box
from samples.builder.docx import Docx
from samples.builder.lists import bullets, numbering
from samples.builder.look import Look
from samples.builder.parts import footer, header, section
from samples.builder.text import Fmt, Xml, link, p, r, rule

ORANGE, BROWN, CREAM = "C8551B", "4A2C17", "FBF1E6"
LOOK = Look(
    font="Calibri",
    size=11,
    accent=ORANGE,
    second=BROWN,
    after=120,
    line=269,
    heading_sizes=(14, 12, 11),
    title_size=28,
    themed=True,
)

HOOK = (
    "Twelve thousand restaurants, schools and shops open tomorrow expecting their delivery. You decide which "
    "lorry, which driver and "
    "which route gets it there."
)
ABOUT = (
    "Gransden Mills is a family-owned food wholesaler with 640 colleagues and three depots. From Peterborough we "
    "deliver chilled, "
    "frozen and dry goods to caterers and independent shops between the Humber and the Thames, six days a week.",
    "Our transport office plans 140~routes a day. The team of nine works next to the warehouse and runs on a "
    "planning system that we "
    "replaced last year.",
)
DO = (
    "Build tomorrow's routes from orders, vehicle sizes, drivers' hours and delivery windows, and release them "
    "by 16.00.",
    "Re-plan on the day when a vehicle breaks down, a road closes or an urgent order comes in.",
    "Brief drivers and check their records against the tachograph rules.",
    "Collaborate with other departments to keep deliveries on time.",
    "Watch cost per drop, fill rate and fuel, and suggest changes to standing routes.",
    "Cover the early desk (05.00) one week in four.",
)
BRING = (
    "Experience of transport or production planning, or of running a busy warehouse desk",
    "Confidence with planning software and spreadsheets",
    "Good geography of the East Midlands and East Anglia, or the will to learn it",
    "A Transport Manager CPC would be welcome; we pay for it if you do not have it yet",
    "You are a dynamic and passionate team player with a great attitude who stays cheerful under pressure",
)
OFFER = (
    "25 days' holiday plus bank holidays, rising with service",
    "Pension with 6% from us, staff shop, cycle scheme",
    "A four-week handover from the planner who is moving to our Kettering depot",
)
APPLY = (
    "We read applications as they arrive. A first talk by phone takes 20 minutes; after that we invite you to "
    "the transport office "
    "to see a planning day and meet the team."
)
EQUAL = (
    "We are an equal opportunity employer. Tell us if you need a reasonable adjustment at any stage. You must "
    "have the right to work "
    "in the UK."
)
FACTS = (
    ("Where", "Peterborough depot, on site"),
    ("Salary", "£31,500 to £34,000 a year"),
    ("Hours", "40 hours a week, full-time, permanent"),
    ("Reports to", "Transport Manager"),
    ("Reference", "GM-TP-118"),
    ("Closing date", "30 April 2026"),
)


def build() -> Docx:
    """Return the advert."""
    return Docx(
        name="job_advert_logistics_planner.docx",
        title="Logistics Planner, Peterborough",
        company="Gransden Mills plc",
        author="Bethan Rowlands",
        editor="Bethan Rowlands",
        created="2026-03-23T11:02:00Z",
        modified="2026-03-27T17:15:00Z",
        look=LOOK,
        body=(*_opening(), *_lists(), *_apply()),
        section=section(margins=(1361, 1191, 1021, 1191)),
        numbering=numbering(bullets(color=ORANGE)),
        pages=1,
        keywords="advert; transport; GM-TP-118",
        more={"header1.xml": _header(), "footer1.xml": _footer()},
    )


def _header() -> str:
    name = (
        r("GRANSDEN", Fmt(bold=True, size=16, color=BROWN, spacing=40)),
        r(" MILLS", Fmt(size=16, color=ORANGE, spacing=40)),
    )
    return header(p(*name, style="Header", borders=rule("bottom", ORANGE, 18, 4)), p(style="Header"))


def _footer() -> str:
    return footer(
        p(
            "Gransden Mills plc  |  feeding the East since 1926",
            style="Footer",
            align="center",
            fmt=Fmt(size=9, color=BROWN),
        )
    )


def _box() -> Xml:
    title = p("At a glance", fmt=Fmt(bold=True, size=12, color=ORANGE), after=60)
    lines = [p(f"**{name}:** {value}", fmt=Fmt(size=10), after=40, line=240) for name, value in FACTS]
    return text_box("Text Box 2", title, *lines, x=410, y=8, width=225, height=180, fill=CREAM, line=ORANGE)


def _opening() -> list[str]:
    return [
        p("Logistics Planner", style="Title"),
        p(_box(), r(HOOK, Fmt(size=13, color=BROWN))),
        p("About us", style="Heading1"),
        *(p(text) for text in ABOUT),
    ]


def _points(title: str, points: tuple[str, ...]) -> list[str]:
    return [p(title, style="Heading1"), *(p(text, style="ListParagraph", num=(1, 0), after=60) for text in points)]


def _lists() -> list[str]:
    return [*_points("What you will do", DO), *_points("What you bring", BRING), *_points("What we offer", OFFER)]


def _apply() -> list[str]:
    site, mail = "https://careers.gransdenmills.example/jobs/GM-TP-118", "jobs@gransdenmills.example"
    how = ("Apply online at ", link(site, "careers.gransdenmills.example"), " or send your CV and a few lines to ")
    ask = (
        link("mailto:" + mail + "?subject=GM-TP-118", mail),
        ". Questions? Call Bethan in the People team on 01632~960~417.",
    )
    return [p("How to apply", style="Heading1"), p(*how, *ask), p(APPLY), p(EQUAL, fmt=Fmt(italic=True, size=10))]
