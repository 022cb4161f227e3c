"""Find the sections of a document in HR's sense.

Real HR documents rarely use heading styles. A heading may also be a bold or capital line, a line that says nothing
but "Main duties", a label ("Safeguarding: All staff …"), or the first cell of a row in a table that holds the whole
document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cxify.document import Block, Document, Section
from cxify.kinds.common import Labels
from cxify.kinds.words import Vocabulary, normalise, words_in

_MAX_WORDS = 10
_MAX_TITLE_WORDS = 14
_STRONG = 2
"""So many Word headings mean that the author uses them, and that a bold line is only a bold line."""
_CAPITAL_BOLD, _CAPITAL, _BOLD, _PLAIN, _ROW = 20, 21, 22, 23, 24
"""Ranks of headings that are none in Word's sense; a weaker one stands below a stronger one."""
_HEADING_STYLES = ("heading", "überschrift", "titre", "kop ", "título", "encabezado")


@dataclass(frozen=True)
class Outline:
    """Sections, the path of sections to each block, the title lines, and the labels of facts."""

    sections: tuple[Section, ...]
    paths: Mapping[str, tuple[Section, ...]]
    headings: frozenset[str]
    titles: frozenset[str]
    facts: Mapping[str, str]
    """Blocks such as "Reports to: Ward Manager" with the role of their label."""
    subheadings: frozenset[str]
    """Bold lines that divide a section, in documents that use Word's heading styles for the sections."""


@dataclass
class _Open:
    title: str
    heading: str | None
    rank: int
    level: int
    table: int | None
    role: str | None
    blocks: list[str] = field(default_factory=list)
    filled: bool = False
    """Text stands in it."""
    divided: bool = False
    """Lines in the format of its own heading divide it."""


@dataclass(frozen=True)
class _Heading:
    title: str
    rank: int
    role: str | None = None
    inline: bool = False


def outline(
    document: Document, words: Vocabulary, labels: Labels, language: str, data_tables: frozenset[int]
) -> Outline:
    """Derive the sections of the main story; `data_tables` have a header row and hold no headings."""
    body = list(document.body)
    facts = {block.id: role for block in document.blocks if (role := fact(block, labels, language))}
    finder = _Finder(document, body, words, labels, language, facts, data_tables)
    titles = finder.titles()
    subheadings = frozenset(block.id for index, block in enumerate(body) if finder.is_subheading(index))
    builder = _Builder({table.number: table.nested_in for table in document.tables})
    for index, block in enumerate(body):
        builder.leave_tables(block)
        if block.place and block.place.table in data_tables:
            builder.leave_scale()
        heading = None if block.id in titles and block.type != "heading" else finder.heading(index)
        builder.add(block, heading)
    return Outline(*builder.finish(), titles, facts, subheadings)


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


class _Finder:
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
        styled = block.style.casefold().startswith(("title", "subtitle", "titel", "untertitel", "titre"))
        stands_out = _rank(block, text) < _PLAIN and _rank(above, above.text.strip()) < _PLAIN
        return styled or (block.type != "heading" and not match and stands_out)

    def heading(self, index: int) -> _Heading | None:
        """Return what kind of heading the block is, or None."""
        block = self.body[index]
        text = block.text.strip()
        if not text or (block.place and block.place.table in self.data_tables):
            return None
        if block.type == "heading":
            role = self._role(text)
            return _Heading(text, block.level or 1, role) if words_in(text) <= _MAX_TITLE_WORDS else None
        if block.id in self.facts or "___" in text or "…" in text:
            return None
        if block.place:
            return self._in_table(block, text) or self._in_text(index, text)
        return self._in_text(index, text)

    def is_subheading(self, index: int) -> bool:
        """Say whether a line is bold, short and followed by something that is not, without opening a section."""
        block, following = self.body[index], self.next[index]
        text = block.text.strip()
        if not (block.bold and text and following) or block.type == "heading" or block.place:
            return False
        return words_in(text) <= _MAX_WORDS and not text.endswith((".", ";")) and not following.bold

    def _in_table(self, block: Block, text: str) -> _Heading | None:
        cells = self.row_texts[_row(block)]
        match = self.words.find(text, self.language)
        if not (len(cells) > 1 and block.place and block.place.cell == 1 and match and words_in(text) <= _MAX_WORDS):
            return None
        states_fact = self.labels.role(text, self.language) and words_in(" ".join(cells[1:])) <= _MAX_TITLE_WORDS
        return None if states_fact else _Heading(text.rstrip(": "), _ROW, match.role)

    def _in_text(self, index: int, text: str) -> _Heading | None:
        block = self.body[index]
        match = self.words.find(text, self.language)
        long = words_in(normalise(text) if match and match.exact else text) > _MAX_WORDS
        if long or text.endswith((".", ";", ",")):
            return self._inline(block, text)
        rank = _rank(block, text)
        marked = rank < _PLAIN or text.endswith(":")
        if block.type == "list_item" and not block.bold:
            return None
        if match and (match.exact or marked):
            return _Heading(text.rstrip(": "), rank, match.role)
        if self._inline_label(text):
            stands_out = marked and words_in(text) <= 8
            return _Heading(text, rank, self._role(text)) if stands_out else self._inline(block, text)
        if self.strict or not self._introduces(index, rank, text):
            return None
        return _Heading(text.rstrip(": "), rank)

    def _introduces(self, index: int, rank: int, text: str) -> bool:
        """A line without known words is a heading when it stands out from what follows."""
        block, following = self.body[index], self.next[index]
        if following is None or (block.place and len(self.row_texts[_row(block)]) > 1):
            return False
        if rank < _PLAIN:
            enters_table = following.place is not None and following.place != block.place
            return enters_table or _rank(following, following.text.strip()) > rank
        begins_list = following.type == "list_item" and block.type != "list_item"
        return begins_list and words_in(text) <= 6 and not text.endswith(("?", "!"))

    def _inline_label(self, text: str) -> bool:
        label, separator, value = _split_label(text)
        return bool(separator and value and words_in(label) <= 5 and self._known(label))

    def _inline(self, block: Block, text: str) -> _Heading | None:
        if block.type == "list_item" or not self._inline_label(text):
            return None
        label = _split_label(text)[0].strip()
        return _Heading(label, _PLAIN, self._role(label), inline=True)

    def _known(self, label: str) -> bool:
        found = self.words.find(label, self.language)
        return bool(found and found.exact)

    def _role(self, title: str) -> str | None:
        found = self.words.find(title, self.language)
        return found.role if found else None


