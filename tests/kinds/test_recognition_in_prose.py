"""Postings without headings are known by what they say; letters, contracts, news and tenders that sound alike are not."""
# ruff: noqa: E501  each text on one line, so that the table can be read

import pytest

from cxify import kinds
from tests.documents import document
from tests.kinds.gold import KINDS

ADVERTS = {
    "en-email": "Hello all,\nour practice in Leeds is looking for a receptionist to join our team from September, part-time, 22 hours a week.\nYou will welcome patients, book appointments and pass messages on to the nurses. Experience with phones helps.\nWe offer 28 days of holiday and a quiet break room. Please send your CV to Ms Okafor by 5 June.",
    "en-garage": "Harbour Garage needs a mechanic for its workshop in Whitby.\nThe job is full time, Monday to Friday. You have a driving licence and like to explain what you have repaired.\nIn return you will get fair pay and every second Friday off. To apply, ring Tom or write to the address below.",
    "de-bakery": "Unsere Bäckerei in Kassel sucht zum nächstmöglichen Zeitpunkt eine Verkäuferin oder einen Verkäufer (m/w/d) in Teilzeit.\nSie bedienen unsere Kundinnen und Kunden, füllen die Theke auf und übergeben die Kasse an die Spätschicht. Sie haben Freude an frühen Morgen.\nWir bieten einen sicheren Arbeitsplatz und Brot für zu Hause. Ihre Bewerbung schicken Sie bitte an Frau Berger.",
    "de-du": "Hallo zusammen, wir suchen für unser Büro in Bremen eine Werkstudentin oder einen Werkstudenten mit 16 Stunden pro Woche.\nDu beantwortest Anfragen, pflegst Daten und bist gern am Telefon. Bei uns bekommst du flexible Zeiten, du bekommst auch ein Jobticket.\nMelde dich bei Jana, am besten mit Lebenslauf.",
    "fr": "La résidence des Tilleuls recherche une aide-soignante ou un aide-soignant, CDI à temps plein, dès que possible.\nVous êtes diplômé et vous aimez travailler en équipe. Vous accompagnez les résidents dans les gestes du quotidien et transmettez les informations à l'équipe de nuit.\nNous offrons une mutuelle et des plannings connus à l'avance. Merci d'envoyer votre CV à la directrice avant le 12 mai.",
    "nl": "Voor onze winkel in Zwolle zoeken wij een verkoopmedewerker voor 24 uur per week, ook op zaterdag.\nJe helpt klanten, vult de schappen en je draagt de kassa over aan je collega. Je hebt ervaring met klanten.\nWij bieden een vaste baan na een half jaar. Stuur je cv voor 1 juni naar Mark.",
    "es": "En nuestra clínica dental de Gijón buscamos recepcionista a media jornada para las tardes.\nAtenderás a los pacientes, organizarás la agenda y pasarás los avisos al equipo. Tienes experiencia en atención telefónica.\nOfrecemos contrato indefinido y formación. Envía tu CV a Marta antes del 30 de abril.",
}
OTHERS = {
    "application letter": "Dear Ms Okafor,\nI am applying for the post of receptionist. You are looking for someone part-time with experience of phones, and I have worked in a practice for three years.\nI enclose my CV and look forward to your reply.\nYours sincerely",
    "rejection": "Sehr geehrte Frau Lang,\nvielen Dank für Ihre Bewerbung auf die Stelle in Teilzeit. Leider müssen wir Ihnen mitteilen, dass wir uns anders entschieden haben. Wir suchen jemanden mit mehr Erfahrung in der Pflege.\nWir bieten Ihnen an, Ihre Unterlagen zu behalten.",
    "offer letter": "Dear Mr Hill,\nwe are pleased to offer you the post of mechanic, full time, with a salary of £31,000. You will join the workshop team on 1 June.\nPlease send your signed copy with your application form to HR.",
    "contract": "This agreement is made between Harbour Garage and the employee. The employee works full time, 38 hours per week, and receives a salary each month. The employer is looking after the workplace and the tools.",
    "news": "The port is looking for a new partner for its northern terminal, the director told the council on Monday. The project will create full-time jobs and permanent posts. People who wish to apply to the fund can do so until May.",
    "tender": "The town is looking for a contractor who cleans three schools, part-time and in the evening. Applications to take part follow the invitation to tender. You will find the form on the portal. We offer a contract of two years.",
    "flat": "Wir suchen ab sofort eine Wohnung mit drei Zimmern in Kassel, gern unbefristet. Wir bieten eine ruhige Familie. Melden Sie sich bitte unter der Nummer unten. Sie haben etwas Passendes?",
    "recruitment advice": "Before a post is advertised, the manager agrees the hours per week and the salary with HR. The text says how people apply and what the team offers. Closing dates are at least two weeks away.",
    "candidature": "Madame, je vous adresse ma candidature pour le poste d'aide-soignante en CDI. Vous recherchez une personne diplômée ; j'ai une expérience de trois ans. Vous trouverez mon CV et ma lettre de motivation.",
    "sollicitatie": "Geachte mevrouw, hierbij solliciteer ik naar de functie van verkoopmedewerker voor 24 uur per week. U bent op zoek naar een collega met ervaring in verkoop. Mijn cv stuur ik mee.",
    "carta": "Estimada señora: me dirijo a usted para presentar mi candidatura al puesto de recepcionista a media jornada. Sé que su clínica busca una persona con experiencia en atención telefónica. Adjunto mi currículum.",
}


@pytest.mark.parametrize("name", ADVERTS)
def test_a_posting_of_a_few_paragraphs_is_an_advert(name: str) -> None:
    found = kinds.classify(document(ADVERTS[name]), KINDS)
    assert found.kind == "job_advert"
    assert found.kind_evidence


@pytest.mark.parametrize("name", OTHERS)
def test_what_only_sounds_like_a_posting_is_none(name: str) -> None:
    assert kinds.classify(document(OTHERS[name]), KINDS).kind != "job_advert"
