"""The job title of a document, and what it has in common with the titles of the role's other documents."""

import re
import unicodedata
from functools import cache
from itertools import islice
from pathlib import Path

from cxify import kinds, yamlfile
from cxify.document import Document
from cxify.kinds import Kind, has_word

_SUFFIX = re.compile(
    r"\s*\(\s*(?:[mwfdxivh]\s?[/|]\s?){1,3}[mwfdxivh]\s*\)|\s*\(all genders\)"
    r"|\s+[HF]/[FH]\b|\s+[MV]/[MV](?:/X)?\b",
    re.IGNORECASE,
)
_LONGEST = 8
"""Words of a job title."""
_LINES = 4
"""As many lines at the top of a document may be its title."""
_SEPARATOR = " \u00a0\u202f:-–—|\t,"
_END = " .;,"
_NOT_A_JOB = ("and ", "form")
_PREFIX = re.compile(r"^(?:for|für|of|des|der|pour|voor|para)(?: the| a| an| den| die| das| alle)?\s+", re.IGNORECASE)
_GENDERED = re.compile(r"(?<=\w)\s?[/*:_]-?(?:in|innen|frau|r|e|er)\b", re.IGNORECASE)
_NO_WORD = re.compile(r"[^\w+#]+")


def job_title(document: Document, kind: Kind) -> str:
    """Return the job title that a document states, without gender suffix; "" when it states none."""
    stated = kinds.facts(document).get("job_title", "")
    marked = (block.text for block in document.body if _SUFFIX.search(block.text) and len(block.text.split()) <= 12)
    return _SUFFIX.split(stated or next(marked, "") or _in_title(document, kind))[0].strip().rstrip(_END)


def key(title: str) -> str:
    """Return what is the same in all spellings of a job title: no case, gender, grade, hours, reference or year."""
    text = _SUFFIX.sub(" ", unicodedata.normalize("NFKC", title))
    before = ""
    while text != before:
        before, text = text, _left_out().sub("", text.strip(_SEPARATOR).rstrip(_END))
    return _NO_WORD.sub(" ", _GENDERED.sub("", text).replace("&", " and ").casefold()).strip()


@cache
def _left_out() -> re.Pattern[str]:
    patterns = yamlfile.read(Path(__file__).with_name("title.yaml")).data["left_out"]
    return re.compile(rf"[\s,;/–-]*[(\[]?(?<!\w)(?:{'|'.join(patterns)})[)\]]?$", re.IGNORECASE)


def top_lines(document: Document, kind: Kind) -> tuple[str, ...]:
    """Return the keys of what the title and first lines may name as the job, where no label says which it is."""
    filled = (block.text for block in document.body if block.text.strip())
    lines = (document.title, *islice(filled, _LINES))
    named = (part for line in lines if len(line.split()) <= 2 * _LONGEST for part in (line, *_around_name(line, kind)))
    return tuple(dict.fromkeys(found for part in named if (found := key(_PREFIX.sub("", part.strip(_SEPARATOR))))))


def _in_title(document: Document, kind: Kind) -> str:
    """Find the job in "Position Description: Accounts Payable Specialist", or in a title that is only the job."""
    if kind.describes != "role" or not document.title:
        return ""
    around = _around_name(document.title, kind)
    if not around:
        return document.title.strip() if len(document.title.split()) <= _LONGEST else ""
    rest = around[0]
    named = 0 < len(rest.split()) <= _LONGEST and not rest[0].islower()
    return rest if named and not rest.casefold().startswith(_NOT_A_JOB) else ""


def _around_name(title: str, kind: Kind) -> tuple[str, ...]:
    """Return what stands after and before the name of the kind in a title; nothing where it is not named."""
    names = sorted((name for texts in kind.recognise.titles.values() for name in texts), key=len, reverse=True)
    lower = title.casefold()
    name = next((name for name in names if has_word(name, lower)), None)
    if name is None:
        return ()
    start = lower.find(name)
    return title[start + len(name) :].strip(_SEPARATOR), title[:start].strip(_SEPARATOR)
