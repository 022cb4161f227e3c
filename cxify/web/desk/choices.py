"""What is chosen for an upload: framework, how much is proposed, who writes. Only what the operator allows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

from cxify import framework, store
from cxify.framework import Framework
from cxify.queue import Order
from cxify.store import batches, frameworks, voices
from cxify.store.batches import Batch
from cxify.store.corrections import GUESSED, Correction
from cxify.store.people import Person
from cxify.web.errors import Unreadable
from cxify.web.processing.orders import COMMENTS
from cxify.writers import Intensity
from cxify.writers.choice import LIBRARY

if TYPE_CHECKING:
    from cxify.web.context import Context

IN_USE: Final = ""
"""The framework that is in use when the work is started."""
BUILT_IN: Final = "template"
NO_VOICE: Final = "none"


@dataclass(frozen=True)
class Choices:
    """What was chosen for an upload."""

    framework: str = IN_USE
    """The one in use, the built-in template, or the number of a version."""
    intensity: Intensity = "standard"
    writer: str = LIBRARY
    voice: str = IN_USE
    """The comments of the settings, none, or the id of some that the person has uploaded."""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Choices":
        """Return what was written down."""
        known = ("framework", IN_USE), ("intensity", "standard"), ("writer", LIBRARY), ("voice", IN_USE)
        return cls(*(told.get(name, usual) for name, usual in known))


@dataclass(frozen=True)
class Offered:
    """A framework that can be chosen."""

    id: str
    name: str
    version: str


def first(here: "Context") -> Choices:
    """Return what holds until somebody chooses."""
    return Choices(intensity=here.settings.intensity)


def choose(here: "Context", person: Person, batch_id: str, choices: Choices) -> None:
    """Write down what was chosen. Raises NotFound and Unreadable."""
    check(here, person, choices)
    with store.writing(here.engine) as connection:
        batch = still_open(batches.mine(connection, person, batch_id))
        batches.choose(connection, batch_id, {**batch.choices, **asdict(choices)})


def check(here: "Context", person: Person, choices: Choices) -> None:
    """Raise Unreadable for what is not offered."""
    if choices.intensity not in get_args(Intensity):
        raise Unreadable("How much is proposed is light, standard or full.", "Choose one of the three.")
    if choices.writer not in writers(here):
        raise Unreadable(f"The writer {choices.writer} is not allowed here.", "Choose one of the list.")
    if choices.framework not in {offered.id for offered in offers(here)}:
        raise Unreadable("There is no such version of the framework.", "Choose one of the list.")
    if choices.voice not in (IN_USE, NO_VOICE, *(each.id for each in voices.of_person(here.engine, person.id))):
        raise Unreadable("These comments are no longer there.", "Choose others, or none.")


def writers(here: "Context") -> tuple[str, ...]:
    """Return who may write: the library, and the models that the operator allows."""
    return (LIBRARY, *here.config.serve.models)


def offers(here: "Context") -> list[Offered]:
    """Return the frameworks that can be chosen, the one in use first."""
    known = [Offered(str(each.id), each.name, each.version) for each in frameworks.all_of(here.engine)]
    used, template = frameworks.active(here.engine), framework.load(None)
    in_use = Offered(IN_USE, used.name, used.version) if used else _offered(IN_USE, _of_settings(here))
    return [in_use, *known, _offered(BUILT_IN, template)]


def order(here: "Context", person_name: str, choices: Choices, corrected: Correction = GUESSED) -> Order:
    """Return the order that the choices make for documents that were corrected so."""
    given = {"intensity": choices.intensity, "user": person_name.strip()[:120] or "unknown"}
    spoken = {"language": corrected.language or here.settings.language}
    path = here.settings.framework
    if choices.framework == BUILT_IN:
        path = None
    elif version := _version(here, choices):
        path = here.processing.orders.kept(frameworks.contents(here.engine, version))
    named = {"framework": path, "voice": _voice(here, choices)}
    settings = here.processing.orders.own.model_copy(update={**given, **spoken, **named})
    return Order(settings, choices.writer, corrected.kind, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def in_use(here: "Context") -> Framework:
    """Return the framework in use. Raises FrameworkInvalid."""
    return framework.load(order(here, "", Choices()).settings.framework)


def _voice(here: "Context", choices: Choices) -> Path | None:
    if choices.voice == IN_USE:
        return here.settings.voice
    found = None if choices.voice == NO_VOICE else voices.behind(here.engine, choices.voice)
    if found is None:
        return None
    return here.processing.orders.kept({COMMENTS: voices.content(here.engine, found)})


def _version(here: "Context", choices: Choices) -> frameworks.Version | None:
    if choices.framework == IN_USE:
        return frameworks.active(here.engine)
    return frameworks.known(here.engine, int(choices.framework))


def _of_settings(here: "Context") -> Framework:
    return framework.load(here.settings.framework)


def _offered(id: str, shown: Framework) -> Offered:
    return Offered(id, shown.framework.name, shown.framework.version)


def still_open(batch: Batch) -> Batch:
    """Return a batch that was not started. Raises Unreadable."""
    if batch.run_id:
        raise Unreadable("The work on these documents has begun.", "Upload them again to choose something else.")
    return batch
