"""The organisation's customer-experience framework: what cxify may say, in words that HR owns and approves."""

from cxify.framework.difference import Difference, differences
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
from cxify.framework.written import with_sections
from cxify.yamlfile import Problem

__all__ = [
    "LANGUAGES",
    "TO_BE_AGREED",
    "Competency",
    "Difference",
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
    "differences",
    "load",
    "template",
    "with_sections",
]
