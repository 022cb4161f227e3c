"""Documents in French, Dutch and Spanish are recognised, locked and rewritten in their own language."""

import re

import pytest

from cxify import framework, kinds, pipeline, rules, word
from cxify.document import Document
from cxify.kinds.common import language_data
from cxify.pipeline import Redline
from cxify.writers.library import LibraryWriter
from tests.languages.papers import CHINESE, ITALIAN, PAPERS, word_file

OPTIONS = pipeline.Options(date="2026-11-22T08:00:00Z")
EDITED = ("job_description", "job_advert", "review_form", "kpi_sheet")
LANGUAGES = ("fr", "nl", "es")


def rewritten(text: str) -> tuple[bytes, Redline]:
    """Do the main job with the built-in writer."""
    source = word_file(text)
    result = pipeline.rewrite(
        source, framework=framework.load(None), kinds=kinds.load(), writer=LibraryWriter(), options=OPTIONS
    )
    return source, result


def inserted(result: Redline) -> list[str]:
    """Return every text that was added."""
    found = []
    for proposed in result.accepted:
        operation = proposed.operation
        words = [getattr(operation, "text", ""), getattr(operation, "new", ""), *getattr(operation, "cells", ())]
        found += [one for one in words if one.strip(" .;\u00a0")]
    return found


def language_of(text: str) -> str:
    """Return the language whose stop words a text holds most of."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {tag: sum(word in stop for word in words) for tag, stop in language_data()["stop_words"].items()}
    return max(("en", "de", "fr", "nl", "es"), key=lambda tag: counts[tag])


def block(document: Document, text: str) -> str | None:
    """Return the lock of the block with this text."""
    return next(one.lock for one in document.body if one.text == text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EDITED)
def test_a_blank_document_gains_text_of_its_own_language_and_nothing_locked_changes(language: str, kind: str) -> None:
    source, result = rewritten(PAPERS[language][kind])
    document = result.document
    assert (document.kind, document.language, document.state) == (kind, language, "blank")
    added = inserted(result)
    assert added
    assert language_of(" ".join(added)) == language
    assert not result.dropped
    assert not [finding for finding in result.findings if finding.edit is not None and finding.severity == "block"]
    changed = {one.operation.block for one in result.accepted if one.operation.op in ("append", "replace")}
    assert not [id for id in changed if document.by_id[id].lock]
    assert all(check.ok for check in word.verify(source, result.data).checks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_comments_and_questions_speak_the_documents_language(language: str) -> None:
    for kind in EDITED:
        _, result = rewritten(PAPERS[language][kind])
        said = [one.reason for one in result.accepted if one.reason]
        said += [one.operation.comment or "" for one in result.accepted]
        said += [one.text for one in result.questions] + [one.reason for one in result.declined]
        assert language_of(" ".join(said)) == language


@pytest.mark.parametrize(
    ("language", "kind", "texts"),
    [
        ("fr", "job_description", ["2 400 € brut", "Cadre de santé", "Infirmier (H/F)", "Diplôme d’État d’infirmier"]),
        ("nl", "job_description", ["Schaal 7", "Hoofd administratie", "MBO werk- en denkniveau"]),
        ("es", "job_description", ["24.000 €", "Jefe de mantenimiento", "Jornada completa, 40 horas por semana"]),
        ("fr", "review_form", ["Insuffisant", "Excellent", "Signature du salarié : ____________"]),
        ("nl", "review_form", ["Onvoldoende", "Uitstekend", "Handtekening medewerker: ____________"]),
        ("es", "review_form", ["Insuficiente", "Excelente", "Firma del empleado: ____________"]),
        ("fr", "kpi_sheet", ["30 %", "98 %"]),
        ("nl", "kpi_sheet", ["30 %", "8,5"]),
        ("es", "kpi_sheet", ["30 %", "4 minutos"]),
    ],
)
def test_pay_reporting_lines_scales_weights_and_signatures_are_locked(
    language: str, kind: str, texts: list[str]
) -> None:
    _, result = rewritten(PAPERS[language][kind])
    assert all(block(result.document, text) for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signed_form_keeps_its_text(language: str) -> None:
    _, result = rewritten(PAPERS[language]["signed"])
    assert (result.document.kind, result.document.state) == ("review_form", "signed")
    assert inserted(result) == []
    assert result.declined


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_of_facts_and_legal_text_gains_nothing(language: str) -> None:
    _, result = rewritten(PAPERS[language]["nothing"])
    assert inserted(result) == []
    assert language_of(result.declined[0].reason) == language


def test_the_form_of_address_follows_the_document() -> None:
    vous = " ".join(inserted(rewritten(PAPERS["fr"]["job_advert"])[1]))
    je = " ".join(inserted(rewritten(PAPERS["nl"]["job_advert"])[1]))
    tu = " ".join(inserted(rewritten(PAPERS["es"]["job_advert"])[1]))
    assert re.search(r"\bVous \w+ez\b", vous)
    assert re.search(r"\bJe [a-z]+t\b", je)
    assert re.search(r"\b\w+rás\b", tu)


def test_infinitive_lists_stay_infinitive_and_french_has_its_spaces() -> None:
    added = inserted(rewritten(PAPERS["fr"]["job_description"])[1])
    continued = [text for text in added if text.startswith("\u00a0; ")]
    assert continued
    assert all(re.match(r"\u00a0; \w+(?:er|ir|re)\b", text) for text in continued)
    assert not [text for text in added if re.search(r"[^\u00a0][;:?!]", text)]


@pytest.mark.parametrize(("text", "language"), [(CHINESE, "zh"), (ITALIAN, "it")])
def test_without_a_language_pack_the_output_says_so_and_nothing_is_claimed(text: str, language: str) -> None:
    source, result = rewritten(text)
    inspection = pipeline.inspect(source, framework=framework.load(None), kinds=kinds.load())
    assert inspection.document.language == language
    assert [notice for notice in inspection.document.notices if notice.code == "language"]
    assert inserted(result) == []
    assert any(language in one.reason for one in result.declined)
    book = rules.load()
    assert not [one for one in result.findings if not book[one.rule].speaks(language) and not book[one.rule].exact]
