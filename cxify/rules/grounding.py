"""Rules 6xx: numbers, names, units, quotations and reasons come from the document or the framework."""

import re
from collections.abc import Iterator

from cxify.framework import TO_BE_AGREED
from cxify.proposal import Comment, InsertRowAfter
from cxify.rules.passages import Edit, Passage
from cxify.rules.plain import NUMBER, WORD, alike, plain, squeezed, words
from cxify.rules.review import EditRule, Hit, Review

_UNIT = (
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|per ?cent"
    r"|stunden?|minuten?|tage?n?|wochen?|monate?n?|jahre?n?|prozent)\b"
)
_FIGURE = re.compile(rf"{NUMBER.pattern}(?: ?%|(?: (?:working|business|calendar))?[ -]{_UNIT})?")
_LIST_MARK = re.compile(
    r"\s*(?:(?:Question|Frage|Vraag|Pregunta|Q)\s?\d{1,2}\s?[.:)]"
    r"|[(]?\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+(?=\s+[^\W\d_])|[(]?[a-z][.)]|[-•\u2013*])\s+"
)
_ROW_NUMBER = re.compile(r"(\d{1,2})[.)]?")
_NEW_ROWS = 3
_COUNTED = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|ninety"
    r"|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|dreißig)(?: (?:working|business|calendar))?[ -]"
    rf"{_UNIT}"
)
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:;|\n\t…]|[.!?]?[\"“”„»«(\[/])\s*$|(?:^|\s)[-\u2013\u2014•*]\s*$")
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{3,}?)[”“»\"]")
_PLACEHOLDER = re.compile(r"\[[^\]]{3,60}\]")
_APOSTROPHE = re.compile("['\u2019]")
_ALWAYS_KNOWN = frozenset(("i", "a", "ok", "x"))
_MAY_NOT_BE_NAMES = re.compile(r"[A-ZÀ-ÖØ-ÞŒ][a-zß-öø-ÿœ]*(?:-[a-zß-öø-ÿœ]+)*")


def invented_facts(edit: Edit, review: Review) -> Iterator[Hit]:
    """Numbers, spans of time, names, systems and departments that neither document nor framework has."""
    counted = _row_number(edit, review)
    for passage in edit.passages:
        text = "" if passage.text == counted else _without_placeholders(passage.text)
        for start, end in dict.fromkeys((*_numbers(text), *_names(text, review), *_people(text, review))):
            quote = passage.text[start:end]
            if passage.adds(start, end) and not _known(quote, review):
                yield Hit(quote)
        for match in review.book.units(review.language).find(text):
            if passage.adds(match.start, match.end) and not _unit_known(match.quote, review):
                yield Hit(match.quote)


def _row_number(edit: Edit, review: Review) -> str:
    """Return the number of a new row whose table counts its rows: it goes on from the last, and is no fact."""
    operation = edit.proposed.operation
    if edit.block is None or edit.block.place is None or not isinstance(operation, InsertRowAfter):
        return ""
    rows = review.document.tables[edit.block.place.table - 1].rows
    by_id = review.document.by_id
    first = (" ".join(by_id[id].text for id in row.cells[0].blocks).strip() for row in rows if row.cells)
    counted = [int(found[1]) for text in first if (found := _ROW_NUMBER.fullmatch(text))]
    own = _ROW_NUMBER.fullmatch(operation.cells[0].strip())
    follows = own is not None and len(counted) < int(own[1]) <= len(counted) + _NEW_ROWS
    return operation.cells[0] if follows and len(counted) > 1 and counted == sorted(counted) else ""


def _without_placeholders(text: str) -> str:
    """Blank out `[target to be agreed]` and its like, and the mark of a list item typed by hand."""
    blank = _PLACEHOLDER.sub(lambda found: " " * len(found.group()), text)
    mark = _LIST_MARK.match(blank)
    return " " * mark.end() + blank[mark.end() :] if mark else blank


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    lower = plain(text)
    yield from (match.span() for pattern in (_FIGURE, _COUNTED) for match in pattern.finditer(lower))


def _known(quote: str, review: Review) -> bool:
    word = plain(quote)
    if NUMBER.fullmatch(word):
        return word in review.source.numbers | review.approved.numbers
    if " " in word or NUMBER.match(word):
        return review.says(word) or review.says(f"{word}s") or review.says(word.removesuffix("s"))
    own = word.removesuffix("'s").removesuffix("'")
    forms = (word, own, own.removesuffix("s"), own + "s", own.replace("-", ""))
    return any(review.knows(form) for form in forms)


def _names(text: str, review: Review) -> Iterator[tuple[int, int]]:
    """Yield capitalised words in the middle of a sentence, and words no sentence begins with (CRM, iPad, S4)."""
    heading = len(text) if _is_title(text) else text.find(":") if _is_title(text.partition(":")[0]) else 0
    for match in WORD.finditer(text):
        word = match.group()
        if word == word.lower() or plain(word) in _ALWAYS_KNOWN or word.isdigit():
            continue
        ordinary = bool(_MAY_NOT_BE_NAMES.fullmatch(_APOSTROPHE.split(word)[0]))
        begins = bool(_OPENS_SENTENCE.search(text[: match.start()]))
        if ordinary and (begins or match.start() < heading or review.language == "de"):
            continue
        if not _compound_known(word, review):
            yield match.span()


