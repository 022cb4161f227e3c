"""One reader of the environment and of cxify.toml, strict about both."""

from pathlib import Path

import pytest

from cxify import settings
from cxify.errors import SettingsInvalid


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def toml(folder: Path, text: str) -> None:
    (folder / "cxify.toml").write_text(text, "utf-8")


def test_the_command_line_beats_the_environment_beats_the_file_beats_the_default(here: Path) -> None:
    assert settings.load({}).author == "cxify"
    toml(here, 'author = "File"\nintensity = "light"')
    assert settings.load({}).author == "File"
    assert settings.load({"CXIFY_AUTHOR": "Environment"}).author == "Environment"
    given = settings.load({"CXIFY_AUTHOR": "Environment"}, author="Command", intensity=None)
    assert (given.author, given.intensity) == ("Command", "light")


def test_numbers_and_paths_come_from_the_environment_too() -> None:
    found = settings.load({"CXIFY_CONCURRENCY": "8", "CXIFY_FRAMEWORK": "f.yaml"})
    assert (found.concurrency, found.framework) == (8, Path("f.yaml"))


def test_paths_in_a_settings_file_are_beside_it(here: Path) -> None:
    (here / "org").mkdir()
    toml(here / "org", 'framework = "f.yaml"')
    assert settings.load({"CXIFY_CONFIG": "org/cxify.toml"}).framework == Path("org/f.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('framewrok = "f.yaml"', "framewrok"),
        ("concurrency = 0", "concurrency = 0 in cxify.toml"),
        ('concurrency = "4"', "concurrency = 4 in cxify.toml"),
        ('intensity = "extreme"', "intensity = extreme in cxify.toml"),
        ("author = ", "not valid TOML"),
        ('author = ""', "author"),
        ('base_url = "ftp://x"', "base_url"),
    ],
)
def test_a_wrong_entry_is_named_with_its_place(here: Path, text: str, said: str) -> None:
    toml(here, text)
    with pytest.raises(SettingsInvalid, match=said):
        settings.load({})


def test_a_model_in_a_file_is_refused_because_only_the_command_may_send_documents(here: Path) -> None:
    toml(here, 'model = "openai:gpt-6-luna"')
    with pytest.raises(SettingsInvalid, match="--model"):
        settings.load({})


def test_a_settings_file_that_was_named_must_exist() -> None:
    with pytest.raises(SettingsInvalid, match=r"none\.toml"):
        settings.load({"CXIFY_CONFIG": "none.toml"})


@pytest.mark.parametrize(
    ("model", "base_url", "key"),
    [
        ("openai:gpt-6-luna", None, "openai's"),
        ("openai:qwen", "http://127.0.0.1:8080/v1", "any"),
        ("anthropic:claude", None, "any"),
    ],
)
def test_openais_key_goes_to_openai_only(model: str, base_url: str | None, key: str) -> None:
    environ = {"OPENAI_API_KEY": "openai's", "CXIFY_API_KEY": "any"}
    assert settings.api_key(settings.load({}, base_url=base_url), model, environ) == key


def test_no_key_is_no_key() -> None:
    assert settings.api_key(settings.load({}), "openai:gpt-6-luna", {"CXIFY_API_KEY": "other"}) is None


def test_a_named_variable_without_a_key_is_an_error() -> None:
    chosen = settings.load({"CXIFY_API_KEY_ENV": "OUR_KEY"})
    assert settings.api_key(chosen, "openai:x", {"OUR_KEY": "k"}) == "k"
    with pytest.raises(SettingsInvalid, match="OUR_KEY"):
        settings.api_key(chosen, "openai:x", {"OPENAI_API_KEY": "k"})
