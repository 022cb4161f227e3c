"""What a schema cannot say about a framework: references, wording, targets and approval. One function a rule."""

import re
from collections.abc import Iterator
from itertools import chain

from cxify.framework.model import Framework
from cxify.yamlfile import Key

Mistake = tuple[Key, str, str]
"""Where in the framework's data, what is wrong, what to do."""

_MAX_WHY_WORDS = 30
_MAX_STORY_WORDS = 120
_ID = re.compile(r"^[A-Za-z][A-Za-z0-9_.-]*$")
_NO_VERB = re.compile(r"^(?:the|a|an|is|has|being|always|never|must|should|our|their)$", re.IGNORECASE)


def mistakes(framework: Framework) -> Iterator[Mistake]:
    """Give every mistake that the schema lets through."""
    yield from chain.from_iterable(rule(framework) for rule in _RULES)


def _levels(framework: Framework) -> Iterator[Mistake]:
    numbers = [int(level.id) for level in framework.levels]
    if sorted(numbers) != [1, 2, 3, 4]:
        yield ("levels",), "There must be exactly the levels 1, 2, 3 and 4.", "Give each level once, with its id."
    for index, competency in enumerate(framework.competencies):
        for number in (1, 2, 3, 4):
            indicators = {int(key): texts for key, texts in competency.levels.items()}.get(number, ())
            if len(indicators) < 2:
                key: Key = ("competencies", index, "levels", number)
                has = "is missing" if not indicators else "has only one indicator"
                yield key, f"Level {number} of {competency.id} {has}.", "Give at least two indicators for each level."


def _indicators(framework: Framework) -> Iterator[Mistake]:
    most = framework.style.max_words_per_statement
    for index, competency in enumerate(framework.competencies):
        for number, indicators in competency.levels.items():
            for place, text in enumerate(indicators):
                key: Key = ("competencies", index, "levels", int(number), place)
                words = text.split()
                if len(words) > most:
                    yield key, f"The indicator has {len(words)} words; {most} is the limit.", "One action a sentence."
                if _NO_VERB.match(words[0]):
                    yield key, f"The indicator begins with “{words[0]}”.", "Begin with what the person does: “Asks …”."
                for banned in framework.banned:
                    if banned.phrase.casefold() in text.casefold():
                        yield key, f"The indicator holds “{banned.phrase}”, which is banned.", banned.use_instead


def _ids(framework: Framework) -> Iterator[Mistake]:
    for section in ("competencies", "service_standards", "levels", "stories"):
        yield from _unique((section,), [str(entry.id) for entry in getattr(framework, section)])
    for section in ("customer_themes", "employee_themes", "topics"):
        yield from _unique(("voice", section), [theme.id for theme in getattr(framework.voice, section)])


def _form_of_ids(framework: Framework) -> Iterator[Mistake]:
    """An id stands in the record of every document, `CX-OWN@2`: it is letters, digits, dots and dashes."""
    for section in ("competencies", "service_standards", "stories"):
        for index, entry in enumerate(getattr(framework, section)):
            if not _ID.match(entry.id):
                remedy = "Use the letters A to Z, digits, “-”, “_” and “.”, without spaces, umlauts or quotation marks."
                yield (section, index, "id"), f"“{entry.id}” cannot be an id.", remedy


def _unique(key: Key, ids: list[str]) -> Iterator[Mistake]:
    for index, id in enumerate(ids):
        if id in ids[:index]:
            yield (*key, index, "id"), f"The id “{id}” occurs twice.", "Give every entry an id of its own."


def _references(framework: Framework) -> Iterator[Mistake]:
    competencies = {competency.id for competency in framework.competencies}
    for key, used in _used_competencies(framework):
        for id in used:
            if id not in competencies:
                yield key, f"There is no competency “{id}”.", f"Use one of: {', '.join(sorted(competencies))}."
    for index, competency in enumerate(framework.competencies):
        for kind in competency.always_in:
            if kind not in framework.selection:
                remedy = f"Use one of: {', '.join(sorted(framework.selection))}."
                yield ("competencies", index, "always_in"), f"“{kind}” is no document kind of `selection`.", remedy
        for evidence in competency.evidence:
            if evidence not in framework.evidence_types:
                remedy = f"Use one of: {', '.join(sorted(framework.evidence_types))}."
                yield ("competencies", index, "evidence"), f"There is no evidence type “{evidence}”.", remedy


