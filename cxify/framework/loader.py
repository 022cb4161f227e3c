"""Load the framework: the built-in one, or an organisation's file that stands alone or extends it."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from cxify import yamlfile
from cxify.errors import FrameworkInvalid
from cxify.framework import merge
from cxify.framework.checks import mistakes
from cxify.framework.model import Framework
from cxify.yamlfile import Key, Marked, Problem

BUILT_IN = Path(__file__).with_name("default.yaml")
_TEMPLATE = Path(__file__).with_name("template.yaml")
_PLAIN_WORDS = {
    "string_type": "This must be text.",
    "string_too_short": "This must not be empty.",
    "int_parsing": "This must be a whole number.",
    "int_type": "This must be a whole number.",
    "float_parsing": "This must be a number.",
    "float_type": "This must be a number.",
    "bool_type": "This must be true or false.",
    "bool_parsing": "This must be true or false.",
    "tuple_type": "This must be a list.",
    "dict_type": "This must be keys with values.",
    "model_type": "This must be keys with values.",
    "model_attributes_type": "This must be keys with values.",
}


def load(path: Path | None = None) -> Framework:
    """Return the framework in `path`, or the built-in one.

    Raises FrameworkInvalid naming the file, the line and the remedy.
    """
    if path is None:
        return _built_in()
    read = _read(path)
    problems = list(_problems(read))
    if problems or read.framework is None:
        raise _invalid(path, problems)
    return read.framework


def check(path: Path) -> list[Problem]:
    """List every mistake in a framework file with its line; an empty list means that it can be used."""
    return sorted(_problems(_read(path)), key=lambda problem: problem.line)


def template() -> str:
    """Return an annotated framework file to start from (`cxify framework init`)."""
    return _TEMPLATE.read_text(encoding="utf-8")


@cache
def _built_in() -> Framework:
    return Framework.model_validate(_base())


@cache
def _base() -> dict[str, Any]:
    data = dict(yamlfile.read(BUILT_IN).data)
    return {**data, "locales": {language: marked.data for language, _, marked in _locale_files(BUILT_IN)}}


@dataclass(frozen=True)
class _Read:
    """A framework file as it was read: its own data, what it comes to, and the mistakes of its form."""

    own: Marked
    merged: dict[str, Any]
    framework: Framework | None
    problems: tuple[Problem, ...]


def _read(path: Path) -> _Read:
    try:
        own = yamlfile.read(path)
    except FileNotFoundError as error:
        remedy = "Check the path, or write one with `cxify framework init`."
        raise FrameworkInvalid(f"There is no framework file {path}.", remedy) from error
    except (OSError, UnicodeDecodeError) as error:
        raise FrameworkInvalid(f"{path} cannot be read: {error}.", "Save the file as UTF-8 text.") from error
    if own.problems or not isinstance(own.data, dict):
        problems = own.problems or (
            Problem(1, "", "The file holds no framework.", "Begin with `cxify framework init`."),
        )
        return _Read(own, {}, None, problems)
    extends = own.data.get("extends")
    if extends not in (None, _base()["framework"]["id"]):
        message = f"“{extends}” cannot be extended."
        problem = Problem(own.line(("extends",)), "extends", message, f"Write `extends: {_base()['framework']['id']}`.")
        return _Read(own, {}, None, (problem,))
    merged = _merged(path, own.data, extends is not None)
    return _validated(own, merged)


def _merged(path: Path, own: dict[str, Any], extends: bool) -> dict[str, Any]:
    data = merge.over(_base(), own) if extends else dict(own)
    locales = dict(_inherited_locales(own)) if extends else {}
    locales.update({language: marked.data for language, _, marked in _locale_files(path)})
    return {**data, "locales": {**locales, **own.get("locales", {})}}


def _inherited_locales(own: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Leave out the translations of what the organisation has reworded: they would say something else."""
    for language, texts in _base()["locales"].items():
        kept = dict(texts)
        for section in ("competencies", "service_standards"):
            changed = merge.changed_ids(own, section)
            kept[section] = {id: text for id, text in kept.get(section, {}).items() if id not in changed}
        if own.get("organisation", {}).get("customer_terms"):
            kept.pop("customer_terms", None)
        yield language, kept


