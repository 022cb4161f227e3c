"""The wording files hold what their schema promises, and no sentence that the rules would object to."""

import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from cxify import framework as frameworks
from cxify import rules
from cxify.errors import FrameworkInvalid
from cxify.writers.library.joining import following_number, join
from cxify.writers.library.voice import Voice, sentence, voice_of
from cxify.writers.library.wording import Family, Form, Text, Wording, parse, wording

LANGUAGES = ("en", "de")
FORMS: tuple[Form, ...] = ("base", "third", "gerund", "plural", "du")
FRAMEWORK = frameworks.load(None)


def of(language: str) -> Wording:
    """Return the wording of a language that has one."""
    found = wording(language)
    assert found
    return found


def variants(value: Any) -> Iterator[Text]:
    """Give every sentence of the wording that may be inserted."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from variants(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from variants(item)
    elif hasattr(value, "__pydantic_fields__"):
        for name in type(value).model_fields:
            yield from variants(getattr(value, name))


def said(text: Text) -> Iterator[str]:
    """Give the sentence in each of its forms, without the marks of verbs and slots."""
    for form in ("text", *FORMS):
        if words := getattr(text, form):
            yield re.sub(r"[<>{}]", "", words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_holds_words_that_block_an_edit(language: str) -> None:
    book = rules.load()
    blocking = [rule for rule in book.rules if rule.severity.get("insertion") == "block" and not rule.below_level]
    for text in variants(of(language)):
        for words in said(text):
            hits = [(rule.id, hit) for rule in blocking for hit in rule.phrases(language).find(words)]
            assert not hits, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_are_short(language: str) -> None:
    limit = FRAMEWORK.style.max_words_per_statement
    for text in variants(of(language)):
        for words in said(text):
            assert all(len(part.split()) <= limit for part in re.split(r"[.:;] ", words)), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_fit_into_a_comment(language: str) -> None:
    texts = of(language)
    for family in texts.duties:
        assert len(f"{family.reason} {texts.library}".split()) <= 40, family.reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_competencies_and_standards_exist_in_the_built_in_framework(language: str) -> None:
    for family in of(language).duties:
        for id in family.competencies:
            assert FRAMEWORK.competency(id)
        for id in family.standards:
            assert FRAMEWORK.standard(id)


def test_german_sentences_are_written_in_every_form_of_a_duty() -> None:
    for family in of("de").duties:
        for text in family.texts:
            assert all(text.form(form) for form in FORMS), (family.id, text.base)


def test_every_level_of_the_main_duties_has_words() -> None:
    main: list[Family] = [family for family in of("en").duties if family.id == "vague-collaboration"]
    assert {level for family in main for text in family.texts for level in text.levels} == {1, 2, 3, 4}


def files(language: str = "en") -> dict[str, str]:
    """Return the files of a language by name."""
    folder = resources.files("cxify.writers.library") / "wording" / language
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}


def test_a_mistake_in_a_file_is_named_with_its_line() -> None:
    broken = files() | {"rewards.yaml": "langauge: en\n" + files()["rewards.yaml"]}
    with pytest.raises(FrameworkInvalid, match=r"rewards\.yaml, line 1: Extra inputs"):
        parse(broken)


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "nl"])
def test_what_ships_is_without_mistakes_so_that_a_run_need_not_look_for_them(language: str) -> None:
    assert parse(files(language)).language == language


def test_a_pattern_that_does_not_compile_is_named_with_its_line() -> None:
    mine = {"purpose.yaml": files()["purpose.yaml"].replace("unless: ", "unless: '(open' # ", 1)}
    with pytest.raises(FrameworkInvalid, match=r"purpose\.yaml, line \d+: .*“\(open” is not a valid pattern"):
        parse(files() | mine)


def test_what_is_not_yaml_is_named_with_its_line() -> None:
    with pytest.raises(FrameworkInvalid, match=r"rewards\.yaml, line \d+: This is not valid YAML"):
        parse(files() | {"rewards.yaml": "bonus: [\n"})


def test_a_verb_without_forms_is_a_mistake() -> None:
    duties = files()["duties.yaml"].replace('"<report> faults and missing', '"<yodel> faults and missing')
    with pytest.raises(FrameworkInvalid, match="verbs without forms: yodel"):
        parse(files() | {"duties.yaml": duties})


# ---- voice ----


@pytest.mark.parametrize(
    ("duty", "voice"),
    [
        ("Answer letters", Voice("base")),
        ("Answers letters", Voice("third")),
        ("Answering letters", Voice("gerund")),
        ("Responsible for the archive", Voice("gerund")),
        ("Project management", Voice("gerund")),
        ("Preparation of minutes", Voice("gerund")),
        ("You will answer letters", Voice("base", "You will")),
        ("To answer letters", Voice("base", "To")),
        ("The role answers letters", Voice("third", "The person in this role")),
        ("The public works supervisor leads the crew", Voice("third", "The public works supervisor")),
        ("3. Communication: answers letters", Voice("third")),
        ("Letters", None),
    ],
)
def test_the_voice_of_a_duty_is_recognised(duty: str, voice: Voice | None) -> None:
    assert voice_of(duty, (), of("en")) == voice


@pytest.mark.parametrize(
    ("duty", "form"),
    [
        ("Anfragen beantworten", "base"),
        ("Beantwortet Anfragen", "third"),
        ("Arbeitet mit dem Lager zusammen", "third"),
        ("Beantwortung von Anfragen", "gerund"),
        ("Mitarbeit bei Projekten", "gerund"),
        ("Sie beantworten Anfragen", "plural"),
        ("Du beantwortest Anfragen", "du"),
    ],
)
def test_the_form_of_a_german_duty_is_recognised(duty: str, form: str) -> None:
    voice = voice_of(duty, (), of("de"))
    assert voice
    assert voice.form == form


def test_an_unclear_duty_follows_its_neighbours() -> None:
    assert voice_of("Letters and calls", ("Answers letters", "Keeps records"), of("en")) == Voice("third")


def test_both_verbs_of_a_sentence_take_the_form() -> None:
    text = Text(text="<ask> what is needed, and <confirm> it")
    assert sentence(text, Voice("third", "The officer"), of("en")) == "The officer asks what is needed, and confirms it"
    assert sentence(text, Voice("gerund"), of("en")) == "Asking what is needed, and confirming it"


@pytest.mark.parametrize(
    ("passage", "added"),
    [
        ("Answers letters.", " Asks first."),
        ("Answers letters", "; asks first"),
        ("Answers letters. Keeps records", ". Asks first"),
    ],
)
def test_a_sentence_takes_over_the_punctuation(passage: str, added: str) -> None:
    joined = join(passage, "Asks first", Voice("third"), of("en"))
    assert joined
    assert joined.text == added


@pytest.mark.parametrize("passage", ["The following:", "Letters and", ""])
def test_nothing_follows_an_unfinished_passage(passage: str) -> None:
    assert join(passage, "Asks first", Voice("third"), of("en")) is None


def test_typed_numbers_are_continued() -> None:
    assert following_number("6. Answer letters") == "7. "
    assert following_number("2.3 Answer letters") == "2.4 "
    assert following_number("Answer letters") == ""
