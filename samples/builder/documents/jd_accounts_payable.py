"""Position description of a US company: bold lines instead of heading styles, essential functions, ADA table."""

from samples.builder.docx import Docx
from samples.builder.lists import bullets, numbering, numbers
from samples.builder.look import Look
from samples.builder.parts import footer, header, section
from samples.builder.tables import borders, cell, row, table
from samples.builder.text import Fmt, Xml, field, p, rule, tabs

GREY = "E7E6E6"
BOLD = Fmt(bold=True)
LOOK = Look(font="Calibri", size=11, lang="en-US", accent="7F3F00", second="7F3F00", after=100, line=254, table_size=10)
COMPANY = "Briar Creek Building Products, Inc."

DETAILS = (
    (("Job Title:", "Accounts Payable Specialist"), ("Job Code:", "FIN-2207")),
    (("Department:", "Finance -- Shared Services"), ("FLSA Status:", "Non-Exempt")),
    (("Reports To:", "Accounts Payable Supervisor"), ("Pay Range:", "$23.10 -- $28.40 per hour")),
    (("Location:", "Fort Wayne, Indiana (on site)"), ("Schedule:", "Full-time, Mon.--Fri., 40 hours")),
)
SUMMARY = (
    "The Accounts Payable Specialist enters and pays vendor invoices, processes employee expense reports and "
    "keeps the vendor "
    "master file in order for our nine distribution yards. The Specialist handles about 350~invoices a week.",
    "This is a back-office position and is not customer-facing.",
)
ESSENTIAL = (
    "Enter, code and three-way match vendor invoices to purchase orders and receiving documents.",
    "Research price, quantity and freight differences and hold invoices that cannot be matched.",
    "Prepare the Tuesday and Friday payment runs, including ACH, check and virtual card payments, for approval "
    "by the Supervisor.",
    "Review employee expense reports against the Travel and Expense Policy and process approved reports for "
    "reimbursement.",
    "Set up and change vendor records, including W-9 and bank detail verification by call-back.",
    "Reconcile the statements of the 40 largest vendors every month and clear open credits.",
    "Prepare accruals and the accounts payable aging for month-end close.",
)
OTHER = (
    "Answer vendor and employee inquiries about payment status by email and phone.",
    "Work closely with various departments to resolve invoice issues.",
    "Maintain electronic files according to the Records Retention Schedule.",
    "Back up the Accounts Receivable Clerk for cash posting during vacations.",
    "Process at least 70 invoices per day after the training period.",
    "Other duties as assigned.",
)
KNOWLEDGE = (
    "High school diploma or equivalent required; Associate's degree in Accounting preferred.",
    "Two years of accounts payable or general accounting experience.",
    "Working knowledge of an ERP system and of spreadsheets (lookups, pivot tables).",
    "Knowledge of sales and use tax basics and Form 1099 reporting.",
    "Accuracy with numbers, and the ability to keep several deadlines in view.",
    "Must be a self-starter with a positive attitude who is a good fit with our team.",
)
DEMANDS = (
    ("Sitting at a workstation; using keyboard, mouse and two monitors", "Constantly"),
    ("Communicating by phone, video and email", "Frequently"),
    ("Standing, walking, reaching for files", "Occasionally"),
    ("Lifting and carrying boxes of records, up to 20~pounds", "Occasionally"),
)
ADA = (
    "The demands described here are representative of those that must be met to perform the essential functions "
    "of this job. "
    "Reasonable accommodations may be made to enable individuals with disabilities to perform the essential "
    "functions. The work "
    "environment is a climate-controlled office with a moderate noise level."
)
EEO = (
    f"{COMPANY} is an Equal Opportunity Employer. All qualified applicants and employees are considered without "
    "regard to race, "
    "color, religion, sex, pregnancy, sexual orientation, gender identity, national origin, age, disability, "
    "genetic information, "
    "protected veteran status or any other status protected by law."
)
DISCLAIMER = (
    "This position description is intended to describe the general nature and level of work performed. It is not "
    "a complete list of "
    "duties and does not create a contract of employment. Employment with the Company is at-will. Management may "
    "change this "
    "description at any time."
)


