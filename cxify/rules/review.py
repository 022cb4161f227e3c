"""What a rule may look at: the document, the role, the framework, and the words that these know."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from cxify.document import Block, Document, Row, Table
from cxify.framework import Framework
from cxify.framework.model import CustomerTerms
from cxify.kinds import Kind
from cxify.kinds.tables import grids
from cxify.profile import RoleProfile
from cxify.rules.book import Rule, RuleBook
from cxify.rules.passages import Edit
from cxify.rules.phrases import Phrases
from cxify.rules.plain import NUMBER, plain, sentences, squeezed, words


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule saw: the words, what its message adds, and the block when it is not the edit's own."""

    quote: str = ""
    detail: str = ""
    block: str | None = None


EditRule = Callable[[Edit, "Review"], Iterator[Hit]]


@dataclass(frozen=True)
class Lexicon:
    """The words, numbers and running text that may be used without inventing anything."""

    words: frozenset[str]
    numbers: frozenset[str]
    text: str

    @classmethod
    def of(cls, texts: Iterable[str], *, figures: Iterable[str] | None = None) -> "Lexicon":
        """Collect the words of all texts; parts of compounds count as words. Numbers come from `figures` if given."""
        lines = tuple(texts)
        counted = lines if figures is None else figures
        numbers = frozenset(number for line in counted for number in NUMBER.findall(line))
        found = {word for line in lines for word in words(line)}
        parts = {part for word in found for part in word.replace("-", " ").replace("'", " ").split()}
        return cls(frozenset(found | parts), numbers, "\n".join(squeezed(line) for line in lines))


@dataclass(frozen=True)
class Review:
    """One document on the reviewer's desk."""

    document: Document
    kind: Kind
    framework: Framework
    book: RuleBook
    profile: RoleProfile | None = None

    @cached_property
    def language(self) -> str:
        """The document's language without its region; a text that does not tell is read as English."""
        language = self.document.language.partition("-")[0]
        return "en" if language in ("und", "") else language

    @cached_property
    def on_insertions(self) -> tuple[tuple[Rule, Phrases], ...]:
        """The rules that look at new text in documents of this kind, each with its terms in the language."""
        rules = self.book.of("insertion", self.kind.id, self.kind.rules)
        return tuple((rule, rule.phrases(self.language)) for rule in rules)

    @cached_property
    def twins(self) -> dict[int, tuple[tuple[str, str, float], ...]]:
        """By the index of an edit: its new sentences, the nearest ones of the document, how much they share."""
        return {}

    @cached_property
    def source(self) -> Lexicon:
        """What the document itself says."""
        return _said((self.document.title, *(block.text for block in self.document.blocks)))

    @cached_property
    def approved(self) -> Lexicon:
        """What the framework says, in its own language and in the document's."""
        return _approved(_Key(self.framework.sha256, self.language, self.framework))

    def knows(self, word: str) -> bool:
        """Tell whether the document or the framework uses this word, given as `plain` writes it."""
        return word in self.source.words or word in self.approved.words

    def says(self, phrase: str) -> bool:
        """Tell whether the document or the framework says exactly this."""
        wanted = squeezed(phrase)
        return wanted in self.source.text or wanted in self.approved.text

    @cached_property
    def customer_terms(self) -> CustomerTerms:
        """What the organisation calls the people it serves, in the document's language."""
        return self.framework.localised(self.language).organisation.customer_terms

    @cached_property
    def foreign_customer_words(self) -> tuple[str, ...]:
        """Words for customers that the organisation prohibits, or that neither it nor the document uses."""
        prohibited = {plain(term) for term in self.framework.organisation.prohibited_customer_terms}
        own = self.source.words.union(*(words(term) for term in self.customer_terms.model_dump().values()))
        usual = {plain(term) for term in self.book.customer_words.get(self.language, ())}
        return tuple(sorted(prohibited | {term for term in usual if own.isdisjoint(_inflected(term))}))

    @cached_property
    def source_sentences(self) -> tuple[tuple[str, str], ...]:
        """Block id and plain text of each sentence of the document that has more than three words."""
        return _spoken(tuple((block.id, block.text) for block in self.document.blocks))

    def role(self, block: Block) -> str | None:
        """Return what the block's section is for ("duties"), looking outwards when the innermost title says nothing."""
        titles = self._titles.get(block.id, ())
        for title in [*titles, block.section]:
            role = self.kind.role_of(title, self.document.language) if title else None
            if role:
                return role
        return None

    @cached_property
    def _titles(self) -> dict[str, tuple[str, ...]]:
        """The titles of the sections that hold a block, innermost first, by block id."""
        found: dict[str, list[str]] = {}
        for section in sorted(self.document.sections, key=lambda section: -section.level):
            for id in (*section.blocks, *([section.heading] if section.heading else ())):
                found.setdefault(id, []).append(section.title)
        return {id: tuple(titles) for id, titles in found.items()}

    def row(self, block: Block) -> tuple[Table, Row] | None:
        """Return the table and row in which a block stands."""
        if block.place is None:
            return None
        table = next((table for table in self.document.tables if table.number == block.place.table), None)
        return (table, table.rows[block.place.row - 1]) if table and block.place.row <= len(table.rows) else None

    def columns(self, table: Table) -> dict[int, tuple[str, str | None]]:
        """Return header and meaning of each column; without a known header, of the first row or the second."""
        language = self.document.language
        for grid in grids(self.document, self.kind.column_words, language):
            if grid.table.number == table.number and grid.header is not None:
                return {column: (title, grid.columns.get(column)) for column, title in grid.titles.items()}
        rows = [self._headers(row) for row in table.rows[:2]]
        named = max(rows, key=lambda texts: sum(bool(self.kind.column_of(text)) for text in texts))
        return {column: (text, self.kind.column_of(text, language)) for column, text in enumerate(named)}

    def _headers(self, row: Row) -> list[str]:
        return [text for cell in row.cells for text in [self._text(cell.blocks)] * cell.span]

    def _text(self, blocks: tuple[str, ...]) -> str:
        return " ".join(self.document.by_id[id].text for id in blocks if id in self.document.by_id)


