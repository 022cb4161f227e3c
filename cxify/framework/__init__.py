"""The organisation's customer-experience framework: what cxify may say, in words that HR owns and approves."""

from cxify.framework.loader import check, load, template
from cxify.framework.model import (
    TO_BE_AGREED,
    Competency,
    Framework,
    Kpi,
    Level,
    Relationship,
    Selection,
    Standard,
    Story,
    Style,
)
from cxify.yamlfile import Problem

__all__ = [
    "TO_BE_AGREED",
    "Competency",
    "Framework",
    "Kpi",
    "Level",
    "Problem",
    "Relationship",
    "Selection",
    "Standard",
    "Story",
    "Style",
    "check",
    "load",
    "template",
]
