"""The languages that a document can be taken for on the page."""

import re
from typing import Final

from cxify.kinds import common
from cxify.settings import TAG
from cxify.web.desk.following import PaperState
from cxify.web.errors import Unreadable

_LONGEST: Final = 35


def known() -> list[str]:
    """Return the languages that cxify knows, English by its varieties."""
    data = common.language_data()
    return [tag for pack in data["packs"] for tag in (data["english"] if pack == "en" else (pack,))]


def offered(paper: PaperState) -> list[str]:
    """Return the languages that cxify knows, with the guessed and the chosen one."""
    return list(dict.fromkeys((*known(), paper.guessed_language, paper.language)))


def checked(language: str) -> str:
    """Return a language that a person has chosen. Raises Unreadable for what is none."""
    if len(language) > _LONGEST or not re.fullmatch(TAG, language):
        raise Unreadable("There is no such language.", "Choose one of the list.")
    return language
