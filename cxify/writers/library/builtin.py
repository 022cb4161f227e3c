"""The framework that cxify comes with, to tell what an organisation has made its own."""

from functools import cache

from cxify import framework
from cxify.framework import Framework


@cache
def builtin(language: str) -> Framework:
    """Return the built-in framework in a language."""
    return framework.load(None).localised(language)
