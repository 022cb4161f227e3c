"""The page's sentences and conditions as data that HR can reword: needs.yaml, and texts/ with one file a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator

from cxify import yamlfile
from cxify.errors import FrameworkInvalid

Filled = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Addressee = Literal["job_holder", "manager", "both"]
ANY: Final = "any"
_Model = TypeVar("_Model", bound="Strict")
_CONDITIONS: Final = "needs.yaml"


class Strict(BaseModel):
    """Frozen; an unknown key is an error and never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Condition(Strict):
    """When a note or a question belongs on the page: one of what is listed is enough."""

    id: Filled
    always: bool = False
    kinds: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}

    @field_validator("words")
    @classmethod
    def _compile(cls, words: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for word in (word for listed in words.values() for word in listed):
            try:
                re.compile(word)
            except re.error as error:
                raise ValueError(f"“{word}” is not a valid pattern ({error.msg})") from error
        return words


class Asked(Condition):
    """A question, and whom it is for."""

    to: Addressee


class Conditions(Strict):
    """The content of needs.yaml."""

    needs: tuple[Condition, ...]
    questions: tuple[Asked, ...]


class Need(Strict):
    """What people have to do; `regions` adds what holds in one country, by its code (DE, AT)."""

    title: Filled
    text: Filled
    regions: dict[str, Filled] = {}


class Texts(Strict):
    """Every sentence of the page in one language."""

    language: Filled
    title: Filled
    role_title: Filled
    intro: Filled
    intro_later: Filled
    framework: Filled
    statuses: dict[str, Filled]
    fallback: str = ""
    changes: Filled
    no_changes: Filled
    added: Filled
    row: Filled
    reworded: Filled
    removed: Filled
    section: Filled
    why: Filled
    serves: Filled
    more_changes: Filled
    standings: dict[Literal["open", "accepted", "reworded"], Filled]
    one_gone: Filled
    gone: Filled
    reasons: Filled
    why_general: Filled
    rests_on: Filled
    standard_is: Filled
    not_: Filled
    does_not_mean: tuple[Filled, ...]
    does_not_mean_by_kind: dict[str, tuple[Filled, ...]] = {}
    questions: Filled
    questions_intro: Filled
    to: dict[Addressee, Filled]
    about_change: Filled
    needs: Filled
    needs_intro: Filled
    one_comment_line: Filled
    comments_line: Filled
    purpose: Filled
    need: dict[str, Need]
    question: dict[str, Filled]


@dataclass(frozen=True)
class Pages:
    """The conditions, and the texts by language."""

    conditions: Conditions
    texts: Mapping[str, Texts]

    def for_language(self, tag: str) -> tuple[Texts, bool]:
        """Return the texts for a document's language, and whether they are in it; otherwise they are English."""
        base = tag.partition("-")[0].lower()
        found = self.texts.get(base)
        return (found, True) if found else (self.texts["en"], base == "und")


def load(own: Path | None = None) -> Pages:
    """Return the texts that ship with cxify, with those in the folder `own` laid over them, key by key.

    Raises FrameworkInvalid naming the file, the line and the remedy.
    """
    if own is None:
        return _built_in()
    if not own.is_dir():
        raise FrameworkInvalid(f"{own} is no folder.", "Name the folder that holds your texts (en.yaml, de.yaml).")
    ours = {path.name: path for path in sorted(own.glob("*.yaml"))}
    conditions = _parsed(Conditions, [_Source(ours.pop(_CONDITIONS))]) if _CONDITIONS in ours else None
    texts = dict(_built_in().texts)
    for name, path in ours.items():
        language = name.removesuffix(".yaml")
        shipped = _shipped().get(language) or _shipped()["en"]
        texts[language] = _parsed(Texts, [_Source(shipped), _Source(path)])
    pages = Pages(conditions or _built_in().conditions, texts)
    _refuse_missing(pages, own)
    return pages


@dataclass(frozen=True)
class _Source:
    file: Traversable

    def read(self) -> yamlfile.Marked:
        try:
            marked = yamlfile.parse(self.file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise FrameworkInvalid(f"{self.file} cannot be read: {error}.", "Save the file as UTF-8 text.") from error
        for problem in marked.problems:
            raise FrameworkInvalid(f"{self.file}:{problem.line}: {problem.message}", problem.remedy)
        if not isinstance(marked.data, dict):
            raise FrameworkInvalid(f"{self.file} holds no texts.", "Write one `key: text` a line.")
        return marked


@cache
def _built_in() -> Pages:
    folder = resources.files(__package__)
    conditions = _parsed(Conditions, [_Source(folder / _CONDITIONS)])
    return Pages(conditions, {language: _parsed(Texts, [_Source(file)]) for language, file in _shipped().items()})


@cache
def _shipped() -> dict[str, Traversable]:
    files = (resources.files(__package__) / "texts").iterdir()
    return {file.name.removesuffix(".yaml"): file for file in files if file.name.endswith(".yaml")}


def _parsed(model: type[_Model], layers: list[_Source]) -> _Model:
    data: dict[str, Any] = {}
    marked = layers[0].read()
    for layer in layers:
        marked = layer.read()
        data = _over(data, {"not_" if key == "not" else key: value for key, value in marked.data.items()})
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first: Any = error.errors()[0]
        key = tuple(first["loc"])
        where = f"{layers[-1].file}:{marked.line(key)}: {yamlfile.dotted(key).replace('not_', 'not')}"
        remedy = "Compare with the texts that come with cxify (cxify/packet)."
        raise FrameworkInvalid(f"{where}: {first['msg']}.", remedy) from error


def _over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    both = {key: _over(base[key], own[key]) for key in base if isinstance(own.get(key), Mapping)}
    return {**base, **own, **both}


def _refuse_missing(pages: Pages, own: Path) -> None:
    """An organisation's own condition needs its sentence in every language that the organisation wrote."""
    for language, texts in pages.texts.items():
        ids = {each.id for each in pages.conditions.needs} - texts.need.keys()
        ids |= {each.id for each in pages.conditions.questions} - texts.question.keys()
        if ids and language in {path.stem for path in own.glob("*.yaml")} | {"en"}:
            listed = ", ".join(sorted(ids))
            message = f"{own / language}.yaml has no sentence for: {listed}."
            raise FrameworkInvalid(message, f"Add it under `need` or `question`, or take it out of {_CONDITIONS}.")
