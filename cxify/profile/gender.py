"""Job titles name several genders in one word; what is compared with trades and levels is the first of them."""

import re

_SECOND_ENDING = re.compile(
    r"(?<=\w)\s?[/·•.*:_(-]\s?(?:innen|in|frau|trice|rice|ice|euse|ère|ière|ienne|nne|ne|sse|se|te|es|as|os|er|re|e|a|r)"
    r"\)?(?!\w)",
    re.IGNORECASE,
)


def first_gender(title: str) -> str:
    """Leave out the second ending of "Busfahrer:in", "agent·e" and "supervisor/a"."""
    return _SECOND_ENDING.sub("", title)
