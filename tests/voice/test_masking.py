"""No personal data passes, and ordinary words stay."""

import time

import pytest

from cxify.voice.masking import Masking, names_in


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mrs Halloway waited.", "Mrs [name] waited."),
        ("Dr. Jean van der Berg was kind.", "Dr. [name] was kind."),
        ("Frau Dr. Özdemir hat geholfen.", "Frau Dr. [name] hat geholfen."),
        ("Merci à Mme Lefèvre pour tout.", "Merci à Mme [name] pour tout."),
        ("Mevrouw de Vries belde niet.", "Mevrouw [name] belde niet."),
        ("La señora García fue amable.", "La señora [name] fue amable."),
        ("Sr. López y Sra. Ruiz", "Sr. [name] y Sra. [name]"),
        ("Herr Dr. med. Klaus Huber war nett.", "Herr Dr. med. [name] war nett."),
        ("mr smith was rude, Mr and Mrs Jones were not.", "mr [name] was rude, Mr and Mrs [name] were not."),
        ("Thanks to Anton Weiss.", "Thanks to [name]."),
        ("My name is Tom Baker and I waited.", "My name is [name] and I waited."),
        ("Ich heiße Yasemin Kaya.", "Ich heiße [name]."),
        ("Sarah was lovely.", "[name] was lovely."),
        ("Write to a.b@example.org.", "Write to [e-mail]."),
        ("Ring 07700 900123 or +49 (0)30 901820.", "Ring [telephone] or [telephone]."),
        ("Order no. 4471 is late.", "Order no. [number] is late."),
        ("Kundennummer: K-8831", "Kundennummer: [number]"),
        ("Born 3 May 1961 in the ward.", "Born [date of birth] in the ward."),
        ("geb. 03.05.1961", "geb. [date]"),
        ("I live at 14 Larch Road.", "I live at [address]."),
        ("Wir wohnen in der Lindenstraße 5, 10115 Berlin.", "Wir wohnen in der [address]."),
        ("J'habite 12 rue de Rivoli.", "J'habite [address]."),
        ("NHS 943 476 5919", "NHS [telephone]"),
        ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN [bank account]."),
        ("See https://example.org/u/7 or @tombaker.", "See [web address] or [account on a network]."),
    ],
)
def test_personal_data_is_masked(text: str, masked: str) -> None:
    assert Masking().masked(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "I waited 45 minutes on Monday, for the 2nd time in 2026.",
        "The Sister ward and the nurse were fine.",
        "Das Personal in der Abteilung war freundlich.",
        "De medewerkers waren heel vriendelijk.",
        "La atención fue buena.",
        "HR Business Partners take weeks.",
        "Parking costs 12.50 a day.",
        "Thanks to the whole team.",
    ],
)
def test_ordinary_words_and_numbers_stay(text: str) -> None:
    assert Masking().masked(text) == (text, {})


@pytest.mark.parametrize("text", ["A" * 4000, "1-" * 2000, "A1" * 2000, "Mr " * 1300, "van de " * 550, "0(" * 2000])
def test_a_comment_made_to_be_slow_is_not(text: str) -> None:
    started = time.process_time()
    Masking().masked(text)
    assert time.process_time() - started < 5


def test_names_listed_in_the_file_are_masked_however_they_are_written() -> None:
    masking = Masking(names_in(["Okafor, Grace", "Will Mark-Ainsley", "J. Po"]))
    text, counts = masking.masked("grace was kind, WILL too, but Okafor's tone and ainsley’s were not; she will.")
    assert "race" not in text
    assert "kafor" not in text
    assert counts["name"] >= 3
