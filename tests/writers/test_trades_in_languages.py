"""Jobs of many trades in German, French, Dutch and Spanish: the sentence of the trade, in the form of the duty."""

import re

import pytest

from cxify import rules
from cxify.writers.library import LibraryWriter
from tests.writers.test_library import at, continued, task

PAPERS = {
    "de": ("Stellenbeschreibung", "Stelle", "Zweck der Stelle", "Aufgaben", "Erledigt die Arbeit nach den Vorgaben."),
    "fr": (
        "Fiche de poste",
        "Intitulé du poste",
        "Finalité du poste",
        "Missions",
        "Assurer le travail confié au poste.",
    ),
    "nl": (
        "Functieomschrijving",
        "Functie",
        "Doel van de functie",
        "Taken",
        "Voert het werk uit volgens de afspraken.",
    ),
    "es": ("Descripción del puesto", "Puesto", "Misión del puesto", "Funciones", "Realizar el trabajo encomendado."),
}


def paper(language: str, title: str, *duties: str) -> str:
    """Return a job description of which hardly more than the title and some duties is known."""
    name, label, purpose, heading, does = PAPERS[language]
    lines = "\n".join(duties or ("- …",))
    return f"# {name}\n{label}: {title}\n## {purpose}\n{does} {does}\n## {heading}\n{lines}"


def purpose_of(language: str, title: str) -> str:
    """Return the sentence that the purpose gets."""
    given = task(paper(language, title), kind="job_description", language=language)
    return " ".join(edit.inserted for edit in at(given, PAPERS[language][4][:20]))


TRADES = [
    ("de", "Nutzfahrzeugmechatroniker", "Fahrzeug"),
    ("de", "Sicherheitsmitarbeiterin im Objektschutz", "den Grund"),
    ("de", "Rangerin", "erlaubt"),
    ("de", "Chemielaborant", "Ergebnisse"),
    ("de", "Key Account Manager", "zuständig"),
    ("fr", "Mécanicien poids lourds", "véhicules"),
    ("fr", "Agent de sécurité", "la raison"),
    ("fr", "Technicienne de laboratoire", "résultats"),
    ("fr", "Bibliothécaire", "réponse"),
    ("nl", "Vrachtwagenmonteur", "voertuig"),
    ("nl", "Beveiliger", "de reden"),
    ("nl", "Boswachter", "toegestaan"),
    ("nl", "Buschauffeur", "vertraging"),
    ("es", "Mecánico de vehículos pesados", "vehículos"),
    ("es", "Vigilante de seguridad", "motivo"),
    ("es", "Conductor/a de autobús", "retraso"),
    ("es", "Bacterióloga de laboratorio", "resultados"),
]


@pytest.mark.parametrize(("language", "title", "says"), TRADES)
def test_a_title_gets_the_purpose_of_its_trade(language: str, title: str, says: str) -> None:
    assert says in purpose_of(language, title)


def test_no_french_purpose_begins_like_a_proverb() -> None:
    """“Qui utilise les locaux les trouve propres” is no sentence of a job description."""
    for title in ("Agent d'entretien", "Directeur financier", "Juriste", "Traductrice", "Secrétaire", "Comptable"):
        assert not re.match(r"\W*Qui\b", purpose_of("fr", title))


DUTIES = [
    ("de", "- Empfang von Besucherinnen und Besuchern", "worum es geht"),
    ("de", "- Empfängt Besucher und gibt Ausweise aus", "fragt dabei"),
    ("de", "- Fahren der Busse im Linienverkehr", "Verspätung"),
    ("de", "- Erstellung von Bescheiden", "Grund"),
    ("de", "- Pflege von Kontakten zu Schulen und Vereinen", "wer was bis wann"),
    ("de", "- Betreuung des Intranets", "Zielgruppe"),
    ("fr", "- Tenir le standard de la mairie", "ce qui amène"),
    ("fr", "- Signaler les dégradations au service des espaces verts", "depuis quand"),
    ("fr", "- Rédige les décisions de refus", "donne la raison"),
    ("fr", "- Analyser les échantillons", "ne montre pas"),
    ("nl", "- Onderhoudt contacten met zorgaanbieders en wijkteams", "spreekt"),
    ("nl", "- Uitvoeren van receptiewerkzaamheden", "vragen wat"),
    ("nl", "- Vervoeren van goederen met de vrachtwagen", "vertraging"),
    ("es", "- Conducir el autobús en las líneas urbanas", "retraso"),
    ("es", "- Realiza encuestas entre los usuarios", "comunica a quienes"),
    ("es", "- Mantener la relación con centros educativos", "quién"),
]


