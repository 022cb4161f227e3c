"""The schema's findings in plain words, and the framework that is left when what they concern is set aside."""

import difflib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from cxify.framework.model import Framework
from cxify.yamlfile import Key

Mistake = tuple[Key, str, str]
_ROUNDS: Final = 8
"""How often a repaired copy is looked at again: a place that was set aside can leave another one incomplete."""
_COMPARE: Final = "Compare with the file that `cxify framework init` writes."
_PLAIN_WORDS: Final = {
    "string_type": "This must be text.",
    "string_too_short": "This must not be empty.",
    "int_parsing": "This must be a whole number.",
    "int_type": "This must be a whole number.",
    "float_parsing": "This must be a number.",
    "float_type": "This must be a number.",
    "bool_type": "This must be true or false.",
    "bool_parsing": "This must be true or false.",
    "string_pattern_mismatch": "This has not the form that is expected here.",
}
_SHAPES: Final = {
    "tuple_type": ("This must be a list.", "Begin each entry on a line of its own with “- ”."),
    "dict_type": ("This must be keys with values.", "Indent the keys below, each with a colon and a space: “why: …”."),
}
_SHAPES_ALIKE: Final = {"model_type": "dict_type", "model_attributes_type": "dict_type", "list_type": "tuple_type"}


def mistakes(merged: Mapping[str, Any], base: Mapping[str, Any] | None) -> Iterator[Mistake]:
    """Yield what breaks the schema, in plain words; `base` is the framework that is extended, if one is."""
    try:
        Framework.model_validate(merged)
    except ValidationError as error:
        for found in error.errors():
            yield _key(found), *_said(found, merged, base)


def salvaged(merged: Mapping[str, Any], base: Mapping[str, Any] | None) -> Framework | None:
    """Return the framework without what breaks the schema, so that its content can be checked all the same."""
    data = deepcopy(dict(merged))
    for _ in range(_ROUNDS):
        try:
            return Framework.model_validate(data)
        except ValidationError as error:
            for key in sorted({_key(found) for found in error.errors()}, key=len, reverse=True):
                _set_aside(data, key, base)
    return None


def _key(found: Any) -> Key:
    return tuple(part for part in found["loc"] if part != "[key]")


def _set_aside(data: Any, key: Key, base: Mapping[str, Any] | None) -> None:
    """Take the base's value where it has one, else remove the entry: a list entry as a whole."""
    if base is not None and len(key) >= 1 and not any(isinstance(part, int) for part in key):
        found: Any = base
        for part in key:
            found = found.get(part) if isinstance(found, Mapping) else None
        if found is not None:
            return _put(data, key, deepcopy(found))
    entry = next((index for index, part in enumerate(key) if isinstance(part, int)), None)
    if entry is not None and not _remove(data, key):
        _remove(data, key[: entry + 1])
    elif entry is None:
        _remove(data, key)
    return None


def _put(data: Any, key: Key, value: Any) -> None:
    for index, part in enumerate(key[:-1]):
        if not isinstance(data.get(part), dict):
            return _put(data, key[: index + 1], {})
        data = data[part]
    data[key[-1]] = value
    return None


def _remove(data: Any, key: Key) -> bool:
    """Remove the entry; False where there is none, as for a key that is missing."""
    for part in key[:-1]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return False
    if isinstance(data, dict) and key[-1] in data:
        del data[key[-1]]
        return True
    if isinstance(data, list) and isinstance(key[-1], int) and key[-1] < len(data):
        data[key[-1]] = None
        data.remove(None)
        return True
    return False


def _said(found: Any, merged: Mapping[str, Any], base: Mapping[str, Any] | None) -> tuple[str, str]:
    key, kind = _key(found), found["type"]
    last = str(key[-1]) if key else ""
    if kind == "extra_forbidden":
        return f"“{last}” is no key of a framework here.", _meant(last, _keys_at(key[:-1]))
    if kind == "missing":
        return f"The key “{last}” is missing.", _missing(key, merged, base)
    if kind == "literal_error":
        given = str(found["input"])
        quoted = " Take the typographic quotation marks out." if given[:1] in "“”„‚‘’«»" else ""
        return f"“{given}” is not possible here.", f"Use one of: {found['ctx']['expected']}.{quoted}"
    if found["input"] is None:
        return "Nothing stands after the colon.", "Write something, or take the line out."
    shape = _SHAPES.get(_SHAPES_ALIKE.get(kind, kind))
    return shape or (_PLAIN_WORDS.get(kind, f"{found['msg']}."), _COMPARE)


def _missing(key: Key, merged: Mapping[str, Any], base: Mapping[str, Any] | None) -> str:
    """Tell what to add; an entry with a new id may be meant to change one that exists."""
    if base is None:
        return "Add it, or begin the file with `extends: cxify-default`."
    if len(key) == 3 and isinstance(key[1], int):
        entry = merged[str(key[0])][key[1]]
        id = str(entry.get("id", "")) if isinstance(entry, Mapping) else ""
        known = [str(each["id"]) for each in base.get(str(key[0]), ())]
        if near := difflib.get_close_matches(id, known, n=1):
            return f"Did you mean the id “{near[0]}”? A new entry needs all its keys."
        return f"“{id}” is a new entry: it needs all its keys. The ids that exist: {', '.join(known)}."
    return "Add it."


def _meant(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Known keys here: {', '.join(known)}."


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
