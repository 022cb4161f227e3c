"""The rule book as frozen data: rules.yaml, and what an organisation changes in it."""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from cxify import yamlfile
from cxify.document import Finding, Severity
from cxify.errors import FrameworkInvalid
from cxify.rules.phrases import Phrases
from cxify.rules.plain import plain

BUILT_IN = Path(__file__).with_name("rules.yaml")
SHIPPED = object()
"""Context of a validation: tests prove that all terms compile, so a run compiles only those of its languages."""

Scope = Literal["source", "insertion", "document", "portfolio"]
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}-[0-9]{3,4}$")]
ByLanguage = dict[str, tuple[str, ...]]


class Strict(BaseModel):
    """Frozen; an unknown key is an error and never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Rule(Strict):
    """One row of the rule book; what the fields mean stands at the top of rules.yaml."""

    id: RuleId
    name: str
    severity: dict[Scope, Severity]
    message: str
    remedy: str
    motive: str
    kinds: tuple[str, ...] = ()
    terms: ByLanguage = {}
    exact: tuple[str, ...] = ()
    unless: ByLanguage = {}
    new_only: bool = False
    removes: Literal["words", "clause"] | None = None
    below_level: int | None = None
    skip_scales: bool = False
    skip_headings: bool = False
    fixed: bool = False
    enabled: bool = True

    @model_validator(mode="after")
    def _compiles(self, info: ValidationInfo) -> "Rule":
        for language in () if info.context is SHIPPED else self.languages:
            try:
                self.phrases(language).compile()
            except re.error as error:
                raise ValueError(f"{self.id}: “{error.pattern!s}” is not a valid term ({error.msg})") from error
        return self

    @property
    def languages(self) -> set[str]:
        """The languages that have terms of their own."""
        return {*self.terms, *self.unless} - {"any"}

    def speaks(self, language: str) -> bool:
        """Tell whether the rule knows words of this language, or needs none."""
        return not self.terms or bool({language, "any"} & set(self.terms))

    def phrases(self, language: str) -> Phrases:
        """Return what finds the rule's terms in a text of this language."""
        known = self._phrases.get(language)
        if known is None:
            terms = self.terms.get(language, ()) + self.terms.get("any", ())
            known = Phrases.of(terms, self.exact, self.unless.get(language, ()))
            self._phrases[language] = known
        return known

    @cached_property
    def _phrases(self) -> dict[str, Phrases]:
        return {}

    def applies_to(self, kind: str, also: tuple[str, ...] = ()) -> bool:
        """Tell whether the rule concerns documents of this kind; `also` are rules that the kind itself asks for."""
        return self.enabled and (not self.kinds or kind in self.kinds or self.id in also)

    def finding(
        self, scope: Scope, block: str | None, *, quote: str = "", detail: str = "", edit: int | None = None
    ) -> Finding:
        """Fill the rule's texts with what was seen."""

        def filled(text: str) -> str:
            return text.replace("{quote}", quote).replace("{detail}", detail)

        return Finding(self.id, self.severity[scope], block, filled(self.message), filled(self.remedy), quote, edit)


class UnitContext(Strict):
    """The words around a department that make it a place where work goes or comes from; {unit} is the department."""

    before: str = ""
    around: str = ""


class PersonalNames(Strict):
    """What tells a personal name where capitals do not: a title before it, or a first name."""

    titles: ByLanguage = {}
    # Sorted when written: a set has another order in each process, and the hash below must not.
    first: Annotated[frozenset[str], PlainSerializer(sorted)] = frozenset()


