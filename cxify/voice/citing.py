"""A digest as the evidence for one document: themes, counted for its unit or role where they are many enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cxify import kinds, profile
from cxify.document import Document, Finding
from cxify.framework import Framework, Theme
from cxify.framework.model import Voice
from cxify.kinds import Kind
from cxify.profile import RoleProfile
from cxify.provenance import Record, RecordedVoice
from cxify.voice.packs import pack_for

if TYPE_CHECKING:
    from cxify.voice.digest import Digest
    from cxify.voice.digest import Theme as Counted

RULE: Final = "VOICE"


@dataclass(frozen=True)
class Evidence:
    """What a voice file says for one document; `scope` is the unit or role, "" the whole organisation."""

    scope: str
    themes: tuple[Theme, ...]


@dataclass(frozen=True)
class Hearing:
    """A document's framework with what people said, and what its record must tell of that."""

    framework: Framework
    recorded: RecordedVoice | None = None
    own: RoleProfile | None = None
    """The role's profile without the voice."""
    own_sha256: str = ""
    """Of the framework as the organisation wrote it."""

    def told(self, record: Record, role: RoleProfile) -> Record:
        """Return the record with the voice; without one, the record itself."""
        if self.recorded is None:
            return record
        without = self.own.competencies if self.own and not role.shared_with else ()
        recorded = self.recorded.model_copy(update={"competencies_without": without})
        return record.model_copy(
            update={"voice": recorded, "framework": {**record.framework, "sha256": self.own_sha256}}
        )

    def findings(self, role: RoleProfile) -> tuple[Finding, ...]:
        """Say how the voice has moved competencies; nothing where several documents share the profile."""
        if self.recorded is None or self.own is None or role.shared_with or role.competencies == self.own.competencies:
            return ()
        order = "What people say puts the competencies in the order {} instead of {}.".format(
            *(", ".join(ids) for ids in (role.competencies, self.own.competencies))
        )
        return (Finding(RULE, "info", None, order, "The comments beside the changes name the themes."),)


def hear(digest: "Digest | None", document: Document, kind: Kind, framework: Framework) -> Hearing:
    """Find what a voice file says for a document; without one, nothing is different."""
    if digest is None:
        return Hearing(framework)
    own = profile.of(document, kind, framework)
    found = evidence(digest, document.language, unit=kinds.facts(document).get("unit", ""), role=own.role)
    recorded = RecordedVoice(sha256=digest.sha256, scope=found.scope, themes=tuple(map(_cited, found.themes)))
    return Hearing(informed(framework, found.themes), recorded, own, framework.sha256)


def evidence(digest: "Digest", language: str, *, unit: str = "", role: str = "") -> Evidence:
    """Return the themes for a document in its language, with the numbers of its role or unit where they suffice.

    Where too few there speak of a theme, the number is that of the whole organisation, and the theme says so.
    """
    group = digest.group_for(unit, role)
    known = {(one.topic.id, one.praise) for one in group.themes}
    others = [one for one in digest.themes if (one.topic.id, one.praise) not in known]
    divided = any(entry.unit or entry.role for entry in digest.whole.entries)
    whole = pack_for(language).whole if divided else ""
    themes = (
        *(_theme(one, language, group.name or whole) for one in group.themes if one.topic.related),
        *(_theme(one, language, whole) for one in others if one.topic.related),
    )
    return Evidence(group.name, tuple(sorted(themes, key=lambda theme: -(theme.share or 0.0))))


def informed(framework: Framework, themes: Sequence[Theme]) -> Framework:
    """Return the framework with themes of a voice file before its own."""
    voice = framework.voice
    heard = Voice(
        customer_themes=(*themes, *voice.customer_themes), employee_themes=voice.employee_themes, topics=voice.topics
    )
    # Not model_copy: it would carry over what the framework has looked up already.
    return Framework(**{**{name: getattr(framework, name) for name in Framework.model_fields}, "voice": heard})


def _theme(one: "Counted", language: str, source: str) -> Theme:
    texts = pack_for(language)
    pattern = texts.count if one.total else texts.mentions
    return Theme(
        id=f"{one.topic.id}:{'praise' if one.praise else 'complaint'}",
        theme=one.topic.label(one.praise, language),
        share_or_count=pattern.format(mentions=one.mentions, total=one.total),
        period=one.period,
        journey_stage=one.stage,
        source=source,
        related=one.topic.related,
        tone="praise" if one.praise else "complaint",
    )


def _cited(theme: Theme) -> str:
    """Return a theme as the record keeps it."""
    return f"{theme.cited} ({theme.tone})"
