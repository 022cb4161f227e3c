"""Read what people write for evaluations, cases, labels, rubric and gate, and say where it is wrong and what to do."""

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from cxify import files, yamlfile
from cxify.errors import SettingsInvalid

Model = TypeVar("Model", bound=BaseModel)
_LISTED: Final = 16


def read(path: Path, model: type[Model], guide: str) -> Model:
    """Return what a YAML file holds; `guide` says where it is explained. Raises InputError and SettingsInvalid."""
    files.read(path)
    try:
        marked = yamlfile.read(path)
    except UnicodeDecodeError as error:
        problem = yamlfile.not_utf8(error)
        raise SettingsInvalid(f"{path}, line {problem.line}: {problem.message}", problem.remedy) from None
    for problem in marked.problems:
        raise SettingsInvalid(f"{path}, line {problem.line}: {problem.message}", problem.remedy)
    try:
        return model.model_validate(marked.data or {})
    except ValidationError as error:
        # A misspelt key also leaves the right one missing: the misspelling is what has to be mended.
        wrong = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        said, remedy = _explained(wrong, model)
        raise SettingsInvalid(f"{path}, line {marked.line(wrong['loc'])}: {said}", f"{remedy}{guide}") from error


def _explained(wrong: Any, model: type[BaseModel]) -> tuple[str, str]:
    where = yamlfile.dotted(wrong["loc"])
    if not where and wrong["type"] == "model_type":
        return "the file does not hold entries.", "Write each as its name, a colon and what it is. "
    if wrong["type"] != "extra_forbidden":
        message = wrong["msg"].removeprefix("Value error, ").rstrip(".")
        return f"{where or 'the file'}: {message}.", ""
    key = str(wrong["loc"][-1])
    known = sorted(set(_keys(model.model_json_schema(by_alias=True))))
    near = difflib.get_close_matches(key, known, 1)
    hint = f"Is {near[0]} meant? " if near else f"Take it out. Known are {', '.join(known)}. "
    return f"{where}: there is no “{key}” here.", hint if near or len(known) <= _LISTED else "Take it out. "


def _keys(schema: Any) -> Iterator[str]:
    """Yield the names of all entries of a model and of what stands in it."""
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part.get("properties", {})
