"""What children do for tables of comments: read as far as themes and numbers, with personal data masked."""

from dataclasses import dataclass
from typing import Any, Final

from cxify import voice
from cxify.queue import Order
from cxify.web.processing.tasks import made_with

_MOST: Final = 30


@dataclass(frozen=True)
class Said:
    """One theme: what it is about, whether it praises, how many comments speak of it."""

    theme: str
    praise: bool
    mentions: int


@dataclass(frozen=True)
class Heard:
    """What a table of comments comes to; no word of a comment."""

    rows: int
    comments: int | None
    """None where a table of ready themes does not say of how many they were counted."""
    minimum: int
    themes: tuple[Said, ...]
    masked: int
    """Names, addresses and numbers that were masked."""

    def as_data(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return vars(self) | {"themes": [vars(each) for each in self.themes]}


def heard(order: Order, data: bytes) -> Heard:
    """Read a table of comments. Raises InputError for what is none."""
    digest = voice.read(data, made_with(order).framework, minimum=order.settings.voice_minimum)
    themes = tuple(Said(each.label, each.praise, each.mentions) for each in digest.themes[:_MOST])
    return Heard(digest.rows, digest.whole.total, digest.whole.minimum, themes, sum(digest.masked.values()))
