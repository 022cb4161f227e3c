"""One verdict for every tool, by the tests' independent reader, which knows nothing of how a file was made."""

import re
import zipfile
from collections import Counter
from typing import Literal

from bench.redline.cases import Case
from bench.redline.foreign import resolved
from tests.word import judge

Verdict = Literal["clean", "refused", "damaged"]


def verdict(case: Case, data: bytes | None) -> tuple[Verdict, str]:
    """Judge a result; None is a refusal. A right refusal is clean, and an edit that had to be refused is damage."""
    if data is None:
        return ("clean", "rightly refused") if case.must_refuse else ("refused", "")
    if case.must_refuse:
        return "damaged", "wrote what had to be refused"
    try:
        found = _faults(case, data)
    except (zipfile.BadZipFile, SyntaxError, KeyError, AttributeError) as error:
        return "damaged", f"the result cannot be read: {error}"
    return ("damaged", found[0]) if found else ("clean", "")


def _faults(case: Case, data: bytes) -> list[str]:
    before, after = judge.members(case.source), judge.members(data)
    rejected, accepted = resolved(data, "reject"), resolved(data, "accept")
    own = set(judge.comments_of(after)) - set(judge.comments_of(before))
    found = list(_parts(before, after))
    for name in judge.story_names(before):
        if judge.tokens(resolved(case.source, "reject"), "reject", name) != judge.tokens(rejected, "reject", name, own):
            found.append(f"rejecting does not give back {name}")
        wanted = target(case) if name == case.part else judge.texts(case.source, "accept", name)
        if judge.texts(accepted, "accept", name) != wanted:
            found.append(f"accepting gives other text in {name}")
    theirs, now = judge.comments_of(before), judge.comments_of(after)
    found += [f"comment {number} was changed" for number, content in theirs.items() if now.get(number) != content]
    return found + list((Counter(judge.lint(after)) - Counter(judge.lint(before))).elements())


def _parts(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """Name lost parts and changed pictures; a tool may write other XML anew, as long as the stories are right."""
    return [
        f"{name} was lost or changed"
        for name, content in before.items()
        if not name.endswith("/")
        and (name not in after or (not name.endswith((".xml", ".rels")) and after[name] != content))
    ]


def target(case: Case) -> list[str]:
    """Return the text that accepting must give, paragraph by paragraph; a text box has every text twice."""
    texts = judge.texts(case.source, "accept", case.part)
    places = [index for index, text in enumerate(texts) if same(text, case.seen or case.at)]
    if case.kind == "replace":
        for place in places:
            texts[place] = _replaced(texts[place], case)
    elif case.kind == "append":
        texts[places[0]] += case.new
    else:
        end = places[0] + (1 if case.kind == "paragraph" else len(case.cells))
        texts[end:end] = [case.new] if case.kind == "paragraph" else case.cells
    return texts


def _replaced(text: str, case: Case) -> str:
    pieces = text.split(case.old)
    before, after = pieces[: case.occurrence], pieces[case.occurrence :]
    return case.old.join(before) + case.new + case.old.join(after) if after else text


def same(text: str, other: str) -> bool:
    """Compare paragraphs as tools of different notions of tabs, hyphens and symbols can agree on them."""
    return _letters(text) == _letters(other)


def _letters(text: str) -> str:
    without_symbol = re.sub(r"\ue000[^0-9A-F]*[0-9A-F]{4}|[\uf000-\uf0ff]", "", text)
    return re.sub(r"[\s\u00ad\u2011-]+", "", without_symbol)


def marked(data: bytes) -> int:
    """Return how many characters the tool's insertions and deletions hold."""
    shown = "".join(text for text in judge.marked(data))
    return sum(len(piece) for piece in re.findall(r"(?:\{\+|\[-)(.*?)(?:\+\}|-\])", shown, re.DOTALL))
