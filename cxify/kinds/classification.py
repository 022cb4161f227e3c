"""Say what HR sees in a document: its kind, language and state, its sections, and what must not change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cxify.document import Block, Document, Notice, Section
from cxify.errors import SettingsInvalid
from cxify.kinds import common, locks
from cxify.kinds.bilingual import bilingual_tables, notice
from cxify.kinds.language import language_of
from cxify.kinds.model import Kind, Kinds
from cxify.kinds.outline import Outline, outline
from cxify.kinds.recognition import recognise, see
from cxify.kinds.state import state_of
from cxify.kinds.tables import Grid, grids, know_grids
from cxify.kinds.words import Vocabulary, normalise


def classify(
    document: Document,
    kinds: Kinds,
    *,
    kind: str | None = None,
    language: str | None = None,
    protected: Sequence[str] = (),
    protected_sections: Sequence[str] = (),
) -> Document:
    """Return the document with kind, evidence, language, state, HR's sections, locks, closures and protected spans.

    `kind` and `language` (BCP 47) override the guess; `protected` are phrases of the organisation that must survive,
    `protected_sections` are titles of sections that must stay as they are. Raises
    SettingsInvalid for a kind that does not exist.
    """
    language = language or language_of(document)
    tables, found = _read(document, common.column_words(), common.section_words(), language)
    if kind is None:
        chosen, evidence = _guess(document, kinds, tables, found, language)
    else:
        chosen, evidence = _given(kinds, kind), "as told"
    if chosen.columns or chosen.sections:
        tables, found = _read(document, chosen.column_words, chosen.section_words, language)
    state = state_of(document, chosen.entries, found, tables, common.labels(), language)
    own = locks.Own(tuple(p for p in protected if p.strip()), frozenset(normalise(t) for t in protected_sections))
    twice = bilingual_tables(document)
    blocks = locks.apply(document, chosen, state, found, tables, language, own, twice)
    classified = replace(
        document,
        blocks=tuple(_with_section(block, found) for block in blocks),
        sections=_sections(document, found),
        kind=chosen.id,
        kind_evidence=evidence,
        language=language,
        state=state,
        title=document.title or _title(document, found),
        notices=(*document.notices, *_language_notice(language), *notice(twice)),
    )
    know_grids(classified, chosen.column_words, language, tables)
    return classified


def _language_notice(language: str) -> tuple[Notice, ...]:
    """Say that only what needs no words of the language was looked at."""
    known = common.language_data()["packs"]
    base = language.partition("-")[0]
    if base in known or base == "und":
        return ()
    packs = ", ".join(sorted(known))
    message = f"There is no language pack for “{language}”; what depends on its words was not checked. Packs: {packs}."
    return (Notice("language", message),)


def _read(
    document: Document, columns: Vocabulary, sections: Vocabulary, language: str
) -> tuple[tuple[Grid, ...], Outline]:
    tables = grids(document, columns, language)
    data = frozenset(grid.table.number for grid in tables if grid.header is not None and not grid.is_scale)
    return tables, outline(document, sections, common.labels(), language, data)


def _guess(
    document: Document, kinds: Kinds, tables: tuple[Grid, ...], found: Outline, language: str
) -> tuple[Kind, str]:
    words = common.section_words()
    sections: dict[str, str] = {}
    for section in found.sections:
        if match := words.find(section.title, language):
            sections.setdefault(match.role, section.title)
    columns: dict[str, str] = {}
    for grid in tables:
        columns.update({role: grid.titles[column] for column, role in grid.columns.items() if role not in columns})
    id, evidence = recognise(see(document, found, sections, columns, language), kinds)
    return kinds[id], evidence


def _given(kinds: Kinds, id: str) -> Kind:
    if id not in kinds:
        raise SettingsInvalid(f"There is no document kind “{id}”.", f"Use one of: {', '.join(sorted(kinds))}.")
    return kinds[id]


def _with_section(block: Block, found: Outline) -> Block:
    """The nearest heading above a block; for a heading, the section that it stands in."""
    path = found.paths.get(block.id, ())
    if block.id in found.headings:
        path = path[:-1]
    title = path[-1].title if path else block.section if block.story != "body" else None
    return block if title == block.section else replace(block, section=title)


def _sections(document: Document, found: Outline) -> tuple[Section, ...]:
    """HR's sections of the main story, and Word's of the others."""
    body = {block.id for block in document.body}
    others = (s for s in document.sections if (s.heading or next(iter(s.blocks), "")) not in body)
    return (*found.sections, *others)


def _title(document: Document, found: Outline) -> str:
    first: Mapping[str, Block] = document.by_id
    return next((first[block.id].text.strip() for block in document.body if block.id in found.titles), "")
