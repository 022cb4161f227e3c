"""The audit as one self-contained page: no script, no request, light and dark, on paper and on a phone."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Template
from markupsafe import Markup

from cxify import pages, yamlfile
from cxify.audit.page.graph import graph
from cxify.audit.page.lists import Lists
from cxify.audit.page.matrix import matrix
from cxify.audit.page.names import Names
from cxify.audit.survey import Audit
from cxify.framework import Framework
from cxify.kinds import Kinds

LANGUAGES: Final = ("en", "de")


Said = Callable[[str], str]
"""Puts what the core says in English into the page's language."""


def page(
    audit: Audit, *, framework: Framework, kinds: Kinds, date: str, language: str | None = None, said: Said = str
) -> str:
    """Return the audit as HTML in `language`, or in that of most documents. `date` is ISO 8601."""
    values = _values(audit, framework, kinds, language or audit.language) | {"said": said}
    identity = framework.framework
    return _template("page.html.jinja").render(values | {"date": date[:10], "framework": identity})


def sections(audit: Audit, *, framework: Framework, kinds: Kinds, language: str, said: Said = str) -> Markup:
    """Return what the page says as a part of another page, which links `pictures` as a style sheet."""
    values = _values(audit, framework, kinds, language if language in LANGUAGES else LANGUAGES[0])
    values["said"] = said
    parts = (_template(name).render(values) for name in ("contents.html.jinja", "sections.html.jinja"))
    return Markup("").join(Markup(part) for part in parts)  # noqa: S704  our templates escape


@cache
def pictures() -> str:
    """Return the style of the pictures; it needs the colours of the page that it is used in."""
    return Path(__file__).with_name("pictures.css").read_text("utf-8")


def _template(name: str) -> Template:
    return pages.environment(Path(__file__).parent).get_template(name)


def _values(audit: Audit, framework: Framework, kinds: Kinds, spoken: str) -> dict[str, Any]:
    texts = _texts()[spoken]
    return {
        "audit": audit,
        "language": spoken,
        "t": texts,
        "names": Names(framework, kinds, texts, spoken),
        "lists": Lists(audit.documents),
        "matrix": matrix(audit),
        "graph": graph(audit.handovers),
    }


@cache
def _texts() -> Mapping[str, Mapping[str, Any]]:
    return dict(yamlfile.read(Path(__file__).with_name("texts.yaml")).data)


__all__ = ["LANGUAGES", "page", "pictures", "sections"]
