"""The library's sentences as data: a folder of YAML files a language, which HR can read and change."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from cxify import yamlfile
from cxify.errors import FrameworkInvalid

Form = Literal["base", "third", "gerund", "plural", "du"]
"""base: Ask / fragen / demander. third: Asks / fragt / demande. gerund: Asking / Anfrage / en demandant.
plural: the polite form (Sie fragen, vous demandez). du: the familiar one (du fragst, tu demandes)."""
ALL_LEVELS = (1, 2, 3, 4)
_VERB = re.compile(r"<(\w+)>")


def _pattern(value: Any) -> Any:
    return re.compile(value, re.IGNORECASE) if isinstance(value, str) else value


def _cased(value: Any) -> Any:
    return re.compile(value) if isinstance(value, str) else value


def _small(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return re.compile(re.sub(r"(\\[A-Z])|[A-Z]", lambda found: found[1] or found[0].lower(), value))


Pattern = Annotated[re.Pattern[str], BeforeValidator(_pattern)]
CasedPattern = Annotated[re.Pattern[str], BeforeValidator(_cased)]
"""A pattern in which capitals count."""
SmallPattern = Annotated[re.Pattern[str], BeforeValidator(_small)]
"""A pattern for texts in small letters: twice as fast as one for any case."""


class Strict(BaseModel):
    """Frozen; an unknown key is an error and never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Strict):
    """One variant of a sentence: either `text` with verbs in angle brackets, or one text for each form."""

    text: str = ""
    base: str = ""
    third: str = ""
    plural: str = ""
    du: str = ""
    gerund: str = ""
    levels: tuple[int, ...] = ALL_LEVELS
    needs: Pattern | None = None
    """Words that the document must have for this variant to fit."""
    plain: bool = False
    """Names nothing of the document: used only when no variant that does can be filled."""
    alone: bool = False
    """Also makes sense as a paragraph of its own."""
    competency: str = ""
    competencies: tuple[str, ...] = ()
    standards: tuple[str, ...] | None = None
    needs_plural: str = ""

    def form(self, form: Form) -> str:
        """Return the text of a form, "" where it was not written."""
        return str(getattr(self, form)) or self.text


