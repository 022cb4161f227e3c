"""Load the framework: the built-in one, or an organisation's file that stands alone or extends it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cxify import yamlfile
from cxify.errors import FrameworkInvalid
from cxify.framework import merge, schema
from cxify.framework.checks import mistakes
from cxify.framework.model import Framework, Locale
from cxify.framework.mother_tongue import told_in
from cxify.yamlfile import Key, Marked, Problem

_TABLES = (".docx", ".docm", ".xlsx", ".xlsm", ".xls", ".csv")
BUILT_IN = Path(__file__).with_name("default.yaml")
_TEMPLATES = {
    language: Path(__file__).with_name(name) for language, name in (("en", "template.yaml"), ("de", "template.de.yaml"))
}
LANGUAGES = tuple(_TEMPLATES)
"""The languages in which there is a framework file to start from."""


def load(path: Path | None = None) -> Framework:
    """Return the framework in `path`, or the built-in one.

    Raises FrameworkInvalid naming the file, the line and the remedy.
    """
    if path is None:
        return _built_in()
    loaded, problems = _judged(path)
    if problems or loaded is None:
        raise _invalid(path, problems)
    return loaded


def check(path: Path) -> list[Problem]:
    """List every mistake in a framework file with its line; an empty list means that it can be used."""
    return sorted(_judged(path)[1], key=lambda problem: (problem.file, problem.line))


def _judged(path: Path) -> tuple[Framework | None, list[Problem]]:
    try:
        read = _read(path)
        return read.framework, list(_problems(read))
    except RecursionError:
        return None, [Problem(1, "", "Something in it holds itself, or is nested too deeply.", "Write it out.")]


def template(language: str = "en") -> str:
    """Return an annotated framework file to start from (`cxify framework init`), in one of LANGUAGES."""
    return _TEMPLATES[language].read_text(encoding="utf-8")


@cache
def _built_in() -> Framework:
    return Framework.model_validate(_base())


@cache
def _base() -> dict[str, Any]:
    data = dict(yamlfile.read(BUILT_IN).data)
    return {**data, "locales": {language: marked.data for language, _, marked in _locale_files(BUILT_IN)}}


@dataclass(frozen=True)
class _Read:
    """A framework file as it was read: its own data, what it comes to, and the mistakes of its form.

    `framework` is what can be checked: with mistakes of form it lacks what they concern.
    """

    own: Marked
    merged: dict[str, Any]
    framework: Framework | None
    problems: tuple[Problem, ...]


def _read(path: Path) -> _Read:
    own = _file(path)
    if not isinstance(own.data, dict) or (not own.data and own.problems):
        nothing = Problem(1, "", "The file holds no framework.", "Begin with `cxify framework init`.")
        return _Read(own, {}, None, own.problems or (nothing,))
    extends = own.data.get("extends")
    if extends not in (None, _base()["framework"]["id"]):
        return _Read(own, {}, None, (*own.problems, _cannot_extend(own)))
    base = _base_for(own.data) if extends is not None else None
    found = [*own.problems, *_locale_problems(path)]
    merged = _merged(path, own.data, base)
    elsewhere = [("locales", language) for language, _, _ in _locale_files(path)]
    in_here = (mistake for mistake in schema.mistakes(merged, base) if mistake[0][:2] not in elsewhere)
    found += [_problem(own, merged, *mistake) for mistake in in_here]
    return _Read(own, merged, schema.salvaged(merged, base), tuple(dict.fromkeys(found)))


def _file(path: Path) -> Marked:
    if path.suffix.lower() in _TABLES and path.exists():
        remedy = f"Run `cxify framework import {path.name}` first and read what it wrote."
        raise FrameworkInvalid(f"{path} holds tables and is no framework file.", remedy)
    try:
        return yamlfile.read(path)
    except FileNotFoundError as error:
        remedy = "Check the path, or write one with `cxify framework init`."
        raise FrameworkInvalid(f"There is no framework file {path}.", remedy) from error
    except UnicodeDecodeError as error:
        return Marked({}, {}, (yamlfile.not_utf8(error),))
    except OSError as error:
        remedy = "Close it elsewhere, or ask for the right to read it."
        raise FrameworkInvalid(f"{path} cannot be read: {error.strerror}.", remedy) from error


def _cannot_extend(own: Marked) -> Problem:
    extends, id = own.data["extends"], own.data.get("framework")
    itself = isinstance(id, dict) and id.get("id") == extends
    message = "The framework extends itself." if itself else f"“{extends}” cannot be extended."
    return Problem(own.line(("extends",)), "extends", message, f"Write `extends: {_base()['framework']['id']}`.")


def _locale_problems(path: Path) -> Iterator[Problem]:
    """Yield the mistakes in the translations beside the file, with their own file and line."""
    for _, file, marked in _locale_files(path):
        yield from (replace(problem, file=str(file)) for problem in marked.problems)
        try:
            Locale.model_validate(marked.data)
        except ValidationError as error:
            for found in error.errors() if not marked.problems else ():
                key = tuple(part for part in found["loc"] if part != "[key]")
                message, remedy = f"{found['msg']}.", "Compare with the translations that come with cxify."
                yield Problem(marked.line(key), yamlfile.dotted(key), message, remedy, str(file))


def _base_for(own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the built-in framework in the language of the organisation's file."""
    identity = own.get("framework")
    locale = identity.get("locale") if isinstance(identity, dict) else None
    return told_in(locale, _built_in(), _base()) if isinstance(locale, str) else _base()


