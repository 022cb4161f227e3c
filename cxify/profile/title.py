"""The job title of a document."""

import re

from cxify import kinds
from cxify.document import Document
from cxify.kinds import Kind, has_word

_SUFFIX = re.compile(r"\s*\(\s*(?:[mwfdxivh]\s?[/|]\s?){1,3}[mwfdxivh]\s*\)|\s*\(all genders\)", re.IGNORECASE)


def job_title(document: Document, kind: Kind) -> str:
    """Return the job title that a document states, without gender suffix; "" when it states none."""
    stated = kinds.facts(document).get("job_title", "")
    marked = (block.text for block in document.body if _SUFFIX.search(block.text) and len(block.text.split()) <= 12)
    return _SUFFIX.split(stated or next(marked, "") or _role_in_title(document, kind))[0].strip()


def _role_in_title(document: Document, kind: Kind) -> str:
    """Find the job in "Position Description: Accounts Payable Specialist", or in a title that is only the job."""
    if kind.describes != "role" or not document.title:
        return ""
    title = document.title.strip()
    names = sorted((name for texts in kind.recognise.titles.values() for name in texts), key=len, reverse=True)
    name = next((name for name in names if has_word(name, title.casefold())), None)
    if name is None:
        return title if len(title.split()) <= 8 else ""
    start = title.casefold().find(name)
    rest = title[start + len(name) :].strip(" :-–—|\t")
    named = 0 < len(rest.split()) <= 8 and not rest[0].islower() and not rest.casefold().startswith(("and ", "form"))
    return rest if named else ""
