"""The audit as one self-contained page: no script, no request, light and dark, on paper and on a phone."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cxify import yamlfile
from cxify.audit.page.graph import graph
from cxify.audit.page.lists import Lists
from cxify.audit.page.matrix import matrix
from cxify.audit.page.names import Names
from cxify.audit.survey import Audit
from cxify.framework import Framework
from cxify.kinds import Kinds

LANGUAGES: Final = ("en", "de")
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Characters that turn the direction of writing, hide, or are none: shown as a sign instead of taking effect."""


def page(audit: Audit, *, framework: Framework, kinds: Kinds, date: str, language: str | None = None) -> str:
    """Return the audit as HTML in `language`, or in that of most documents. `date` is ISO 8601."""
    spoken = language or audit.language
    texts = _texts()[spoken]
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            audit=audit,
            language=spoken,
            date=date[:10],
            t=texts,
            names=Names(framework, kinds, texts, spoken),
            lists=Lists(audit.documents),
            matrix=matrix(audit),
            graph=graph(audit.handovers),
            framework=framework.framework,
        )
    )


def visible(value: object) -> object:
    """Show what would be invisible or would turn the text around; markup of our own stays as it is."""
    return _UNSEEN.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _texts() -> Mapping[str, Mapping[str, Any]]:
    return dict(yamlfile.read(Path(__file__).with_name("texts.yaml")).data)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )


__all__ = ["LANGUAGES", "page", "visible"]
