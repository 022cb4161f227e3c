"""The golden thread: the documents of one role share one profile, whichever of them is looked at first.

Documents are of one role when their job titles are the same, spelling, gender, grade and hours aside, and their units
do not differ. A document that states no job title belongs to a role that its title or first lines name in full.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from cxify.framework import Framework
from cxify.kinds import Kind
from cxify.profile.derive import Seen
from cxify.profile.model import RoleProfile
from cxify.profile.selection import competencies_of_all
from cxify.profile.title import key

_RICHEST = ("job_description", "job_advert", "person_specification", "induction_plan", "interview_guide", "kpi_sheet")
"""Kinds that tell most about a role, best first; the others tell less than these."""
_UNIT_WORDS = frozenset(
    (
        "department",
        "dept",
        "team",
        "unit",
        "division",
        "section",
        "abteilung",
        "bereich",
        "the",
        "der",
        "die",
        "das",
        "of",
    )
)
"""Words of a unit's name that one document gives and another leaves out."""


@dataclass(frozen=True)
class _Member:
    """One document of a run: its file's name in the run, and what was seen of it."""

    file: str
    seen: Seen

    @property
    def place(self) -> tuple[int, int, str]:
        """Sort the richest document first, whatever the order in which documents were read."""
        rank = _RICHEST.index(self.seen.kind) if self.seen.kind in _RICHEST else len(_RICHEST)
        return rank, -self.seen.words, self.file


def weave(seen: Mapping[str, Seen], framework: Framework) -> dict[str, RoleProfile]:
    """Return the shared profile for every file whose role has several documents; keys are the files' names."""
    members = sorted((_Member(file, one) for file, one in seen.items()), key=lambda member: member.file)
    woven: dict[str, RoleProfile] = {}
    for group in _groups(members):
        if len(group) > 1:
            woven.update(_shared(sorted(group, key=lambda member: member.place), framework))
    return woven


def joined(settings: str, shared: RoleProfile | None) -> str:
    """Return the fingerprint of settings and shared profile; with whom it is shared changes nothing in a document."""
    if shared is None:
        return settings
    content = json.dumps(asdict(replace(shared, based_on="", shared_with=())), sort_keys=True)
    return sha256(f"{settings}\n{content}".encode()).hexdigest()


def fitted(shared: RoleProfile, kind: Kind, framework: Framework) -> RoleProfile:
    """Return a shared profile with those competencies first that every document of the kind holds."""
    always = {competency.id for competency in framework.competencies if kind.id in competency.always_in}
    ordered = sorted(shared.competencies, key=lambda id: id.partition("@")[0] not in always)
    return replace(shared, competencies=tuple(ordered))


def _groups(members: Sequence[_Member]) -> Iterable[list[_Member]]:
    by_role: dict[str, list[_Member]] = {}
    for member in members:
        if role := key(member.seen.profile.role):
            by_role.setdefault(role, []).append(member)
    for member in members:
        if not member.seen.profile.role:
            named = [line for line in member.seen.lines if line in by_role]
            if len(named) == 1:
                by_role[named[0]].append(member)
    return (group for same in by_role.values() for group in _by_unit(same))


def _by_unit(members: Sequence[_Member]) -> list[list[_Member]]:
    """Keep units apart; a document that names none belongs to the only unit there is, and to none of several."""
    units: dict[frozenset[str], list[_Member]] = {}
    for member in sorted(members, key=lambda member: (-len(_unit(member)), member.file)):
        words = _unit(member)
        same = [known for known in units if words <= known]
        units.setdefault(same[0] if len(same) == 1 else words, []).append(member)
    return list(units.values())


def _unit(member: _Member) -> frozenset[str]:
    return frozenset(key(member.seen.unit).split()) - _UNIT_WORDS


def _shared(group: Sequence[_Member], framework: Framework) -> dict[str, RoleProfile]:
    """Build the profile from the richest document; its open questions are asked there, once."""
    lead = group[0].seen
    kinds = {member.seen.kind for member in group}
    ids = competencies_of_all(lead.points, lead.kind, kinds, framework)
    profile = replace(
        lead.profile,
        competencies=tuple(f"{id}@{lead.profile.level}" for id in ids),
    )
    return {member.file: _for(member, profile, group) for member in group}


def _for(member: _Member, profile: RoleProfile, group: Sequence[_Member]) -> RoleProfile:
    """Take all words of the role from the richest document in the document's own language."""
    language = member.seen.language.partition("-")[0]
    same = next((other for other in group if other.seen.language.partition("-")[0] == language), member)
    own = same.seen.profile
    return replace(
        profile,
        role=own.role or profile.role,
        served=own.served,
        level_evidence=own.level_evidence if own.level == profile.level else "",
        questions=profile.questions if member is group[0] else (),
        based_on=group[0].file,
        shared_with=tuple(other.file for other in group if other is not member),
    )
