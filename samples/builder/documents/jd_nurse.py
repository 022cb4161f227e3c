"""Job description and person specification of a UK hospital trust: numbered duties, criteria table, signatures."""

from samples.builder.docx import Docx
from samples.builder.lists import Level, bullets, numbering
from samples.builder.look import Look
from samples.builder.parts import footer, header, section
from samples.builder.styles import paragraph_style
from samples.builder.tables import Row, cell, row, table
from samples.builder.text import Fmt, field, p, rule, tabs

BLUE, PALE = "003F7D", "DCE6F2"
BASE = Look(font="Arial", size=11, accent=BLUE, second=BLUE, heading_sizes=(13, 11, 11), title_size=18, themed=False)
DUTY_STYLES = paragraph_style(
    BASE,
    "JD Duty Group",
    '<w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:before="160" w:after="80"/>',
    f'<w:b/><w:bCs/><w:color w:val="{BLUE}"/>',
    style_id="JDDutyGroup",
    after="JDDuty",
) + paragraph_style(
    BASE,
    "JD Duty",
    '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:spacing w:after="80"/>',
    style_id="JDDuty",
)
LOOK = Look(**{**BASE.__dict__, "more_styles": DUTY_STYLES})
LISTS = numbering(
    (
        Level("decimal", "%1", 567, 567, style="JDDutyGroup", bold=True),
        Level("decimal", "%1.%2", 567, 567, style="JDDuty"),
    ),
    bullets(),
)

