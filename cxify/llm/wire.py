"""One strict pydantic model, two wire schemas: what OpenAI's strict mode and llama.cpp's grammars both can enforce.

OpenAI strict: closed objects, every field required (null where it may be absent), no oneOf, no bounds on strings.
llama.cpp: the same with bounds, because a small model without them writes until it is cut off.
"""

from typing import Any

from pydantic import BaseModel

from cxify.llm.answer import Schema

_SILENT = {"title", "default", "description", "discriminator", "examples"}
"""Keys that say nothing to a decoder (docstrings are for people), or that strict mode refuses."""
_BOUNDS = {"minLength", "maxLength", "pattern", "format"}


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a model with bounds: objects closed, all fields required, unions as anyOf."""
    closed: dict[str, Any] = _closed(model.model_json_schema())
    return closed


def strict(bounded: Schema) -> dict[str, Any]:
    """Return the same schema without bounds on strings, as OpenAI's strict mode wants it."""
    unbounded: dict[str, Any] = _without(dict(bounded), _BOUNDS)
    return unbounded


def _closed(node: Any) -> Any:
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    result: dict[str, Any] = {}
    for key, value in node.items():
        if key in ("properties", "$defs"):
            result[key] = {name: _closed(inner) for name, inner in value.items()}
        elif key == "const":
            result["enum"] = [value]
        elif key not in _SILENT:
            result["anyOf" if key == "oneOf" else key] = _closed(value)
    if "properties" in result:
        result |= {"required": list(result["properties"]), "additionalProperties": False}
    return result


def _without(node: Any, keys: set[str]) -> Any:
    if isinstance(node, list):
        return [_without(item, keys) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _without(inner, keys) for name, inner in value.items()}
        if key in ("properties", "$defs")
        else _without(value, keys)
        for key, value in node.items()
        if key not in keys
    }
