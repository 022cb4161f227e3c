"""Derive a role's profile from one document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from cxify import kinds
from cxify.document import Document
from cxify.framework import Framework
from cxify.kinds import Kind
from cxify.profile.level import level_of
from cxify.profile.model import RoleProfile
from cxify.profile.people import without
from cxify.profile.selection import competencies_of, points_of, standards_of
from cxify.profile.served import own_terms, relationship, served
from cxify.profile.telling import told
from cxify.profile.title import job_title, top_lines

_ABOUT_A_POST = frozenset(("job_description", "job_advert", "person_specification", "promotion_criteria"))
"""Kinds that say how far a post reaches; a sheet of figures or a form for everyone need not."""

_FOR_EVERYONE = frozenset(("competency_framework",))
"""Kinds that stand for all work of an organisation: they serve nobody in particular."""

_OF_A_UNIT = frozenset(("kpi_sheet",))
"""Kinds that are as often about a service as about a job, and need not name one."""


@dataclass(frozen=True)
class Seen:
    """What a run has to know of a document to find the others of its role: no text of it, only a few lines."""

    kind: str
    language: str
    unit: str
    lines: tuple[str, ...]
    """Keys of the lines that may name the job."""
    words: int
    profile: RoleProfile
    points: Mapping[str, int] = field(default_factory=dict)
    """How much speaks for each competency."""


def of(document: Document, kind: Kind, framework: Framework) -> RoleProfile:
    """Derive the role's profile from a classified document; what the document does not say becomes a question."""
    return see(document, kind, framework).profile


def see(document: Document, kind: Kind, framework: Framework) -> Seen:
    """Derive the profile, with what tells whether another document is about the same role."""
    local = framework.localised(document.language)
    sections = kinds.roles_of(document, kind)
    role = job_title(document, kind)
    others = {**kind.addressees, "title": (role.partition(",")[0],) if role else ()}
    says = told(document, sections, role).but(partial(without, others), partial(without, kind.addressees))
    reaches = relationship(says, local, document.language)
    level, evidence, level_sure = level_of(document, kind, role, sections, local)
    points = points_of(says.of_work, kind, reaches, local)
    competencies = competencies_of(points, kind, local)
    receivers = served(says, reaches, local, document.language)
    about_work = bool(kind.slots) and kind.describes != "organisation"
    asked = (
        ("role", about_work and kind.describes == "role" and not role and (kind.like or kind.id) not in _OF_A_UNIT),
        ("level", about_work and not level_sure and (kind.like or kind.id) in _ABOUT_A_POST),
        ("served", bool(kind.slots) and not _is_for_everyone(kind, role) and not receivers.sure),
    )
    profile = RoleProfile(
        role=role,
        relationship=reaches,
        level=level,
        level_evidence=evidence,
        competencies=tuple(f"{id}@{level}" for id in competencies),
        standards=standards_of(competencies, kind.id, reaches, local),
        served=receivers.people or own_terms(reaches, local),
        questions=tuple(text for key, open_ in asked if open_ and (text := _question(local, key))),
    )
    unit = kinds.facts(document).get("unit", "")
    words = sum(len(block.text.split()) for block in document.body)
    return Seen(document.kind, document.language, unit, top_lines(document, kind), words, profile, points)


def _is_for_everyone(kind: Kind, role: str) -> bool:
    """A form that names no job is used for all of them, and serves nobody in particular."""
    return (kind.like or kind.id) in _FOR_EVERYONE or (kind.describes == "person" and not role)


def _question(framework: Framework, key: str) -> str:
    return {str(name): text for name, text in framework.questions.items()}.get(key, "")