DETAILS = (
    ("Job title", "Registered Nurse, Day Surgery Unit"),
    ("Band", "5"),
    ("Division", "Surgery, Anaesthetics and Theatres"),
    ("Base", "Ellenmoor Royal Infirmary. You may be asked to work at other Trust sites."),
    ("Hours", "37.5~hours per week, worked over five days between 07.00 and 20.30"),
    ("Responsible to", "Day Surgery Sister / Charge Nurse"),
    ("Accountable to", "Matron, Planned Care"),
    ("Responsible for", "Shift supervision of healthcare support workers and learners"),
    ("Post number", "ERI-DSU-0417"),
)
ABOUT = (
    "Ellenmoor Hospitals NHS Foundation Trust runs two acute hospitals and four community clinics for a "
    "population of about "
    "410,000 people. The Day Surgery Unit has 18 trolley spaces, four theatres and a pre-assessment clinic, and "
    "cares for "
    "adults and young people over 16 who go home on the day of their operation."
)
PURPOSE = (
    "The postholder plans, gives and evaluates nursing care before and after day surgery, from admission to "
    "discharge, and "
    "keeps accurate records of that care.",
    "This is a busy patient-facing role. You will work without direct supervision for parts of the shift and "
    "take charge of "
    "a bay of up to six patients.",
)
RELATIONSHIPS = (
    "**Within the unit:** surgeons, anaesthetists, theatre practitioners, support workers, pre-assessment "
    "nurses, reception",
    "**Elsewhere in the Trust:** pharmacy, imaging, inpatient surgical wards, bed management, interpreting service",
    "**Outside the Trust:** GP practices, community nursing teams, patient transport, carers and relatives",
)
DUTIES = (
    (
        "Clinical care",
        (
            "Admit patients to the unit, confirm identity, consent and fasting status, and complete the theatre "
            "checklist.",
            "Assess each patient's needs, including pain, mobility, skin, learning disability and dementia, and "
            "write the plan of care.",
            "Recover patients after general, regional and local anaesthesia, and recognise and escalate "
            "deterioration using the early "
            "warning score.",
            "Administer medicines, including controlled drugs, in line with Trust policy and the NMC~Code.",
            "Decide, within nurse-led discharge criteria, when a patient is ready to go home.",
        ),
    ),
    (
        "Communication and information",
        (
            "Explain procedures, wound care and medicines to patients before discharge and give the unit's "
            "written leaflets.",
            "Answer telephone questions from patients in the 24 hours after discharge and record the advice given.",
            "Liaise with other departments so that patients move through the unit without delay.",
            "Take part in resolving concerns raised by patients or relatives and tell the nurse in charge about them.",
        ),
    ),
    (
        "Teamwork and supervision",
        (
            "Co-ordinate the work of support workers in your bay and delegate tasks safely.",
            "Act as practice supervisor for student nurses and support new starters during their supernumerary period.",
            "Attend the daily safety huddle and the monthly unit meeting.",
        ),
    ),
    (
        "Quality and governance",
        (
            "Report incidents and near misses on the day they happen and take part in learning reviews.",
            "Carry out the infection prevention, documentation and resuscitation trolley audits allocated to you.",
            "Suggest improvements to the way the unit works.",
        ),
    ),
    (
        "Education and development",
        (
            "Complete mandatory training and maintain the evidence needed for revalidation.",
            "Attend customer service training when places are offered by the Learning and Development team.",
        ),
    ),
)
CRITERIA = (
    (
        "Qualifications",
        (
            ("Current registration with the NMC (adult nursing)", "E", "A, D"),
            ("Degree or diploma in nursing", "E", "A, D"),
            ("Practice supervisor or assessor preparation", "D", "A"),
        ),
    ),
    (
        "Experience",
        (
            ("Care of adults in an acute hospital, including placements", "E", "A, I"),
            ("Experience of peri-operative or recovery nursing", "D", "A, I"),
            ("Recent experience in a patient-facing role outside health care", "D", "A"),
        ),
    ),
    (
        "Skills and knowledge",
        (
            ("Assesses, plans and evaluates care and records it clearly", "E", "I, T"),
            ("Recognises and escalates the deteriorating patient", "E", "I"),
            ("Excellent communication skills, written and spoken", "E", "I"),
            ("Uses electronic patient records and e-prescribing", "D", "A"),
        ),
    ),
    (
        "Personal qualities",
        (
            ("Friendly, compassionate and enthusiastic, with a can-do approach", "E", "I"),
            ("Manages a changing workload over a shift", "E", "I"),
        ),
    ),
)
CLAUSES = (
    (
        "Safeguarding",
        "All staff have a duty to safeguard children and adults at risk, to know whom to tell about a concern, "
        "and to keep their "
        "safeguarding training up to date. The post is subject to an enhanced disclosure (DBS) check.",
    ),
    (
        "Equal opportunities",
        "The Trust treats applicants, staff and patients fairly whatever their protected characteristics, and "
        "makes reasonable "
        "adjustments for disabled applicants and staff.",
    ),
    (
        "Infection prevention",
        "Every employee is responsible for following the Trust's hand hygiene, uniform and isolation policies.",
    ),
    (
        "Confidentiality and data protection",
        "Information about patients and staff must only be used for the purpose it was collected for. Breaches "
        "are dealt with under "
        "the disciplinary policy.",
    ),
    (
        "Changes to this job description",
        "This job description is an outline and is not exhaustive. It will be reviewed with the postholder at "
        "appraisal and may be "
        "changed after consultation to meet the needs of the service.",
    ),
)


def build() -> Docx:
    """Return the nurse's job description."""
    return Docx(
        name="job_description_nurse_uk.docx",
        title="Job description and person specification: Registered Nurse, Day Surgery Unit",
        company="Ellenmoor Hospitals NHS Foundation Trust",
        author="Okafor Grace (ELLENMOOR HOSPITALS NHS FT)",
        editor="Pritchard Helen (ELLENMOOR HOSPITALS NHS FT)",
        created="2023-02-14T09:12:00Z",
        modified="2026-03-05T15:41:00Z",
        look=LOOK,
        body=(*_front(), *_duties(), *_specification(), *_clauses(), *_signatures()),
        section=section(margins=(1418, 1077, 1134, 1077)),
        numbering=LISTS,
        pages=3,
        more={"header1.xml": _header(), "footer1.xml": _footer()},
    )


