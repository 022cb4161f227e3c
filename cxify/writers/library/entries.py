"""What stands in the wording of a language, entry by entry."""

from typing import Literal

from pydantic import Field

from cxify.writers.library.text import ALL_LEVELS, CasedPattern, Form, Pattern, SmallPattern, Strict, Variant


class Family(Strict):
    """What is said about one kind of duty, and the words (`cue`) by which such a duty is recognised."""

    id: str
    cue: Pattern
    unless: Pattern | None = None
    """Words that show that the sentence already says it."""
    context: Pattern | None = None
    """Words that the document must have somewhere."""
    rank: int = 2
    """1 = what an expert does first."""
    place: Literal["append", "insert_after", "replace_sentence"] = "append"
    when_locked: Literal["decline", "insert_after"] = "decline"
    competencies: tuple[str, ...]
    """Competencies that it serves, best first."""
    standards: tuple[str, ...] = ()
    noun: Pattern | None = None
    texts: tuple[Variant, ...] = ()
    vague: bool = False
    question: str = ""
    """What only the organisation can answer, asked as a comment."""
    reason: str


class Outcome(Strict):
    """What the people served notice of one family of occupations."""

    id: str
    cue: SmallPattern
    levels: tuple[int, ...] = ALL_LEVELS
    texts: tuple[Variant, ...]


class Purpose(Strict):
    """How the purpose sentence is chosen and explained."""

    unless: Pattern
    object: Pattern
    head: Pattern | None = None
    """The word of a job title, in small letters, that names the trade: the “caretaker” in “school caretaker”."""
    competencies: tuple[str, ...]
    internal: tuple[str, ...]
    enabler: tuple[str, ...]
    standards: tuple[str, ...]
    reason: str
    missing: str


class Requirements(Strict):
    """One listening criterion and the forms in which documents list what is desirable."""

    already: Pattern
    competencies: tuple[str, ...]
    labels: tuple[Pattern, ...]
    plus: Pattern
    stop: Pattern
    ability_begins: CasedPattern
    """How a list names abilities."""
    designs: Pattern
    """Job titles whose work is design."""
    spoken_assessment: Pattern
    """How a table names an assessment in which listening shows."""
    desirable: Pattern
    essential: Pattern
    default_label: dict[str, str]
    example: tuple[Variant, ...]
    example_design: tuple[Variant, ...]
    plus_example: tuple[Variant, ...]
    plus_design: tuple[Variant, ...]
    ability: tuple[Variant, ...]
    ability_lead: tuple[Variant, ...]
    handover: "Prompt | None" = None
    """A second criterion, for person specifications."""
    reason: str


class Behaviour(Strict):
    """Observable behaviour for one criterion of a review form."""

    id: str
    cue: Pattern
    competencies: tuple[str, ...]
    standards: tuple[str, ...] = ()
    replace: tuple[Variant, ...]
    append: tuple[Variant, ...]


class Rated(Strict):
    """A statement that a questionnaire or a rated list gains."""

    id: str
    competencies: tuple[str, ...]
    standards: tuple[str, ...] = ()
    unless: Pattern
    """Words by which the form shows that it has such a statement."""
    texts: tuple[Variant, ...]


class Note(Strict):
    """Something that is said in a comment and never changes the text."""

    id: str
    cue: Pattern
    comment: str
    reason: str
    rank: int = 2
    rule: str | None = None
    kinds: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    only: Literal["", "unknown"] = ""
    title: bool = False
    """Looks at headings instead of text."""
    competencies: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()


class Consult(Strict):
    """The comment that assessment criteria change."""

    kinds: tuple[str, ...]
    rule: str
    comment: str
    in_country: dict[str, str] = Field(default_factory=dict)
    """The same with the representatives and the law of a country, by its code; the first where none is known."""
    reason: str


class TrainingItem(Strict):
    """What a generic course in a plan is given: own cases and named standards."""

    cue: Pattern
    competencies: tuple[str, ...]
    standards: tuple[str, ...]
    texts: tuple[Variant, ...]
    place_words: Pattern
    place: str
    reason: str


class Prompt(Strict):
    """A line with its own place: an invitation, an aim, a piece of evidence, a duty, a question."""

    cue: Pattern | None = None
    competencies: tuple[str, ...]
    standards: tuple[str, ...]
    texts: tuple[Variant, ...]
    prose: tuple[Variant, ...] = ()
    """Other texts for running text."""
    reason: str


class Measures(Strict):
    """How a measure of the framework is printed."""

    competencies: tuple[str, ...]
    perspective: Pattern | None = None
    """The perspectives of a scorecard in which measures of behaviour belong."""
    line: str
    open_target: str
    """What stands in place of a target that the organisation has not agreed."""
    reason: str
    weight: str
    question: str


