"""Tell which lines are headings: by their words, their format and what follows.

Real HR documents rarely use heading styles. A heading may also be a bold or capital line, a line that says nothing
but "Main duties", a label ("Safeguarding: All staff …"), or the first cell of a row in a table that holds the whole
document.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cxify.document import Block, Document
from cxify.kinds.common import Labels
from cxify.kinds.words import Vocabulary, normalise, words_in

_MAX_WORDS = 10
_MAX_TITLE_WORDS = 14
_REPEATED = 3
"""A label that stands so often, "Notes:" below each question, is a line for the answer."""
_MAX_TITLE = 5
"""Words of a title that Word numbers like a list."""
_STRONG = 2
"""So many Word headings mean that the author uses them, and that a bold line is only a bold line."""
CAPITAL_BOLD, _CAPITAL, _BOLD, _PLAIN, _ROW = 20, 21, 22, 23, 24
"""Ranks of headings that are none in Word's sense; a weaker one stands below a stronger one."""
_TYPED_ITEM = re.compile(r"\s*(?:[-–•·*▪○\uf0b7]|(?:\(?(?:\d{1,2}|[a-z])[.)]|\d{1,2}(?:\.\d{1,2})+))\s+\w")
"""A bullet or a number that was typed: the line is a list item without Word's list."""
_HEADING_STYLES = ("heading", "überschrift", "titre", "kop ", "título", "encabezado")


@dataclass(frozen=True)
class Heading:
    """A line that opens a section: its rank, and what its words mean."""

    title: str
    rank: int
    role: str | None = None
    inline: bool = False


def fact(block: Block, labels: Labels, language: str) -> str | None:
    """Return the label role of a line that states a fact ("Job title: Nurse"), or None for a sentence."""
    label, separator, value = _split_label(block.text)
    if not separator or block.type == "list_item" or words_in(label) > 5:
        return None
    if words_in(value) > _MAX_TITLE_WORDS and "  " not in value and "\t" not in value:
        return None
    if value.rstrip().endswith(".") and words_in(value) > 4:
        return None
    return labels.role(label, language)


def _split_label(text: str) -> tuple[str, str, str]:
    label, colon, value = text.partition(":")
    if not colon or "\t" in label:
        label, colon, value = text.partition("\t")
    return label, colon, value.strip()


