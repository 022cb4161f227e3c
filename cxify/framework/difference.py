"""What two versions of a framework say differently, place by place; entries are compared by their ids."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxify.framework.model import Framework


@dataclass(frozen=True)
class Difference:
    """One place, and what stands there in each version; "" where nothing does."""

    path: tuple[str, ...]
    before: str
    after: str

    @property
    def section(self) -> str:
        """The part of the framework that it stands in."""
        return self.path[0]


def differences(before: Framework, after: Framework) -> tuple[Difference, ...]:
    """Return what differs, in the order of the later version and then of what it lacks."""
    old, new = (dict(_places(each.model_dump(mode="json"), ())) for each in (before, after))
    places = [*new, *(place for place in old if place not in new)]
    changed = (Difference(place, old.get(place, ""), new.get(place, "")) for place in places)
    return tuple(each for each in changed if each.before != each.after)


def _places(data: Any, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _places(value, (*above, str(key)))
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for number, value in enumerate(data, 1):
            yield from _places(value, (*above, _name(value, number)))
    elif data not in (None, ""):
        yield above, str(data)


def _name(entry: Any, number: int) -> str:
    """Return what an entry of a list is known by; texts by their number."""
    if isinstance(entry, Mapping):
        for key in ("id", "phrase", "name"):
            if entry.get(key):
                return str(entry[key])
    return str(number)