@lru_cache(maxsize=4)
def _said(texts: tuple[str, ...]) -> Lexicon:
    """Kept by the texts: a document is on several desks one after the other."""
    return Lexicon.of(texts)


@lru_cache(maxsize=4)
def _spoken(blocks: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (id, squeezed(sentence)) for id, text in blocks for sentence in sentences(text) if sentence.count(" ") > 2
    )


@dataclass(frozen=True)
class _Key:
    sha256: str
    language: str
    framework: Framework = field(compare=False)


@lru_cache(maxsize=16)
def _approved(key: _Key) -> Lexicon:
    spoken = key.framework.localised(key.language)
    frameworks = [key.framework] if spoken is key.framework else [key.framework, spoken]
    texts = [text for framework in frameworks for text in _texts(framework)]
    return Lexicon.of(texts, figures=[text for framework in frameworks for text in _promised(framework)])


def _promised(framework: Framework) -> Iterator[str]:
    """Yield the texts whose numbers the organisation stands by."""
    yield from (framework.vision.statement, framework.vision.why, *framework.vision.promises)
    yield from (story.text for story in framework.stories)
    for standard in framework.service_standards:
        yield from (standard.statement, standard.measure.target.printed)


def _texts(framework: Framework) -> Iterator[str]:
    """Yield what the framework lets people say: no references, no dates, no target that nobody agreed to."""
    organisation, vision = framework.organisation, framework.vision
    yield from (*organisation.legal_names, *organisation.customer_terms.model_dump().values())
    yield from (vision.statement, vision.why, *vision.promises)
    for story in framework.stories:
        yield from (story.title, story.text)
    for relationship in (framework.customer_relationships.external, framework.customer_relationships.internal):
        yield from relationship.people
    for standard in framework.service_standards:
        measure = standard.measure
        yield from (standard.name, standard.statement, measure.what, measure.source, measure.target.printed)
    for competency in framework.competencies:
        yield from (competency.name, competency.short, competency.definition, competency.interview)
        yield from (text for level in competency.levels.values() for text in level)
        yield from (text for kpi in competency.kpis for text in (kpi.behaviour, kpi.measure, kpi.source))


@lru_cache(maxsize=1024)
def _inflected(term: str) -> frozenset[str]:
    """Return a word for people with the endings that English and German give it: Patient, Patienten, Patientinnen."""
    endings = ("", "s", "'s", "n", "en", "e", "es", "in", "innen")
    plural = [f"{term[:-1]}ies"] if term.endswith("y") else []
    return frozenset([*(f"{term}{ending}" for ending in endings), *plural])
