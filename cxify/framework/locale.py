"""The framework in another language: translated texts laid over the same ids."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from cxify.framework.model import (
    Competency,
    CompetencyTexts,
    Framework,
    Locale,
    Relationships,
    Standard,
    StandardTexts,
)

_Model = TypeVar("_Model", bound=BaseModel)


def localised(framework: Framework, language: str) -> Framework:
    """Return the framework with the texts of `language`, or itself where no locale is known."""
    base = language.partition("-")[0]
    if base == framework.framework.locale.partition("-")[0]:
        return framework
    locale = framework.locales.get(language) or framework.locales.get(base)
    return _laid_over(framework, locale) if locale else framework


def _laid_over(framework: Framework, locale: Locale) -> Framework:
    organisation = framework.organisation
    # Not model_copy: it would carry over what the English framework has looked up already.
    same = {name: getattr(framework, name) for name in Framework.model_fields}
    return Framework(
        **{
            **same,
            "framework": framework.framework.model_copy(update={"locale": locale.locale}),
            "organisation": _with(organisation, {"customer_terms": locale.customer_terms}),
            "vision": locale.vision or framework.vision,
            "customer_relationships": _relationships(framework.customer_relationships, locale),
            "levels": tuple(_with(level, _given(locale.levels.get(level.id))) for level in framework.levels),
            "service_standards": tuple(
                _standard(standard, locale.service_standards.get(standard.id))
                for standard in framework.service_standards
            ),
            "competencies": tuple(
                _competency(competency, locale.competencies.get(competency.id)) for competency in framework.competencies
            ),
            "banned": framework.banned + (locale.banned or ()),
            "questions": {**framework.questions, **locale.questions},
        }
    )


def _relationships(relationships: Relationships, locale: Locale) -> Relationships:
    translated: dict[str, Any] = {
        name: _with(getattr(relationships, name), _given(texts))
        for name, texts in locale.customer_relationships.items()
    }
    return relationships.model_copy(update=translated)


def _standard(standard: Standard, texts: StandardTexts | None) -> Standard:
    if texts is None:
        return standard
    measure = _with(standard.measure, {"what": texts.what, "source": texts.source})
    given = {"name": texts.name, "statement": texts.statement, "perverse_effect": texts.perverse_effect}
    return _with(standard, {**given, "measure": measure})


def _competency(competency: Competency, texts: CompetencyTexts | None) -> Competency:
    return _with(competency, _given(texts))


def _given(texts: BaseModel | None) -> dict[str, Any]:
    return {name: getattr(texts, name) for name in type(texts).model_fields} if texts else {}


def _with(model: _Model, texts: Mapping[str, Any]) -> _Model:
    """Return a copy with the texts that are given; a missing one keeps the framework's own language."""
    return model.model_copy(update={name: text for name, text in texts.items() if text is not None})
