"""What English has, every language pack has; what it cannot have is named here with the reason."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from cxify import framework, kinds, rules, yamlfile
from cxify.kinds import common
from cxify.kinds.common import labels
from cxify.writers import remark
from cxify.writers.library.wording import Wording, wording
from tests.conftest import ROOT

PACKS = ("de", "fr", "nl", "es")
OWN_ROLES = {"essential_functions": "a list that the ADA of the United States asks for"}
OWN_LABELS = {"flsa": "a law of the United States"}
NO_LIST = {"gender_coded": "no published list of words with measured effects is known for these languages"}
NO_EQUIVALENT = {
    "american": "a spelling of English",
    "singular": "English forms of nouns for slots that only English fills",
    "plural_people": "as above",
    "recognised": "verbs by which English voices are recognised",
    "verbs": "a table for languages whose verbs stay in their place; Dutch writes every form out",
    "grammar": "the grammar of English and German is code",
    "idioms": "turns that only English fills oddly",
}
NEW = ("fr", "nl", "es")


def of(language: str) -> Wording:
    """Return the wording of a language."""
    found = wording(language)
    assert found
    return found


@pytest.mark.parametrize("language", PACKS)
def test_every_heading_column_and_label_is_known(language: str) -> None:
    missing = [role for role, texts in common.sections().items() if "en" in texts and not texts.get(language)]
    missing += [role for role, texts in common.columns().items() if "en" in texts and not texts.get(language)]
    assert [role for role in missing if role not in OWN_ROLES and not (language == "de" and role == "group")] == []
    known = set(labels().words.by_language[language].values())
    assert set(labels().words.by_language["en"].values()) - known - set(OWN_LABELS) == set()


@pytest.mark.parametrize("language", NEW)
def test_every_kind_has_a_name_titles_and_words(language: str) -> None:
    for kind in kinds.load().values():
        assert kind.name.get(language), kind.id
        for phrases in (kind.recognise.titles, kind.recognise.phrases):
            assert bool(phrases.get(language)) == bool(phrases.get("en")), kind.id
        for slot in kind.slots:
            if kind.id in ("job_description", "job_advert") and slot.cues:
                assert slot.cues.get(language), f"{kind.id}: {slot.id}"


@pytest.mark.parametrize("language", NEW)
def test_every_rule_with_words_has_words_of_the_language(language: str) -> None:
    book = rules.load()
    assert [rule.id for rule in book.rules if "de" in rule.terms and language not in rule.terms] == []
    for field in ("light_words", "function_words", "named_units", "customer_words", "unit_context"):
        assert language in getattr(book, field), field
    assert language not in book.gender_coded, NO_LIST


@pytest.mark.parametrize("language", NEW)
def test_the_framework_is_whole(language: str) -> None:
    english, own = framework.load(None), framework.load(None).localised(language)
    assert own.framework.locale == language
    for competency in english.competencies:
        other = own.competency(competency.id)
        assert {n: len(t) for n, t in other.levels.items()} == {n: len(t) for n, t in competency.levels.items()}
        assert len(other.kpis) == len(competency.kpis)
        for field in ("name", "short", "definition", "interview", "cues", "ineffective"):
            assert getattr(other, field) != getattr(competency, field), f"{competency.id} {field}"
    for standard in english.service_standards:
        other_standard = own.standard(standard.id)
        assert other_standard.statement != standard.statement
        assert other_standard.measure.what != standard.measure.what
    assert set(own.questions) == {"level", "served", "role"}


@pytest.mark.parametrize("language", NEW)
def test_the_library_can_say_everything(language: str) -> None:
    english, own = of("en"), of(language)
    for field in Wording.model_fields:
        if field not in NO_EQUIVALENT:
            assert bool(getattr(own, field)) or not getattr(english, field), field
    assert set(own.declined) >= set(of("de").declined)
    families = {family.id for family in of("de").duties}
    assert {family.id for family in own.duties} >= families
    assert {one.id for one in own.outcomes} >= {one.id for one in of("de").outcomes}


@pytest.mark.parametrize("language", NEW)
def test_every_verb_has_all_its_forms(language: str) -> None:
    assert [verb for verb, forms in of(language).verbs.items() if len(forms) != 4] == []


def test_the_fixed_words_of_comments_are_complete() -> None:
    english = set(remark.labels_for("en"))
    data = yamlfile.read(ROOT / "cxify" / "writers" / "remark.yaml").data
    assert {tag: english - set(words) for tag, words in data.items() if english - set(words)} == {}


def texts_of(value: Any) -> Iterator[str]:
    """Yield the sentences that may be inserted."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if name in ("text", "base", "third", "plural", "du", "gerund"):
                yield inner
            elif not isinstance(inner, (str, re.Pattern)):
                yield from texts_of(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts_of(inner)


@pytest.mark.parametrize("language", NEW)
def test_no_sentence_of_the_library_or_the_framework_is_one_that_the_rules_block(language: str) -> None:
    book, own = rules.load(), framework.load(None).localised(language)
    said = [re.sub(r"[<>]", "", text) for text in texts_of(of(language)) if text]
    levels = {1: "", 2: "", 3: "", 4: ""}
    for competency in own.competencies:
        said += [text for number in levels for text in competency.indicators(number) if number < 3]
        said += [competency.interview, *(kpi.measure for kpi in competency.kpis)]
    blocked = [
        (rule.id, match.quote, text)
        for rule in book.rules
        if rule.severity.get("insertion") == "block" and not rule.kinds and not rule.new_only
        for text in said
        for match in rule.phrases(language).find(text)
    ]
    assert [hit for hit in blocked if hit[0] not in ("CXL-402",)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "We give a year of support, but never more.",
        "Manages the electronic signature process of the university, but not the archive.",
        "Der Ort, wo Akten viele Jahre liegen, ist bekannt.",
        "Traitement des demandes : réponse sous deux jours",
        "Le client est placé au centre du service.",
        "Zorgt voor de afhandeling van vragen en geeft antwoord.",
        "Atiende las consultas y deriva los casos.",
    ],
)
def test_a_word_of_one_language_locks_nothing_in_another(sentence: str) -> None:
    text = sentence.casefold()
    hits = [one.id for one in common.protected() if one.whole and one.search.search(text)]
    assert [id for id in hits if id != "P-SIGN"] == []


def test_the_named_packs_have_rules_and_wording() -> None:
    """Headings alone make no pack: Chinese has them, and it is said that the rest is missing."""
    book = rules.load()
    packs = common.language_data()["packs"]
    assert set(packs) == {"en", *PACKS}
    worded = [rule for rule in book.rules if rule.terms and "any" not in rule.terms]
    for language in packs:
        assert wording(language)
        assert sum(rule.speaks(language) for rule in worded) > 0.9 * len(worded)


@pytest.mark.parametrize("language", PACKS)
def test_comments_topics_and_conduct_do_not_fall_back(language: str) -> None:
    """What is said in English about a policy's topic, in a comment or for traits is said in every language."""
    english, own = of("en"), of(language)
    only_american_or_english = {"essential-functions", "gendered"}
    assert {note.id for note in english.notes} - {note.id for note in own.notes} <= only_american_or_english
    topics = {step.id for step in english.policy if step.topic and step.id.startswith("purpose-")}
    assert topics - {step.id for step in own.policy} <= {"purpose-concerns"}
    assert "attitude" in {behaviour.id for behaviour in own.behaviours}
    assert own.recognition.labels
    assert own.recognition.nomination
    assert own.interview.familiar_questions
