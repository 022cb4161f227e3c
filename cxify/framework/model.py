"""The organisation's customer-experience framework as frozen data: what default.yaml and its overrides must hold."""

import hashlib
import json
import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Relationship = Literal["external", "internal", "enabler"]
Status = Literal["template", "draft", "approved"]
LevelNumber = Literal[1, 2, 3, 4]
Filled = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

TO_BE_AGREED = "[target to be agreed]"
"""What is printed in place of a target that the organisation has not agreed yet."""


class Strict(BaseModel):
    """Frozen; an unknown key is an error and never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Owners(Strict):
    """The two people who answer for the framework."""

    hr: str = ""
    cx: str = ""


class Approval(Strict):
    """Who approved the framework, and when (ISO date)."""

    name: Filled
    role: str = ""
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Consultation(Strict):
    """A body that was consulted, such as a works council, and the outcome."""

    body: Filled
    date: str = ""
    outcome: str = ""


class Identity(Strict):
    """Which framework this is, and whether it may be used unattended."""

    id: Filled
    name: Filled
    version: Filled
    status: Status = "template"
    locale: str = "en-GB"
    owners: Owners = Owners()
    approved_by: tuple[Approval, ...] = ()
    consulted: tuple[Consultation, ...] = ()
    licence: str = ""


class CustomerTerms(Strict):
    """What the organisation calls the people it serves."""

    external: Filled = "customer"
    external_plural: Filled = "customers"
    internal: Filled = "colleague"
    internal_plural: Filled = "colleagues"


class Organisation(Strict):
    """Names and terms that are the organisation's own."""

    legal_names: tuple[Filled, ...] = ()
    customer_terms: CustomerTerms = CustomerTerms()
    prohibited_customer_terms: tuple[Filled, ...] = ()


class Vision(Strict):
    """The why, quoted verbatim; empty when the organisation has not given one."""

    statement: str = ""
    why: str = ""
    promises: tuple[Filled, ...] = ()


class Story(Strict):
    """An approved and anonymised account of something that happened."""

    id: Filled
    title: Filled
    text: Filled
    shows: tuple[str, ...] = ()
    approved_by: str = ""


class Theme(Strict):
    """A theme in what customers or employees say; never about one person."""

    id: Filled
    theme: Filled
    share_or_count: str = ""
    period: str = ""
    journey_stage: str = ""
    source: str = ""
    related: tuple[str, ...] = ()
    # Left out while it is a complaint, as all themes were before, so that a framework keeps its hash.
    tone: Literal["complaint", "praise"] = Field(default="complaint", exclude_if=lambda tone: tone == "complaint")

    @property
    def cited(self) -> str:
        """Return it with its numbers: "14 of 120 comments, Q3 2026 (Outpatients): waiting for a call back"."""
        numbers = ", ".join(filter(None, (self.share_or_count, self.period)))
        scope = f" ({self.source})" if self.source else ""
        return f"{numbers}{scope}: {self.theme}" if numbers else self.theme

    @property
    def mentions(self) -> int:
        """Return the number that `share_or_count` begins with, 0 when it gives none."""
        match = re.match(r"\s*(\d+)", self.share_or_count)
        return int(match[1]) if match else 0

    @property
    def share(self) -> float | None:
        """Return the share that "14 of 120" or "12 %" gives, None for a count alone."""
        match = re.match(r"\s*(\d+)(?:\s*%|\D+(\d+))", self.share_or_count)
        return int(match[1]) / (int(match[2]) if match[2] else 100) if match and match[2] != "0" else None


class Heard(Strict):
    """A topic of comments in one language: what it is called, and the cues by which it is heard (docs/voice.md)."""

    label: Filled
    cues: tuple[Filled, ...] = ()


class Topic(Strict):
    """Something that people speak of in comments; with the id of a built-in topic it extends that one."""

    id: Filled
    related: tuple[str, ...] = ()
    complaint: dict[str, Heard] = {}
    praise: dict[str, Heard] = {}


class Voice(Strict):
    """Themes that steer which competencies a role gets, and topics to listen for in comments."""

    customer_themes: tuple[Theme, ...] = ()
    employee_themes: tuple[Theme, ...] = ()
    # Left out while empty, so that a framework without topics keeps its hash.
    topics: tuple[Topic, ...] = Field(default=(), exclude_if=lambda topics: not topics)


