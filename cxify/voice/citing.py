"""A digest as the evidence for one document: themes, counted for its unit or role where they are many enough."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxify import kinds, profile
from cxify.document import Document
from cxify.framework import Framework, Theme
from cxify.framework.model import Voice
from cxify.kinds import Kind
from cxify.profile import RoleProfile
from cxify.provenance import Record, RecordedVoice
from cxify.voice.digest import Digest, Group
from cxify.voice.digest import Theme as Counted
from cxify.voice.packs import pack_for


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


def hear(digest: Digest | None, document: Document, kind: Kind, framework: Framework) -> Hearing:
    """Find what a voice file says for a document; without one, nothing is different."""
    if digest is None:
        return Hearing(framework)
    own = profile.of(document, kind, framework)
    found = evidence(digest, document.language, unit=kinds.facts(document).get("unit", ""), role=own.role)
    recorded = RecordedVoice(sha256=digest.sha256, scope=found.scope, themes=tuple(map(_cited, found.themes)))
    return Hearing(informed(framework, found.themes), recorded, own, framework.sha256)


def evidence(digest: Digest, language: str, *, unit: str = "", role: str = "") -> Evidence:
    """Return the themes for a document in its language, with the numbers of its role or unit where they suffice."""
    group = digest.group_for(unit, role)
    divided = any(entry.unit or entry.role for entry in digest.whole.entries)
    source = group.name or (pack_for(language).whole if divided else "")
    themes = tuple(_theme(one, group, language, source) for one in group.themes if one.topic.related)
    return Evidence(group.name, themes)


def informed(framework: Framework, themes: Sequence[Theme]) -> Framework:
    """Return the framework with themes of a voice file before its own."""
    voice = framework.voice
    heard = Voice(
        customer_themes=(*themes, *voice.customer_themes), employee_themes=voice.employee_themes, topics=voice.topics
    )
    # Not model_copy: it would carry over what the framework has looked up already.
    return Framework(**{**{name: getattr(framework, name) for name in Framework.model_fields}, "voice": heard})


def _theme(one: Counted, group: Group, language: str, source: str) -> Theme:
    texts = pack_for(language)
    pattern = texts.count if one.total else texts.mentions
    return Theme(
        id=f"{one.topic.id}:{'praise' if one.praise else 'complaint'}",
        theme=one.topic.label(one.praise, language),
        share_or_count=pattern.format(mentions=one.mentions, total=group.total),
        period=one.period,
        journey_stage=one.stage,
        source=source,
        related=one.topic.related,
        tone="praise" if one.praise else "complaint",
    )


def _cited(theme: Theme) -> str:
    """Return a theme as the record keeps it."""
    return f"{theme.cited} ({theme.tone})"
