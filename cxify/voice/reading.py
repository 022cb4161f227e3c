"""From the bytes of a voice file to its digest: columns, masking, languages, topics."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from cxify.errors import InputError
from cxify.framework import Framework, Heard
from cxify.voice.columns import Columns, columns, first
from cxify.voice.digest import Digest, Entry, Group, LeftOut
from cxify.voice.masking import Masking, names_in
from cxify.voice.periods import reader
from cxify.voice.speech import OTHER, languages_of
from cxify.voice.table import Row, rows
from cxify.voice.topics import Said, Topic, Topics, addresses_a_machine, topics_of

MINIMUM: Final = 5
"""The smallest number of comments behind a theme that is cited."""
LEAST_MINIMUM: Final = 3
"""Fewer would let readers guess who said it."""
_ENOUGH_WORDS_TO_REPEAT: Final = 4


def read(data: bytes, framework: Framework, *, minimum: int = MINIMUM, column: str | None = None) -> Digest:
    """Read comments or ready themes. Raises InputError saying what is wrong with the file and what to do."""
    if minimum < LEAST_MINIMUM:
        remedy = f"Give {LEAST_MINIMUM} or more; {MINIMUM} is usual."
        raise InputError(f"A smallest group of {minimum} would show who said what.", remedy)
    header, *body = rows(data)
    if not body:
        raise InputError("The file holds one line only.", "Give a header line and below it one comment or theme a row.")
    places = columns(header, body, column)
    found = (_comments if "comment" in places else _ready)(places, body, framework)
    shown = {role: header[at] for role, where in places.items() for at in where[:1] if header[at]}
    group = Group("", found.entries, minimum, found.topics.by_id, ready="comment" not in places)
    return Digest(
        sha256=sha256(data).hexdigest(),
        fingerprint=_fingerprint(data, minimum, column),
        rows=len(body),
        whole=group,
        masked=dict(sorted(found.masked.items())),
        left_out=(*found.left_out, *_too_few(group, found.topics)),
        columns=shown,
    )


@dataclass(frozen=True)
class _Found:
    entries: tuple[Entry, ...]
    topics: Topics
    masked: Counter[str]
    left_out: tuple[LeftOut, ...]


def _fingerprint(data: bytes, minimum: int, column: str | None) -> str:
    decisive = {"file": sha256(data).hexdigest(), "minimum": minimum, "column": column}
    return sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()


def _too_few(group: Group, topics: Topics) -> Iterator[LeftOut]:
    """Name what too few people said: the theme and never the words."""
    for said, number in sorted(group.counts.items()):
        if number < group.minimum:
            label = topics.by_id[said.topic].label(said.praise, "en")
            yield LeftOut(label, None, f"fewer than {group.minimum} comments")


# ---- comments ----


def _comments(places: Columns, body: Sequence[Row], framework: Framework) -> _Found:
    topics = topics_of(framework)
    filled = [row for row in body if first(row, places["comment"])]
    texts, masked = _masked(filled, places)
    spoken = languages_of(texts)
    period_of = reader([first(row, places.get("date")) for row in filled])
    entries: list[Entry] = []
    left = Counter[str]({"empty": len(body) - len(filled)})
    seen: set[str] = set()
    for row, text, language in zip(filled, texts, spoken, strict=True):
        about = _about(row, places)
        # Two comments may differ in nothing but what is masked: repeated is what was written alike.
        written = f"{about['unit']} / {first(row, places['comment'])}"
        if reason := _reason_to_leave_out(text, language, written, seen):
            left[reason] += 1
            continue
        entries.append(
            Entry(
                text=text,
                language=language,
                said=topics.in_comment(text, language),
                period=period_of(first(row, places.get("date"))),
                **about,
            )
        )
    left["silent"] = sum(not entry.said for entry in entries)
    return _Found(tuple(entries), topics, masked, tuple(_left_out(left)))


def _about(row: Row, places: Columns) -> dict[str, Any]:
    return {name: first(row, places.get(name))[:80] for name in ("unit", "role", "stage", "segment")}


def _masked(filled: Sequence[Row], places: Columns) -> tuple[list[str], Counter[str]]:
    people = [row[place] for row in filled for place in places.get("person", ()) if place < len(row)]
    masking = Masking(names_in(people))
    counts: Counter[str] = Counter()
    texts = []
    for row in filled:
        text, found = masking.masked(first(row, places["comment"]))
        texts.append(text)
        counts += found
    return texts, counts


_REASONS: Final = {
    "empty": ("rows without a comment", "nothing to read"),
    "other": (
        "comments in another language",
        "no cues for it yet; covered are English, German, French, Dutch, Spanish",
    ),
    "machine": ("comments that give instructions to an AI", "reported, not followed and never cited"),
    "silent": ("comments in which no topic was heard", "read and part of the total; cues of your own may tell more"),
    "repeated": ("comments that repeat another word for word", "counted once"),
}


def _reason_to_leave_out(text: str, language: str, written: str, seen: set[str]) -> str:
    if addresses_a_machine(text, language):
        return "machine"
    if language == OTHER:
        return "other"
    same = re.sub(r"\W+", " ", written.casefold()).strip()
    if len(text.split()) >= _ENOUGH_WORDS_TO_REPEAT and same in seen:
        return "repeated"
    seen.add(same)
    return ""


def _left_out(left: Counter[str]) -> Iterator[LeftOut]:
    for key, (what, why) in _REASONS.items():
        if left[key]:
            yield LeftOut(what, left[key], why)


# ---- ready themes ----


def _ready(places: Columns, body: Sequence[Row], framework: Framework) -> _Found:
    known = topics_of(framework)
    masking = Masking()
    masked: Counter[str] = Counter()
    topics: dict[str, Topic] = {}
    entries, unusable = [], 0
    period_of = reader([first(row, places.get("date")) for row in body])
    names = [first(row, places["theme"]) for row in body]
    for row, name, language in zip(body, names, languages_of(names), strict=True):
        count = _whole_number(first(row, places["count"]))
        if not name or count is None or addresses_a_machine(name, language):
            unusable += 1
            continue
        label, found = masking.masked(name)
        masked += found
        said = next(iter(known.in_comment(label, language)), None)
        topic = _ready_topic(label, _related(first(row, places.get("competencies")), framework), known, said)
        topics.setdefault(topic.id, topic)
        entries.append(
            Entry(
                text="",
                language=language,
                said={Said(topic.id, bool(said and said.praise)): ""},
                period=period_of(first(row, places.get("date"))),
                weight=count,
                base=_whole_number(first(row, places.get("total"))),
                **_about(row, places),
            )
        )
    left = (LeftOut("rows without a theme and a whole number", unusable, "cannot be counted"),) if unusable else ()
    return _Found(tuple(entries), Topics(topics), masked, left)


def _ready_topic(label: str, related: tuple[str, ...], known: Topics, said: Said | None) -> Topic:
    """Keep the organisation's own name; where it names no competency, its words tell which one."""
    told = known.by_id[said.topic].related if said else ()
    heard = {"en": Heard(label=label)}
    return Topic(label.casefold(), related or told, {False: heard, True: heard})


def _related(cell: str, framework: Framework) -> tuple[str, ...]:
    """Read ids or names of competencies. Raises InputError for one that the framework does not have."""
    names = {name.casefold(): one.id for one in framework.competencies for name in (one.id, one.name)}
    given = [part.strip() for part in re.split(r"[,;|]", cell) if part.strip()]
    for part in given:
        if part.casefold() not in names:
            ids = ", ".join(one.id for one in framework.competencies)
            raise InputError(f"The framework has no competency “{part}”.", f"Use one of: {ids}.")
    return tuple(names[part.casefold()] for part in given)


def _whole_number(cell: str) -> int | None:
    match = re.fullmatch(r"(\d{1,3}(?:[.,' ]\d{3})*|\d+)", cell)
    return int(re.sub(r"\D", "", match[1])) if match else None
