"""One role's customer-experience profile as frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cxify.framework import Relationship


@dataclass(frozen=True)
class RoleProfile:
    """One role's customer-experience profile, shared by all of the role's documents."""

    role: str
    """The job title as the document gives it, or ""."""
    relationship: tuple[Relationship, ...]
    """How the work reaches people, strongest first. Metadata: never printed."""
    level: int
    """1 to 4: the highest level whose scope the document shows."""
    level_evidence: str
    """The words of the document that show the level, verbatim; "" when the level is the cautious default."""
    competencies: tuple[str, ...]
    """Two to four competencies with the level, strongest first: "CX-HANDOFF@2"."""
    standards: tuple[str, ...]
    """Ids of the service standards to name, best first."""
    served: tuple[str, ...]
    """Who receives the work, in the document's or the organisation's own plural term: ("vendors", "colleagues")."""
    questions: tuple[str, ...] = ()
    """What only the organisation can answer, in the document's language where the framework has it."""
    based_on: str = ""
    """The file that a shared profile was built from."""
    shared_with: tuple[str, ...] = ()
    """The other files of the role in this run. A shared profile binds: no document uses a competency outside it."""


def restored(told: Mapping[str, Any] | None) -> RoleProfile | None:
    """Return a profile from its JSON, in which lists stand for tuples; None for none."""
    if told is None:
        return None
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return RoleProfile(**values)