def _header() -> str:
    grey = Fmt(size=9, color="595959")
    trust = p("Ellenmoor Hospitals", align="right", after=0, fmt=Fmt(bold=True, size=16, color=BLUE))
    kind = p("NHS Foundation Trust", align="right", after=0, fmt=Fmt(size=10, color=BLUE))
    form = p("Form HR-JD-04  version 6.1", after=0, fmt=grey)
    review = p("Template review due: September 2027", after=0, fmt=grey)
    lines = '<w:tblBorders><w:bottom w:val="single" w:sz="12" w:space="0" w:color="003F7D"/></w:tblBorders>'
    logo = table(
        (4876, 4876), row(cell(form, review, valign="bottom"), cell(trust, kind)), style="TableNormal", lines=lines
    )
    return header(logo, p(style="Header"))


def _footer() -> str:
    left = p(
        "Registered Nurse, Day Surgery Unit  |  ERI-DSU-0417\tPage ",
        field("PAGE", "1", Fmt(bold=True)),
        " of ",
        field("NUMPAGES", "3", Fmt(bold=True)),
        style="Footer",
        stops=tabs((4513, "clear", ""), (9026, "clear", ""), (9752, "right", "")),
        borders=rule("top", "A6A6A6", 4, 4),
    )
    return footer(left)


def _front() -> list[str]:
    label = Fmt(bold=True)
    rows = [row(cell(name, shade=PALE, fmt=label), value) for name, value in DETAILS]
    return [
        p("Job description and person specification", style="Title"),
        table((2552, 7200), *rows, text="TableText", margins=(57, 113, 57, 113)),
        p("About the Trust and the unit", style="Heading1"),
        p(ABOUT),
        p("Job purpose", style="Heading1"),
        *(p(text) for text in PURPOSE),
        p("Key working relationships", style="Heading1"),
        *(p(text, style="ListParagraph", num=(2, 0)) for text in RELATIONSHIPS),
    ]


def _duties() -> list[str]:
    made = [p("Main duties and responsibilities", style="Heading1")]
    for group, duties in DUTIES:
        made.append(p(group, style="JDDutyGroup"))
        made += [p(duty, style="JDDuty") for duty in duties]
    return made


def _specification() -> list[str]:
    head = row(
        "Criteria", "Essential", "Desirable", "Assessed by", shade=BLUE, fmt=Fmt(bold=True, color="FFFFFF"), header=True
    )
    rows: list[Row] = [head]
    for group, criteria in CRITERIA:
        rows.append(row(cell(p(group, style="TableText", fmt=Fmt(bold=True), keep=True), span=4, shade=PALE)))
        rows += [_criterion(*criterion) for criterion in criteria]
    return [
        p("Person specification", style="Heading1"),
        table((5442, 1304, 1304, 1702), *rows, text="TableText", margins=(40, 113, 40, 113)),
        p(
            "A = application form, I = interview, T = test or scenario, D = documents",
            before=80,
            fmt=Fmt(italic=True, size=9),
        ),
    ]


def _criterion(text: str, kind: str, assessed: str) -> Row:
    ticks = [cell("\u2713" if kind == column else "", align="center") for column in "ED"]
    return row(text, *ticks, cell(assessed, align="center"))


def _clauses() -> list[str]:
    made = [p("General conditions", style="Heading1")]
    for title, text in CLAUSES:
        made += [p(title, style="Heading2"), p(text)]
    return made


def _signatures() -> list[str]:
    stops = tabs((5670, "left", "underscore"), (5954, "left", ""), (9752, "right", "underscore"))
    names = ("Postholder's signature", "Manager's signature")
    lines = [p(f"{name}: \t\tDate: \t", stops=stops, before=280, after=0, keep=True) for name in names]
    return [p("I have read this job description and agree that it describes the job.", before=280, keep=True), *lines]