def _used_competencies(framework: Framework) -> Iterator[tuple[Key, tuple[str, ...]]]:
    for index, standard in enumerate(framework.service_standards):
        yield ("service_standards", index, "behaviours"), standard.behaviours
    for index, story in enumerate(framework.stories):
        yield ("stories", index, "shows"), story.shows
    for section in ("customer_themes", "employee_themes", "topics"):
        for index, theme in enumerate(getattr(framework.voice, section)):
            yield ("voice", section, index, "related"), theme.related
    for name in ("external", "internal", "enabler"):
        yield ("customer_relationships", name, "first"), getattr(framework.customer_relationships, name).first
    for language, locale in framework.locales.items():
        yield ("locales", language, "competencies"), tuple(locale.competencies)


def _targets(framework: Framework) -> Iterator[Mistake]:
    agreed = (
        "Write `status: agreed` once it is agreed; until then give the number as `example`, which is never printed."
    )
    for index, standard in enumerate(framework.service_standards):
        key: Key = ("service_standards", index, "measure", "target")
        target = standard.measure.target
        if target.value and target.status == "placeholder":
            yield key, f"{standard.id} has the target “{target.value}”, and its status is placeholder.", agreed
        if target.status == "agreed" and not target.value:
            yield key, f"{standard.id} has an agreed target without a value.", "Give the value that was agreed."
    for index, competency in enumerate(framework.competencies):
        for place, kpi in enumerate(competency.kpis):
            if re.search(r"\d", kpi.target):
                message = f"A KPI of {competency.id} has a number as its target."
                remedy = "Write `target: placeholder`; numbers are agreed in the service standards."
                yield ("competencies", index, "kpis", place, "target"), message, remedy


def _approval(framework: Framework) -> Iterator[Mistake]:
    identity = framework.framework
    if identity.status != "approved":
        return
    if not (identity.owners.hr and identity.owners.cx):
        message = "The framework is approved, and has not two owners."
        yield ("framework", "owners"), message, "Name one person of HR and one of customer experience."
    if not identity.approved_by:
        message = "The framework is approved, and nobody is named who approved it."
        yield ("framework", "approved_by"), message, "Add name, role and date (YYYY-MM-DD) of the approval."


def _texts(framework: Framework) -> Iterator[Mistake]:
    if len(framework.vision.why.split()) > _MAX_WHY_WORDS:
        yield ("vision", "why"), f"The why has more than {_MAX_WHY_WORDS} words.", "Shorten it to one sentence."
    for index, story in enumerate(framework.stories):
        if len(story.text.split()) > _MAX_STORY_WORDS:
            yield ("stories", index, "text"), f"The story has more than {_MAX_STORY_WORDS} words.", "Shorten it."
        if not story.approved_by:
            yield (
                ("stories", index),
                f"The story “{story.title}” is not approved.",
                "Name who approved it, or remove it.",
            )


def _terms(framework: Framework) -> Iterator[Mistake]:
    unwanted = {term.casefold() for term in framework.organisation.prohibited_customer_terms}
    for name, term in framework.organisation.customer_terms:
        if term.casefold() in unwanted:
            message = f"“{term}” is what you call people, and a prohibited term at once."
            yield ("organisation", "customer_terms", name), message, "Choose another word, or allow this one."


def _selection(framework: Framework) -> Iterator[Mistake]:
    for kind, chosen in framework.selection.items():
        if chosen.min > chosen.max:
            yield ("selection", kind), f"{kind}: min is greater than max.", "Swap them."


_RULES = (_levels, _indicators, _ids, _form_of_ids, _references, _targets, _approval, _texts, _terms, _selection)
