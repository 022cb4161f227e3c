"""Whether the new text reads, speaks and addresses people like the document: readability, language, coded words."""

import re
from collections.abc import Mapping
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from cxify.document import Document
from cxify.evaluation.evaluators.proposals import new_text
from cxify.evaluation.evaluators.verdict import NOT_ASKED, Verdict
from cxify.evaluation.trial import Trial
from cxify.kinds.language import identifier
from cxify.rules.plain import WORD, plain, sentences

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENOUGH: Final = 20
"""Words; fewer say nothing of readability or language."""
SPOKEN: Final = ("en", "de", "fr", "nl", "es", "it", "pt", "da", "sv", "pl")
"""Languages that a European document may slip into; the identifier guesses wildly among a hundred."""
_LONG = 6  # letters; longer words count in LIX
_ARI_GRADE, _LIX_GRADE = 1.0, 5.0  # what a reader does not notice
_MOST_DRIFT = 3.0  # coded words in a hundred
_TOLERATED_GRADES = 5.0  # beyond that, nothing is left of the score


def ari(text: str) -> float:
    """Return the automated readability index: about the American school grade that understands the text."""
    words, lines = WORD.findall(text), sentences(text)
    letters = sum(len(re.sub(r"\W", "", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(lines) - 21.43 if words else 0.0


def lix(text: str) -> float:
    """Return the LIX: words in a sentence plus per cent of long words; for languages with long words."""
    words, lines = WORD.findall(text), sentences(text)
    long = sum(len(word) > _LONG for word in words)
    return len(words) / len(lines) + 100 * long / len(words) if words else 0.0


def readability_kept(trial: Trial) -> Verdict:
    """Return 1 while the new text is at most one grade harder than the document; nothing is left at six."""
    new, old = new_text(trial), _prose(trial)
    if min(len(WORD.findall(new)), len(WORD.findall(old))) < ENOUGH:
        return NOT_ASKED
    measure, grade = (ari, _ARI_GRADE) if trial.review.language == "en" else (lix, _LIX_GRADE)
    harder = (measure(new) - measure(old)) / grade
    score = min(1.0, max(0.0, 1 - (harder - 1) / _TOLERATED_GRADES))
    said = f"{measure.__name__.upper()} {measure(new):.0f} after {measure(old):.0f} of the document"
    return Verdict(score, (said,) if score < 1 else ())


def _prose(trial: Trial) -> str:
    """Return the sentences of the document; labels and headings would make it look easier than it is."""
    lines = (line for block in trial.document.blocks for line in sentences(block.text))
    return "\n".join(line for line in lines if len(WORD.findall(line)) > 5)


def language_kept(trial: Trial) -> Verdict:
    """Return whether the new text is in the language of the document."""
    text = new_text(trial)
    if len(WORD.findall(text)) < ENOUGH:
        return NOT_ASKED
    wanted = trial.case.locale[:2]
    found = str(_identifier().classify(text)[0])
    return Verdict(float(found == wanted), () if found == wanted else (f"the new text is {found}, not {wanted}",))


@cache
def _identifier() -> "LanguageIdentifier":
    # What it has learned is the same whatever it may answer, and takes half a second to load.
    chosen = copy(identifier())
    chosen.set_languages(list(SPOKEN))
    return chosen


def coding_kept(trial: Trial) -> Verdict:
    """Return 1 while feminine and masculine coded words balance as before; 0 at three in a hundred."""
    lists = trial.ground.book.gender_coded.get(trial.review.language)
    if not lists or not trial.texts:
        return NOT_ASKED
    before, after = (_balance(document, lists) for document in (trial.document, trial.result))
    drift = abs(after - before)
    towards = "feminine" if after > before else "masculine"
    said = f"coded words drift by {drift:.1f} in a hundred towards {towards}"
    return Verdict(max(0.0, 1 - drift / _MOST_DRIFT), (said,) if drift > 0 else ())


def _balance(document: Document, lists: Mapping[Literal["feminine", "masculine"], tuple[str, ...]]) -> float:
    """Return how many more feminine than masculine coded words a hundred words have."""
    text = [plain(word) for block in document.blocks for word in WORD.findall(block.text)]
    counts = {tone: sum(word.startswith(stems) for word in text) for tone, stems in lists.items()}
    return 100 * (counts["feminine"] - counts["masculine"]) / max(1, len(text))
