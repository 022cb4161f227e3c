"""One document as an editor sees it: which block stands in which part, what may be touched, and in whose voice."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from cxify import kinds, sieve
from cxify.document import Block, Row, Table
from cxify.framework import Competency, Framework, Standard
from cxify.framework.model import CustomerTerms
from cxify.kinds.tables import Grid, cells_of, grids
from cxify.writers import Task
from cxify.writers.library import slots, voice
from cxify.writers.library.builtin import builtin
from cxify.writers.library.phrasing import any_of, fitness, is_german_plural, mention, turns
from cxify.writers.library.voice import Voice
from cxify.writers.library.wording import Outcome, Text, Wording

Item = TypeVar("Item")


def _with_description(roles: list[str | None]) -> list[str | None]:
    """Read the one column without a known header as the description, where criteria are rated."""
    unknown = [index for index, role in enumerate(roles) if role is None]
    if len(unknown) == 1 and "criterion" in roles and "rating" in roles and "description" not in roles:
        roles[unknown[0]] = "description"
    return roles


@dataclass(frozen=True)
class Scene:
    """A task, the wording of its language, and what follows from both."""

    task: Task
    wording: Wording
    framework: Framework
    """The task's framework in the document's language."""
    turn: int = 0
    """Beyond 0, other variants are chosen, one after the other, where there are several."""
    own: bool = False
    """Tells whether the organisation has wording of its own."""

    def competency(self, id: str) -> Competency:
        """Return a competency of the framework in the document's language. Raises KeyError."""
        return self._competencies[id.partition("@")[0]]

    def standard(self, id: str) -> Standard:
        """Return a service standard of the framework in the document's language. Raises KeyError."""
        return self._standards[id]

    @cached_property
    def _competencies(self) -> Mapping[str, Competency]:
        return {competency.id: competency for competency in self.framework.competencies}

    @cached_property
    def _standards(self) -> Mapping[str, Standard]:
        return {standard.id: standard for standard in self.framework.service_standards}

    @property
    def american(self) -> bool:
        """Tell whether the document is spelled the American way."""
        return self.task.document.language.endswith("-US")

    @property
    def level(self) -> int:
        """The role's level, 1 to 4."""
        return min(4, max(1, self.task.profile.level))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the main story that have text."""
        return tuple(block for block in self.task.document.body if block.text.strip())

    @cached_property
    def text(self) -> str:
        """The words of the main story."""
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def lowered(self) -> sieve.Sifted:
        """The same in small letters, to see which patterns cannot match (`cxify.sieve`)."""
        return sieve.lowered(self.text)

    def may_say(self, cue: sieve.LatePattern, block: Block) -> bool:
        """Say cheaply when a block cannot match a pattern."""
        return sieve.passes(cue, self._lowered[block.id])

    @cached_property
    def _lowered(self) -> Mapping[str, sieve.Sifted]:
        return {block.id: sieve.lowered(block.text) for block in self.blocks}

    @cached_property
    def words(self) -> int:
        """How many words the document has."""
        return len(self.text.split())

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """The role of the innermost section with a known role, by block id; a heading has that of its own section."""
        known = kinds.roles_of(self.task.document, self.task.kind)
        found = {id: role for id, role in known.items() if role == "duties"}
        for section in sorted(self.task.document.sections, key=lambda section: section.level):
            if role := self.task.kind.role_of(section.title, self.task.document.language):
                found.update(dict.fromkeys((*section.blocks, *([section.heading] if section.heading else [])), role))
        return found

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of the innermost section, by block id."""
        found: dict[str, str] = {}
        for section in sorted(self.task.document.sections, key=lambda section: section.level):
            found.update(
                dict.fromkeys((*section.blocks, *([section.heading] if section.heading else [])), section.title)
            )
        return found

    def role(self, block: Block) -> str | None:
        """Return the role of the section that a block stands in."""
        return self.roles.get(block.id)

    def in_roles(self, *roles: str) -> Iterator[Block]:
        """Yield the blocks of sections with these roles, without headings."""
        known = self.roles
        return (block for block in self.blocks if known.get(block.id) in roles and block.type != "heading")

    def headings(self) -> Iterator[Block]:
        """Yield what the document marks as headings: Word's own, and the blocks that open a section."""
        opening = {section.heading for section in self.task.document.sections}
        return (block for block in self.blocks if block.type == "heading" or block.id in opening)

    @cached_property
    def numbered_above(self) -> frozenset[str]:
        """Blocks whose typed number goes on in the next one, "2.1" above "2.1.1": they name what follows."""
        numbers = [(block.id, voice.typed_number(block.text)) for block in self.blocks]
        return frozenset(id for (id, above), (_, below) in pairwise(numbers) if above and below.startswith(f"{above}."))

    def editable(self, block: Block) -> bool:
        """Tell whether words may be added to a block."""
        return block.lock is None and not block.closed

    # ---- tables ----

    @cached_property
    def tables(self) -> Mapping[int, Table]:
        """Tables by their number."""
        return {table.number: table for table in self.task.document.tables}

    def row(self, block: Block) -> Row | None:
        """Return the table row that a block stands in."""
        if block.place is None or block.place.table not in self.tables:
            return None
        rows = self.tables[block.place.table].rows
        return rows[block.place.row - 1] if block.place.row <= len(rows) else None

    def cell_texts(self, row: Row) -> list[str]:
        """Return the text of each cell of a row."""
        by_id = self.task.document.by_id
        return ["\n".join(by_id[id].text for id in cell.blocks if id in by_id).strip() for cell in row.cells]

    @cached_property
    def grids(self) -> Mapping[int, Grid]:
        """Tables with the meaning of their columns, by number."""
        document = self.task.document
        return {grid.table.number: grid for grid in grids(document, self.task.kind.column_words, document.language)}

    def columns(self, table: Table, row: Row | None = None) -> list[str | None]:
        """Return the role of each cell of a row, by default of the header itself; a totals row has fewer cells."""
        grid = self.grids[table.number]
        if grid.header is None:
            row = row or (table.rows[-1] if table.rows else None)
            return [None] * len(row.cells if row else ())
        row = row or table.rows[grid.header]
        return _with_description([grid.columns.get(column) for _, column in cells_of(row)])

    def data_rows(self, table: Table) -> tuple[Row, ...]:
        """Return the rows below the header; none where the table has no header."""
        header = self.grids[table.number].header
        return () if header is None else table.rows[header + 1 :]

    def is_data(self, block: Block) -> bool:
        """Tell whether a block stands below the header of a table that is understood."""
        row = self.row(block)
        return block.place is not None and row is not None and row in self.data_rows(self.tables[block.place.table])

    def is_running(self, block: Block) -> bool:
        """Tell whether a block is running text: outside tables, or in a table that only arranges the page."""
        return block.place is None or self.grids[block.place.table].header is None

    def column(self, block: Block) -> str | None:
        """Return the role of the column that a block stands in."""
        row = self.row(block)
        if block.place is None or row is None:
            return None
        roles = self.columns(self.tables[block.place.table], row)
        return roles[block.place.cell - 1] if block.place.cell <= len(roles) else None

    # ---- voice and words ----

    def neighbours(self, block: Block) -> Iterator[str]:
        """Yield the texts that stand in the same section or column as a block."""
        if block.place and not self.is_running(block):
            place = block.place
            same = (b for b in self.blocks if b.place and (b.place.table, b.place.cell) == (place.table, place.cell))
            return (other.text for other in same if other.id != block.id and other.place and other.place.row > 1)
        title = self.titles.get(block.id)
        return (
            other.text
            for other in self.blocks
            if other.id != block.id
            and self.titles.get(other.id) == title
            and other.type != "heading"
            and self.is_running(other)
        )

    def voice(self, block: Block) -> Voice | None:
        """Return the voice of a block, or that of its neighbours."""
        if block.id not in self._voices:
            self._voices[block.id] = voice.voice_of(block.text, self.neighbours(block), self.wording)
        return self._voices[block.id]

    @cached_property
    def _voices(self) -> dict[str, Voice | None]:
        return {}

    def has(self, words: sieve.LatePattern) -> bool:
        """Tell whether the document has these words anywhere."""
        if words not in self._words:
            self._words[words] = sieve.passes(words, self.lowered) and bool(words.search(self.text))
        return self._words[words]

    @cached_property
    def _words(self) -> dict[sieve.LatePattern, bool]:
        return {}

    @cached_property
    def slots(self) -> dict[str, str]:
        """What the role itself gives to every sentence: the people served and what it works on."""
        customers = self.customers
        duties = "\n".join(block.text for block in self.in_roles("duties", "essential_functions", "purpose"))
        return {
            **slots.of_served(self.served, self.task.profile.relationship, self.wording),
            **slots.of_work(duties or self.text, self.wording),
            "customers": customers,
            "Customers": slots.capital(customers),
        }

    @property
    def own_terms(self) -> CustomerTerms:
        """What the organisation calls the people it serves; its own words count in every language."""
        given = self.task.framework.organisation.customer_terms
        return (
            self.framework.organisation.customer_terms if given == builtin("en").organisation.customer_terms else given
        )

    @property
    def customers(self) -> str:
        """What the document calls those outside whom the organisation serves, else the organisation's own term."""
        called = (word for word in self.wording.customer_words if mention(word).search(self.text))
        own = self.own_terms.external_plural
        return own if mention(own).search(self.text) else next(called, own)

    @cached_property
    def served(self) -> tuple[str, ...]:
        """Who may be named as receiving the work: people the document mentions, in its or the organisation's term."""
        own = self.own_terms.external_plural
        called = (self.customers if name == own else name for name in self.task.profile.served)
        named = (name for name in called if slots.plural(name, self.wording) and self._mentions(name))
        return tuple(dict.fromkeys(n for n in named if self.wording.language != "de" or is_german_plural(n)))

    def _mentions(self, people: str) -> bool:
        terms = self.own_terms
        if people == terms.internal_plural and self.wording.insiders.search(self._work):
            return True
        shipped = builtin(self.wording.language).organisation.customer_terms
        own = terms.external_plural != shipped.external_plural
        return (own and people == terms.external_plural) or bool(mention(people).search(self.text))

    @cached_property
    def _work(self) -> str:
        """What the role does; "able to work in a team" among the requirements names nobody."""
        asked = frozenset(block.id for block in self.in_roles("person_spec"))
        return "\n".join(block.text for block in self.blocks if block.id not in asked)

    @cached_property
    def outcomes(self) -> dict[str, tuple[Outcome, ...]]:
        """How the purpose ranks what the role leads to: every sentence on it asks anew."""
        return {}

    def choose(self, items: Sequence[Item], seed: str) -> Item:
        """Choose among equals, always the same for the same role and passage, and differently for others.

        What repeats the words of an earlier choice in this document gives way.
        """
        digest = hashlib.sha256(f"{self.task.profile.role}|{seed}".encode()).digest()
        known = self._choices.get((seed, len(items)))
        if known is not None:
            return items[known]
        shared = [len(turns(item) & self._said) for item in items]
        fresh = [index for index, count in enumerate(shared) if count == min(shared)]
        chosen = (fresh[int.from_bytes(digest[:4], "big") % len(fresh)] + self.turn) % len(items)
        self._choices[seed, len(items)] = chosen
        self._said.update(turns(items[chosen]))
        return items[chosen]

    @cached_property
    def _choices(self) -> dict[tuple[str, int], int]:
        return {}

    @cached_property
    def _said(self) -> set[str]:
        return set()

    def variants(self, texts: Sequence[Text], words: Mapping[str, str]) -> list[tuple[Text, Text]]:
        """Return the variants that fit level and document, each as written and with its slots filled.

        The best only, unless others are asked for (`turn`).
        """
        given = {**self.slots, **words}
        fitting = [
            (text, filled)
            for text in texts
            if self.level in text.levels
            and (text.needs is None or self.has(text.needs))
            and (text.without is None or not self.has(text.without))
            and (not text.needs_plural or given.get(text.needs_plural, "").endswith("s"))
            and (filled := self.filled(text, given))
        ]
        most = max((fitness(text) for text, _ in fitting), default=0)
        return [pair for pair in fitting if self.turn or fitness(pair[0]) == most]

    def filled(self, text: Text, given: Mapping[str, str]) -> Text | None:
        """Return a variant with its slots filled, or None where the document lacks the words."""
        changes: dict[str, str] = {}
        for form in ("text", "base", "third", "plural", "du", "gerund"):
            template = getattr(text, form)
            if template and (words := slots.fill(template, given)):
                changes[form] = self.spelled(words)
            elif template:
                return None
        return text.model_copy(update=changes)

    def spelled(self, words: str) -> str:
        """Return library words in the document's spelling and with its apostrophes."""
        for odd, idiom in self.wording.idioms.items():
            words = words.replace(odd, idiom)
        if "’" not in self.text:
            words = words.replace("’", "'")
        if self.american and self.wording.american:
            british = any_of(tuple(self.wording.american))
            words = british.sub(lambda found: self.wording.american[found.group()], words)
        return words
