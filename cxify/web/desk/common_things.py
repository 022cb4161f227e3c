"""What most organisations change in a framework, as a form: names, terms, the why, protected words, agreed targets."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from cxify import framework, yamlfile
from cxify.framework import Framework

_TEXTS: Final = {
    "name": ("framework", "name"),
    "version": ("framework", "version"),
    "status": ("framework", "status"),
    "hr": ("framework", "owners", "hr"),
    "cx": ("framework", "owners", "cx"),
    "external": ("organisation", "customer_terms", "external"),
    "external_plural": ("organisation", "customer_terms", "external_plural"),
    "internal": ("organisation", "customer_terms", "internal"),
    "internal_plural": ("organisation", "customer_terms", "internal_plural"),
    "statement": ("vision", "statement"),
    "why": ("vision", "why"),
}
_LINES: Final = {
    "promises": ("vision", "promises"),
    "legal_names": ("organisation", "legal_names"),
    "prohibited": ("organisation", "prohibited_customer_terms"),
    "phrases": ("protected", "phrases"),
    "sections": ("protected", "sections"),
}
FIELDS: Final = (*_TEXTS, *_LINES)
TARGET: Final = "target."
APPROVED: Final = ("approved_name", "approved_role", "approved_date")


@dataclass(frozen=True)
class Common:
    """What the form shows of a framework."""

    values: Mapping[str, str]
    targets: tuple[tuple[str, str, str], ...]
    """Id, name and agreed target of each service standard."""


def of(shown: Framework) -> Common:
    """Return what the form shows; lists have a line for each entry."""
    data = shown.model_dump(mode="json")
    values = {name: str(_at(data, path) or "") for name, path in _TEXTS.items()}
    values |= {name: "\n".join(_at(data, path) or ()) for name, path in _LINES.items()}
    approved = shown.framework.approved_by[-1] if shown.framework.approved_by else None
    values |= {name: getattr(approved, name.partition("_")[2], "") for name in APPROVED}
    targets = ((each.id, each.name, each.measure.target.value) for each in shown.service_standards)
    return Common(values | {"version": _next(values["version"])}, tuple(targets))


def written(text: str, shown: Framework, given: Mapping[str, str]) -> str:
    """Return the framework file with what was given; sections in which nothing changes stay as they were written."""
    found = yamlfile.parse(text).data
    own: dict[str, Any] = found if isinstance(found, dict) else {}
    new, before = deepcopy(own), of(shown).values
    for path, value in _changed(before, given):
        _put(new, path, value)
    _approve(new, before, given)
    for id, target in _targets(shown, given):
        _put_target(new, id, target)
    return framework.with_sections(text, {name: new[name] for name in new if new[name] != own.get(name)})


def _changed(before: Mapping[str, str], given: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, path in _TEXTS.items():
        if name in given and (name == "version" or given[name].strip() != before[name]):
            yield path, given[name].strip()
    for name, path in _LINES.items():
        lines = [line.strip() for line in given.get(name, before[name]).splitlines() if line.strip()]
        if lines != before[name].splitlines():
            yield path, lines


def _approve(new: dict[str, Any], before: Mapping[str, str], given: Mapping[str, str]) -> None:
    told = {name.partition("_")[2]: given.get(name, "").strip() for name in APPROVED}
    if told["name"] and any(given.get(name, "").strip() != before[name] for name in APPROVED):
        _put(new, ("framework", "approved_by"), [told])


def _targets(shown: Framework, given: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    for standard in shown.service_standards:
        value = given.get(TARGET + standard.id, standard.measure.target.value).strip()
        if value != standard.measure.target.value:
            yield standard.id, {"value": value, "status": "agreed" if value else "placeholder"}


def _put_target(data: dict[str, Any], id: str, target: dict[str, str]) -> None:
    entries = data.get("service_standards")
    entries = data["service_standards"] = entries if isinstance(entries, list) else []
    own = next((each for each in entries if isinstance(each, dict) and each.get("id") == id), None)
    if own is None:
        own = {"id": id}
        entries.append(own)
    _put(own, ("measure", "target"), target)


def _put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for part in path[:-1]:
        inner = data.get(part)
        data[part] = data = inner if isinstance(inner, dict) else {}
    data[path[-1]] = value


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


def _next(version: str) -> str:
    """Return the version after this one: the last number raised."""
    head, dot, last = version.rpartition(".")
    return f"{head}{dot}{int(last) + 1}" if last.isdecimal() else version
