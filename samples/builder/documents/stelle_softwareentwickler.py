"""Stellenbeschreibung eines deutschen Unternehmens: numbered boxes in one table, as HR forms in Germany have them."""

from samples.builder.docx import Docx
from samples.builder.lists import bullets, numbering
from samples.builder.look import GERMAN_IDS, Look
from samples.builder.parts import footer, header, section
from samples.builder.tables import Cell, Row, cell, row, table
from samples.builder.text import Fmt, Xml, field, p, simple_field, tabs

TEAL, PALE = "00586B", "E4EFF1"
BOLD, SMALL = Fmt(bold=True), Fmt(size=8, color="595959")
LOOK = Look(
    font="Arial",
    size=10,
    lang="de-DE",
    accent=TEAL,
    second=TEAL,
    after=60,
    line=252,
    table_size=9.5,
    title_size=17,
    themed=False,
    ids=GERMAN_IDS,
)
WIDTHS = (2410, 2409, 2410, 2409)

HEAD = (
    (("Stellenbezeichnung", "Softwareentwickler/in Auftragssteuerung (m/w/d)"), ("Stellennummer", "IT-0386")),
    (("Organisationseinheit", "IT, Team Auftragssysteme"), ("Kostenstelle", "4710")),
    (("Entgeltgruppe", "EG~11 Haustarifvertrag"), ("Arbeitszeit", "Vollzeit, 37~Stunden pro Woche")),
    (("Arbeitsort", "Bremen, Überseehafen"), ("Stand", "01.03.2026, Version 2.3")),
)
RANK = (
    ("Vorgesetzte Stelle", "Teamleitung Auftragssysteme"),
    ("Unterstellte Stellen", "keine"),
    ("Stelleninhaber/in vertritt", "Softwareentwickler/in Lagersysteme"),
    ("Stelleninhaber/in wird vertreten durch", "Softwareentwickler/in Auftragssteuerung 2 (IT-0387)"),
)
GOAL = (
    "Die Stelle entwickelt und betreibt die Anwendungen, mit denen die Disposition Transportaufträge annimmt, "
    "plant und abrechnet. "
    "Sie stellt sicher, dass diese Anwendungen fachlich richtig, wartbar und im vereinbarten Umfang verfügbar sind.",
    "Die Stelle hat keinen direkten Kundenkontakt.",
)
TASKS = (
    (
        "Entwicklung",
        "45~%",
        (
            "Anforderungen der Fachbereiche aufnehmen, Aufwand schätzen und Lösungen entwerfen",
            "Dienste in Java und Schnittstellen (REST, EDI) programmieren und dokumentieren",
            "Automatisierte Tests schreiben und Änderungen von Kolleginnen und Kollegen prüfen",
        ),
    ),
    (
        "Betrieb und Störungen",
        "25~%",
        (
            "Fehlermeldungen des Service Desk analysieren und beheben",
            "An der Rufbereitschaft nach der Betriebsvereinbarung teilnehmen",
            "Neue Versionen ausliefern und an den Service Desk übergeben",
        ),
    ),
    (
        "Zusammenarbeit",
        "20~%",
        (
            "Eng mit anderen Abteilungen zusammenarbeiten",
            "An Abstimmungen mit Disposition, Abrechnung und Vertrieb teilnehmen",
            "Neue Teammitglieder in Code und Werkzeuge einarbeiten",
        ),
    ),
    (
        "Weiterentwicklung",
        "10~%",
        (
            "Technische Altlasten erfassen und Vorschläge zum Abbau machen",
            "Fachliche Schulungen nach dem Qualifizierungsplan besuchen",
        ),
    ),
)
POWERS = (
    "Freigabe eigener Änderungen in Testsystemen; Freigabe für Produktivsysteme nur nach Prüfung durch eine "
    "zweite Person",
    "Keine Bestell- oder Unterschriftsbefugnis",
)
NEEDS = (
    (
        "Ausbildung",
        "Abgeschlossenes Studium der Informatik oder Ausbildung Fachinformatiker/in Anwendungsentwicklung",
        "muss",
    ),
    ("Berufserfahrung", "Drei Jahre Entwicklung von Geschäftsanwendungen", "muss"),
    ("Fachkenntnisse", "Java, SQL, Versionsverwaltung, automatisierte Auslieferung", "muss"),
    ("", "Kenntnisse in Logistik oder Lagerverwaltung", "soll"),
    ("Sprachen", "Deutsch mindestens C1, Englisch mindestens B1", "muss"),
    ("Persönlich", "Teamfähigkeit, Leidenschaft für sauberen Code, passt gut ins Team", "soll"),
    ("", "Kann fachliche Zusammenhänge verständlich erklären", "soll"),
)
COUNCIL = (
    "Der Betriebsrat wurde gemäß der Betriebsvereinbarung „Stellenbeschreibungen“ am 12.02.2026 beteiligt "
    "(Zeichen BR 07/2026). Die "
    "Eingruppierung richtet sich nach dem Haustarifvertrag."
)
EQUAL = (
    "Wir begrüßen Bewerbungen aller Menschen unabhängig von Geschlecht, Nationalität, Herkunft, Religion, "
    "Behinderung, Alter und "
    "sexueller Identität. Schwerbehinderte Menschen werden bei gleicher Eignung bevorzugt berücksichtigt."
)


