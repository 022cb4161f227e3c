"""The only reader of the environment and of cxify.toml.

The command line overrides the environment (CXIFY_AUTHOR, …), which overrides ./cxify.toml (or the file that
CXIFY_CONFIG names), which overrides the defaults below. The model is not among the settings: it is chosen by --model,
run by run, so that no document leaves the machine because of a file or a key that happens to lie around.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError

from cxify.errors import SettingsInvalid

FILE = Path("cxify.toml")
ANY_KEY = "CXIFY_API_KEY"
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
PathText = Annotated[Path, Field(strict=False)]
EnvName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class Settings(BaseModel):
    """What an organisation decides once for all its runs."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

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
    path = Path(environ.get("CXIFY_CONFIG", FILE))
    layers = {
        str(path): _file(path, must_exist="CXIFY_CONFIG" in environ),
        "the environment": _variables(environ),
        "the command line": {name: value for name, value in given.items() if value is not None},
    }
    merged: dict[str, Any] = {"user": environ.get("USER") or environ.get("USERNAME") or "unknown"}
    for values in layers.values():
        merged |= values
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise _explained(error, layers) from None


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


def _file(path: Path, *, must_exist: bool) -> dict[str, Any]:
    if not path.exists() and not must_exist:
        return {}
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


def _explained(error: ValidationError, layers: Mapping[str, Mapping[str, Any]]) -> SettingsInvalid:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0])
    where = next((layer for layer, values in reversed(list(layers.items())) if name in values), "the settings")
    if first["type"] == "extra_forbidden":
        known = ", ".join(sorted(Settings.model_fields))
        return SettingsInvalid(f"{where} has an entry “{name}” that cxify does not know.", f"It may have: {known}.")
    shown = first["input"] if isinstance(first["input"], str | int | float) else type(first["input"]).__name__
    return SettingsInvalid(
        f"{name} = {shown} in {where} cannot be used.", f"{first['msg'].removeprefix('Value error, ')}."
    )