def _people(text: str, review: Review) -> Iterator[tuple[int, int]]:
    """Yield personal names where a capital says nothing: after a title, or known as a first name."""
    names = review.book.personal_names
    titles = names.titles.get(review.language, ())
    for match in WORD.finditer(text):
        word = match.group()
        before = text[: match.start()].split()[-1:] if titles and word[0].isupper() else ()
        titled = any(word.rstrip(".") in titles for word in before)
        if (titled or _APOSTROPHE.split(word)[0] in names.first) and not _compound_known(word, review):
            yield match.span()


def _is_title(text: str) -> bool:
    """Tell whether a short text writes every longer word with a capital: then capitals say nothing."""
    if text.rstrip().endswith((".", "!", "?")):
        return False
    longer = [word for word in WORD.findall(text) if len(word) > 3]
    return 1 < len(longer) <= 6 and all(word[0].isupper() for word in longer)


def _compound_known(word: str, review: Review) -> bool:
    parts = [part for part in re.split(r"[-'&.]", plain(word)) if part and part != "s"]
    return bool(parts) and all(part in _ALWAYS_KNOWN or _known(part, review) for part in parts)


def _unit_known(quote: str, review: Review) -> bool:
    """Tell whether the document or the framework has the department or system, in whichever phrase."""
    named = {word for name in review.book.unit_names(review.language) for word in words(name)}
    return all(review.knows(word) for word in words(quote) if word in named)


def invented_quotations(edit: Edit, review: Review) -> Iterator[Hit]:
    """Words in quotation marks that nobody is known to have said."""
    for passage in edit.passages:
        for match in _QUOTED.finditer(passage.text):
            said = match.group(1).strip(" .,;!?")
            if passage.adds(*match.span(1)) and len(said.split()) > 1 and not review.says(said):
                yield Hit(match.group())


def without_reason(edit: Edit, review: Review) -> Iterator[Hit]:
    """An edit of the text names what it serves and the words it rests on; a comment's evidence only has to exist."""
    proposed = edit.proposed
    if edit.changes_text and not (proposed.competencies or proposed.standards):
        yield Hit(detail="names neither a competency nor a standard")
    if edit.changes_text and proposed.certainty == "not enough data":
        yield Hit(detail="rests on too little; ask a question instead")
    if edit.changes_text and not proposed.evidence.strip():
        yield Hit(detail="does not say which words of the document it rests on")
    elif not _stands_there(proposed.evidence, proposed.evidence_block, review):
        yield Hit(proposed.evidence, "rests on words that do not stand in the document")


def _stands_there(evidence: str, block_id: str | None, review: Review) -> bool:
    wanted = squeezed(evidence)
    if not wanted:
        return True
    block = review.document.by_id.get(block_id) if block_id else None
    if block_id and block is None:
        return False
    return wanted in squeezed(block.text) if block else wanted in review.source.text


def unknown_entries(edit: Edit, review: Review) -> Iterator[Hit]:
    """Competencies, levels and standards exist in the framework."""
    for id in edit.proposed.competencies:
        name, _, level = id.partition("@")
        competency = next((c for c in review.framework.competencies if c.id == name), None)
        if competency is None or int(level) not in {int(number) for number in competency.levels}:
            yield Hit(id, id)
    known = {standard.id for standard in review.framework.service_standards}
    yield from (Hit(id, id) for id in edit.proposed.standards if id not in known)


def place_not_found(edit: Edit, review: Review) -> Iterator[Hit]:
    """The block exists, the words to be replaced or quoted stand in it, and the edit changes something."""
    operation, block = edit.proposed.operation, edit.block
    if block is None:
        yield Hit(operation.block, f"there is no block {operation.block}")
    elif isinstance(operation, Comment):
        if operation.quote and alike(operation.quote) not in alike(block.text):
            yield Hit(operation.quote, "the quoted words do not stand in the block")
    elif isinstance(operation, InsertRowAfter):
        yield from _row_does_not_fit(operation, edit, review)
    elif operation.op == "replace" and edit.start is None:
        yield Hit(operation.old, "the words to be replaced do not stand in the block")
    elif operation.op == "replace" and operation.old == operation.new:
        yield Hit(operation.old, "old and new words are the same")
    elif operation.op != "replace" and not operation.text.strip():
        yield Hit(detail="there is no text to add")


def _row_does_not_fit(operation: InsertRowAfter, edit: Edit, review: Review) -> Iterator[Hit]:
    found = review.row(edit.block) if edit.block else None
    if found is None:
        yield Hit(detail="the block does not stand in a table")
    elif len(operation.cells) != len(found[1].cells):
        yield Hit(detail=f"the row has {len(found[1].cells)} cells, the edit {len(operation.cells)}")
    elif not any(cell.strip() for cell in operation.cells):
        yield Hit(detail="the new row is empty")


def is_placeholder(text: str) -> bool:
    """Tell whether a cell holds only the placeholder for a target, in whichever language."""
    return text.strip() == TO_BE_AGREED or bool(_PLACEHOLDER.fullmatch(text.strip()))


RULES: dict[str, EditRule] = {
    "CXL-601": invented_facts,
    "CXL-603": invented_quotations,
    "CXL-605": without_reason,
    "CXL-609": unknown_entries,
}

__all__ = ["RULES", "Passage", "is_placeholder", "place_not_found"]