def build() -> Docx:
    """Return the German job description."""
    return Docx(
        name="stellenbeschreibung_softwareentwickler_de.docx",
        title="Stellenbeschreibung Softwareentwickler/in Auftragssteuerung",
        company="Nordhafen Speditionslogistik GmbH",
        author="Petersen, Wiebke",
        editor="Yılmaz, Deniz",
        created="2022-05-30T07:44:00Z",
        modified="2026-02-26T10:02:00Z",
        look=LOOK,
        body=(p("Stellenbeschreibung", style="Titel"), _form(), _tasks(), _needs(), *_end()),
        section=section(margins=(1531, 1134, 1134, 1134)),
        numbering=numbering(bullets(left=284)),
        pages=2,
        more={"header1.xml": _header(), "footer1.xml": _footer()},
    )


def _header() -> str:
    name = p("NORDHAFEN", fmt=Fmt(bold=True, size=15, color=TEAL, spacing=60), after=0)
    sub = p("Speditionslogistik GmbH", fmt=SMALL, after=0)
    right = p("Personalwesen\nFormular P-14, Fassung 2024", fmt=SMALL, align="right", after=0)
    return header(
        table((4819, 4819), row(cell(name, sub), cell(right, valign="center")), style="NormaleTabelle"),
        p(style="Kopfzeile"),
    )


def _footer() -> str:
    stops = tabs((4513, "clear", ""), (9026, "clear", ""), (9638, "right", ""))
    text = p(
        "Stellenbeschreibung IT-0386\tSeite ",
        field("PAGE", "1"),
        " von ",
        simple_field("NUMPAGES", "2"),
        style="Fuzeile",
        stops=stops,
    )
    return footer(text)


def _band(text: str, columns: int = 4) -> Row:
    return row(
        cell(p(text, fmt=Fmt(bold=True, color="FFFFFF"), before=40, after=40, keep=True), span=columns, shade=TEAL)
    )


def _label(text: str) -> Cell:
    return cell(text, shade=PALE, fmt=BOLD)


def _grid(*rows: Row, widths: tuple[int, ...] = WIDTHS) -> Xml:
    return table(widths, *rows, style="Tabellenraster", text="TableText", margins=(28, 85, 28, 85))


def _bullet(text: str) -> Xml:
    return p(text, style="TableText", num=(1, 0))


def _form() -> Xml:
    rows = [_band("1  Angaben zur Stelle")]
    rows += [row(*(one for name, value in pair for one in (_label(name), cell(value)))) for pair in HEAD]
    rows.append(_band("2  Einordnung und Stellvertretung"))
    rows += [row(cell(name, span=2, shade=PALE, fmt=BOLD), cell(value, span=2)) for name, value in RANK]
    rows.append(_band("3  Ziel der Stelle"))
    rows.append(row(cell(*(p(text, style="TableText") for text in GOAL), span=4)))
    return _grid(*rows)


def _tasks() -> Xml:
    rows = [row("Aufgabengebiet", "Aufgaben", "Anteil", shade=PALE, fmt=BOLD, header=True)]
    rows += [
        row(cell(area, fmt=BOLD), cell(*map(_bullet, tasks)), cell(share, align="center"))
        for area, share, tasks in TASKS
    ]
    rows.append(row(cell("Summe", span=2, align="right", fmt=BOLD), cell("100~%", align="center", fmt=BOLD)))
    title = p("4  Aufgaben", fmt=Fmt(bold=True, color=TEAL, size=11), before=200, after=80, keep=True)
    return Xml(title + _grid(*rows, widths=(2126, 6378, 1134)))


def _needs() -> Xml:
    powers = _grid(row(cell(*map(_bullet, POWERS))), widths=(9638,))
    title = Fmt(bold=True, color=TEAL, size=11)
    rows = [row("Bereich", "Anforderung", "muss / soll", shade=PALE, fmt=BOLD, header=True)]
    for area, need, kind in NEEDS:
        merge = "start" if area in ("Fachkenntnisse", "Persönlich") else "more" if not area else ""
        rows.append(row(cell(area, fmt=BOLD, merge=merge), need, cell(kind, align="center")))
    return Xml(
        p("5  Befugnisse", fmt=title, before=200, after=80, keep=True)
        + powers
        + p("6  Anforderungen", fmt=title, before=200, after=80, keep=True)
        + _grid(*rows, widths=(2126, 6095, 1417))
    )


def _end() -> list[str]:
    title = Fmt(bold=True, color=TEAL, size=11)
    places = ("Ort, Datum", "Stelleninhaber/in", "Vorgesetzte/r", "Personalwesen")
    rows = [row("", "", "", "", height=720), row(*places, fmt=SMALL)]
    return [
        p("7  Beteiligung und Hinweise", fmt=title, before=200, after=80, keep=True),
        p(COUNCIL),
        p(EQUAL),
        p("Diese Stellenbeschreibung wird mindestens alle zwei Jahre überprüft.", after=120),
        p("8  Unterschriften", fmt=title, before=200, after=80, keep=True),
        _grid(*rows),
        p(after=0),
    ]
