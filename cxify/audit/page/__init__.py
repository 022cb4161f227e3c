"""The audit as one self-contained page: no script, no request, light and dark, on paper and on a phone."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from cxify import pages, yamlfile
from cxify.audit.page.graph import graph
from cxify.audit.page.lists import Lists
from cxify.audit.page.matrix import matrix
from cxify.audit.page.names import Names
from cxify.audit.survey import Audit
from cxify.framework import Framework
from cxify.kinds import Kinds

LANGUAGES: Final = ("en", "de")


def page(audit: Audit, *, framework: Framework, kinds: Kinds, date: str, language: str | None = None) -> str:
    """Return the audit as HTML in `language`, or in that of most documents. `date` is ISO 8601."""
    spoken = language or audit.language
    texts = _texts()[spoken]
    return (
        pages.environment(Path(__file__).parent)
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


@cache
def _texts() -> Mapping[str, Mapping[str, Any]]:
    return dict(yamlfile.read(Path(__file__).with_name("texts.yaml")).data)


__all__ = ["LANGUAGES", "page"]