class Finder:
    """Says whether a block is a heading, looking at its words, its format and what follows."""

    def __init__(
        self,
        document: Document,
        body: Sequence[Block],
        words: Vocabulary,
        labels: Labels,
        language: str,
        facts: Mapping[str, str],
        data_tables: frozenset[int],
    ) -> None:
        self.body = body
        self.words = words
        self.labels = labels
        self.language = language
        self.facts = facts
        self.data_tables = data_tables
        used = sum(block.type == "heading" and 0 < words_in(block.text) <= _MAX_TITLE_WORDS for block in body)
        self.strict = used >= _STRONG
        texts = Counter(block.text.strip() for block in body if block.place is None)
        self.answered = frozenset(text for text, number in texts.items() if number >= _REPEATED and text.endswith(":"))
        self.row_texts = _row_texts(document)
        self.next = _following(body)

    def titles(self) -> frozenset[str]:
        """Return the lines at the top that name the document or the job."""
        found: list[str] = []
        for index, block in enumerate(self.body[:12]):
            text = block.text.strip()
            if not text:
                continue
            looks = self._looks_like_title(block, above=self.body[index - 1] if found else None)
            if not looks or (block.place and sum(map(bool, self.row_texts[_row(block)])) > 1):
                break
            found.append(block.id)
            if index and block.type == "heading":
                break
        return frozenset(found)

    def _looks_like_title(self, block: Block, *, above: Block | None) -> bool:
        text = block.text.strip()
        if words_in(text) > _MAX_TITLE_WORDS or text.endswith((".", ";")) or block.id in self.facts or "___" in text:
            return False
        match = self.words.find(text, self.language)
        if match and match.exact:
            return False
        if above is None:
            return True
        if text.endswith(":"):
            return False  # it leads on to what stands below
        styled = block.style.casefold().startswith(("title", "subtitle", "titel", "untertitel", "titre"))
        stands_out = _rank(block, text) < _PLAIN and _rank(above, above.text.strip()) < _PLAIN
        return styled or (block.type != "heading" and not match and stands_out)

    def heading(self, index: int) -> Heading | None:
        """Return what kind of heading the block is, or None."""
        block = self.body[index]
        text = block.text.strip()
        if not text or text in self.answered or (block.place and block.place.table in self.data_tables):
            return None
        if block.type == "heading":
            role = self._role(text)
            return Heading(text, block.level or 1, role) if words_in(text) <= _MAX_TITLE_WORDS else None
        if block.id in self.facts or "___" in text or "…" in text:
            return None
        if block.place:
            return self._in_table(block, text) or self._within_row(block, self._in_text(index, text))
        return self._in_text(index, text)

    def is_subheading(self, index: int) -> bool:
        """Say whether a line is bold, short and followed by something that is not, without opening a section."""
        block, following = self.body[index], self.next[index]
        text = block.text.strip()
        if not (block.bold and text and following) or block.type == "heading" or block.place:
            return False
        return words_in(text) <= _MAX_WORDS and not text.endswith((".", ";")) and not following.bold

    def _in_table(self, block: Block, text: str) -> Heading | None:
        cells = self.row_texts[_row(block)]
        match = self.words.find(text, self.language)
        if not (len(cells) > 1 and block.place and block.place.cell == 1 and match and words_in(text) <= _MAX_WORDS):
            return None
        states_fact = self.labels.role(text, self.language) and words_in(" ".join(cells[1:])) <= _MAX_TITLE_WORDS
        return None if states_fact else Heading(text.rstrip(": "), _ROW, match.role)

    def _within_row(self, block: Block, heading: Heading | None) -> Heading | None:
        """The label of a fact ("Salary" beside its sum) is about its row, and not about the rows below."""
        is_label = heading and len(self.row_texts[_row(block)]) > 1 and self.labels.role(heading.title, self.language)
        return replace(heading, rank=_ROW) if heading and is_label else heading

    def _in_text(self, index: int, text: str) -> Heading | None:
        block = self.body[index]
        match = self.words.find(text, self.language)
        long = words_in(normalise(text) if match and match.exact else text) > _MAX_WORDS
        if long or text.endswith((".", ";", ",")):
            return self._inline(block, text)
        rank = _rank(block, text)
        marked = rank < _PLAIN or text.endswith(":")
        if block.type == "list_item" and not block.bold:
            return Heading(text, rank, match.role if match else None) if index in self.numbered_titles else None
        if match and (match.exact or marked):
            return Heading(text.rstrip(": "), rank, match.role)
        if self._inline_label(text):
            stands_out = marked and words_in(text) <= 8
            return Heading(text, rank, self._role(text)) if stands_out else self._inline(block, text)
        if self.strict or not self._introduces(index, rank, text):
            return None
        return Heading(text.rstrip(": "), rank)

    @cached_property
    def numbered_titles(self) -> frozenset[int]:
        """Items that are titles, numbered by Word like a list: no item of the same list follows, and two are known."""
        pairs = enumerate(zip(self.body, self.next, strict=True))
        found = [i for i, (b, then) in pairs if b.type == "list_item" and then and _leads_on(b, then)]
        known = [index for index in found if self._known(self.body[index].text)]
        styles = {self.body[index].style for index in known} if len(known) >= _STRONG else set()
        return frozenset(index for index in found if self.body[index].style in styles)

    def _introduces(self, index: int, rank: int, text: str) -> bool:
        """A line without known words is a heading when it stands out from what follows."""
        block, following = self.body[index], self.next[index]
        if following is None or (block.place and len(self.row_texts[_row(block)]) > 1):
            return False
        if rank < _PLAIN:
            enters_table = following.place is not None and following.place != block.place
            return enters_table or _rank(following, following.text.strip()) > rank
        begins_list = is_item(following) and not is_item(block)
        return begins_list and words_in(text) <= 6 and not text.endswith(("?", "!"))

    def _inline_label(self, text: str) -> bool:
        label, separator, value = _split_label(text)
        return bool(separator and value and words_in(label) <= 5 and self._known(label))

    def _inline(self, block: Block, text: str) -> Heading | None:
        if block.type == "list_item" or not self._inline_label(text):
            return None
        label = _split_label(text)[0].strip()
        return Heading(label, _PLAIN, self._role(label), inline=True)

    def _known(self, label: str) -> bool:
        found = self.words.find(label, self.language)
        return bool(found and found.exact)

    def _role(self, title: str) -> str | None:
        found = self.words.find(title, self.language)
        return found.role if found else None


def _leads_on(block: Block, following: Block) -> bool:
    other = following.type != "list_item" or following.style != block.style
    return words_in(block.text) <= _MAX_TITLE and (other or _is_capital(block.text.strip()))


def is_item(block: Block) -> bool:
    """Tell whether a line is a list item, by Word's list or by a typed bullet or number."""
    return block.type == "list_item" or bool(_TYPED_ITEM.match(block.text))


def _rank(block: Block, text: str) -> int:
    if block.type == "heading":
        return block.level or 1
    if any(name in block.style.casefold() for name in _HEADING_STYLES):
        return CAPITAL_BOLD - 1
    if _is_capital(text):
        return CAPITAL_BOLD if block.bold else _CAPITAL
    return _BOLD if block.bold else _PLAIN


def _is_capital(text: str) -> bool:
    return text.isupper() and sum(letter.isalpha() for letter in text) >= 4


def _row(block: Block) -> tuple[int, int]:
    return (block.place.table, block.place.row) if block.place else (0, 0)


def _row_texts(document: Document) -> dict[tuple[int, int], list[str]]:
    """Return the texts of the cells of every row, by table and row."""
    texts: dict[tuple[int, int], list[str]] = {}
    for table in document.tables:
        for number, row in enumerate(table.rows, 1):
            cells = [" ".join(document.by_id[id].text for id in cell.blocks) for cell in row.cells]
            texts[table.number, number] = cells
    return texts


def _following(body: Sequence[Block]) -> list[Block | None]:
    """Return for each block the next one that has text."""
    following: list[Block | None] = []
    upcoming: Block | None = None
    for block in reversed(body):
        following.append(upcoming)
        if block.text.strip():
            upcoming = block
    return following[::-1]
