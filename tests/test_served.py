"""Who receives the work is named in the document's own words, in every sector; nobody is guessed."""

import pytest

from cxify import framework, kinds, profile
from cxify.profile import RoleProfile
from tests.documents import document
from tests.kinds.gold import KINDS

FRAMEWORK = framework.load()
DESCRIPTION, ADVERT = "job_description", "job_advert"


def of(title: str, text: str, kind: str = DESCRIPTION, *, german: bool = False) -> RoleProfile:
    head = f"Stellenbeschreibung\nStelle: {title}\nAufgaben\n" if german else f"Job title: {title}\nMain duties\n"
    found = kinds.classify(document(head + "\n".join(f"- {line}" for line in text.splitlines())), KINDS, kind=kind)
    return profile.of(found, KINDS[kind], FRAMEWORK)


def asks(found: RoleProfile) -> bool:
    return any(question.startswith(("Who receives", "Bei wem")) for question in found.questions)


@pytest.mark.parametrize(
    ("title", "duties", "served"),
    [
        (
            "Primary School Teacher",
            "Teach children.\nTell parents how their child is doing.\nAttend customer service training.",
            ("children", "parents"),
        ),
        (
            "Warehouse Operative",
            "Pick and pack orders.\nLoad the vans that ship supplies to hospitals and clinics.\nLiaise with suppliers.",
            ("hospitals", "clinics"),
        ),
        ("Data Engineer", "Support analysts with data requests.\nMonitor pipelines.", ("analysts",)),
        ("Accounts Payable Clerk", "Pay vendors on time and answer vendor queries.", ("vendors",)),
        ("Bus Driver", "Drive the route on time.\nHelp passengers with wheelchairs.", ("passengers",)),
        ("Librarian", "Answer enquiries from readers.\nRun story time for children.", ("readers", "children")),
        ("Software Developer", "Build the booking app used by dentists.\nReview code.", ("dentists",)),
        ("Area Sales Manager", "Sell feed to farmers and advise farmers on rations.", ("farmers",)),
        ("Grants Officer", "Assess applications and award grants to charities.", ("charities",)),
        ("Cook", "Cook meals for residents of the care home.\nOrder food from suppliers.", ("residents",)),
        ("Legal Counsel", "Advise managers on contracts.\nInstruct external law firms.", ("managers",)),
        ("Policy Adviser", "Draft papers for ministers.\nAnalyse laws on the public sector.", ("ministers",)),
        (
            "Logistics Planner",
            "Deliver chilled and frozen goods to caterers and independent shops.\nCollaborate with managers.",
            ("caterers", "shops"),
        ),
        ("Housing Officer", "Visit tenants and answer questions from tenants.", ("tenants",)),
    ],
)
def test_the_people_served_are_named_in_the_documents_words(title: str, duties: str, served: tuple[str, ...]) -> None:
    found = of(title, duties)
    assert (found.served, asks(found)) == (served, False)


@pytest.mark.parametrize(
    ("title", "duties", "served"),
    [
        (
            "Fachkraft für Lagerlogistik",
            "Belieferung von Krankenhäusern und Arztpraxen.\nAbstimmung mit Lieferanten.",
            ("Krankenhäuser", "Arztpraxen"),
        ),
        ("Erzieherin", "Betreuung und Förderung von Kindern.\nZusammenarbeit mit dem Träger.", ("Kinder",)),
        ("Sachbearbeitung Verkauf", "Beratung von Handwerksbetrieben am Telefon.", ("Handwerksbetriebe",)),
        (
            "Elektroniker",
            "Wartung.\nUnterstützung der Maschinenbediener.\nEinweisung von Fremdfirmen.",
            ("Maschinenbediener",),
        ),
        ("Kreditorenbuchhalter", "Beantwortung von Anfragen der Lieferanten.", ("Lieferanten",)),
        ("Sachbearbeitung Bürgeramt", "Bürgerinnen und Bürger beraten.", ("Bürgerinnen und Bürger",)),
        ("Privatkundenberaterin", "Termine planen.\nAbschlüsse dokumentieren.", ("Kundinnen und Kunden",)),
        ("Mieterbetreuer", "Wohnungen übergeben.\nSchäden aufnehmen.", ("Mieter",)),
    ],
)
def test_so_are_they_in_german(title: str, duties: str, served: tuple[str, ...]) -> None:
    found = of(title, duties, german=True)
    assert (found.served, asks(found)) == (served, False)