def _locale_files(path: Path) -> Iterator[tuple[str, Path, Marked]]:
    """Find the translations beside a framework file: framework.yaml has framework.de.yaml."""
    for file in sorted(path.parent.glob(f"{path.stem}.*.yaml")):
        yield file.stem.rpartition(".")[2], file, yamlfile.read(file)


def _validated(own: Marked, merged: dict[str, Any]) -> _Read:
    try:
        return _Read(own, merged, Framework.model_validate(merged), ())
    except ValidationError as error:
        found = (_of_schema(problem, own, merged) for problem in error.errors())
        return _Read(own, merged, None, tuple(dict.fromkeys(found)))


def _problems(read: _Read) -> Iterator[Problem]:
    yield from read.problems
    yield from _twice_in_file(read)
    if read.framework is None:
        return
    for key, message, remedy in mistakes(read.framework):
        yield _problem(read.own, read.merged, key, message, remedy)


def _twice_in_file(read: _Read) -> Iterator[Problem]:
    """An id that occurs twice in the organisation's file disappears when the file is laid over another."""
    if not isinstance(read.own.data, dict) or "extends" not in read.own.data:
        return
    for section in ("competencies", "service_standards", "levels", "stories"):
        seen: set[Any] = set()
        entries = read.own.data.get(section)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            id = entry.get("id") if isinstance(entry, dict) else None
            if id is not None and id in seen:
                key: Key = (section, index)
                message = f"The id “{id}” occurs twice."
                yield Problem(read.own.line(key), yamlfile.dotted(key), message, "Give every entry an id of its own.")
            seen.add(id)


def _problem(own: Marked, merged: dict[str, Any], key: Key, message: str, remedy: str) -> Problem:
    place = merge.in_own_file(key, merged, own.data)
    return Problem(own.line(place), yamlfile.dotted((*place, *key[len(place) :])), message, remedy)


# ---- pydantic's findings in plain words ----


def _of_schema(error: Any, own: Marked, merged: dict[str, Any]) -> Problem:
    key = tuple(part for part in error["loc"] if part != "[key]")
    kind, last = error["type"], str(error["loc"][-1]) if error["loc"] else ""
    if kind == "extra_forbidden":
        known = _keys_at(key[:-1])
        near = difflib.get_close_matches(last, known, n=1)
        remedy = f"Did you mean “{near[0]}”?" if near else f"Known keys here: {', '.join(known)}."
        return _problem(own, merged, key, f"“{last}” is no key of a framework here.", remedy)
    if kind == "missing":
        return _problem(own, merged, key, f"The key “{last}” is missing.", "Add it; `cxify framework show` has one.")
    if kind == "literal_error":
        expected = error["ctx"]["expected"]
        return _problem(own, merged, key, f"“{error['input']}” is not possible here.", f"Use one of: {expected}.")
    message = _PLAIN_WORDS.get(kind, f"{error['msg']}.")
    return _problem(own, merged, key, message, "Compare with `cxify framework show`.")


def _keys_at(key: Key) -> list[str]:
    """Return the keys that the schema knows at a place."""
    model: Any = Framework
    for part in key:
        if isinstance(part, str) and isinstance(model, type) and issubclass(model, BaseModel):
            field = model.model_fields.get(part)
            model = _inner(field.annotation) if field else None
    known = isinstance(model, type) and issubclass(model, BaseModel)
    return list(model.model_fields) if known else []


def _inner(annotation: Any) -> Any:
    """Find the model inside `tuple[Model, ...]`, `dict[str, Model]` or `Model | None`."""
    if isinstance(annotation, type) and not getattr(annotation, "__args__", None):
        return annotation
    inner = (_inner(argument) for argument in getattr(annotation, "__args__", ()))
    return next((model for model in inner if isinstance(model, type) and issubclass(model, BaseModel)), None)


def _invalid(path: Path, problems: list[Problem]) -> FrameworkInvalid:
    first = min(problems, key=lambda problem: problem.line)
    where = f"{path}:{first.line}: {first.path}: " if first.path else f"{path}:{first.line}: "
    more = f" ({len(problems) - 1} more: `cxify framework check {path}`)" if len(problems) > 1 else ""
    return FrameworkInvalid(f"{where}{first.message}{more}", first.remedy)