@pytest.mark.parametrize(("language", "duty", "says"), DUTIES)
def test_a_duty_is_continued_in_its_own_form(language: str, duty: str, says: str) -> None:
    given = task(paper(language, "X", duty, "- …"), kind="job_description", language=language)
    [added] = [edit.inserted for edit in continued(given, duty[2:20])]
    assert says in added


def test_the_care_of_a_resident_s_room_is_no_repair() -> None:
    duty = "- Entretenir l'environnement immédiat du résident"
    given = task(paper("fr", "Aide-soignante", duty), kind="job_description", language="fr")
    assert not continued(given, duty[2:])


@pytest.mark.parametrize(
    ("language", "line"),
    [("fr", "Discrétion, sens du service public, patience"), ("es", "Liderazgo, orientación al cliente, empatía")],
)
def test_a_line_that_only_names_qualities_is_not_continued_by_a_sentence(language: str, line: str) -> None:
    heading = {"fr": "Savoir-être", "es": "Competencias"}[language]
    text = f"{paper(language, 'X')}\n## {heading}\n{line}"
    assert not continued(task(text, kind="job_description", language=language), line)


def test_swiss_german_has_no_eszett_and_its_own_quotation_marks() -> None:
    text = paper("de", "Sachbearbeiterin", "- Grosse Freude am leidenschaftlichen Kundenkontakt", "- …")
    given = task(f"{text}\n## Anforderungen\n- Sicheres Auftreten", kind="job_description", language="de-CH")
    proposal = LibraryWriter().write(given).proposal
    said = [edit.inserted + (edit.operation.comment or "") for edit in proposal.edits]
    said += [question.text for question in proposal.questions]
    assert any("«" in words for words in said)
    assert not any(mark in words for words in said for mark in "ß„“")


@pytest.mark.parametrize(
    ("language", "law", "there"),
    [
        ("de-DE", "BetrVG", True),
        ("de-AT", "BetrVG", False),
        ("de-CH", "BetrVG", False),
        ("fr-CA", "CSE", False),
        ("es-MX", "ET", False),
        ("nl-BE", "WOR", False),
    ],
)
def test_representatives_and_law_are_those_of_the_country(language: str, law: str, there: bool) -> None:
    rated = {
        "de": "|Kriterium|Beschreibung|1|2|3|\n|Zusammenarbeit|Arbeitet gut im Team||||",
        "fr": "|Critère|Description|1|2|3|\n|Travail en équipe|Travaille bien avec les autres||||",
        "es": "|Factor|Descripción|1|2|3|\n|Trabajo en equipo|Coopera con sus compañeros||||",
        "nl": "|Criterium|Omschrijving|1|2|3|\n|Samenwerken|Werkt goed samen in het team||||",
    }[language[:2]]
    given = task(f"# …\n## …\n{rated}", kind="review_form", language=language)
    comments = [edit.operation.comment or "" for edit in LibraryWriter().write(given).proposal.edits]
    asked = [comment for comment in comments if re.search(r"\b(?:prüfen|vérifier|Compruébese|nagaan)\b", comment)]
    assert asked
    assert any(re.search(rf"\b{law}\b", comment) for comment in asked) is there


GUIDE = """# Interviewleitfaden
## Fachliche Fragen
1. Bitte schildern Sie Ihren Werdegang.
2. Welche Verfahren haben Sie angewendet?
## Fragen zur Zusammenarbeit
3. Wie arbeiten Sie mit der Produktion zusammen?"""


def test_a_typed_number_goes_on_from_the_last_wherever_it_stands() -> None:
    given = task(GUIDE, kind="interview_guide", language="de-DE")
    new = [edit.inserted for edit in LibraryWriter().write(given).proposal.edits if edit.inserted]
    assert [text.split()[0] for text in new] == ["4.", "5."]


def test_a_criterion_takes_the_number_that_follows_and_is_no_invented_fact() -> None:
    text = "# Stellenbeschreibung\nStelle: Pädagogin\n## 4. Aufgaben\n4.1 Beratung von Eltern in Fragen der Erziehung"
    text += "\n## 5. Anforderungen\n5.1 Fachlich: Studium Soziale Arbeit\n5.2 Persönlich: Empathie und Ruhe"
    given = task(text, kind="job_description", language="de-DE")
    proposal = LibraryWriter().write(given).proposal
    checked = rules.check(
        given.document, proposal, kind=given.kind, profile=given.profile, framework=given.framework, book=rules.load()
    )
    assert any(edit.inserted.startswith("5.3 Wünschenswert: ") for edit in checked.accepted)


