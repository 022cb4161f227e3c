"""What decides a run's results, in a form that travels: settings as JSON, the files they name by their content.

A key never travels, nor does what each machine decides for itself: how much it does at once, and which key it holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, Final

from cxify.errors import SettingsInvalid
from cxify.files import read, write_atomically
from cxify.settings import Settings

_FILES: Final = ("framework", "kinds", "rules", "wording", "prompts", "what_changed_texts", "voice")
_OF_THE_MACHINE: Final = (
    "queue",
    "concurrency",
    "timeout",
    "requests_per_minute",
    "tokens_per_minute",
    "api_key_env",
)


@dataclass(frozen=True)
class Order:
    """What decides the results of a run besides its documents."""

    settings: Settings
    model: str
    kind: str | None
    date: str
    """When, as ISO 8601: it stands beside every tracked change."""


@dataclass(frozen=True)
class Parcel:
    """An order on its way: `told` is JSON, `contents` the files it names, by hash."""

    told: dict[str, Any]
    contents: Mapping[str, bytes]


def packed(order: Order) -> Parcel:
    """Return the order as it travels. Raises InputError for a file that cannot be read."""
    contents: dict[str, bytes] = {}
    files: dict[str, Any] = {}
    for setting in _FILES:
        if (path := getattr(order.settings, setting)) is not None:
            found = {name: read(file) for name, file in _found(path, beside=setting == "framework").items()}
            hashes = {name: sha256(data).hexdigest() for name, data in found.items()}
            contents |= {hashes[name]: data for name, data in found.items()}
            files[setting] = {"name": path.name if path.is_file() else "", "files": hashes}
    plain = order.settings.model_dump(mode="json", exclude={*_FILES, *_OF_THE_MACHINE})
    told = {"settings": plain, "files": files, "model": order.model, "kind": order.kind, "date": order.date}
    return Parcel(told, contents)


def hashes_of(told: Mapping[str, Any]) -> set[str]:
    """Return the hashes of all files that a packed order names."""
    return {sha for entry in told["files"].values() for sha in entry["files"].values()}


def unpacked(parcel: Parcel, folder: Path, own: Settings) -> Order:
    """Return the order with its files in a folder, and with what this machine decides for itself.

    Raises SettingsInvalid when a file is missing or is not what its hash says.
    """
    told = parcel.told
    paths = {}
    for setting, entry in told["files"].items():
        (folder / setting).mkdir(parents=True, exist_ok=True)
        for name, sha in entry["files"].items():
            write_atomically(_inside(folder / setting, name), _checked(parcel.contents.get(sha), sha, setting))
        paths[setting] = folder / setting / entry["name"]
    machine = {name: getattr(own, name) for name in _OF_THE_MACHINE}
    settings = Settings.model_validate({**told["settings"], **machine, **paths})
    return Order(settings, told["model"], told["kind"], told["date"])


def _found(path: Path, *, beside: bool) -> dict[str, Path]:
    """Return the files that a setting names: one, a folder's, or a framework with its translations beside it."""
    if path.is_dir():
        found = [file for file in sorted(path.rglob("*")) if file.is_file() and not _hidden(file.relative_to(path))]
        return {file.relative_to(path).as_posix(): file for file in found}
    translations = sorted(path.parent.glob(f"{path.stem}.*.yaml")) if beside else []
    return {file.name: file for file in (path, *translations)}


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _inside(folder: Path, name: str) -> Path:
    """Return where a file goes; a name from a database must not lead out of the folder."""
    parts = PurePosixPath(name).parts
    if not parts or PurePosixPath(name).is_absolute() or ".." in parts or "\\" in name:
        raise SettingsInvalid("The run names a file outside its folder.", "Hand the documents over again.")
    return folder.joinpath(*parts)


def _checked(content: bytes | None, sha: str, setting: str) -> bytes:
    if content is None or sha256(content).hexdigest() != sha:
        raise SettingsInvalid(f"A file of the run's {setting} is not as it was.", "Hand the documents over again.")
    return content