class _Builder:
    """Puts blocks under the headings that are open, by rank, and closes what a table opened when it ends."""

    def __init__(self, nested_in: Mapping[int, int | None]) -> None:
        self.nested_in = nested_in
        self.open: list[_Open] = []
        self.all: list[_Open] = []
        self.before: list[str] = []
        self.steps: list[tuple[str, tuple[_Open, ...]]] = []

    def leave_tables(self, block: Block) -> None:
        inside = set()
        table = block.place.table if block.place else None
        while table is not None:
            inside.add(table)
            table = self.nested_in.get(table)
        while self.open and self.open[-1].table is not None and self.open[-1].table not in inside:
            self.open.pop()

    def leave_scale(self) -> None:
        """A table of criteria or objectives right below the rating scale is no part of the scale."""
        while self.open and self.open[-1].role == "scale":
            self.open.pop()

    def add(self, block: Block, heading: _Heading | None) -> None:
        if heading and heading.inline:
            self._add_inline(block, heading)
        elif heading:
            self._begin(block, heading)
        else:
            self._place(block, tuple(self.open))

    def _add_inline(self, block: Block, heading: _Heading) -> None:
        """A label opens a section of its own line only, unless it says again what the section is about."""
        if self.open and self.open[-1].role == heading.role:
            self._place(block, tuple(self.open))
            return
        section = _Open(heading.title, None, heading.rank, self._level() + 1, None, heading.role)
        self.all.append(section)
        self._place(block, (*self.open, section))

    def _begin(self, block: Block, heading: _Heading) -> None:
        while self.open and self.open[-1].rank >= heading.rank and not self._divides(heading):
            self.open.pop()
        if self.open and self.open[-1].rank >= heading.rank:
            self.open[-1].divided = True
        for section in self.open:
            section.blocks.append(block.id)
        level = heading.rank if heading.rank < _CAPITAL_BOLD else self._level() + 1
        table = block.place.table if block.place else None
        section = _Open(heading.title, block.id, heading.rank, level, table, heading.role)
        self.open.append(section)
        self.all.append(section)
        self.steps.append((block.id, tuple(self.open)))

    def _divides(self, heading: _Heading) -> bool:
        """Lines like "Strategy" and "People" divide a part whose heading looks the same and has no text below."""
        above = self.open[-1]
        if heading.role or above.rank != heading.rank or heading.rank < _CAPITAL_BOLD:
            return False
        return bool(above.role) and (above.divided or not above.filled)

    def _place(self, block: Block, path: tuple[_Open, ...]) -> None:
        for section in path:
            section.blocks.append(block.id)
            section.filled = section.filled or bool(block.text.strip())
        if not path:
            self.before.append(block.id)
        self.steps.append((block.id, path))

    def _level(self) -> int:
        return self.open[-1].level if self.open else 0

    def finish(self) -> tuple[tuple[Section, ...], dict[str, tuple[Section, ...]], frozenset[str]]:
        made = {id(o): Section(o.title, o.heading, o.level, tuple(o.blocks)) for o in self.all}
        first = [Section("", None, 0, tuple(self.before))] if self.before and made else []
        paths = {block: tuple(made[id(o)] for o in path) for block, path in self.steps}
        headings = frozenset(o.heading for o in self.all if o.heading)
        return (*first, *made.values()), paths, headings


def _rank(block: Block, text: str) -> int:
    if block.type == "heading":
        return block.level or 1
    if any(name in block.style.casefold() for name in _HEADING_STYLES):
        return _CAPITAL_BOLD - 1
    if _is_capital(text):
        return _CAPITAL_BOLD if block.bold else _CAPITAL
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
