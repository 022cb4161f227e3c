"""Write the page, line by line."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from cxify.framework import Standard
from cxify.packet.facts import Change, Facts
from cxify.packet.lines import GAP, Leaf, Line
from cxify.packet.model import ANY, Condition, Pages, Texts
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Replace

MOST_CHANGES: Final = 6
MOST_QUESTIONS: Final = 5
_LONGEST: Final = 180
_MARKUP: Final = re.compile(r"[\\`*<>]|(?<!\w)_|_(?!\w)|(?<=\])\(")


def leaf(facts: Facts, pages: Pages) -> Leaf:
    """Return the page for one document in its language, in English where there are no texts in it."""
    texts, in_language = pages.for_language(facts.language)
    parts = (
        _head(facts, texts, in_language),
        _changes(facts, texts),
        _reasons(facts, texts),
        _meaning(facts, texts),
        _questions(facts, pages, texts),
        _needs(facts, pages, texts),
        (Line("purpose", texts.purpose),),
    )
    spoken = facts.language if in_language and facts.language != "und" else "en"
    return Leaf(spoken, tuple(part for part in map(tuple, parts) if part))


def page(facts: Facts, pages: Pages) -> str:
    """Return the page for one document as Markdown."""
    return leaf(facts, pages).markdown()


def _head(facts: Facts, texts: Texts, in_language: bool) -> Iterator[Line]:
    title = texts.role_title.format(role=_safe(facts.role)) if facts.role else None
    yield Line("title", title or texts.title.format(document=_safe(facts.document)))
    yield GAP
    yield Line("text", texts.intro_later if facts.later else texts.intro)
    used = facts.record.framework
    if used:
        name = facts.framework.framework.name if facts.framework else used.get("id", "")
        status = texts.statuses.get(used.get("status", ""), used.get("status", ""))
        yield Line("text", texts.framework.format(name=_safe(name), version=used.get("version", ""), status=status))
    if title:
        yield Line("text", f"({_safe(facts.document)})")
    if not in_language:
        yield Line("text", texts.fallback.format(language=facts.language))


def _changes(facts: Facts, texts: Texts) -> Iterator[Line]:
    yield Line("heading", texts.changes)
    yield GAP
    if not facts.standing:
        yield Line("text", texts.no_changes)
    for change in facts.standing[:MOST_CHANGES]:
        yield Line("point", _said(change, facts, texts))
        yield from (Line("more", line) for line in _because(change, facts, texts))
    if len(facts.standing) > MOST_CHANGES:
        yield Line("point", texts.more_changes.format(count=len(facts.standing) - MOST_CHANGES))
    if facts.remarks:
        yield GAP
        line = texts.one_comment_line if len(facts.remarks) == 1 else texts.comments_line
        yield Line("text", line.format(count=len(facts.remarks)))
    gone = sum(not each.is_comment and each.standing == "gone" for each in facts.changes)
    if gone:
        yield GAP
        line = texts.one_gone if gone == 1 else texts.gone
        yield Line("text", line.format(count=gone, total=sum(not each.is_comment for each in facts.changes)))


def _said(change: Change, facts: Facts, texts: Texts) -> str:
    match change.edit.operation:
        case Replace(old=old, new=new):
            form = texts.reworded if new.strip() else texts.removed
            said = form.format(old=_short(old), new=_short(new))
        case Append(text=text) | InsertAfter(text=text):
            said = texts.added.format(text=_short(text.lstrip(" \t.,;:–-")))
        case InsertRowAfter(cells=cells):
            said = texts.row.format(text=" · ".join(_short(cell) for cell in cells if cell.strip()))
        case _:
            said = ""
    if change.section:
        said = texts.section.format(section=f"**{_safe(change.section)}**", change=said)
    if facts.later and change.standing != "gone":
        said += f" ({texts.standings[change.standing]})"
    return said


def _because(change: Change, facts: Facts, texts: Texts) -> Iterator[str]:
    if change.edit.reason:
        yield texts.why.format(reason=_safe(change.edit.reason))
    served = ", ".join(_names(change, facts))
    if served:
        yield texts.serves.format(served=served)


def _names(change: Change, facts: Facts) -> list[str]:
    ids = [id.partition("@")[0] for id in change.edit.competencies]
    return [_competency(id, facts) for id in ids] + [_standard(id, facts) for id in change.edit.standards]


def _competency(id: str, facts: Facts) -> str:
    known = facts.framework.localised(facts.language).competencies if facts.framework else ()
    return next((_safe(each.name) for each in known if each.id == id), id)


def _standard(id: str, facts: Facts) -> str:
    return next((_safe(each.name) for each in _standards(facts) if each.id == id), id)


def _standards(facts: Facts) -> tuple[Standard, ...]:
    return facts.framework.localised(facts.language).service_standards if facts.framework else ()


def _reasons(facts: Facts, texts: Texts) -> Iterator[Line]:
    if not facts.standing:
        return
    yield Line("heading", texts.reasons)
    yield GAP
    own = facts.framework.localised(facts.language).vision.why if facts.framework else ""
    yield Line("text", _safe(own) or texts.why_general)
    ids = dict.fromkeys(id.partition("@")[0] for each in facts.standing for id in each.edit.competencies)
    if ids:
        yield Line("text", texts.rests_on.format(competencies=", ".join(_competency(id, facts) for id in ids)))
    named = dict.fromkeys(id for each in facts.standing for id in each.edit.standards)
    for standard in _standards(facts):
        if standard.id in named:
            yield Line(
                "point", texts.standard_is.format(name=_safe(standard.name), statement=_safe(standard.statement))
            )


def _meaning(facts: Facts, texts: Texts) -> Iterator[Line]:
    yield Line("heading", texts.not_)
    yield GAP
    for line in (*texts.does_not_mean, *texts.does_not_mean_by_kind.get(facts.kind, ())):
        yield Line("point", line)


def _questions(facts: Facts, pages: Pages, texts: Texts) -> Iterator[Line]:
    asked = list(dict.fromkeys(_asked(facts, pages, texts)))[:MOST_QUESTIONS]
    if asked:
        yield Line("heading", texts.questions)
        yield GAP
        yield Line("text", texts.questions_intro)
        yield GAP
    for to, text in asked:
        yield Line("number", f"**{to}:** {text}")


def _asked(facts: Facts, pages: Pages, texts: Texts) -> Iterator[tuple[str, str]]:
    """Yield whom to ask what: what the document raised, what an edit is unsure of, then what is always worth asking."""
    yield from ((texts.to["both"], _safe(text)) for text in facts.asked())
    for change in facts.standing:
        if change.edit.certainty in ("needs context", "not enough data") and (text := _text(change)):
            yield texts.to["job_holder"], texts.about_change.format(text=_short(text.lstrip(" \t.,;:–-")))
    for row in pages.conditions.questions:
        if row.id in texts.question and _holds(row, facts):
            yield texts.to[row.to], texts.question[row.id]


def _needs(facts: Facts, pages: Pages, texts: Texts) -> Iterator[Line]:
    notes = [texts.need[row.id] for row in pages.conditions.needs if row.id in texts.need and _holds(row, facts)]
    if notes:
        yield Line("heading", texts.needs)
        yield GAP
        yield Line("text", texts.needs_intro)
        yield GAP
    region = facts.language.partition("-")[2].upper()
    for note in notes:
        where = [text for code, text in note.regions.items() if region in ("", code)]
        yield Line("point", f"**{note.title}:** {' '.join([note.text, *where])}")


def _holds(row: Condition, facts: Facts) -> bool:
    served = {id.partition("@")[0] for each in facts.standing for id in each.edit.competencies}
    named = {id for each in facts.standing for id in each.edit.standards}
    changed = facts.standing or facts.remarks
    return bool(
        row.always
        or (facts.kind in row.kinds and changed)
        or (served and ANY in row.competencies)
        or served & {*row.competencies}
        or named & {*row.standards}
        or facts.rules & {*row.rules}
        or _worded(row, facts)
    )


def _worded(row: Condition, facts: Facts) -> bool:
    words = row.words.get(facts.language.partition("-")[0], ())
    text = "\n".join(map(_text, facts.standing))
    return any(re.search(rf"\b(?:{word})\b", text, re.IGNORECASE) for word in words)


def _text(change: Change) -> str:
    match change.edit.operation:
        case Replace(new=text) | Append(text=text) | InsertAfter(text=text):
            return text
        case InsertRowAfter(cells=cells):
            return " · ".join(cell for cell in cells if cell.strip())
        case _:
            return ""


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return _safe(flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rsplit(' ', 1)[0]} …")


def _safe(text: str) -> str:
    """Return a document's words on one line, as words and never as markup or as a direction of writing."""
    if not text.isprintable():
        visible = (character for character in text if unicodedata.category(character) != "Cf")
        text = "".join(" " if unicodedata.category(character) == "Cc" else character for character in visible)
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
