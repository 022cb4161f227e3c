"""The organisation's framework: shown to all, changed by admins, each version kept with who made it and when.

Uploads keep the version they were started with: its files travel with the run, by their hashes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cxify import framework, store
from cxify.errors import NotFound
from cxify.files import read
from cxify.framework import Difference, Framework, Problem
from cxify.framework_import import Imported
from cxify.store import frameworks, journal, people
from cxify.store.frameworks import Version
from cxify.store.people import Person
from cxify.web.desk.choices import BUILT_IN, IN_USE
from cxify.web.errors import Unreadable
from cxify.web.processing import framework_tasks

if TYPE_CHECKING:
    from cxify.web.context import Context

MOST: Final = 500_000
"""Characters of a framework file."""
_FILE: Final = "framework.yaml"


@dataclass(frozen=True)
class Kept:
    """A version as the list shows it."""

    id: str
    name: str
    version: str
    by: str
    made: Version | None
    active: bool


@dataclass(frozen=True)
class Shown:
    """One version with its text."""

    id: str
    framework: Framework
    files: Mapping[str, bytes] = field(repr=False)
    """The framework first, then its translations."""

    @property
    def file(self) -> str:
        """The name of the framework's own file."""
        return next(iter(self.files))

    @property
    def text(self) -> str:
        """The framework file as it was written."""
        return self.files[self.file].decode("utf-8-sig")

    @property
    def translations(self) -> tuple[str, ...]:
        """The names of the files beside it."""
        return tuple(self.files)[1:]


def versions(here: "Context") -> list[Kept]:
    """Return all versions, the latest first, and last what there is without any."""
    names = {each.id: each.name for each in people.all_of(here.engine)}
    kept = frameworks.all_of(here.engine)
    found = [
        Kept(str(each.id), each.name, each.version, names.get(each.person_id, ""), each, each.active) for each in kept
    ]
    unless = framework.load(here.settings.framework).framework
    return [*found, Kept(BUILT_IN, unless.name, unless.version, "", None, not any(each.active for each in kept))]


def shown(here: "Context", id: str = IN_USE) -> Shown:
    """Return a version by its number, the one in use, or what there is without any. Raises NotFound."""
    version = frameworks.active(here.engine) if id == IN_USE else None
    if id not in (IN_USE, BUILT_IN):
        version = frameworks.known(here.engine, _number(id))
    files = frameworks.contents(here.engine, version) if version else _unless(here)
    path = here.processing.orders.kept(files)
    loaded = framework.load(path if version or here.settings.framework else None)
    return Shown(str(version.id) if version else BUILT_IN, loaded, files)


def editable(here: "Context", id: str, language: str) -> Shown:
    """Return a version to go on from; where there is none, a file with explanations. Raises NotFound."""
    found = shown(here, id)
    return fresh(here, language) if found.id == BUILT_IN and here.settings.framework is None else found


def fresh(here: "Context", language: str) -> Shown:
    """Return the file with explanations that every organisation can start from."""
    text = framework.template(language if language in framework.LANGUAGES else framework.LANGUAGES[0])
    files = {_FILE: text.encode()}
    return Shown(BUILT_IN, framework.load(here.processing.orders.kept(files)), files)


def check(here: "Context", text: str, beside: Mapping[str, bytes]) -> framework_tasks.Checked:
    """Return the mistakes of a framework file with the translations of another version beside it."""
    if len(text) > MOST:
        raise Unreadable("The framework is longer than any can be.", "Take out what is not part of it.")
    path = here.processing.orders.kept(_files(text, beside))
    return here.processing.ask(framework_tasks.checked, path)


def keep(here: "Context", person: Person, text: str, beside: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Keep a framework as a version, not yet in use; return its mistakes instead when it has any."""
    found = check(here, text, beside)
    if found.framework is None:
        return found.problems
    identity = found.framework.framework
    if any((each.name, each.version) == (identity.name, identity.version) for each in frameworks.all_of(here.engine)):
        message = f"There is a version {identity.version} already."
        return (Problem(1, "framework.version", message, "Give this one a number of its own."),)
    with store.writing(here.engine) as connection:
        id = frameworks.add(connection, identity.name, identity.version, _files(text, beside), person.id)
        details = {"version": identity.version, "sha256": found.framework.sha256}
        journal.append(connection, person.id, "framework kept", str(id), details)
    return ()


def activate(here: "Context", person: Person, id: str) -> None:
    """Put a version in use for uploads that are started from now on. Raises NotFound."""
    with store.writing(here.engine) as connection:
        version = None if id == BUILT_IN else frameworks.known(connection, _number(id))
        frameworks.activate(connection, version.id if version else None)
        journal.append(
            connection, person.id, "framework put in use", id, {"version": version.version if version else ""}
        )


def compare(here: "Context", before: str, after: str) -> tuple[Difference, ...]:
    """Return what two versions say differently. Raises NotFound."""
    return framework.differences(shown(here, before).framework, shown(here, after).framework)


def imported(here: "Context", data: bytes, name: str) -> Imported:
    """Return the framework file made of the tables of a Word file or workbook; nothing is kept. Raises InputError."""
    return here.processing.ask(framework_tasks.imported, data, name)


def _unless(here: "Context") -> dict[str, bytes]:
    """Return the files of the settings, or the template to start from."""
    path = here.settings.framework
    if path is None:
        return {_FILE: framework.template().encode()}
    beside = sorted(path.parent.glob(f"{path.stem}.*.yaml"))
    return {file.name: read(file) for file in (path, *beside)}


def _files(text: str, beside: Mapping[str, bytes]) -> dict[str, bytes]:
    name = next(iter(beside), _FILE)
    return {name: text.encode("utf-8", "replace"), **{file: data for file, data in beside.items() if file != name}}


def _number(id: str) -> int:
    if not id.isdecimal() or len(id) > 9:
        raise NotFound("There is no such version of the framework.", "Choose one of the list.")
    return int(id)
