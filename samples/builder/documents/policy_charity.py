"""Social media policy of a charity: clauses numbered on three levels, definitions table, beneficiaries."""

from samples.builder.docx import Docx
from samples.builder.lists import clauses, numbering
from samples.builder.look import Look
from samples.builder.parts import footer, header, section
from samples.builder.styles import paragraph_style
from samples.builder.tables import borders, cell, row, table
from samples.builder.text import Fmt, Xml, field, link, p, r, rule, tabs

TEAL, PALE = "0B5E5A", "E3F1EF"
BOLD = Fmt(bold=True)
BASE = Look(
    font="Calibri", size=11, accent=TEAL, second=TEAL, after=100, line=264, heading_sizes=(13, 12, 11), title_size=24
)
CLAUSE = paragraph_style(
    BASE, "Clause", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', style_id="Clause"
) + paragraph_style(
    BASE,
    "Clause Heading",
    '<w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:before="260" w:after="100"/><w:outlineLvl '
    'w:val="0"/>',
    "",
    style_id="ClauseHeading",
    based="Heading1",
    after="Clause",
)
LOOK = Look(**{**BASE.__dict__, "more_styles": CLAUSE})

CONTROL = (
    ("Policy owner", "Director of Communications"),
    ("Approved by", "Board of Trustees, 11 September 2025"),
    ("Version", "2.0 (replaces 1.4)"),
    ("Next review", "September 2027"),
)
DEFINITIONS = (
    ("Beneficiaries", "Families, children and young people who use our centres, helpline or grants"),
    ("Our channels", "Accounts that carry the charity's name and are run by the Communications team"),
    ("Personal account", "An account you hold yourself, on any platform"),
    ("You", "Employees, sessional workers, volunteers and trustees"),
)
SECTIONS: tuple[tuple[str, tuple[str | tuple[str, ...], ...]], ...] = (
    (
        "Purpose",
        (
            "This policy explains how people who work or volunteer for Harbour Lights use social media, at work "
            "and at home.",
            "It protects the privacy of beneficiaries, the safety of staff and volunteers, and the charity's "
            "good name.",
        ),
    ),
    (
        "Scope",
        (
            "The policy applies to all of you, on any platform, including messaging groups that are used for work.",
            "It does not limit your right to speak about your pay or working conditions, to join a trade union "
            "or to raise a concern "
            "under the Whistleblowing Policy.",
        ),
    ),
    ("Definitions", ()),
    (
        "Posting on our channels",
        (
            "Only the Communications team and trained account holders post on our channels.",
            (
                "Before a post that shows or mentions a beneficiary goes out, the account holder checks that:",
                "a signed consent form is on file and has not expired;",
                "the post does not show where the person lives, goes to school or receives help;",
                "for a child under 13, the parent or carer has seen the post.",
            ),
            "Enquiries and complaints that arrive through our channels should be dealt with as soon as possible "
            "by whoever sees them.",
            "Comments that threaten or insult people are hidden and reported to the platform.",
        ),
    ),
    (
        "Your personal account",
        (
            "You may say that you work or volunteer for us. Make clear that your views are your own.",
            "Do not connect with beneficiaries from a personal account while they receive our help, and for two "
            "years afterwards.",
            "Employees are expected to like and share our campaign posts so that as many people as possible see them.",
            "If a beneficiary or member of the public contacts you about our work on a personal account, do not reply.",
        ),
    ),
    (
        "Safeguarding and confidentiality",
        (
            "Tell the Designated Safeguarding Lead the same day if you see something online that suggests a "
            "child or adult is at risk.",
            "Never share personal data, case details or photographs from a work device or a centre on a personal "
            "account.",
        ),
    ),
    (
        "Responsibilities and training",
        (
            "Managers make sure that new starters have read this policy in their first week.",
            "Account holders attend social media training once a year.",
            "The Communications team works with other teams across the charity on campaigns.",
        ),
    ),
    (
        "Breach of this policy",
        (
            "A breach may lead to action under the Disciplinary Policy or, for volunteers, the Problem Solving "
            "Procedure. Anyone may "
            "ask for advice before posting.",
        ),
    ),
)


def build() -> Docx:
    """Return the social media policy."""
    return Docx(
        name="social_media_policy_charity.docx",
        title="Social Media Policy",
        company="Harbour Lights Family Trust",
        author="Niamh Gallagher",
        editor="Samuel Adeyemi",
        created="2023-06-01T12:00:00Z",
        modified="2025-09-15T09:40:00Z",
        look=LOOK,
        body=(*_top(), *_clauses(), *_help()),
        section=section(margins=(1361, 1247, 1134, 1247), first=True),
        numbering=numbering(clauses("ClauseHeading", "Clause")),
        pages=2,
        subject="Policy",
        more={
            "header1.xml": _header(),
            "header2.xml": _first_header(),
            "footer1.xml": _footer(),
            "footer2.xml": _footer(),
        },
    )


def _first_header() -> str:
    name = p("Harbour Lights", fmt=Fmt(bold=True, size=20, color="FFFFFF"), after=0)
    sub = p("Family Trust", fmt=Fmt(size=11, color="FFFFFF"), after=0)
    number = p("Registered charity (example) no. 0000000", fmt=Fmt(size=8, color="FFFFFF"), align="right", after=0)
    bar = row(cell(name, sub, shade=TEAL), cell(number, shade=TEAL, valign="bottom"))
    return header(table((5400, 4012), bar, style="TableNormal", margins=(120, 160, 120, 160)), p(style="Header"))


def _header() -> str:
    return header(
        p("Harbour Lights Family Trust -- Social Media Policy 2.0", style="Header", borders=rule("bottom", TEAL, 6, 2))
    )


def _footer() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (9412, "right", ""))
    page = ("Page ", field("PAGE", "1"), " of ", field("NUMPAGES", "2"))
    return footer(p("HL-POL-14  Printed copies are not controlled\t", *page, style="Footer", stops=stops))


def _grid(pairs: tuple[tuple[str, str], ...], indent: int = 0) -> Xml:
    rows = [row(cell(name, shade=PALE, fmt=BOLD), value) for name, value in pairs]
    lines = borders("tblBorders", "9CC4C0", sides="top bottom insideH")
    return table(
        (2400, 7012 - indent),
        *rows,
        text="TableText",
        style="TableNormal",
        lines=lines,
        margins=(55, 110, 55, 110),
        indent=indent,
    )


def _top() -> list[str]:
    return [p("Social Media Policy", style="Title", before=160, after=140), _grid(CONTROL), p(after=0)]


def _clauses() -> list[str]:
    made: list[str] = []
    for title, texts in SECTIONS:
        made.append(p(title, style="ClauseHeading"))
        for text in texts:
            made += _clause(text)
        if not texts:
            made.append(_grid(DEFINITIONS, 567))
    return made


def _clause(text: str | tuple[str, ...]) -> list[str]:
    if isinstance(text, str):
        return [p(text, style="Clause")]
    first, *points = text
    return [p(first, style="Clause"), *(p(point, num=(1, 2), after=60) for point in points)]


def _help() -> list[str]:
    mail = "communications@harbourlights.example"
    ask = ("Questions about this policy: ", link("mailto:" + mail, mail), " or your line manager.")
    related = r(
        "Related: Data Protection Policy, Safeguarding Policy, Whistleblowing Policy, Photography Consent Form.",
        Fmt(italic=True),
    )
    return [p("Help", style="ClauseHeading"), p(*ask, style="Clause"), p(related, before=200)]
