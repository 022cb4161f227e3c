"""Derive a role's profile from one document."""

from functools import partial

from cxify import kinds
from cxify.document import Document
from cxify.framework import Framework
from cxify.kinds import Kind
from cxify.profile.level import level_of
from cxify.profile.model import RoleProfile
from cxify.profile.selection import competencies_of, standards_of
from cxify.profile.served import own_terms, relationship, served, without
from cxify.profile.telling import told
from cxify.profile.title import job_title


def of(document: Document, kind: Kind, framework: Framework) -> RoleProfile:
    """Derive the role's profile from a classified document; what the document does not say becomes a question."""
    local = framework.localised(document.language)
    sections = kinds.roles_of(document, kind)
    role = job_title(document, kind)
    others = {**kind.addressees, "title": (role.partition(",")[0],) if role else ()}
    says = told(document, sections, role).but(partial(without, others), partial(without, kind.addressees))
    reaches = relationship(says.work, says.purpose, local)
    level, evidence, level_sure = level_of(document, kind, role, sections, local)
    competencies = competencies_of(says.work, kind, reaches, local)
    receivers = served(says, reaches, local, document.language)
    about_work = bool(kind.slots) and kind.describes != "organisation"
    asked = (
        ("role", about_work and kind.describes == "role" and not role),
        ("level", about_work and not level_sure),
        ("served", bool(kind.slots) and not receivers.sure),
    )
    return RoleProfile(
        role=role,
        relationship=reaches,
        level=level,
        level_evidence=evidence,
        competencies=tuple(f"{id}@{level}" for id in competencies),
        standards=standards_of(competencies, kind, reaches, local),
        served=receivers.people or own_terms(reaches, local),
        questions=tuple(text for key, open_ in asked if open_ and (text := _question(local, key))),
    )


def _question(framework: Framework, key: str) -> str:
    return {str(name): text for name, text in framework.questions.items()}.get(key, "")
