"""The words of the document that go into a library sentence, each only where it can be taken over safely."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from cxify.writers.library.wording import Wording

MOST_PEOPLE = 2
_SLOT = re.compile(r"\{(\w+)\}")
_WORDS = re.compile(r"[A-Za-zÄÖÜäöüß][\w’'/&-]*(?: [A-Za-zÄÖÜäöüß][\w’'/&-]*){0,4}")
_TRAILING = re.compile(
    r"\s+(?:as|when|if|to|in|on|at|for|and|or|with|of|the|a|an|by|from|where|while|that|which|who|including|using|via|per|during)$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\s+(?:to|in order|so that|as|when|where|while|which|who|that|by|for|including|using|via|during|on)\s",
    re.IGNORECASE,
)
_AN = re.compile(r"^(?!(?:uni(?![mnd])|us[aeiu]|ut[ei]|one|eu))[aeiou]", re.IGNORECASE)


def fill(text: str, slots: Mapping[str, str]) -> str | None:
    """Return the text with its slots filled, or None where the document does not give the words."""
    if any(not slots.get(name) for name in _SLOT.findall(text)):
        return None
    return _SLOT.sub(lambda found: slots[found[1]], text)


def listed(names: Sequence[str], word: str) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    return word.join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def with_article(noun: str) -> str:
    """Return an English noun with "a" or "an"."""
    return f"{'an' if _AN.match(noun) else 'a'} {noun}"


def of_served(served: Sequence[str], relationship: Sequence[str], wording: Wording) -> dict[str, str]:
    """Return what can be said about the people served."""
    if not served:
        return _anyone(wording)
    named = [name for name in served if not wording.articles or name.lower() in wording.articles]
    if not named:
        return {}
    people = listed(_with_articles(_alone(_most_telling(named, wording), wording), wording), wording.conjunction)
    slots = {"served": people, "Served": capital(people)}
    if outside := [name for name in named if name not in wording.general_people]:
        first = _with_articles(outside[:1], wording)[0]
        slots |= {"outside": first, "First": capital(first)}
    single = _singular_people(_outside_first(served, wording), relationship, wording) if wording.singular else {}
    return slots | single


def _alone(people: Sequence[str], wording: Wording) -> Sequence[str]:
    """Return the first only where one name is already a pair: "Bürgerinnen und Bürger und Vereine" reads badly."""
    return people[:1] if any(wording.conjunction in name for name in people) else people


def _with_articles(people: Sequence[str], wording: Wording) -> list[str]:
    return [wording.articles.get(name.lower(), name) for name in people]


def _anyone(wording: Wording) -> dict[str, str]:
    return (
        {"someone": "someone", "client": "someone", "someone_the": "the person concerned"} if wording.singular else {}
    )


def capital(words: str) -> str:
    """Return the words with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def _most_telling(served: Sequence[str], wording: Wording) -> Sequence[str]:
    """Return at most two names."""
    left = list(served)
    for general in wording.general_people:
        if len(left) > MOST_PEOPLE and general in left:
            left.remove(general)
    return left[:MOST_PEOPLE]


def _outside_first(served: Sequence[str], wording: Wording) -> list[str]:
    return sorted(served, key=lambda name: name in wording.general_people)


def _singular_people(served: Sequence[str], relationship: Sequence[str], wording: Wording) -> dict[str, str]:
    single = list(dict.fromkeys(one for name in served if (one := _one_of(name, wording))))[:MOST_PEOPLE]
    if not single:
        return _anyone(wording)
    slots = {"someone": f"{with_article(single[0])}{''.join(' or ' + one for one in single[1:])}"}
    short = " with " not in single[0]
    if short and relationship[:1] == ("external",) and served[0] not in wording.general_people:
        slots |= {"whose": f"the {single[0]}’s", "person": single[0], "someone_the": f"the {single[0]}"}
    return {"someone_the": "the person concerned", "client": with_article(single[0]), **slots}


def plural(people: str, wording: Wording) -> bool:
    """Tell whether a name of people can begin a sentence whose verb is plural."""
    last = people.partition(" with ")[0].split()[-1].lower() if people else ""
    return not wording.singular or (last.endswith("s") and not last.endswith("ss")) or last in wording.plural_people


def _one_of(people: str, wording: Wording) -> str:
    """Return the singular of "customers of our shop": customer; "" where it is not known."""
    head, beside, rest = people.partition(" with ")
    if beside and (one := wording.singular.get(head.lower())):
        return f"{one}{beside}{rest}"
    return wording.singular.get(people.lower()) or wording.singular.get(people.split(" ")[0].lower(), "")


def of_match(match: re.Match[str], wording: Wording) -> dict[str, str]:
    """Return the words of a passage that its cue captured, with their singular where it is known."""
    groups = {name: clean(value) for name, value in match.groupdict().items() if value}
    slots = {name: value for name, value in groups.items() if value}
    for name in ("object", "noun"):
        if name in slots:
            slots |= _forms(name, slots[name].lower() if name == "noun" else slots[name], wording)
    if two := re.fullmatch(r"(?:the )?([A-Z][\w ]*?) and (?:the )?([A-Z][\w ]*)", slots.get("partner", "")):
        slots["both_partners"] = f"{two[1]} and {two[2]}"
    return slots


def _forms(name: str, noun: str, wording: Wording) -> dict[str, str]:
    singular = wording.singular.get(noun)
    many = {one: more for more, one in wording.singular.items()}
    forms = {}
    if singular:
        forms = {
            f"a_{name}": with_article(singular),
            f"{name}s": noun,
            f"an_incomplete_{name}": f"an incomplete {singular}",
        }
    elif noun in many:
        forms = {
            f"a_{name}": with_article(noun),
            f"{name}s": many[noun],
            f"an_incomplete_{name}": f"an incomplete {noun}",
        }
    return forms


def clean(words: str) -> str:
    """Return the first few words of a captured phrase without a trailing clause; "" where they are no plain phrase."""
    phrase = _CLAUSE.split(words.strip(), maxsplit=1)[0].strip(" ,;:")
    match = _WORDS.fullmatch(phrase)
    return _TRAILING.sub("", phrase) if match else ""


def of_work(duties: str, wording: Wording) -> dict[str, str]:
    """Return the item that the role works on most, if its duties name one."""
    counts = Counter(match.group().lower() for match in wording.items.finditer(duties))
    for noun, _ in counts.most_common(3):
        if singular := wording.singular.get(noun):
            return {"item": singular, "items": noun, "an_item": with_article(singular)}
    return {}
