"""What is to be run: a case, and for the how manyth time."""

from dataclasses import dataclass

from cxify.evaluation.case import Case


@dataclass(frozen=True)
class Planned:
    """A case that is to be run, and for the how manyth time."""

    case: Case
    repeat: int = 1

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from all others of its run."""
        return self.case.id, self.repeat
