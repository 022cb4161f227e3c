"""The job title of a document, and what it has in common with the titles of the role's other documents."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
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
_LONGEST_MARKED = 12
"""Words of a line with a gender suffix."""
_LINES = 4
"""As many lines at the top of a document may be its title."""
_SEPARATOR = " \u00a0\u202f:-–—|\t,"
_END = " .;,"
_NOT_A_JOB = ("and ", "form")
_TITLE_LOCK = "title of the document or job"
_PREFIX = re.compile(r"^(?:for|für|of|des|der|pour|voor|para)(?: the| a| an| den| die| das| alle)?\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:eine?n?|une?|an?|een|una)\s+", re.IGNORECASE)
_GENDERED = re.compile(r"(?<=\w)\s?[/*:_]-?(?:in|innen|frau|r|e|er)\b", re.IGNORECASE)
_NO_WORD = re.compile(r"[^\w+#]+")


def job_title(document: Document, kind: Kind) -> str:
    """Return the job title that a document states, without gender suffix; "" when it states none."""
    stated = kinds.facts(document).get("job_title", "")
    title = stated or _after_name(_marked(document), kind) or _in_title(document, kind)
    return _SUFFIX.split(title)[0].strip().rstrip(_END)


def _marked(document: Document) -> str:
    """Return the first line with a gender suffix: only job titles have one."""
    return document.once("marked title", lambda: next(filter(_is_marked, (block.text for block in document.body)), ""))


def _is_marked(line: str) -> bool:
    return bool(_SUFFIX.search(line)) and len(line.split()) <= _LONGEST_MARKED


def _after_name(line: str, kind: Kind) -> str:
    """Return the job of a line that may begin with the name of the kind: "Stellenanzeige: PTA (m/w/d)"."""
    around = _around_name(line, kind)
    return _ARTICLE.sub("", around[0]) if around and around[0] and not _SUFFIX.match(around[0]) else line


@lru_cache(maxsize=4096)
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
    lines = tuple(dict.fromkeys((document.title.strip(), *_other_titles(document))))
    beside = (_beside(around, line) for line in lines if (around := _around_name(line, kind)))
    alone = (line for line in lines if not _around_name(line, kind) and _may_be_job(line))
    return next(filter(None, beside), "") or next(alone, "")


def _other_titles(document: Document) -> Iterator[str]:
    """Yield the further lines of a title: below the name of the organisation may stand that of the job."""
    first = (block for block in islice(document.body, 2 * _LONGEST) if block.lock == _TITLE_LOCK)
    return (block.text.strip() for block in first)


def _beside(around: Sequence[str], line: str) -> str:
    """Return the job that stands after the name of the kind, or else before it: "Head of Law: job description"."""
    after, before = (part if any(map(str.isalpha, part)) else "" for part in around)
    listed = f": {after}" in line.replace("\u00a0", " ")
    if after and (listed or not after[0].islower()) and not after.casefold().startswith(_NOT_A_JOB):
        return after if len(after.split()) <= _LONGEST else ""
    return before if before and not after and _may_be_job(before) and not before[0].islower() else ""


def _may_be_job(line: str) -> bool:
    return len(line.split()) <= _LONGEST and not _no_job().search(line)


@cache
def _no_job() -> re.Pattern[str]:
    """Return what finds a line that names an organisation or a sort of paper."""
    patterns = yamlfile.read(Path(__file__).with_name("title.yaml")).data["no_job"]
    return re.compile("|".join(patterns), re.IGNORECASE)


def _around_name(title: str, kind: Kind) -> tuple[str, ...]:
    """Return what stands after and before the name of the kind in a title; nothing where it is not named."""
    lower = title.casefold()
    # Most names stand in most lines nowhere at all, which is known sooner than where a word begins.
    name = next((name for name in kind.recognise.names if name in lower and has_word(name, lower)), None)
    if name is None:
        return ()
    start = lower.find(name)
    return title[start + len(name) :].strip(_SEPARATOR), title[:start].strip(_SEPARATOR)
