"""What a person has corrected of what was found in an uploaded document."""

from dataclasses import dataclass
from typing import Final, TypedDict


class Corrected(TypedDict, total=False):
    """What is corrected now; what is left out stays as it is, and None guesses."""

    kind: str | None
    language: str | None


@dataclass(frozen=True)
class Correction:
    """The kind and the language that a person has chosen; None is what was guessed."""

    kind: str | None = None
    language: str | None = None

    @property
    def key(self) -> str:
        """By which the run of papers corrected so is known in their upload.

        Without a language it is the kind alone, as in uploads whose work began before a language could be chosen.
        """
        return f"{self.kind or ''}@{self.language}" if self.language else self.kind or ""


GUESSED: Final = Correction()
"""Nothing is corrected."""