class RelationshipKind(Strict):
    """One way in which work reaches people.

    `cues` are words of a document that show it, `people` words for those who receive the work, `first` the
    competencies that suit it, best first.
    """

    definition: Filled
    cues: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    """Words of `people` so general that the organisation's own term stands for them."""
    line_of_sight: Filled
    first: tuple[str, ...] = ()


class Relationships(Strict):
    """Metadata only: the three labels are never printed."""

    external: RelationshipKind
    internal: RelationshipKind
    enabler: RelationshipKind
    rule: str = ""


class Level(Strict):
    """One of four levels. `cues` are words of job titles, `evidence` words of duties that show its scope."""

    id: LevelNumber
    name: Filled
    scope: Filled
    complexity: Filled
    cues: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Target(Strict):
    """A target value; a placeholder is never printed."""

    value: str = ""
    status: Literal["placeholder", "agreed"] = "placeholder"
    example: str = ""
    """For discussion only."""

    @property
    def printed(self) -> str:
        """The value when it is agreed, else `[target to be agreed]`."""
        return self.value if self.status == "agreed" else TO_BE_AGREED


class Measure(Strict):
    """What is measured, where the figures come from, and the target."""

    what: Filled
    source: Filled
    target: Target = Target()


class Standard(Strict):
    """A service standard for everyone, whatever the job title."""

    id: Filled
    name: Filled
    statement: Filled
    applies_to: tuple[Relationship, ...]
    measure: Measure
    behaviours: tuple[str, ...] = ()
    perverse_effect: str = ""


class Kpi(Strict):
    """A behaviour with its measure and source. `target` is a word: the number belongs to the organisation."""

    behaviour: Filled
    measure: Filled
    source: Filled
    target: str = "placeholder"


class References(Strict):
    """Where public frameworks describe something related; by reference only."""

    onet: tuple[str, ...] = ()
    esco: tuple[str, ...] = ()
    opm: str = ""


