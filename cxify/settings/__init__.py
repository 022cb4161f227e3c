"""The only reader of the environment and of cxify.toml.

The command line overrides the environment (CXIFY_AUTHOR, …), which overrides ./cxify.toml (or the file that
CXIFY_CONFIG names), which overrides the defaults below. The model is not among the settings: it is chosen by --model,
run by run, so that no document leaves the machine because of a file or a key that happens to lie around.
"""

import os
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError

from cxify.errors import SettingsInvalid
from cxify.settings import serve
from cxify.settings.serve import Serve as Serve

FILE = Path("cxify.toml")
ANY_KEY = "CXIFY_API_KEY"
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
PathText = Annotated[Path, Field(strict=False)]
Model = TypeVar("Model", bound=BaseModel)
EnvName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]

TAG: Final = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
"""A language as BCP 47 writes it, as far as cxify reads it."""


def _tag(text: str) -> str:
    if not re.fullmatch(TAG, text):
        raise ValueError("Write a language as de, fr-CA or en-US")
    return text


LanguageTag = Annotated[str, AfterValidator(_tag)]


class Settings(BaseModel):
    """What an organisation decides once for all its runs."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    author: Name = "cxify"
    """The name that Word shows beside every tracked change and comment."""
    user: Name = "unknown"
    """The person who runs cxify, for the provenance."""
    framework: PathText | None = None
    """The organisation's customer-experience framework; None is the built-in template."""
    kinds: PathText | None = None
    """A folder with the organisation's own document kinds."""
    rules: PathText | None = None
    """A file with the organisation's own rows of the rule book."""
    wording: PathText | None = None
    """A folder with the organisation's own sentences for the built-in writer, a folder a language."""
    prompts: PathText | None = None
    """A folder with the organisation's own prompts."""
    what_changed: bool = True
    """Whether `rewrite` puts a page for manager and employee beside each document."""
    what_changed_texts: PathText | None = None
    """A folder with the organisation's own sentences for that page."""
    voice: PathText | None = None
    """Comments of customers or employees, or themes of them, as CSV or Excel."""
    voice_minimum: int = Field(default=5, ge=3, le=1000)
    """A theme that fewer comments speak of is neither cited nor quoted."""
    language: LanguageTag | None = None
    """The language of every document (BCP 47: de, en-US); None lets the text of each tell."""
    intensity: Literal["light", "standard", "full"] = "standard"
    concurrency: int | None = Field(default=None, ge=1, le=256)
    """How many documents are worked on at the same time; None is 8 with a model, which is waited for, and 1 without."""
    timeout: Annotated[float, Field(strict=False)] | None = Field(default=None, gt=0, le=3600)
    """Seconds that one answer of a model may take; None is 120, and 900 for a model on this machine."""
    requests_per_minute: int | None = Field(default=None, ge=1)
    """How many requests a model's endpoint may get in a minute; None heeds what the endpoint itself says."""
    tokens_per_minute: int | None = Field(default=None, ge=1)
    """How many tokens, read and written together, a model's endpoint may handle in a minute."""
    base_url: str | None = Field(default=None, pattern=r"^https?://")
    """Where the model named by --model answers, if not at its provider's own address."""
    api_key_env: EnvName | None = None
    """The environment variable that holds the key; None is OPENAI_API_KEY for OpenAI and CXIFY_API_KEY elsewhere."""
    queue: SecretStr | None = None
    """The database of `rewrite --queue` and `worker`, as postgresql://user:password@host/database."""


_SWITCH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
VARIABLES = {f"CXIFY_{name.upper()}": name for name in Settings.model_fields}


