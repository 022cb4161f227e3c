"""What the page says, by key and language, from texts/*.yaml; what a language lacks is said in English."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cxify import yamlfile

FOLDER: Final = Path(__file__).with_name("texts")
ENGLISH: Final = "en"
Translate = Callable[..., str]


@dataclass(frozen=True)
class Texts:
    """The sentences of all languages, by their keys with dots."""

    languages: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Texts":
        """Read en.yaml, en.review.yaml, de.yaml, …; a language may be spread over several files."""
        languages: dict[str, dict[str, str]] = {}
        for file in sorted(folder.glob("*.yaml")):
            language = file.name.partition(".")[0]
            data = yamlfile.read(file).data
            languages.setdefault(language, {}).update(_flat(data or {}))
        return cls(languages)

    @property
    def spoken(self) -> list[str]:
        """The languages in which at least half of the page is said; the others are only begun."""
        english = len(self.languages[ENGLISH])
        return [language for language, texts in self.languages.items() if 2 * len(texts) >= english]

    def say(self, language: str, key: str, **values: Any) -> str:
        """Return a sentence with its values; with `n`, the one for so many. Raises KeyError for an unknown key."""
        for known in (language, ENGLISH):
            if (text := self._found(known, key, values.get("n"))) is not None:
                return text.format(**values) if values else text
        raise KeyError(f"no text {key}")

    def translate(self, language: str) -> Translate:
        """Return what templates call `_`."""

        def _(key: str, **values: Any) -> str:
            return self.say(language, key, **values)

        return _

    def has(self, key: str) -> bool:
        """Return whether there is such a text."""
        return self._found(ENGLISH, key, None) is not None

    def _found(self, language: str, key: str, number: Any) -> str | None:
        texts = self.languages.get(language, {})
        if number is not None and (text := texts.get(f"{key}.{'one' if number == 1 else 'other'}")) is not None:
            return text
        return texts.get(key)


def _flat(data: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", str(value)
