"""The organisation's customer-experience framework: what cxify may say, in words that HR owns and approves."""

from cxify.framework.loader import LANGUAGES, check, load, template
from cxify.framework.model import (
    TO_BE_AGREED,
    Competency,
    Framework,
    Heard,
    Kpi,
    Level,
    Relationship,
    Selection,
    Standard,
    Story,
    Style,
    Theme,
)
from cxify.yamlfile import Problem

__all__ = [
    "LANGUAGES",
    "TO_BE_AGREED",
    "Competency",
    "Framework",
    "Heard",
    "Kpi",
    "Level",
    "Problem",
    "Relationship",
    "Selection",
    "Standard",
    "Story",
    "Style",
    "Theme",
    "check",
    "load",
    "template",
]
