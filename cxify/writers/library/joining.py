"""How a sentence joins a passage: after a comma, as a sentence, as an item of its own."""

import re
from dataclasses import dataclass

from cxify.document import Block
from cxify.writers.library.voice import BULLET, NUMBERED, Voice, sentence, standing
from cxify.writers.library.wording import Text, Wording

MOST_WORDS = 26  # of one statement; with more, the addition becomes a sentence of its own
_INNER_STOP = re.compile(r"[.!?]\s+[A-ZÀ-ÖØ-Þ¿¡]")
_SMALL = re.compile(r"^(?!\w+(?:ung|heit|keit|tion|tät|schaft)\b)\w(?:[\w ]{1,20}: \w)?")
"""What loses its capitals in a list whose items begin with small letters; German nouns keep them."""
_ENDING = re.compile(r"(?:[\u00a0\u202f ];|[.;,])$")
_SHARE = re.compile(r"[.!?]\s*[(\[]\d{1,3}\s?%[^()\[\]]{0,12}[)\]]$")
"""The share of time behind a sentence that has ended: "Reviews claims. (20%)"."""
_LETTER = re.compile(r"[a-xA-X]")
_DANGLING = re.compile(r"(?:[:(–—-]|\b(?:and|or|und|oder|sowie|et|ou|y|of))$")
_GERMAN_SMALL = re.compile(
    r"(?:bei|dabei|in|für|mit|vorab|vor|den|dem|der|die|das|nach|an|am|zu|zum|auf"
    r"|offene|häufige|wiederkehrende|unvollständige|sich|vollständige|klare|gezielte|regelmäßige"
    r"|laufende|rechtzeitige|rasche|frühzeitige|einmalige|konsequente|gemeinsame)(?=[ ,])",
    re.IGNORECASE,
)
"""German words that are no nouns and may lose their capital within a sentence."""


def fitted(passage: str, text: Text, voice: Voice, wording: Wording, *, inline: bool = False) -> "Joined | None":
    """Fit a library sentence to a passage; None where it has no such form or nothing can follow."""
    new = sentence(text, voice, wording)
    if new and not _continues(passage.rstrip(), new):
        new = standing(text, voice, wording)
    return join(passage, new, voice, wording, inline=inline) if new else None


def _continues(passage: str, new: str) -> bool:
    """Tell whether the passage is one open statement that the new words may continue."""
    open_ = bool(passage) and passage[-1] not in ".!?;," and not (_INNER_STOP.search(passage) or _SHARE.search(passage))
    return open_ and len(f"{passage} {new}".split()) <= MOST_WORDS


@dataclass(frozen=True)
class Joined:
    """A sentence fitted to a passage: appended to it, or as a paragraph after it."""

    text: str
    after: bool = False


def join(passage: str, new: str, voice: Voice, wording: Wording, *, inline: bool = False) -> Joined | None:
    """Fit a sentence to a passage's own punctuation; None where nothing can follow. `inline`: never as a paragraph."""
    text = passage.rstrip()
    if not text or _DANGLING.search(text):
        return None
    if text[-1] in ".!?" or _SHARE.search(text):
        return Joined(f"{_gap(passage)}{new}.")
    if text[-1] in ";,":
        return None if inline else Joined(as_item(new, passage), after=True)
    if not _continues(text, new):
        return Joined(f". {new}")
    small = _lowered(new, voice)
    if small is None:
        return Joined(f". {new}") if inline else Joined(new, after=True)
    comma = wording.grammar.comma if wording.grammar else ("gerund",)
    return Joined(f", {small}" if voice.form in comma else f"{wording.semicolon}{small}")


def _gap(passage: str) -> str:
    return "" if passage.endswith((" ", "\n", "\t")) else " "


def _lowered(new: str, voice: Voice) -> str | None:
    """Return the sentence as a continuation, or None where its first word keeps its capital."""
    if ". " in new:
        return None
    if (voice.german and voice.prefix == "Sie") or voice.prefix == "I":
        return new
    noun_first = voice.german and voice.form in ("base", "gerund") and not _GERMAN_SMALL.match(new)
    return None if noun_first else new[:1].lower() + new[1:]


def ending(passage: str) -> str:
    """Return the mark with which list items like this one end, in French with the space before it."""
    mark = _ENDING.search(passage.rstrip())
    return mark.group() if mark else ""


def is_item(text: str) -> bool:
    """Tell whether a line is written as a list item, with a typed number or bullet."""
    return bool(BULLET.match(text) or NUMBERED.match(text))


def in_list(block: Block) -> bool:
    """Tell whether a block is a list item, by Word's list or as it is written."""
    return block.type == "list_item" or is_item(block.text)


def as_item(new: str, passage: str, steps: int = 1) -> str:
    """Return new words as an item after a passage: with its typed number or bullet, its first letter and its mark."""
    bullet = BULLET.match(passage)
    lead = following_number(passage, steps) or (bullet.group() if bullet else "")
    words = _SMALL.sub(lambda found: found.group().lower(), new) if _begins_small(passage) else new
    return f"{lead}{words}{'' if words.endswith(('?', '!')) else ending(passage)}"


def _begins_small(passage: str) -> bool:
    words = BULLET.sub("", NUMBERED.sub("", passage.strip()))
    return words[:1].islower()


def following_number(passage: str, steps: int = 1) -> str:
    """Return the typed number or letter that follows that of a passage ("7. " after "6. "), "" where it has none."""
    number = NUMBERED.match(passage)
    digits = re.findall(r"\d+", number.group()) if number else []
    if number and not digits:
        return _LETTER.sub(lambda found: chr(ord(found.group()) + steps), number.group())
    if number is None:
        return ""
    before, _, after = number.group().rpartition(digits[-1])
    return f"{before}{int(digits[-1]) + steps}{after}"
