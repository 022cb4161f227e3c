"""The built-in framework told in another of its languages, for organisations that write their own in that language."""

from collections.abc import Mapping
from typing import Any, Final

from cxify.framework.model import (
    CompetencyTexts,
    Framework,
    LevelTexts,
    RelationshipTexts,
    StandardTexts,
    Strict,
)

_RELATIONSHIPS: Final = ("external", "internal", "enabler")


def told_in(language: str, base: Framework, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the base's data with its texts in `language`; what it said before becomes one of its translations.

    The data as it is where the base is in that language already, or knows no texts in it.
    """
    wanted, own = language.partition("-")[0], base.framework.locale.partition("-")[0]
    return dict(data) if wanted == own or wanted not in base.locales else _told(wanted, own, base)


def _told(wanted: str, own: str, base: Framework) -> dict[str, Any]:
    told: dict[str, Any] = _as_written(base.localised(wanted).model_dump())
    others = {language: texts for language, texts in told["locales"].items() if language != wanted}
    return {**told, "locales": {**others, own: _as_translation(base)}}


def _as_translation(base: Framework) -> dict[str, Any]:
    return {
        "locale": base.framework.locale,
        "customer_terms": base.organisation.customer_terms.model_dump(),
        "customer_relationships": {
            name: _texts(getattr(base.customer_relationships, name), RelationshipTexts) for name in _RELATIONSHIPS
        },
        "levels": {int(level.id): _texts(level, LevelTexts) for level in base.levels},
        "competencies": {each.id: _texts(each, CompetencyTexts) for each in base.competencies},
        "service_standards": {
            each.id: {**_texts(each, StandardTexts), "what": each.measure.what, "source": each.measure.source}
            for each in base.service_standards
        },
        "questions": dict(base.questions),
    }


def _texts(entry: Strict, model: type[Strict]) -> dict[str, Any]:
    said: dict[str, Any] = _as_written(entry.model_dump())
    return {name: said[name] for name in model.model_fields if name in said}


def _as_written(value: Any) -> Any:
    """Return data as YAML gives it: lists, and levels that are numbers."""
    if isinstance(value, Mapping):
        return {key: _as_written(each) for key, each in value.items()}
    return [_as_written(each) for each in value] if isinstance(value, tuple | list) else value
