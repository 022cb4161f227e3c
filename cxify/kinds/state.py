"""Tell a blank form from one that people have filled in or signed."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from cxify.document import Block, Cell, Document, DocumentState
from cxify.kinds.common import Labels
from cxify.kinds.model import EntryRules
from cxify.kinds.outline import Outline
from cxify.kinds.tables import Grid, cells_of
from cxify.kinds.words import words_in

_FIELDS = re.compile(r"\s{2,}|\t|\n|_{3,}\s*|\.{5,}\s*|…{2,}\s*|(?=\b(?:Date|Datum|Fecha)\s*:)")
_BLANK = re.compile(r"[\s_.…·\-–—/|:]*")
_PLACEHOLDER = re.compile(
    r"^(?:\[.*\]|<.*>|«.*»|\{\{.*\}\}|\(.*\)|☐.*|n/?a|tbc|tbd|(?:choose|select|click|tap|klicken|wählen|hier|enter|insert|type|"
    r"choisir|cliquez|sélectionner|saisir|kies|klik|vul|seleccione|elija|haga clic|introduzca|escriba)\b.*|x{2,}|"
    r"dd[/.]mm[/.]yy(?:yy)?|mm/dd/yy(?:yy)?|tt\.mm\.jj(?:jj)?|jj/mm/aa(?:aa)?|dd[-/]mm[-/]jj(?:jj)?|dd/mm/aa(?:aa)?|"
    r"name|date|datum|fecha|nom|naam|nombre|signature|unterschrift|handtekening|firma)$",
    re.IGNORECASE,
)
_TICK = re.compile(r"^[xX✓✔☑☒]$")
_TICKED = re.compile(r"[☑☒✓✔]")
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}(?:\.|er)? \w+ \d{4}|\d{1,2} de \w+ de \d{4}|\w+ \d{1,2}, \d{4}"
)
_SIGNERS = re.compile(r"\s*[/,&+]\s*|\s+(?:and|und|et|en|y|e)\s+", re.IGNORECASE)
_MAX_NAME_WORDS = 6
_MAX_RATING_WORDS = 5
_FEWEST_COMMENT_WORDS = 3
_INVITES = re.compile(
    r"^(?:please|e\.?g\.?|for example|examples?|evidence|include|describe|give|list|comment|enter"
    r"|note|state|refer|see|what|how|which"
    r"|bitte|z\. ?b\.|beispiele?|beschreib\w*|nenn\w*|belege?|hinweise?|siehe|was|wie|welche"
    r"|par exemple|veuillez|décri\w*|exemples?|bijv|beschrijf|voorbeeld\w*"
    r"|por ejemplo|describ\w*|ejemplos?)\b|\?$|[\[<(].*[\])>]$",
    re.IGNORECASE,
)
"""How a blank form asks for a comment."""
_EVIDENCE = re.compile(r"eviden|nachweis|beleg|preuve|justificat|bewijs|prueba|example|beispiel", re.IGNORECASE)
"""Headers of columns in which a form says what counts as evidence."""


def state_of(
    document: Document,
    entries: EntryRules,
    outline: Outline,
    tables: tuple[Grid, ...],
    labels: Labels,
    language: str,
) -> DocumentState:
    """Return "signed" when a signature line is completed, "filled" when people's entries are there, else "blank"."""
    facts = list(facts_of(document, tables, labels, language))
    if _is_signed(facts, labels, language) or _signed_in_table(document, tables, labels, language):
        return "signed"
    if any(role in entries.labels and is_entry(value) for role, value in facts):
        return "filled"
    if entries.columns and (_rated(document, entries, tables) or _ticked(document, entries, outline)):
        return "filled"
    if "comments" in entries.columns and _commented(document, tables):
        return "filled"
    return "blank"


def is_entry(value: str) -> bool:
    """Say whether something was typed here: not empty, no line to write on, no placeholder, no label."""
    text = value.strip()
    return bool(text) and not _BLANK.fullmatch(text) and not _PLACEHOLDER.match(text) and not text.endswith((":", "?"))


def typed_in(document: Document, cell: Cell) -> str:
    """Return what stands in a cell, without the prompts of content controls."""
    blocks = (document.by_id[id] for id in cell.blocks)
    return " ".join(block.text for block in blocks if "placeholder" not in (block.lock or "")).strip()


def facts_of(document: Document, tables: tuple[Grid, ...], labels: Labels, language: str) -> Iterator[tuple[str, str]]:
    """Give (label role, value) for lines and for cells of tables without a header row."""
    for block in document.body:
        if block.place is None or ":" in block.text:
            yield from _facts_in_line(block, labels, language)
    for grid in tables:
        for row in grid.table.rows if grid.header is None else ():
            texts = [typed_in(document, cell) for cell, _ in cells_of(row)]
            for label, value in pairwise(texts):
                role = labels.role(label, language) if 0 < words_in(label) <= 5 else None
                if role and not labels.role(value, language):
                    yield role, value