def build() -> Docx:
    """Return the accounts payable position description."""
    return Docx(
        name="job_description_accounts_payable_us.docx",
        title="Position Description - Accounts Payable Specialist",
        company=COMPANY,
        author="Dana Whitfield",
        editor="Luis Ortega",
        created="2021-08-19T13:05:00Z",
        modified="2025-11-12T20:18:00Z",
        look=LOOK,
        body=(*_top(), *_duties(), *_requirements(), *_legal(), *_signatures()),
        section=section(letter=True, margins=(1440, 1080, 1080, 1080)),
        numbering=numbering(numbers(left=540), bullets(left=540)),
        pages=2,
        more={"header1.xml": _header(), "footer1.xml": _footer()},
    )


def _header() -> str:
    return header(
        p("BRIAR CREEK BUILDING PRODUCTS", style="Header", fmt=Fmt(bold=True, size=14, color="7F3F00", spacing=30)),
        p("Human Resources", style="Header", fmt=Fmt(size=10, color="595959"), borders=rule("bottom", "7F3F00", 12, 3)),
    )


def _footer() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (10080, "right", ""))
    return footer(
        p("HR-112 Rev. 08/2024\tPage ", field("PAGE", "1"), " of ", field("NUMPAGES", "2"), style="Footer", stops=stops)
    )


def heading(text: str) -> Xml:
    """Return what this author uses for a heading: a bold shaded line in capitals."""
    return p(text.upper(), fmt=BOLD, before=200, after=80, shade=GREY, keep=True)


def _top() -> list[str]:
    rows = [
        row(*(piece for name, value in pair for piece in (cell(name, shade=GREY, fmt=BOLD), cell(value))))
        for pair in DETAILS
    ]
    return [
        p("POSITION DESCRIPTION", align="center", fmt=Fmt(bold=True, size=16), before=60, after=120),
        table((1500, 3840, 1450, 3290), *rows, text="TableText", margins=(50, 100, 50, 100)),
        heading("Position Summary"),
        *(p(text) for text in SUMMARY),
    ]


def _duties() -> list[str]:
    intro = p(
        "To perform this job successfully, an individual must be able to perform each essential function "
        "satisfactorily."
    )
    return [
        heading("Essential Functions"),
        intro,
        *(p(text, style="ListParagraph", num=(1, 0), after=60) for text in ESSENTIAL),
        heading("Other Responsibilities"),
        *(p(text, style="ListParagraph", num=(2, 0), after=40) for text in OTHER),
    ]


def _requirements() -> list[str]:
    head = row("Physical activity", "How often", shade=GREY, fmt=BOLD, header=True)
    lines = borders("tblBorders", "7F7F7F")
    return [
        heading("Knowledge, Skills and Abilities"),
        *(p(text, style="ListParagraph", num=(2, 0), after=40) for text in KNOWLEDGE),
        heading("Physical Demands and Work Environment"),
        p(ADA),
        table((7380, 2700), head, *(row(*demand) for demand in DEMANDS), text="TableText", lines=lines),
        p(
            "Occasionally = up to 1/3 of the time; frequently = 1/3 to 2/3; constantly = more than 2/3.",
            fmt=Fmt(italic=True, size=9),
        ),
    ]


def _legal() -> list[str]:
    return [
        heading("Equal Employment Opportunity"),
        p(EEO),
        heading("Acknowledgment"),
        p(DISCLAIMER),
        p("I have received and reviewed this position description.", keep=True),
    ]


def _signatures() -> list[str]:
    small = Fmt(size=9)
    lines = [(name, "Date") for name in ("Employee Signature", "Supervisor Signature", "Human Resources")]
    over = cell(borders=borders("", "auto", 4, "top"))
    rows = []
    for name, date in lines:
        rows.append(row("", "", "", height=460))
        rows.append(row(cell(name, fmt=small, borders=over.borders), "", cell(date, fmt=small, borders=over.borders)))
    return [table((5940, 540, 3600), *rows, style="TableNormal", text="TableText"), p(after=0)]
