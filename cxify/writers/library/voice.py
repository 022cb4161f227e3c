"""How a passage addresses its reader, and a library sentence in the same voice. What is not certain is None."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from cxify.writers.library.wording import Form, Text, Wording

NEAR = 12  # neighbours that are asked for the voice
LABEL = re.compile(r"^[A-ZÀ-ÖØ-Þ][\w &/,’'-]{2,40}[\u00a0\u202f]?:\s+(?=\S)")
BULLET = re.compile(r"^\s*[-–—•·*▪○☐□◻▢❑❏➢➤►✓✔→\uf0b7\uf0a7\uf0d8\uf06f]\s+")
NUMBERED = re.compile(
    r"^\s*(?:(?:Question|Frage|Vraag|Pregunta|Q)\s?\d{1,2}\s?[.:)]"
    r"|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\(?[a-zA-Z][.)]|\d{1,2}(?:\.\d{1,2})+)\s+"
)
_VERB = re.compile(r"<(\w+)>")

_PERSON = re.compile(
    r"\b(?:post ?-?holders?|job ?-?holders?|role ?-?holders?|incumbents?|employees?|candidates?|successful applicants?"
    r"|nurse|clerk|assistant|lead|head|chef|\w+(?:er|or|ist|ian|ant|eer))$",
    re.IGNORECASE,
)
"""The one who acts, where a sentence names its subject; other nouns before a verb are not trusted."""
_POST = re.compile(r"^(?:the|this) (?:role|position|post|job|function)$", re.IGNORECASE)
_MODAL = re.compile(
    r"^(?P<subject>(?:The|This|Our|An?) [\w ,/&()-]{2,70}?|You|He/she|She/he|They|I) ?"
    r"(?P<modal>will|shall|must|should|['’]ll|is expected to|are expected to)\b"
)
_YOU_FOR = re.compile(r"^(?:You (?:are|will be|['’]ll be) |Is |Be )?(?:[Rr]esponsible|[Aa]ccountable) for\b")
_TO = re.compile(r"^(?P<prefix>To|Ability to|The ability to|Able to) (?P<verb>[a-z-]+)")
_GROUP = re.compile(
    r"^(?P<prefix>(?:Participants|Learners|Delegates|Trainees|Students|Attendees)(?: will| can)?) (?P<verb>[a-z-]+)"
)
_NOMINAL = re.compile(r"^[A-Z][a-z-]+(?:tion|ment|ance|ence|sis|sion|ing|al|age|ery|ship) (?:of|to|for|with|in|on)\b")
_ACTIVITY = re.compile(
    r"(?:management|planning|control|support|administration|preparation|research|development|analysis|reporting"
    r"|processing|service|services|improvement|assurance|maintenance|design|delivery|handling|coordination)"
)
"""After such a word "project", "market" or "process" is a noun: the list names activities."""
_WITH_OF = frozenset(("clean", "keep", "dispose", "speak", "think"))
"""Before "of" or "and" other first words are nouns, such as "support" or "design"."""
_IRREGULAR: dict[str, Form] = {
    "is": "third",
    "has": "third",
    "does": "third",
    "be": "base",
    "have": "base",
    "do": "base",
}

_DE_SUBJECT = re.compile(
    r"^(?P<subject>(?:Die|Der|Das) (?:Stelleninhaber\S*|[A-ZÄÖÜ]\S+(?:[*:/]in|in|er|kraft|person|leitung))"
    r"(?: [A-ZÄÖÜ/()]\S*){0,3}) (?P<verb>[a-zäöüß]+t)\b"
)
_DE_NOMINAL = re.compile(
    r"^(?:[A-ZÄÖÜ]\S*(?:ung|ungen|tion|heit|keit|schaft|tät|nis|ment|eit|gabe|nahme|pflege|hilfe|fuhr|bau|kauf|dienst)"
    r"(?=[\s,]|$)"
    r"|[A-ZÄÖÜ]\S+(?=\s(?:von|vom|der|des|bei|beim|mit|für|zur|zum|im|in|an|am|und)\b))"
)
_DE_NOUN_T = re.compile(
    r"(?:heit|keit|kunft|schrift|fahrt|statt|wort|bericht|dienst|kontakt|punkt|produkt|konflikt|schicht|gerät|geschäft"
    r"|post|test|kraft|zeit|arbeit|takt|jekt|schaft|pflicht|recht|sicht|amt|welt|gut|markt)$"
)


@dataclass(frozen=True)
class Voice:
    """The verb form of a passage, the words that stand before its verb, and whether it is German."""

    form: Form
    prefix: str = ""
    german: bool = False


_DIGITS = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})*)(?=[.)\s])")


def typed_number(text: str) -> str:
    """Return the number that was typed before a text, "2.1" of "2.1) Planned maintenance"; "" without one."""
    found = _DIGITS.match(text)
    return found[1] if found else ""


def bare(text: str) -> str:
    """Return the text without a typed number, bullet or label."""
    return LABEL.sub("", BULLET.sub("", NUMBERED.sub("", text.strip())))


_DE_SMALL_THIRD = re.compile(
    r"(?!(?:mit|seit|nicht|selbst|meist|fest|bereit|laut|samt|direkt|sonst|zuletzt|jetzt|weit|gut|gezielt|zunächst)\b)"
    r"[a-zäöüß]+t (?:und [a-zäöüß]+t )?(?=\S)"
)
"""“führt Abnahmen durch”: a list whose items go on from “the postholder”."""


def voice_of(text: str, around: Iterable[str], wording: Wording) -> Voice | None:
    """Return the voice of a passage, or that of most passages around it."""
    detect = _by_grammar if wording.grammar else _german if wording.language == "de" else _english
    if voice := detect(bare(text), wording):
        return voice
    voices = Counter(voice for other in islice(around, NEAR) if (voice := detect(bare(other), wording)))
    common = voices.most_common(1)
    return common[0][0] if common and common[0][1] * 2 > voices.total() else None


@cache
def _verbs(recognised: str, known: tuple[str, ...]) -> frozenset[str]:
    return frozenset((*recognised.split(), *known))


def _by_grammar(text: str, wording: Wording) -> Voice | None:
    # In a list whose items begin with small letters the first word is what it is with a capital.
    for line in dict.fromkeys((text, text[:1].upper() + text[1:])):
        for voice in wording.grammar.voices if wording.grammar else ():
            if match := voice.cue.match(line):
                return Voice(voice.form, (match.groupdict().get("prefix") or voice.prefix).strip())
    return None


def _english(text: str, wording: Wording) -> Voice | None:
    verbs = _verbs(wording.recognised, tuple(wording.verbs))
    if _YOU_FOR.match(text):
        return Voice("gerund")
    if match := _MODAL.match(text):
        return _with_modal(match["subject"].strip(), match["modal"])
    if (match := _GROUP.match(text)) and match["verb"] in verbs:
        return Voice("base", match["prefix"])
    if (match := _TO.match(text)) and match["verb"] in verbs:
        return Voice("base", match["prefix"])
    words = re.findall(r"[A-Za-z’'-]+", text[:160])
    if not words:
        return None
    if words[0] in ("I", "We") and len(words) > 1:
        return Voice("base", words[0]) if _form(words[1], verbs) == "base" else None
    if words[0] == "You" and len(words) > 1:
        return Voice("base", "You") if _form(words[1], verbs) == "base" or words[1] in ("are", "have") else None
    if words[0] in ("The", "This", "Our", "A", "An"):
        return _with_subject(words, verbs)
    return _first_word(words, text, verbs)


def _with_modal(subject: str, modal: str) -> Voice | None:
    if subject == "You":
        return Voice("base", f"You{modal}" if modal[0] in "'’" else f"You {modal}")
    if _POST.match(subject):
        return Voice("base", f"The person in {_this(subject)} {modal}")
    if subject in ("They", "I") or "/" in subject[:4]:
        return None
    return Voice("base", f"{subject} {modal}") if _PERSON.search(subject) else None


def _with_subject(words: list[str], verbs: frozenset[str]) -> Voice | None:
    for count in range(2, min(9, len(words))):
        subject = " ".join(words[:count])
        if words[count].islower() and _form(words[count], verbs) == "third":
            if _POST.match(subject):
                return Voice("third", f"The person in {_this(subject)}")
            if _PERSON.search(subject):
                return Voice("third", subject)
    return None


def _this(subject: str) -> str:
    return f"this {subject.split()[-1]}"


def _first_word(words: list[str], text: str, verbs: frozenset[str]) -> Voice | None:
    if words[0].endswith("ly") and len(words) > 1:
        words = words[1:]
    if len(words) > 1 and _ACTIVITY.fullmatch(words[1]):
        return Voice("gerund")
    form = _form(words[0].lower(), verbs)
    if form == "base" and len(words) > 1 and words[1] in ("is", "are"):
        return None  # "Work is accurate": the first word is what is spoken of
    if form == "base" and len(words) > 1 and words[1] in ("of", "and") and words[0].lower() not in _WITH_OF:
        second = _form(words[2].lower(), verbs) if len(words) > 2 else None
        form = second if words[1] == "and" else "gerund"
    if form:
        return Voice(form)
    return Voice("gerund") if _NOMINAL.match(text) else None


def _form(word: str, verbs: frozenset[str]) -> Form | None:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in verbs:
        return "base"
    if word.endswith("s") and {word[:-1], word[:-2], word[:-3] + "y"} & verbs:
        return "third"
    if word.endswith("ing") and {word[:-3], word[:-3] + "e", word[:-4]} & verbs:
        return "gerund"
    return None


def _german(text: str, _: Wording) -> Voice | None:
    first, _rest, _more = text.partition(" ")
    if first in ("Sie", "Du"):
        return Voice("plural" if first == "Sie" else "du", first, german=True)
    if match := _DE_SUBJECT.match(text):
        return Voice("third", match["subject"], german=True)
    clause = re.split(r"[.;,:(]", text, maxsplit=1)[0].split()
    last = clause[-1] if clause else ""
    if (
        len(clause) > 1
        and last.islower()
        and last != "zusammen"
        and re.search(r"(?:en|ern|eln|sein|tun)$", last)
        and not first.islower()
    ):
        return Voice("base", german=True)
    if first[:1].isupper() and first.endswith("t") and len(clause) > 1 and not _DE_NOUN_T.search(first):
        return Voice("third", german=True)
    if _DE_SMALL_THIRD.match(text):
        return Voice("third", german=True)
    if _DE_NOMINAL.match(text):
        return Voice("gerund", german=True)
    return None


def sentence(text: Text, voice: Voice, wording: Wording) -> str | None:
    """Return the library sentence in a voice, with a capital and without a final stop; None if it has no such form."""
    if wording.grammar:
        return _inflected(text, voice, wording)
    words = text.form(voice.form)
    if voice.german or not words:
        return _german_sentence(words, voice) if words else None
    return _VERB.sub(lambda found: _english_verb(found, words, voice, wording), words)


def _english_verb(found: re.Match[str], words: str, voice: Voice, wording: Wording) -> str:
    third, gerund, *_ = wording.verbs[found[1]]
    verb = {"third": third, "gerund": gerund}.get(voice.form, found[1])
    before = words[: found.start()].rstrip()
    if before and not before.endswith((".", "?", "!")):
        return verb
    spoken = f"{voice.prefix} {verb}" if voice.prefix else verb
    return spoken[:1].upper() + spoken[1:]


_FORMS: tuple[Form, ...] = ("third", "gerund", "plural", "du")
"""The order in which a language lists the forms of a verb."""


def _inflected(text: Text, voice: Voice, wording: Wording) -> str | None:
    """Put every verb of a text into the form of the voice, and its subject before the first."""
    same = wording.grammar.same if wording.grammar else {}
    words = text.form(voice.form) or text.form(same.get(voice.form, voice.form))

    def inflected(found: re.Match[str]) -> str:
        return found[1] if voice.form == "base" else wording.verbs[found[1]][_FORMS.index(voice.form)]

    spoken = _VERB.sub(inflected, words)
    if not spoken:
        return None
    return f"{voice.prefix} {spoken[:1].lower()}{spoken[1:]}" if voice.prefix else spoken[:1].upper() + spoken[1:]


def standing(text: Text, voice: Voice, wording: Wording) -> str | None:
    """Return the sentence in a voice, in a form that can stand on its own."""
    alone = wording.grammar.alone.get(voice.form) if wording.grammar else None
    return sentence(text, replace(voice, form=alone) if alone else voice, wording)


def _german_sentence(words: str, voice: Voice) -> str:
    return f"{voice.prefix} {words[:1].lower()}{words[1:]}" if voice.prefix else words