def load(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Return the settings; `given` are the options of the command line, None meaning not given.

    Raises SettingsInvalid naming the entry, where it was set and what it may be.
    """
    environ = os.environ if environ is None else environ
    path, values = _file(environ)
    layers = {
        str(path): {name: value for name, value in values.items() if name != "serve"},
        "the environment": _variables(environ),
        "the command line": _given(given),
    }
    user = environ.get("USER") or environ.get("USERNAME") or "unknown"
    return _merged(Settings, layers, {"user": user})


def load_serve(environ: Mapping[str, str] | None = None, **given: Any) -> Serve:
    """Return how the web page is served; `given` are the options of the command line, None meaning not given.

    Raises SettingsInvalid as `load` does, and for a secret that stands in a file.
    """
    environ = os.environ if environ is None else environ
    path, values = _file(environ)
    table = values.get("serve", {})
    if not isinstance(table, dict):
        raise SettingsInvalid(f"serve in {path} is no table.", "Write a line [serve] and its entries below it.")
    if told := sorted(serve.FROM_ENVIRONMENT_ONLY & table.keys()):
        message = f"{path} holds a secret: {told[0]}."
        raise SettingsInvalid(message, f"Remove it and set CXIFY_SERVE_{told[0].upper()} in the environment.")
    layers = {
        f"[serve] of {path}": table,
        "the environment": _serve_variables(environ),
        "the command line": _given(given),
    }
    return _merged(Serve, layers, {})


def data_folder(environ: Mapping[str, str] | None = None) -> Path:
    """Return the user's own folder for what cxify keeps, as the operating system wants it."""
    environ = os.environ if environ is None else environ
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "cxify"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "cxify"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "cxify"


def api_key(settings: Settings, model: str, environ: Mapping[str, str] | None = None) -> str | None:
    """Return the key for the model, or None when none is set; LangChain then knows a provider's own variable.

    OPENAI_API_KEY is used for OpenAI's own address only: another server must not be given it. Raises SettingsInvalid
    when the settings name a variable that is empty.
    """
    environ = os.environ if environ is None else environ
    at_openai = model.startswith("openai:") and settings.base_url is None
    name = settings.api_key_env or ("OPENAI_API_KEY" if at_openai else ANY_KEY)
    key = environ.get(name, "").strip() or None
    if key is None and settings.api_key_env:
        message = f"The environment variable {name}, which should hold the model's key, is empty."
        raise SettingsInvalid(message, f"Set {name}, or name another variable as api_key_env in {FILE}.")
    return key


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _merged(model: type[Model], layers: Mapping[str, Mapping[str, Any]], merged: dict[str, Any]) -> Model:
    for values in layers.values():
        merged = merged | dict(values)
    try:
        return model.model_validate(merged)
    except ValidationError as error:
        raise _explained(error, layers, model) from None


def _file(environ: Mapping[str, str]) -> tuple[Path, dict[str, Any]]:
    path = Path(environ.get("CXIFY_CONFIG", FILE))
    if not path.exists() and "CXIFY_CONFIG" not in environ:
        return path, {}
    return path, _read(path)


def _read(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        remedy = "Name a file that can be read in CXIFY_CONFIG, or remove the variable."
        raise SettingsInvalid(f"The settings file {path} cannot be read: {error.strerror}.", remedy) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"{path} is not valid TOML: {error}.", "Correct the line it names.") from None
    if "model" in values:
        remedy = "Remove it and give --model: no document is sent anywhere unless the command itself says so."
        raise SettingsInvalid(f"{path} sets a model.", remedy)
    beside = {"framework", "voice", "kinds", "rules", "wording", "prompts", "what_changed_texts"} & values.keys()
    return values | {name: path.parent / values[name] for name in beside if isinstance(values[name], str)}


def _variables(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {VARIABLES[name]: text for name, text in environ.items() if name in VARIABLES and text}
    for name in ("concurrency", "voice_minimum", "requests_per_minute", "tokens_per_minute"):
        if str(values.get(name, "")).isdecimal():
            values[name] = int(values[name])
    if re.fullmatch(r"\d+(?:\.\d+)?", str(values.get("timeout", ""))):
        values["timeout"] = float(values["timeout"])
    if (switch := str(values.get("what_changed", "")).lower()) in _SWITCH:
        values["what_changed"] = _SWITCH[switch]
    return values


def _serve_variables(environ: Mapping[str, str]) -> dict[str, Any]:
    found = {serve.VARIABLES[name]: text for name, text in environ.items() if name in serve.VARIABLES and text}
    return {name: _serve_value(name, text) for name, text in found.items()}


def _serve_value(name: str, text: str) -> Any:
    if name in serve.NUMBERS and text.isdecimal():
        return int(text)
    if name in serve.LISTS:
        return [word.strip() for word in text.split(",") if word.strip()]
    if name == "oidc_roles":
        return dict(part.strip().rpartition("=")[::2] for part in text.split(",") if part.strip())
    return SecretStr(text) if name in serve.FROM_ENVIRONMENT_ONLY else text


def _explained(
    error: ValidationError, layers: Mapping[str, Mapping[str, Any]], model: type[BaseModel]
) -> SettingsInvalid:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0])
    where = next((layer for layer, values in reversed(list(layers.items())) if name in values), "the settings")
    if first["type"] == "extra_forbidden":
        known = ", ".join(sorted(model.model_fields))
        return SettingsInvalid(f"{where} has an entry “{name}” that cxify does not know.", f"It may have: {known}.")
    shown = first["input"] if isinstance(first["input"], str | int | float) else type(first["input"]).__name__
    return SettingsInvalid(
        f"{name} = {shown} in {where} cannot be used.", f"{first['msg'].removeprefix('Value error, ')}."
    )
