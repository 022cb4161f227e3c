"""The job title of a document, and what it has in common with the titles of the role's other documents."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, pairwise
from pathlib import Path

from cxify import kinds, yamlfile
from cxify.document import Block, Document
from cxify.kinds import Kind, has_word
from cxify.profile.gender import first_gender

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
_DASHED = re.compile(r"\s[–—-]\s")
_NOT_A_JOB = ("and ", "form")
_TITLE_LOCK = "title of the document or job"
_PREFIX = re.compile(r"^(?:for|für|of|des|der|pour|voor|para)(?: the| a| an| den| die| das| alle)?\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:eine?n?|une?|an?|een|una)\s+", re.IGNORECASE)
_GENDERED = re.compile(r"(?<=\w)\s?[/*:_]-?(?:in|innen|frau|r|e|er)\b", re.IGNORECASE)
_PUNCTUATED = re.compile(r"[:.;…_\t]")
_SMALL_LETTERS = ("nl", "fr", "es")
"""Languages that write a job in a title with a small letter: "Functieomschrijving leraar"."""
_NO_SMALL_JOB = re.compile(
    r"(?:van|voor|de|het|een|en|of|bij|in|du|des|la|le|les|pour|par|et|ou|à|au|aux|del|el|los|las|para|por|y|o|tipo"
    r"|type|nieuwe?|nouveaux?|nouvelle|nouvel|nuevos?|interne?|interno|medewerkers|collaborateurs?|général|general)\b"
    r"|medewerker\b(?! (?!(?:en|of|van|met|voor|die|bij|in|naar|tijdens|door|zonder)\b)[a-zë])|[dl]['’]",
    re.IGNORECASE,
)
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
    if kind.describes != "role":
        return ""
    lines = tuple(filter(None, dict.fromkeys((document.title.strip(), *_other_titles(document)))))
    small = kind.id != "job_advert" and document.language.partition("-")[0] in _SMALL_LETTERS
    named = ((line, _around_name(line, kind)) for line in (*lines, *_first(document), *_headings(document)))
    beside = [_beside(around, line, small=small) for line, around in named if around]
    alone = (line for line in (*lines, *_below_name(document, kind)) if not _around_name(line, kind))
    jobs = (job for job in beside if job and not _around_name(job, kind))  # no second name in another language
    return next(jobs, "") or next(filter(_may_be_job, alone), "")


def _first(document: Document) -> tuple[str, ...]:
    """Return the first lines of the document that are short enough for a title."""
    return tuple(block.text.strip() for block in _first_blocks(document))


def _headings(document: Document) -> Iterator[str]:
    """Yield headings at the top: below the organisation's name a second one may be "Role profile: Planner"."""
    filled = (block for block in document.body if block.text.strip())
    return (block.text.strip() for block in islice(filled, _LINES) if block.type == "heading")


def _first_blocks(document: Document) -> Iterator[Block]:
    filled = (block for block in document.body if block.text.strip())
    return (
        block
        for block in islice(filled, _LINES)
        if block.type != "heading" and block.lock != "table header" and len(block.text.split()) <= _LONGEST_MARKED
    )


def _below_name(document: Document, kind: Kind) -> tuple[str, ...]:
    """Return the line below one that is nothing but the name of the kind: often the job stands there."""
    for title, below in pairwise(_first_blocks(document)):
        around, job = _around_name(title.text, kind), below.text.strip()
        bare = bool(around) and not any(map(str.isalpha, "".join(around)))
        if bare and below.place is None and not _PUNCTUATED.search(first_gender(job)):
            return (job,)
    return ()


def _other_titles(document: Document) -> Iterator[str]:
    """Yield the further lines of a title: below the name of the organisation may stand that of the job."""
    first = (block for block in islice(document.body, 2 * _LONGEST) if block.lock == _TITLE_LOCK)
    return (block.text.strip() for block in first)


def _beside(around: Sequence[str], line: str, *, small: bool) -> str:
    """Return the job that stands after the name of the kind, or else before it: "Head of Law: job description"."""
    after, before = (part if any(map(str.isalpha, part)) else "" for part in around)
    listed = f": {after}" in line.replace("\u00a0", " ")
    begins = (listed or small or not after[:1].islower()) and not (small and _NO_SMALL_JOB.match(after))
    if after and begins and not after.casefold().startswith(_NOT_A_JOB):
        is_period = _period().search(_DASHED.split(after, maxsplit=1)[0])
        return after if len(after.split()) <= _LONGEST and not is_period else ""
    return before if before and not after and _may_be_job(before) and not before[0].islower() else ""


def _may_be_job(line: str) -> bool:
    first = _DASHED.split(line, maxsplit=1)[0]
    names_none = _no_job().search(first) or _period().search(first)
    return len(line.split()) <= _LONGEST and not line.endswith(("!", "?")) and not names_none


@cache
def _period() -> re.Pattern[str]:
    """Return what finds a period or a version where a job might stand: "KPI sheet 2027"."""
    patterns = yamlfile.read(Path(__file__).with_name("title.yaml")).data["period"]
    return re.compile("|".join(patterns), re.IGNORECASE)


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
