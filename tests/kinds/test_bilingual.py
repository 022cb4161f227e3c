"""A table that says the same in two languages stays as it is: a change in one would leave the other behind."""

from cxify import kinds
from tests.documents import document

SIDE_BY_SIDE = """
Job description / Stellenbeschreibung
| Answers questions from customers about their invoices. | Beantwortet Fragen von Kunden zu ihren Rechnungen. |
| Works with the other departments to resolve problems. | Löst mit den anderen Abteilungen zusammen Probleme. |
| Updates the records in the system every week. | Aktualisiert jede Woche die Daten in dem System. |
"""
ONE_LANGUAGE = """
Job description
| Answers questions from customers about their invoices. | The answer is given by the end of the day. |
| Works with the other departments to resolve problems. | The departments are told about it in advance. |
| Updates the records in the system every week. | The records are checked by a colleague. |
"""


def test_two_languages_side_by_side_are_closed_and_this_is_said() -> None:
    found = kinds.classify(document(SIDE_BY_SIDE), kinds.load())
    cells = [block for block in found.body if block.place]
    assert cells
    assert all(block.closed for block in cells)
    assert [notice.code for notice in found.notices] == ["bilingual"]


def test_one_language_in_two_columns_is_a_table_like_others() -> None:
    found = kinds.classify(document(ONE_LANGUAGE), kinds.load())
    assert not any("two languages" in (block.lock or "") for block in found.body)
    assert not found.notices