def _text(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


Variant = Annotated[Text, BeforeValidator(_text)]


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
    familiar_questions: dict[str, str] = {}
    """The default framework's questions in the familiar form, by competency."""
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
    labels: dict[str, str] = {}
    """What stands before a criterion, by competency, in a list whose items begin with names."""
    nomination: tuple[Variant, ...] = ()
    """What a nomination should say."""
    reason: str
    comment: str = ""


class VoiceCue(Strict):
    """How a passage of one voice begins; what the group `prefix` finds, or `prefix`, stands before the new verb."""

    form: Form
    cue: CasedPattern
    prefix: str = ""


class Grammar(Strict):
    """The grammar of a language as data; English and German have theirs in the code."""

    voices: tuple[VoiceCue, ...]
    """Tried in this order; the first that fits decides."""
    same: dict[Form, Form] = {}
    """Forms that are written like another one."""
    alone: dict[Form, Form] = {}
    """Forms that only continue a sentence ("en précisant …"), with the form that stands on its own instead."""
    comma: tuple[Form, ...] = ()
    """Forms that continue a sentence after a comma; the others do so after `semicolon`."""


class Wording(Strict):
    """Everything the library can say in one language."""

    language: str
    grammar: Grammar | None = None
    verbs: dict[str, tuple[str, ...]] = {}
    """By the base form: third, gerund, and in some languages plural and du."""
    conjunction: str = " and "
    quotes_between: str = "”, “"
    """What stands between two quotations within one pair of quotation marks."""
    colon: str = ": "
    semicolon: str = "; "
    capital_nouns: bool = False
    unspoken: Form | None = None
    """The form for a description that shows none."""
    general_people: tuple[str, ...] = ()
    """Words for people inside that fit every organisation; they give way to others."""
    articles: dict[str, str] = {}
    """People with their article, in languages in which a sentence cannot begin without it."""
    recognised: str = ""
    american: dict[str, str] = {}
    singular: dict[str, str] = {}
    plural_people: tuple[str, ...] = ()
    insiders: Pattern
    """Words by which a document mentions people inside the organisation."""
    items: Pattern
    framing: Pattern
    """Words that carry no requirement."""
    customer_words: tuple[str, ...]
    asked: str
    duties: tuple[Family, ...]
    outcomes: tuple[Outcome, ...]
    purpose: Purpose
    requirements: Requirements
    behaviours: tuple[Behaviour, ...]
    behaviour_reasons: dict[Literal["replace", "append", "row"], str]
    traits: Pattern
    filler: Pattern
    notes: tuple[Note, ...]
    consult: Consult
    training_item: TrainingItem
    own_evidence: Prompt
    measures: Measures
    interview: Interview
    induction: tuple[Step, ...]
    induction_why: str
    training_aims: Prompt
    training: tuple[Step, ...]
    training_skip: Pattern | None = None
    """Modules on law and safety, in which nothing is added."""
    training_any: tuple[Step, ...] = ()
    """What suits a module on any subject; used where fewer than two modules have their own."""
    policy: tuple[Step, ...]
    social_media: tuple[Step, ...]
    policy_left_alone: LeftAlone | None = None
    evidence: Prompt
    promotion: Criteria
    bonus: Criteria
    recognition: Recognition
    row_comment: str
    candidate_steps: Prompt
    new_handover: Prompt
    scored_row: str
    library: str
    own_wording: str
    declined: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _verbs_known(self) -> "Wording":
        used = {verb for text in _strings(self.model_dump()) for verb in _VERB.findall(text)}
        if unknown := sorted(used - set(self.verbs)):
            raise ValueError(f"verbs without forms: {', '.join(unknown)}")
        return self


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = value.values()
    return [text for item in value for text in _strings(item)] if hasattr(value, "__iter__") else []


@cache
def wording(language: str, own: Path | None = None) -> Wording | None:
    """Return the library of a language ("en-GB" → en), or None where there is none. Raises FrameworkInvalid.

    Files in the folder `own`/en take the place of what the library says, one subject (top-level key) at a time.
    """
    base = language.partition("-")[0].lower()
    files = _texts(resources.files(__package__) / "wording" / base)
    if own is not None and (theirs := _texts(own / base)):
        files |= {str(own / base / name): text for name, text in theirs.items()}
    return parse(files) if files else None


def _texts(folder: Traversable) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    try:
        return {file.name: file.read_text(encoding="utf-8-sig") for file in files}
    except (OSError, UnicodeDecodeError) as error:
        raise FrameworkInvalid(f"The wording in {folder} cannot be read.", "Save its files as UTF-8 text.") from error


def parse(files: Mapping[str, str]) -> Wording:
    """Return the wording that the YAML files of a language hold. Raises FrameworkInvalid naming file and line."""
    marked = {name: yamlfile.parse(text) for name, text in files.items()}
    for name, one in marked.items():
        for problem in one.problems:
            raise FrameworkInvalid(f"{name}, line {problem.line}: {problem.message}", problem.remedy)
    data = {key: value for one in marked.values() for key, value in one.data.items()}
    try:
        return Wording.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = _where(tuple(first["loc"]), marked)
        raise FrameworkInvalid(
            f"{where}{first['msg']}.", "Compare the entry with its neighbours in the file."
        ) from error


def _where(key: tuple[str | int, ...], marked: Mapping[str, yamlfile.Marked]) -> str:
    for name, one in reversed(list(marked.items())):  # the last one that says it is the one in use
        if key and key[0] in one.data:
            return f"{name}, line {one.line(key)}: "
    return f"{key[0]}: " if key else ""
