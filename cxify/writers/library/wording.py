"""The library's sentences as data: a folder of YAML files a language, which HR can read and change."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, ValidationInfo, model_validator

from cxify import yamlfile
from cxify.errors import FrameworkInvalid
from cxify.writers.library.entries import (
    Behaviour,
    CompetencyFramework,
    Consult,
    Criteria,
    Family,
    Grammar,
    Guidance,
    InSection,
    Interview,
    LeftAlone,
    Measures,
    Note,
    Outcome,
    Prompt,
    Purpose,
    Rated,
    Recognition,
    Requirements,
    Step,
    Theme,
    TrainingItem,
    VoiceCue,
)
from cxify.writers.library.text import SHIPPED, Form, Pattern, Strict, Text

__all__ = [
    "Behaviour",
    "CompetencyFramework",
    "Consult",
    "Criteria",
    "Family",
    "Form",
    "Grammar",
    "Guidance",
    "InSection",
    "Interview",
    "LeftAlone",
    "Measures",
    "Note",
    "Outcome",
    "Prompt",
    "Purpose",
    "Rated",
    "Recognition",
    "Requirements",
    "Step",
    "Text",
    "Theme",
    "TrainingItem",
    "VoiceCue",
    "Wording",
    "parse",
    "wording",
]

_VERB = re.compile(r"<(\w+)>")


class Wording(Strict):
    """Everything the library can say in one language."""

    language: str
    grammar: Grammar | None = None
    verbs: dict[str, tuple[str, ...]] = Field(default_factory=dict)
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
    articles: dict[str, str] = Field(default_factory=dict)
    """People with their article, in languages in which a sentence cannot begin without it."""
    recognised: str = ""
    idioms: dict[str, str] = Field(default_factory=dict)
    """What reads oddly once the document's words are filled in, and what stands instead."""
    american: dict[str, str] = Field(default_factory=dict)
    singular: dict[str, str] = Field(default_factory=dict)
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
    rated: tuple[Rated, ...] = ()
    rated_line: str = ""
    open_questions: tuple[Rated, ...] = ()
    """What is said beside statements whose scale stands in the same line."""
    behaviour_reasons: dict[Literal["replace", "append", "row", "question"], str]
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
    training_done: Pattern | None = None
    """Modules and aims that work with own cases already, or say what happens next."""
    training_any: tuple[Step, ...] = ()
    """What suits a module on any subject; used where fewer than two modules have their own."""
    policy: tuple[Step, ...]
    social_media: tuple[Step, ...]
    guidance: tuple[Guidance, ...] = ()
    handbook_title: Pattern | None = None
    """Titles of documents of many subjects; a policy on one subject says nothing of the others."""
    handbook: tuple[InSection, ...] = ()
    policy_left_alone: LeftAlone | None = None
    evidence: Prompt
    promotion: Criteria
    bonus: Criteria
    recognition: Recognition
    competency_framework: CompetencyFramework
    row_comment: str
    candidate_steps: Prompt
    new_handover: Prompt
    scored_row: str
    library: str
    """Where the words of an edit come from; nobody in the organisation has approved them yet."""
    library_own: str
    """The same, where the organisation has words of its own."""
    own_wording: str
    declined: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _verbs_known(self, info: ValidationInfo) -> "Wording":
        if info.context is SHIPPED:
            return self
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


def wording(language: str, own: Path | None = None) -> Wording | None:
    """Return the library of a language ("en-GB" → en), or None where there is none. Raises FrameworkInvalid.

    Files in the folder `own`/en take the place of what the library says, one subject (top-level key) at a time.
    """
    return _wording(language.partition("-")[0].lower(), own)


@cache
def _wording(base: str, own: Path | None) -> Wording | None:
    files = _texts(resources.files(__package__) / "wording" / base)
    if own is not None and (theirs := _texts(own / base)):
        return parse(files | {str(own / base / name): text for name, text in theirs.items()})
    return parse(files, shipped=True) if files else None


def _texts(folder: Traversable) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    try:
        return {file.name: file.read_text(encoding="utf-8-sig") for file in files}
    except (OSError, UnicodeDecodeError) as error:
        raise FrameworkInvalid(f"The wording in {folder} cannot be read.", "Save its files as UTF-8 text.") from error


def parse(files: Mapping[str, str], *, shipped: bool = False) -> Wording:
    """Return the wording that the YAML files of a language hold. Raises FrameworkInvalid naming file and line.

    What is `shipped` as it is has been proved by the tests: no pattern is compiled that no document asks for.
    """
    marked = {name: yamlfile.parse(text) for name, text in files.items()}
    for name, one in marked.items():
        for problem in one.problems:
            raise FrameworkInvalid(f"{name}, line {problem.line}: {problem.message}", problem.remedy)
    data = {key: value for one in marked.values() for key, value in one.data.items()}
    try:
        return Wording.model_validate(data, context=SHIPPED if shipped else None)
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
