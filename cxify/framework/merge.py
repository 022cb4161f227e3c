"""Lay an organisation's framework file over the one it extends: keys by name, list entries by their id."""

from collections.abc import Mapping, Sequence
from typing import Any

from cxify.yamlfile import Key

_IDENTITY = ("status", "owners", "approved_by", "consulted")
"""Never inherited: approval of the framework below says nothing about what an organisation made of it."""


def over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return `base` with everything that `own` says; both are plain YAML data."""
    inherited = {**base, "framework": {k: v for k, v in base["framework"].items() if k not in _IDENTITY}}
    return dict(_merge(inherited, {key: value for key, value in own.items() if key != "extends"}))


def changed_ids(own: Mapping[str, Any], section: str) -> set[str]:
    """Return the ids of a list section that `own` writes something about; their inherited translations are void."""
    entries = own.get(section)
    return {entry["id"] for entry in entries if _has_id(entry)} if isinstance(entries, list) else set()


def in_own_file(key: Key, merged: Any, own: Any) -> Key:
    """Translate a place in the merged data to the place in the organisation's file, as far as the file goes."""
    found: list[str | int] = []
    for part in key:
        if isinstance(part, int) and isinstance(merged, list) and part < len(merged):
            merged = merged[part]
            index = _index(own, merged) if _has_id(merged) else part
            if index is None or not isinstance(own, list) or index >= len(own):
                break
            own = own[index]
            found.append(index)
        elif isinstance(own, Mapping) and part in own:
            own = own[part]
            merged = merged.get(part) if isinstance(merged, Mapping) else None
            found.append(part)
        else:
            break
    return tuple(found)


def _merge(base: Any, own: Any) -> Any:
    if isinstance(base, Mapping) and isinstance(own, Mapping):
        return {**base, **{key: _merge(base[key], value) if key in base else value for key, value in own.items()}}
    if _are_entries(base) and _are_entries(own):
        return _merge_entries(base, own)
    return own


def _merge_entries(base: Sequence[Any], own: Sequence[Any]) -> list[Any]:
    mine: dict[str, list[Any]] = {}
    for entry in own:
        mine.setdefault(entry["id"], []).append(entry)
    known = {entry["id"] for entry in base}
    merged = [_merge(entry, mine[entry["id"]][0]) if entry["id"] in mine else entry for entry in base]
    merged += [entry for entry in own if entry["id"] not in known]
    return merged


def _are_entries(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_has_id(entry) for entry in value)


def _has_id(entry: Any) -> bool:
    return isinstance(entry, Mapping) and "id" in entry


def _index(own: Any, entry: Mapping[str, Any]) -> int | None:
    if not isinstance(own, list):
        return None
    return next((i for i, mine in enumerate(own) if _has_id(mine) and mine["id"] == entry["id"]), None)
