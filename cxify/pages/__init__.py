"""What every page of ours shares: escaped templates, one house style, no script and no request."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""The content security policy of a page that fetches nothing and runs nothing."""
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Characters that turn the direction of writing, hide, or are none: shown as a sign instead of taking effect."""


@cache
def environment(folder: Path) -> Environment:
    """Return the templates of a folder; `house.css.jinja` is found from everywhere."""
    made = Environment(
        loader=FileSystemLoader([folder, Path(__file__).parent]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["policy"] = Markup(POLICY)  # noqa: S704  ours, and without double quotes
    return made


def visible(value: object) -> object:
    """Show what would be invisible or would turn the text around; markup of our own stays as it is."""
    return _UNSEEN.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


__all__ = ["POLICY", "environment", "visible"]
