"""What the page says: whole in every language that is offered, with the same values, and no key that is never asked."""

import re
import string
from pathlib import Path

import pytest

from cxify.web import texts
from cxify.web.context import TEMPLATES
from cxify.web.texts import FOLDER, Texts

LOADED = Texts.load()
ENGLISH = LOADED.languages["en"]
PREPARED = Texts.load(FOLDER / "prepared")
WEB = Path(texts.__file__).parent
ASKED = re.compile(r"""(?:\b_|\bsay)\(\s*f?["']([a-z_.]+)(?:["'{]|\\")""")


def values(text: str) -> set[str]:
    return {name.partition(":")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def test_english_and_german_are_offered() -> None:
    assert {"en", "de"} <= LOADED.languages.keys()


@pytest.mark.parametrize("language", sorted(LOADED.languages.keys() - {"en"}))
def test_an_offered_language_says_everything(language: str) -> None:
    own = LOADED.languages[language]
    assert set(ENGLISH.keys() ^ own.keys()) == set()


@pytest.mark.parametrize("language", sorted({*LOADED.languages, *PREPARED.languages}))
def test_every_sentence_takes_the_same_values(language: str) -> None:
    own = {**PREPARED.languages.get(language, {}), **LOADED.languages.get(language, {})}
    other = {key for key, text in own.items() if values(text) - values(ENGLISH[key])}
    assert other == set()


@pytest.mark.parametrize("language", ["fr", "nl", "es"])
def test_a_prepared_language_has_no_key_of_its_own(language: str) -> None:
    own = PREPARED.languages[language]
    missing = sorted(ENGLISH.keys() - own.keys())
    print(f"{language} lacks {len(missing)} of {len(ENGLISH)} texts:", *missing, sep="\n")
    assert own.keys() - ENGLISH.keys() == set()


def test_a_prepared_language_is_not_offered_before_it_is_whole() -> None:
    assert not PREPARED.languages.keys() & LOADED.languages.keys()


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_a_template_asks_for_texts_that_there_are(template: Path) -> None:
    asked = set(ASKED.findall(template.read_text("utf-8")))
    known = {*ENGLISH, *(key.rpartition(".")[0] for key in ENGLISH if key.endswith((".one", ".other")))}
    assert {key for key in asked if key not in known and not _begins(key)} == set()


def _begins(key: str) -> bool:
    """A key may be made of a beginning and a value, as `state.` and `ready` are."""
    return key.endswith(".") and any(text.startswith(key) for text in ENGLISH)


def test_no_text_holds_markup() -> None:
    said = [text for language in LOADED.languages.values() for text in language.values()]
    assert not [text for text in said if re.search(r"<\w|&\w+;", text)]