class Competency(Strict):
    """What people do, at four levels with at least two observable indicators each."""

    id: Filled
    name: Filled
    short: Filled
    definition: Filled
    relationships: tuple[Relationship, ...]
    always_in: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    """Words of a document that make this competency matter for the role."""
    levels: dict[LevelNumber, tuple[Filled, ...]]
    ineffective: tuple[Filled, ...] = ()
    evidence: tuple[str, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    interview: str = ""
    refs: References = References()

    def indicators(self, level: int) -> tuple[str, ...]:
        """Return the indicators of one level; levels are cumulative and only one is printed."""
        return {int(number): texts for number, texts in self.levels.items()}[level]


class EvidenceType(Strict):
    """A kind of evidence and how far it may carry a judgement."""

    what: Filled
    use: Literal["primary", "supporting", "context_only"]
    caution: str = ""


class Protected(Strict):
    """Words and sections that the organisation wants left alone in every document."""

    phrases: tuple[Filled, ...] = ()
    sections: tuple[Filled, ...] = ()


class Banned(Strict):
    """A phrase that is never inserted, and what to write instead."""

    phrase: Filled
    use_instead: Filled


class Style(Strict):
    """How inserted text is written and how much of it there may be."""

    person: str = "match the document"
    max_words_per_statement: int = Field(default=28, ge=5, le=60)
    max_new_share: float = Field(default=0.25, gt=0, le=1)
    min_allowance_words: int = Field(default=120, ge=0)
    reading_grade_max_delta: float = 1.0
    gender_coding_max_delta: float = 3


class Selection(Strict):
    """How many competencies and standards a document of one kind gets."""

    min: int = Field(ge=0)
    max: int = Field(ge=0)
    standards_min: int = Field(default=0, ge=0)
    essential_by_default: bool = False
    weave_into_existing_modules: bool = False
    hr_legal_flag: bool = False


class CompetencyTexts(Strict):
    """A competency in another language; what is missing stays in the framework's own language."""

    name: str | None = None
    short: str | None = None
    definition: str | None = None
    cues: tuple[str, ...] | None = None
    levels: dict[LevelNumber, tuple[Filled, ...]] | None = None
    ineffective: tuple[Filled, ...] | None = None
    kpis: tuple[Kpi, ...] | None = None
    interview: str | None = None


class StandardTexts(Strict):
    """A service standard in another language; the target stays what it is."""

    name: str | None = None
    statement: str | None = None
    what: str | None = None
    source: str | None = None
    perverse_effect: str | None = None


class RelationshipTexts(Strict):
    """Cues and line of sight in another language."""

    definition: str | None = None
    cues: tuple[str, ...] | None = None
    people: tuple[str, ...] | None = None
    general: tuple[str, ...] | None = None
    line_of_sight: str | None = None


class LevelTexts(Strict):
    """A level in another language."""

    name: str | None = None
    scope: str | None = None
    complexity: str | None = None
    cues: tuple[str, ...] | None = None
    evidence: tuple[str, ...] | None = None


class Locale(Strict):
    """The framework's texts in one other language, under the same ids."""

    locale: Filled
    customer_terms: CustomerTerms | None = None
    vision: Vision | None = None
    customer_relationships: dict[Relationship, RelationshipTexts] = {}
    levels: dict[LevelNumber, LevelTexts] = {}
    service_standards: dict[str, StandardTexts] = {}
    competencies: dict[str, CompetencyTexts] = {}
    banned: tuple[Banned, ...] | None = None
    questions: dict[Literal["level", "served", "role"], Filled] = {}


class Framework(Strict):
    """Everything cxify may say about customer experience in this organisation."""

    schema_version: Literal["1.0"]
    framework: Identity
    organisation: Organisation = Organisation()
    vision: Vision = Vision()
    stories: tuple[Story, ...] = ()
    voice: Voice = Voice()
    customer_relationships: Relationships
    levels: tuple[Level, ...]
    level_rules: tuple[str, ...] = ()
    service_standards: tuple[Standard, ...]
    competencies: tuple[Competency, ...]
    evidence_types: dict[str, EvidenceType] = {}
    kpi_rules: tuple[str, ...] = ()
    protected: Protected = Protected()
    banned: tuple[Banned, ...] = ()
    style: Style = Style()
    questions: dict[Literal["level", "served", "role"], Filled] = {}
    """What is asked when a document does not tell."""
    selection: dict[str, Selection]
    locales: dict[str, Locale] = {}

    def competency(self, id: str) -> Competency:
        """Return the competency `CX-OWN`, also when a level is attached (`CX-OWN@2`). Raises KeyError."""
        return self._competencies[id.partition("@")[0]]

    def standard(self, id: str) -> Standard:
        """Return the service standard with this id. Raises KeyError."""
        return self._standards[id]

    def level(self, number: int) -> Level:
        """Return the level with this number. Raises KeyError."""
        return {int(level.id): level for level in self.levels}[number]

    @cached_property
    def _competencies(self) -> dict[str, Competency]:
        return {competency.id: competency for competency in self.competencies}

    @cached_property
    def _standards(self) -> dict[str, Standard]:
        return {standard.id: standard for standard in self.service_standards}

    @cached_property
    def sha256(self) -> str:
        """Hash of the canonical content: the same for the same meaning, however the YAML is laid out."""
        canonical = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def localised(self, language: str) -> "Framework":
        """Return the framework with its texts in `language` ("de", "de-AT"); itself where no locale is known.

        `framework.locale` of the result says which language the texts have.
        """
        from cxify.framework.locale import localised

        if language not in self._localised:
            self._localised[language] = localised(self, language)
        return self._localised[language]

    def in_own_words(self, text: str) -> str:
        """Replace "customer" and "colleague" in an English text by the organisation's terms."""
        terms = self.organisation.customer_terms
        for general, own in (
            ("customers", terms.external_plural),
            ("customer", terms.external),
            ("colleagues", terms.internal_plural),
            ("colleague", terms.internal),
        ):
            if own != general:
                text = re.sub(rf"\b{general}\b", own, text)
                text = re.sub(rf"\b{general.capitalize()}\b", own[0].upper() + own[1:], text)
        return text

    @cached_property
    def _localised(self) -> "dict[str, Framework]":
        return {}