class RuleBook(Strict):
    """All rules, and the word lists that some of them need."""

    version: str
    light_words: ByLanguage
    function_words: ByLanguage
    named_units: ByLanguage
    unit_context: dict[str, UnitContext] = {}
    named_systems: ByLanguage
    personal_names: PersonalNames = PersonalNames()
    customer_words: ByLanguage
    gender_coded: dict[str, dict[Literal["feminine", "masculine"], tuple[str, ...]]]
    rules: tuple[Rule, ...]

    def __getitem__(self, id: str) -> Rule:
        """Return the rule with this id. Raises KeyError."""
        return self._by_id[id]

    def of(self, scope: Scope, kind: str, also: tuple[str, ...] = ()) -> Iterator[Rule]:
        """Iterate over the rules that look at this scope in documents of this kind."""
        return (rule for rule in self.rules if scope in rule.severity and rule.applies_to(kind, also))

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def units(self, language: str) -> Phrases:
        """Return what finds departments that work goes to or comes from, and systems."""
        known = self._units.get(language)
        if known is None:
            context = self.unit_context.get(language, UnitContext())
            units, systems = self.named_units.get(language, ()), self.named_systems.get("any", ())
            terms = [context.before.replace("{unit}", unit) for unit in units if context.before]
            terms += [context.around.replace("{unit}", unit) for unit in units if context.around]
            known = self._units[language] = Phrases.of([*terms, *systems])
        return known

    def unit_names(self, language: str) -> tuple[str, ...]:
        """Return the departments and systems themselves."""
        return self.named_units.get(language, ()) + self.named_systems.get("any", ())

    @cached_property
    def sha256(self) -> str:
        """Hash of everything the rules say, for provenance and for knowing whether a result is up to date."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    @cached_property
    def _units(self) -> dict[str, Phrases]:
        return {}

    def words(self, field: Literal["light_words", "function_words"], language: str) -> frozenset[str]:
        """Return one of the plain word lists for a language."""
        lists: ByLanguage = getattr(self, field)
        return frozenset(plain(word) for word in lists.get(language, ()))


def load(own: Path | None = None) -> RuleBook:
    """Return the built-in rule book, with the rows of an organisation's own file laid over it by id.

    Raises FrameworkInvalid naming the file and the remedy.
    """
    return _built_in() if own is None else _validated(_merged(_data(BUILT_IN), _data(own), own), own)


@cache
def _built_in() -> RuleBook:
    return _validated(_data(BUILT_IN), BUILT_IN, SHIPPED)


def _data(path: Path) -> dict[str, Any]:
    try:
        marked = yamlfile.read(path)
    except (OSError, UnicodeDecodeError) as error:
        raise FrameworkInvalid(f"The rules file {path} cannot be read.", "Check the path; it must be UTF-8.") from error
    if marked.problems:
        first = marked.problems[0]
        raise FrameworkInvalid(f"{path}, line {first.line}: {first.message}", first.remedy)
    if not isinstance(marked.data, dict):
        raise FrameworkInvalid(f"The rules file {path} holds no rules.", "Begin with `rules:` and one row a rule.")
    return marked.data


def _merged(base: dict[str, Any], own: dict[str, Any], path: Path) -> dict[str, Any]:
    rows = {row["id"]: row for row in base["rules"]}
    for row in own.get("rules") or ():
        if not isinstance(row, dict) or "id" not in row:
            raise FrameworkInvalid(f"{path} has a row without an id.", "Give every row the id of its rule.")
        known = rows.get(row["id"], {})
        if known.get("fixed"):
            raise FrameworkInvalid(f"{path}: {row['id']} cannot be changed.", "Remove the row: cxify guarantees it.")
        rows[row["id"]] = known | row
    return base | {key: value for key, value in own.items() if key != "rules"} | {"rules": list(rows.values())}


def _validated(data: dict[str, Any], path: Path, context: object = None) -> RuleBook:
    try:
        return RuleBook.model_validate(data, context=context)
    except ValidationError as error:
        first = error.errors()[0]
        raise FrameworkInvalid(
            f"{path}: {_where(first['loc'], data)}: {first['msg']}", "Compare the row with cxify/rules/rules.yaml."
        ) from error


def _where(key: tuple[int | str, ...], data: dict[str, Any]) -> str:
    """Name a row by its id: its number is that of the built-in and the own rows together."""
    parts = list(key)
    if len(parts) > 1 and parts[0] == "rules" and isinstance(parts[1], int):
        parts[:2] = [data["rules"][parts[1]]["id"]]
    return ".".join(str(part) for part in parts)