def test_a_box_to_tick_stands_before_a_new_step_too() -> None:
    text = "# Parcours d'accueil\n## Premier jour\n☐ Accueil par la direction et visite\n☐ Remise du badge\n"
    text += "## Première semaine\n☐ Rencontre avec les services partenaires"
    given = task(text, kind="induction_plan", language="fr-FR")
    new = [edit.inserted for edit in LibraryWriter().write(given).proposal.edits if edit.inserted]
    assert new
    assert all(text.startswith("☐ ") for text in new)


def test_no_sentence_follows_a_call_or_a_question() -> None:
    text = "# Vacature verzorgende\nBen jij een verzorgende met hart voor ouderen? Dan zoeken wij jou!\n"
    text += "## Wat ga je doen?\n- Je draagt de dienst over aan je collega's"
    assert not at(task(text, kind="job_advert", language="nl-NL"), "Ben jij")


SMALL = [
    ("de", "- führt Wohnungsabnahmen und -übergaben durch", "dabei"),
    ("fr", "- transmission des dossiers au service compétent", "en "),
    ("es", "- gestión de las quejas de los usuarios", "ando "),
    ("nl", "- beantwoordt vragen van huurders", "antwoord"),
]


@pytest.mark.parametrize(("language", "duty", "says"), SMALL)
def test_items_that_begin_with_a_small_letter_have_a_voice_too(language: str, duty: str, says: str) -> None:
    given = task(paper(language, "X", duty, "- …"), kind="job_description", language=language)
    [added] = [edit.inserted for edit in continued(given, duty[2:20])]
    assert says in added


def test_half_a_sentence_of_an_advert_is_not_continued() -> None:
    text = "# Stellenausschreibung\nIn der Stadtbibliothek ist zum Oktober eine Stelle\n"
    text += "mit einer Wochenarbeitszeit von 39 Stunden zu besetzen.\n## Ihre Aufgaben\n- Beratung der Nutzer*innen"
    given = task(text, kind="job_advert", language="de-DE")
    assert not at(given, "mit einer Wochenarbeitszeit")


def test_kind_regards_are_no_trait() -> None:
    text = "Sehr geehrte Frau Demir,\nwir stellen Sie zum 1. Mai als Disponentin ein.\nMit freundlichen Grüßen"
    given = task(text, kind="unknown", language="de-DE")
    assert not LibraryWriter().write(given).proposal.edits


@pytest.mark.parametrize(
    ("language", "duty", "says"),
    [
        ("de", "- Übergabe an die Ablösung", "was offen|offener Punkte"),
        ("fr", "- Assurer la relève de l'équipe", "reste à faire"),
        ("nl", "- Draagt de dienst over aan collega's", "openstaat"),
        ("es", "- Entregar el turno al relevo", "pendiente"),
    ],
)
def test_at_a_change_of_shift_it_is_said_what_is_open(language: str, duty: str, says: str) -> None:
    given = task(paper(language, "X", duty, "- …"), kind="job_description", language=language)
    [added] = [edit.inserted for edit in continued(given, duty[2:20])]
    assert re.search(says, added)


def test_a_criterion_in_a_table_begins_as_the_others_do() -> None:
    text = "# Perfil de selección\n\n|Requisito|Imprescindible|Valorable|Se acredita en|\n|Máster en PRL|x||CV|\n"
    text += "|Inglés||x|Entrevista|"
    given = task(text, kind="person_specification", language="es-ES")
    rows = [edit.inserted.split("\n") for edit in LibraryWriter().write(given).proposal.edits if edit.inserted]
    assert rows
    assert all(row[0][0].isupper() and row[3] == "Entrevista" for row in rows)


REST = [
    ("de", "Übernahme weiterer Aufgaben nach Weisung"),
    ("fr", "Effectuer toute autre tâche connexe"),
    ("nl", "Overige voorkomende werkzaamheden"),
    ("es", "Las demás que le sean asignadas por el jefe"),
]


@pytest.mark.parametrize(("language", "rest"), REST)
def test_whatever_else_is_asked_for_stays_the_last_duty(language: str, rest: str) -> None:
    for mark, other in (("- ", "- "), ("1. ", "2. ")):
        given = task(paper(language, "X", f"{mark}…", f"{other}{rest}"), kind="job_description", language=language)
        assert not at(given, rest)