class Interview(Strict):
    """How an interview question of the framework is printed."""

    competencies: tuple[str, ...]
    familiar: Pattern | None = None
    """Words that show that candidates are addressed in the familiar form."""
    familiar_questions: dict[str, str] = Field(default_factory=dict)
    """The default framework's questions in the familiar form, by competency."""
    closing: Pattern | None = None
    """Words of the questions that end the talk; new ones stand before them."""
    reason: str


class Step(Strict):
    """A step of an induction, a module of a training, or a sentence of a policy."""

    id: str
    competencies: tuple[str, ...]
    standards: tuple[str, ...] = ()
    cue: Pattern | None = None
    day: Pattern | None = None
    first: Pattern | None = None
    """Words of the modules that are about nothing else."""
    topic: Pattern | None = None
    """Words in the title of a policy that it suits; None suits every policy."""
    opening: bool = False
    """May continue the opening paragraph where no heading names the place."""
    strengthens: bool = False
    """Continues the sentence that the cue finds, also in a list of full sentences."""
    near: Pattern | None = None
    """Else a paragraph anywhere that has these words."""
    sections: tuple[str, ...] = ()
    texts: tuple[Variant, ...]
    items: tuple[Variant, ...] = ()
    """Other texts for a list, with verbs in angle brackets."""
    question: str = ""
    reason: str


class Guidance(Strict):
    """What a blank form for goals or development says to whoever fills it in."""

    id: str
    topic: Pattern
    """Words of the form's title, headings or columns."""
    cue: Pattern
    """Words of its instructions."""
    unless: Pattern | None = None
    """Words by which the form says it already."""
    competencies: tuple[str, ...]
    standards: tuple[str, ...] = ()
    texts: tuple[Variant, ...]
    example: str
    """An example, as a comment: nothing is filled in."""
    reason: str


class InSection(Strict):
    """A sentence for the sections of a handbook or code of conduct that deal with people."""

    id: str
    """Of the sentences for one part ("people-complaints" and "people" are one part) the first that fits is used."""
    title: Pattern
    """Words of the heading."""
    not_title: Pattern | None = None
    """Words of headings that only sound like it: “customer data”."""
    near: Pattern | None = None
    """Words that the section must have."""
    unless: Pattern | None = None
    """Words by which the section says it already."""
    competencies: tuple[str, ...]
    standards: tuple[str, ...] = ()
    texts: tuple[Variant, ...]
    reason: str


class LeftAlone(Strict):
    """Policies in which no sentence belongs, by words of their title."""

    cue: Pattern
    reason: str


class Criteria(Strict):
    """One documented criterion for promotion or bonus."""

    competencies: tuple[str, ...]
    criteria: dict[str, tuple[Variant, ...]]
    reason: str
    comment: str


class Recognition(Strict):
    """Team and prevention as reasons for recognition."""

    competencies: tuple[str, ...]
    texts: tuple[Variant, ...]
    labels: dict[str, str] = Field(default_factory=dict)
    """What stands before a criterion, by competency, in a list whose items begin with names."""
    told: Pattern | None = None
    """Words of a scheme whose nominations say it already."""
    nomination: tuple[Variant, ...] = ()
    """What a nomination should say."""
    reason: str
    comment: str = ""


class Theme(Strict):
    """What a competency framework should say somewhere, as one observable action a level."""

    id: str
    cue: Pattern
    """Names of competencies to which it belongs."""
    unless: Pattern
    """Words by which the framework says it already."""
    competencies: tuple[str, ...]
    standards: tuple[str, ...] = ()
    texts: tuple[Variant, ...]
    """One for each of the framework's four levels."""


class CompetencyFramework(Strict):
    """How customer experience enters an organisation's own competency framework."""

    level: Pattern
    """Headings that name a level and no competency."""
    managing: Pattern
    """Words by which the name of a level shows that managers are meant."""
    covered: Pattern
    """Names of competencies that deal with the people served."""
    themes: tuple[Theme, ...]
    """The most important first."""
    row: tuple[str, str, str, str]
    """Which theme stands for each level where a row has room for one action."""
    name: str
    name_open: str
    """The same where the framework does not say what the people outside are called."""
    definition: Variant
    ineffective: Variant
    reason: str
    row_reason: str
    comment: str
    nowhere: str
    """What is said where no competency takes it."""


class VoiceCue(Strict):
    """How a passage of one voice begins; what the group `prefix` finds, or `prefix`, stands before the new verb."""

    form: Form
    cue: CasedPattern
    prefix: str = ""


class Grammar(Strict):
    """The grammar of a language as data; English and German have theirs in the code."""

    voices: tuple[VoiceCue, ...]
    """Tried in this order; the first that fits decides."""
    same: dict[Form, Form] = Field(default_factory=dict)
    """Forms that are written like another one."""
    alone: dict[Form, Form] = Field(default_factory=dict)
    """Forms that only continue a sentence ("en précisant …"), with the form that stands on its own instead."""
    comma: tuple[Form, ...] = ()
    """Forms that continue a sentence after a comma; the others do so after `semicolon`."""