@pytest.mark.parametrize("partner", ["contractors", "suppliers", "vendors"])
def test_people_one_works_with_are_not_served(partner: str) -> None:
    found = of("Plant Engineer", f"Maintain equipment.\nSupervise {partner} on site.\nWork with {partner} on parts.")
    assert partner not in found.served
    assert asks(found)


def test_the_building_one_works_in_is_nobody() -> None:
    assert "hospitals" not in of("Painter", "Paint the walls for the hospital.").served


def test_members_of_a_team_or_a_family_are_no_members_served() -> None:
    text = "Help team members and each member of staff with leave for family members."
    assert "members" not in of("Clerk", text).served
    assert of("Instructor", "Welcome members of the club and advise members on training.").served == ("members",)


def test_a_document_that_names_nobody_asks() -> None:
    found = of("Analyst", "Analyse data.\nWrite reports.")
    assert asks(found)


@pytest.mark.parametrize(
    ("text", "served"),
    [
        ("Fiche de poste\nMairie de Saint-Aubin\nActivités\n- Établir les actes d'état civil", "usagers"),
        ("Functiebeschrijving\nGemeente Waterrijk\nTaken\n- De publieksbalie bemannen", "inwoners"),
        (
            "Ficha de puesto\nAyuntamiento de Villaclara\nFunciones\n- Expedir certificados de empadronamiento",
            "ciudadanos",
        ),
        (
            "Stellenbeschreibung\nLandratsamt Rhön\nAufgaben\n- Vorgänge im Bürgerbüro und am Standesamt ablegen",
            "Bürgerinnen und Bürger",
        ),
    ],
)
def test_a_public_office_serves_its_citizens(text: str, served: str) -> None:
    found = kinds.classify(document(text), KINDS, kind=DESCRIPTION)
    assert profile.of(found, KINDS[DESCRIPTION], FRAMEWORK).served[0] == served


def test_a_sector_suggests_whom_it_serves_and_still_asks() -> None:
    found = of("Cleaner", "Clean the wards and operating theatres.")
    assert found.served[0] == "patients"
    assert asks(found)


def test_the_patients_of_a_vet_are_not_the_people_served() -> None:
    found = of("Veterinary Nurse", "Prepare patients for surgery.\nWeigh patients.\nKeep the records of the practice.")
    assert "patients" not in found.served


def test_people_who_are_said_to_receive_the_work_go_first() -> None:
    text = (
        "Job title: Bus Operator\nDuties\n- Operates transit vehicles on assigned routes.\n"
        "- Assists passengers with disabilities.\n- Maintains the log.\n"
        "- Answers questions from passengers."
    )
    document_ = kinds.classify(document(text), KINDS, kind="job_description")
    found = profile.of(document_, KINDS["job_description"], framework.load())
    assert found.relationship[0] == "external"
    assert found.served == ("passengers",)


def test_users_of_a_service_are_named_once() -> None:
    text = "Job title: Care Worker\nDuties\n- To assist service users with washing.\n- To cook for service users."
    document_ = kinds.classify(document(text), KINDS, kind="job_description")
    assert profile.of(document_, KINDS["job_description"], framework.load()).served == ("service users",)


def test_the_own_manager_is_not_served_and_managers_are() -> None:
    assert "managers" not in of("Clerk", "Supports the manager.\nFiles letters of the duty manager.").served
    assert "managers" in of("HR Adviser", "Advises managers on absence.\nHelps managers to recruit.").served