def _facts_in_line(block: Block, labels: Labels, language: str) -> Iterator[tuple[str, str]]:
    for field in _FIELDS.split(block.text) if ":" in block.text else ():
        label, colon, value = field.partition(":")
        if colon and 0 < words_in(label) <= 6 and (role := labels.role(label, language)):
            yield role, value or _behind_tab(field, role, block.text, labels, language)


def _behind_tab(label: str, role: str, line: str, labels: Labels, language: str) -> str:
    """Return what stands behind one tab after a label: "Job title:", a tab, "Nurse"; a signature is no typed word."""
    value = line.partition(f"{label}\t")[2].partition("\t")[0]
    return "" if role == "signature" or ":" in value or labels.role(value, language) else value


def _is_signed(facts: list[tuple[str, str]], labels: Labels, language: str) -> bool:
    """A name after a signature label, or a date typed right after it (the ink itself is a picture or on paper)."""
    for index, (role, value) in enumerate(facts):
        if role != "signature":
            continue
        if is_entry(value) and words_in(value) <= _MAX_NAME_WORDS and not _names_signers(value, labels, language):
            return True
        following = facts[index + 1] if index + 1 < len(facts) else ("", "")
        if following[0] == "period" and _DATE.search(following[1]) and not value.strip():
            return True
    return False


def _names_signers(value: str, labels: Labels, language: str) -> bool:
    """Say whether a line tells who is to sign: "Seen by: employee / manager"."""
    return all(labels.role(part.strip(), language) for part in _SIGNERS.split(value))


def _signed_in_table(document: Document, tables: tuple[Grid, ...], labels: Labels, language: str) -> bool:
    return any(_signed_in_row(document, grid, labels, language) for grid in tables if grid.header is not None) or any(
        _signed_above(document, grid, labels, language) for grid in tables
    )


def _signed_in_row(document: Document, grid: Grid, labels: Labels, language: str) -> bool:
    """A name in a signature column, or name and date beside an empty one: the ink itself is a picture or on paper."""
    signatures = {column for column, title in grid.titles.items() if labels.role(title, language) == "signature"}
    dates = {column for column, role in grid.columns.items() if role == "date"}
    for _, cells in grid.body():
        entries = {column for cell, column in cells if _is_name_or_date(typed_in(document, cell), labels, language)}
        if signatures and (entries & signatures or (entries & dates and len(entries) > 1)):
            return True
    return False


def _signed_above(document: Document, grid: Grid, labels: Labels, language: str) -> bool:
    """A signature line may stand above its label; a lone label has its line beside it."""
    rows = [{column: typed_in(document, cell) for cell, column in cells_of(row)} for row in grid.table.rows]
    return any(
        labels.role(text, language) == "signature" and _is_name_or_date(above.get(column, ""), labels, language)
        for above, below in pairwise(rows)
        for column, text in below.items()
        if sum(map(bool, below.values())) > 1
    )


def _is_name_or_date(text: str, labels: Labels, language: str) -> bool:
    return is_entry(text) and words_in(text) <= _MAX_NAME_WORDS and labels.role(text, language) is None


def _rated(document: Document, entries: EntryRules, tables: tuple[Grid, ...]) -> bool:
    rating = "rating" in entries.columns
    for grid in tables:
        if grid.header is None or grid.is_scale:
            continue
        for _, cells in grid.body():
            for cell, column in cells:
                text = typed_in(document, cell)
                if grid.columns.get(column) == "anchor" and _TICK.match(text):
                    return True
                if rating and grid.columns.get(column) == "rating" and _is_rating(text):
                    return True
    return False


def _commented(document: Document, tables: tuple[Grid, ...]) -> bool:
    """Say whether people have written into the comments of rated rows; what asks them to is no entry."""
    for grid in tables:
        for _, cells in grid.body() if grid.header is not None and not grid.is_scale else ():
            for cell, column in cells:
                text = typed_in(document, cell)
                free = grid.columns.get(column) == "comments" and not _EVIDENCE.search(grid.titles.get(column, ""))
                long_enough = words_in(text) >= _FEWEST_COMMENT_WORDS
                if free and long_enough and is_entry(text) and not _INVITES.search(text):
                    return True
    return False


def _is_rating(text: str) -> bool:
    return is_entry(text) and words_in(text) <= _MAX_RATING_WORDS and not re.fullmatch(r"[\d\s,/–-]{3,}", text)


def _ticked(document: Document, entries: EntryRules, outline: Outline) -> bool:
    sections: Mapping[str, object] = dict.fromkeys(entries.sections)
    return bool(sections) and any(_TICKED.search(block.text) for block in document.body if outline.paths.get(block.id))
