"""Finds quoted words in a block as a reader would: exactly first, then by characters that look alike."""

from typing import Final

from cxify.errors import EditNotApplicable
from cxify.word.diff import Hunk, diff

_ALIKE: Final = str.maketrans(
    {
        "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u2011": "-", "\u2010": "-",
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"',
    }
)  # fmt: skip
_UNSEEN: Final = frozenset("\u00ad\u200b\ufeff\u2060")


def find(text: str, quote: str, occurrence: int, block: str) -> tuple[int, int]:
    """Return where the quote stands in the text, as (start, end); raise EditNotApplicable when it does not."""
    found = _nth(text, quote, occurrence)
    if found is not None:
        return found
    folded, offsets = _folded(text)
    wanted, _ = _folded(quote)
    position = _nth(folded, wanted, occurrence) if wanted and text.find(quote) < 0 else None
    if position is None:
        times = text.count(quote)
        message = (
            f"Block {block} holds the words only {times} times." if times else f"The words are not in block {block}."
        )
        shown = quote if len(quote) <= 60 else f"{quote[:57]}…"
        raise EditNotApplicable(f"{message} (“{shown}”)", "Quote the words exactly as `cxify inspect` shows them.")
    return offsets[position[0]], offsets[position[1] - 1] + 1


def hunks_of(text: str, old: str, new: str, occurrence: int, block: str) -> tuple[int, int, list[Hunk]]:
    """Return where `old` stands and the changes that a replacement takes, as offsets into the text.

    Words that only look like the quoted ones (a no-break space, a curly quote) are kept as the document has them.
    """
    start, end = find(text, old, occurrence, block)
    found = text[start:end]
    hunks = diff(found, new) if found == old else diff(found, new, key=lambda token: _folded(token)[0])
    return start, end, [hunk.moved(start) for hunk in hunks]


def _nth(text: str, quote: str, occurrence: int) -> tuple[int, int] | None:
    start = -1
    for _ in range(occurrence):
        start = text.find(quote, start + 1)
        if start < 0:
            return None
    return start, start + len(quote)


def _folded(text: str) -> tuple[str, list[int]]:
    kept = [(offset, character) for offset, character in enumerate(text) if character not in _UNSEEN]
    return "".join(character for _, character in kept).translate(_ALIKE), [offset for offset, _ in kept]
