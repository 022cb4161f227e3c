"""Word file → Document: blocks, sections, tables and notices, with what Word itself locks.

No HR knowledge here: kind, language, state and HR locks are added by `kinds.classify`.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from cxify.document import Block, BlockType, Document, Notice, Section, Span
from cxify.word import gate, names
from cxify.word.names import w
from cxify.word.package import Package, notices, open_partly, opened
from cxify.word.paragraph import Paragraph, Runs
from cxify.word.stories import Entry, Stories, shared_stories
from cxify.word.styles import OFF, Style, Styles, level_of, puts_into_list, read_styles
from cxify.word.tree import parent

_PROTECTION: Final = {
    "forms": "The document is protected: people can only fill in its form fields.",
    "readOnly": "The document is protected as read-only.",
    "comments": "The document is protected: people can only comment.",
    "trackedChanges": "The document is protected: every change is tracked.",
}
_STYLE, _LEVEL, _LIST = w("pStyle"), w("outlineLvl"), w("numPr")
_BOLD_LIMIT: Final = 300
"""Longer paragraphs are not asked whether they are bold: they are no headings."""


def read(source: bytes | Package) -> Document:
    """Read a Word file.

    Raises the InputError of `package.open_package` for a file that cxify cannot or must not open.
    """
    package = opened(source)
    return _document(package, notices(package))


def skim(source: bytes) -> Document:
    """Read the text of a Word file without opening the parts that hold none; nothing is told of what those carry.

    For what has to be known of many files soon. Raises as `read` does, for what it meets.
    """
    return _document(open_partly(source), ())


def _document(package: Package, carried: tuple[Notice, ...]) -> Document:
    stories = shared_stories(package)
    styles = read_styles(package)
    settings = _optional_root(package, "settings")
    blocks = tuple(_blocks(stories, styles))
    return Document(
        blocks=blocks,
        sections=tuple(_sections(blocks)),
        tables=tuple(stories.tables),
        notices=(*carried, *_document_notices(stories, settings)),
        meta=_meta(package, settings, stories, styles),
    )


def _optional_root(package: Package, kind: str) -> etree._Element | None:
    part = next(iter(package.related(package.main, kind)), None)
    return package.tree(part) if part else None


def _blocks(stories: Stories, styles: Styles) -> Iterator[Block]:
    bold = _bold_by_itself(stories, styles)
    own = _own_settings(stories)
    section: str | None = None
    story = "body"
    for entry in stories.entries:
        if entry.story != story:
            section, story = None, entry.story
        block = _block(entry, own.get(entry.element, {}), styles, section, bold)
        yield block
        if block.type == "heading" and block.text.strip():
            section = block.text.strip()


def _own_settings(stories: Stories) -> dict[etree._Element, dict[str, etree._Element]]:
    """Return the style, level and list that paragraphs name themselves; one pass is cheaper than asking each."""
    found: dict[etree._Element, dict[str, etree._Element]] = {}
    for root in stories.trees.values():
        for setting in root.iter(_STYLE, _LEVEL, _LIST):
            properties = setting.getparent()
            paragraph = properties.getparent() if properties is not None and properties.tag == names.PPR else None
            if paragraph is not None:
                found.setdefault(paragraph, {}).setdefault(setting.tag, setting)
    return found


def _block(
    entry: Entry,
    own: Mapping[str, etree._Element],
    styles: Styles,
    section: str | None,
    bold: Mapping[etree._Element, bool],
) -> Block:
    style = styles.named(own[_STYLE].get(names.VAL, "") if _STYLE in own else styles.default)
    level = level_of(own.get(_LEVEL)) or style.level
    plain = entry.plain_runs
    runs = [(piece.run, piece.text) for piece in entry.paragraph.pieces] if plain is None else plain
    text = "".join([text for _, text in runs])
    spans = tuple(_locked_spans(entry.paragraph)) if plain is None else ()
    whole = _whole_lock(text, spans) if spans else None
    closed = entry.closed
    return Block(
        id=entry.id,
        type=_type(level, own.get(_LIST), style),
        text=text,
        story=entry.story,
        section=section,
        place=entry.place,
        lock=closed or whole,
        spans=spans,
        level=level,
        style=style.name,
        bold=len(text) <= _BOLD_LIMIT and _is_bold(runs, style, bold),
        closed=closed is not None,
    )


def _whole_lock(text: str, spans: tuple[Span, ...]) -> str | None:
    """Return why the whole text is locked: one locked span covers all but white space."""
    return next((s.reason for s in spans if not text[: s.start].strip() and not text[s.end :].strip()), None)


def _type(level: int | None, numbering: etree._Element | None, style: Style) -> BlockType:
    if level is not None:
        return "heading"
    direct = puts_into_list(numbering)
    return "list_item" if (style.numbered if direct is None else direct) else "paragraph"


def _locked_spans(paragraph: Paragraph) -> Iterator[Span]:
    open_span: Span | None = None
    for piece in paragraph.pieces:
        reason = piece.context.lock
        if open_span and reason == open_span.reason and piece.start == open_span.end:
            open_span = Span(open_span.start, piece.end, reason)
            continue
        if open_span:
            yield open_span
        open_span = Span(piece.start, piece.end, reason) if reason else None
    if open_span:
        yield open_span


def _is_bold(runs: Runs, style: Style, bold: Mapping[etree._Element, bool]) -> bool:
    shown = [run for run, text in runs if text and not text.isspace()]
    return bool(shown) and all(bold.get(run, style.bold) for run in shown)


def _bold_by_itself(stories: Stories, styles: Styles) -> dict[etree._Element, bool]:
    """Return the runs whose own format says whether they are bold; one pass is much cheaper than asking each run."""
    found: dict[etree._Element, bool] = {}
    for root in stories.trees.values():
        for character in root.iter(w("rStyle")):
            if character.get(names.VAL, "") in styles.bold_characters:
                found[parent(parent(character))] = True
        for mark in root.iter(w("b")):
            found[parent(parent(mark))] = mark.get(names.VAL, "1") not in OFF
    return found


def _sections(blocks: tuple[Block, ...]) -> Iterator[Section]:
    for story in dict.fromkeys(block.story for block in blocks):
        own = [block for block in blocks if block.story == story]
        headings = [i for i, block in enumerate(own) if block.type == "heading" and block.text.strip()]
        before = own[: headings[0]] if headings else own
        if before:
            yield Section("", None, 0, tuple(block.id for block in before))
        for position in headings:
            level = own[position].level or 1
            later = (i for i in headings if i > position and (own[i].level or 1) <= level)
            end = next(later, len(own))
            ids = tuple(block.id for block in own[position + 1 : end])
            yield Section(own[position].text.strip(), own[position].id, level, ids)


def _document_notices(stories: Stories, settings: etree._Element | None) -> Iterator[Notice]:
    protection = settings.find(w("documentProtection")) if settings is not None else None
    if protection is not None and protection.get(w("enforcement")) in ("1", "true", "on"):
        message = _PROTECTION.get(protection.get(w("edit"), ""))
        if message:
            yield Notice("protection", f"{message} cxify keeps the protection.")
    if stories.alt_chunks:
        yield Notice(
            "alt-chunk", "The document embeds another document that Word merges on opening; cxify leaves it as it is."
        )
    authors = sorted(
        {e.get(names.AUTHOR, "") for root in stories.trees.values() for e in root.iter(names.INS, names.DEL)}
    )
    if authors:
        listed = ", ".join(author or "unknown" for author in authors)
        yield Notice("revisions", f"The document carries tracked changes of {listed}; they stay as they are.")
    if any(gate.ACTIVE_FIELD.search(_field_codes(root)) for root in stories.trees.values()):
        yield Notice(
            "active-field", "The document has fields that fetch content from elsewhere; cxify never updates them."
        )


def _field_codes(root: etree._Element) -> str:
    """Return the codes of all fields, one a line; a code may be stored in pieces."""
    codes = []
    for element in root.iter(names.FLD_CHAR, names.INSTR_TEXT, names.FLD_SIMPLE):
        if element.tag == names.INSTR_TEXT:
            codes.append(element.text or "")
        else:
            codes.append(f"\n{element.get(w('instr'), '')}")
    return "".join(codes)


def _meta(package: Package, settings: etree._Element | None, stories: Stories, styles: Styles) -> dict[str, str]:
    meta = {"format": package.extension}
    languages: dict[str, int] = {}
    for element in stories.trees[package.main].iter(w("lang")):
        value = element.get(names.VAL)
        if value:
            languages[value] = languages.get(value, 0) + 1
    if not languages:
        theme = settings.find(w("themeFontLang")) if settings is not None else None
        declared = styles.language or (theme.get(names.VAL) if theme is not None else None)
        if declared:
            languages[declared] = 1
    if languages:
        meta["language"] = max(languages, key=lambda tag: languages[tag])
    return meta