def _merged(path: Path, own: dict[str, Any], base: dict[str, Any] | None) -> dict[str, Any]:
    data = merge.over(base, own) if base else dict(own)
    locales = dict(_inherited_locales(own, base)) if base else {}
    locales.update({language: marked.data for language, _, marked in _locale_files(path)})
    given = own.get("locales")
    return {**data, "locales": {**locales, **given} if isinstance(given, dict) else given or locales}


def _inherited_locales(own: Mapping[str, Any], base: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Leave out the translations of what the organisation has reworded: they would say something else."""
    organisation = own.get("organisation")
    terms = organisation.get("customer_terms") if isinstance(organisation, dict) else None
    for language, texts in base["locales"].items():
        kept = dict(texts)
        for section in ("competencies", "service_standards"):
            changed = merge.changed_ids(own, section)
            kept[section] = {id: text for id, text in (kept.get(section) or {}).items() if id not in changed}
        if terms and terms != base["organisation"].get("customer_terms"):
            kept.pop("customer_terms", None)
        yield language, kept


def _locale_files(path: Path) -> Iterator[tuple[str, Path, Marked]]:
    """Find the translations beside a framework file: framework.yaml has framework.de.yaml."""
    for file in sorted(path.parent.glob(f"{path.stem}.*.yaml")):
        yield file.stem.rpartition(".")[2], file, _file(file)


def _problems(read: _Read) -> Iterator[Problem]:
    yield from read.problems
    yield from _twice_in_file(read)
    if read.framework is None:
        return
    broken = {problem.path for problem in read.problems}
    for key, message, remedy in mistakes(read.framework):
        found = _problem(read.own, read.merged, _where_it_stood(key, read), message, remedy)
        if not any(found.path.startswith(path) for path in broken if path):
            yield found


def _where_it_stood(key: Key, read: _Read) -> Key:
    """Translate the number of a list entry: entries before it may have been set aside."""
    section, index = key[0], key[1] if len(key) > 1 else None
    kept = getattr(read.framework, str(section), ())
    entries = read.merged.get(str(section))
    if not isinstance(index, int) or not isinstance(entries, list) or len(kept) == len(entries):
        return key
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    return (section, ids.index(kept[index].id), *key[2:]) if kept[index].id in ids else key[:1]


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


def _invalid(path: Path, problems: list[Problem]) -> FrameworkInvalid:
    first = min(problems, key=lambda problem: (problem.file, problem.line))
    file = first.file or path
    where = f"{file}:{first.line}: {first.path}: " if first.path else f"{file}:{first.line}: "
    more = f" ({len(problems) - 1} more: `cxify framework check {path}`)" if len(problems) > 1 else ""
    return FrameworkInvalid(f"{where}{first.message}{more}", first.remedy)
