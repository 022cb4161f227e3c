"""What the core says in English is said in the person's language: every sentence is known, none is half said."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import cxify
from cxify.kinds import common
from cxify.rules import book
from cxify.web import said, texts
from cxify.web.said import Pattern, Sayings, Speaker

CORE = Path(cxify.__file__).parent
GERMAN = said.load()["de"]
PAIRS = list(said.pairs(texts.FOLDER / "said" / "de.yaml"))

REACHED = (
    "batch/answers.py",
    "convert.py",
    "framework",
    "framework_import",
    "kinds/classification.py",
    "llm/budget.py",
    "llm/chat.py",
    "llm/failures.py",
    "llm/reask.py",
    "llm/retry.py",
    "review",
    "rules/documents.py",
    "rules/edits.py",
    "store/batches.py",
    "store/database.py",
    "store/frameworks.py",
    "store/papers.py",
    "web",
    "word",
    "worker/desk.py",
    "writers/llm/mapping.py",
    "writers/llm/sentence.py",
    "writers/llm/structured.py",
    "voice",
    "yamlfile.py",
)
"""What speaks to people at the page: reading, writing and reviewing documents, models, and the page itself."""

UNMET = {
    "framework_import/written.py": "comments in the file that an import writes",
    "web/config.py": "said in the window in which cxify is started",
    "web/serving.py": "said in the window in which cxify is started",
    "web/keeping.py": "the log",
    "web/api": "the API speaks English; programs read the class of an error",
    "web/routes/api.py": "the API speaks English",
    "web/processing/warm.py": "a document that warms the children",
    "web/processing/asking.py": "a mistake of ours between processes",
    "word/resolve.py": "only the command line resolves by author",
    "word/new.py": "markup of new text",
}
SILENT = {
    "The new words shift the document by": "feminine and masculine have a pattern each",
    "Level value1 of value3 value5.": "what it lacks has a pattern each",
    "Answer with JSON only": "said to a model",
    "Your answer cannot be used as it is": "said to a model",
    "Use one of: ": "the command line: the page offers a list",
    "There is no document kind ": "the command line: the page offers a list",
    "Give an address such as": "said in the window in which cxify is started",
    "The database's address cannot be read.": "said in the window in which cxify is started",
    "The package ": "said in the window in which cxify is started",
    "Install cxify[worker].": "said in the window in which cxify is started",
    "The database does not answer; it is asked again.": "the log",
}


def files(places: tuple[str, ...]) -> Iterator[Path]:
    for place in places:
        path = CORE / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def is_met(path: Path) -> bool:
    place = path.relative_to(CORE).as_posix()
    return not any(place == each or place.startswith(f"{each}/") for each in UNMET)


def sentences(path: Path) -> Iterator[str]:
    """Yield what a module may say: literals that begin like a sentence and end like one, with samples for values."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {id(each) for made in ast.walk(tree) if isinstance(made, ast.JoinedStr) for each in ast.walk(made)}
    notes = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield from filter(is_sentence, filled(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside | notes:
            yield from filter(is_sentence, [node.value.strip()])


def is_sentence(text: str) -> bool:
    return " " in text and text[0] not in " <-`" and text.endswith((".", "…")) and "xmlns" not in text


def filled(node: ast.JoinedStr) -> Iterator[str]:
    """Yield a sentence with a sample for each value; where one and several differ, both."""
    plural = any(ending(each) for each in node.values)
    for count in ("1", "3") if plural else ("",):
        yield "".join(sample(each, at, count) for at, each in enumerate(node.values)).strip()


def sample(part: ast.expr, at: int, count: str) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    if word := ending(part):
        return word if count == "3" else ""
    return count or f"value{at}"


def ending(part: ast.expr) -> str:
    """Return the ending that a word has for several, as in {"s" * (count > 1)}."""
    made = part.value if isinstance(part, ast.FormattedValue) else part
    is_ending = isinstance(made, ast.BinOp) and isinstance(made.op, ast.Mult) and isinstance(made.left, ast.Constant)
    return str(made.left.value) if is_ending else ""  # type: ignore[attr-defined]


def known(sentence: str) -> bool:
    """Whether a sentence is known, whichever of its values cxify says itself."""
    if GERMAN.said(sentence) is not None or any(sentence.startswith(each) for each in SILENT):
        return True
    shapes = (pattern for pattern in GERMAN.patterns if pattern.values(sentence))
    return any(name.startswith(said.SPOKEN) and pattern.words > 3 for pattern in shapes for name in pattern.names)


@pytest.mark.parametrize("place", REACHED)
def test_every_sentence_that_a_person_may_meet_has_its_german(place: str) -> None:
    met = [path for path in files((place,)) if is_met(path)]
    lacking = [(path.relative_to(CORE).as_posix(), each) for path in met for each in sentences(path) if not known(each)]
    assert lacking == []


def test_the_walk_finds_sentences() -> None:
    found = [each for path in files(REACHED) for each in sentences(path)]
    assert len(found) > 250
    assert "The file is empty." in found
    assert any(each.startswith("The file has value") for each in found)


def test_every_rule_is_said_in_german() -> None:
    said_by_rules = [text for rule in book.load().rules for text in (rule.message, rule.remedy)]
    texts_of_rules = [text.replace("{quote}", "die Worte") for text in said_by_rules]
    details = ("no competency", "“Abschnitt”", "A hands work to B (“Worte”, datei.docx)")
    whole = ("{detail}", "{detail}.")  # the rule's function says all of it
    open_ = [text for text in texts_of_rules if text not in whole]
    assert [text for text in open_ if not any(known(text.replace("{detail}", each)) for each in details)] == []


def test_every_reason_for_a_lock_is_said_in_german() -> None:
    labels = set(common.labels().reasons.values())
    patterns = {each.lock for each in common.protected()}
    columns = {f"{role} column" for role in yaml.safe_load((CORE / "kinds/common/columns.yaml").read_text("utf-8"))}
    assert {each for each in labels | patterns | columns if GERMAN.said(each) is None} == set()


def test_every_act_of_the_journal_is_said_in_german() -> None:
    acts = set()
    for path in files(("web", "store")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "journal.append":
                acts |= {each.value for each in node.args if isinstance(each, ast.Constant) and each.value}
    acts -= {"audit", "documents"}  # what the entry is about
    assert len(acts) > 10
    assert {each for each in acts if GERMAN.said(str(each)) is None} == set()


def test_no_german_sentence_needs_a_value_that_the_english_does_not_give() -> None:
    def values(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [english for english, german in PAIRS if values(german) - values(english)] == []
    assert len(PAIRS) > 500


def test_no_sentence_is_said_twice_in_different_words() -> None:
    keys = [english for english, _ in PAIRS]
    assert len(keys) == len(set(keys))


# ---- how sentences are found ----


def test_values_stay_as_they_are() -> None:
    assert GERMAN.said("The file contains the part word/document.xml twice.") == (
        "Die Datei enthält den Teil word/document.xml zweimal."
    )


def test_a_name_that_looks_like_a_sentence_of_ours_stays_a_name() -> None:
    told = GERMAN.said("grade is the same file as pay and was taken once.")
    assert told == "grade ist dieselbe Datei wie pay und wurde einmal genommen."


def test_reasons_inside_a_sentence_are_said_too() -> None:
    assert GERMAN.said("This text must stay as it is: pay (P-PAY).") == (
        "Dieser Text muss bleiben, wie er ist: Vergütung."
    )
    assert GERMAN.said("The new criterion names no competency and no service standard.") == (
        "Das neue Kriterium nennt keine Kompetenz und keinen Servicestandard."
    )


def test_several_sentences_are_said_one_after_the_other() -> None:
    assert GERMAN.said("The file is empty. Split the document.") == "Die Datei ist leer. Teilen Sie das Dokument."


def test_what_is_half_known_stays_whole() -> None:
    assert GERMAN.said("The file is empty. Nobody has ever said this.") is None
    assert GERMAN.said("The document was given up: for a reason of its own.") is None


def test_the_pattern_that_says_most_goes_first() -> None:
    one = Sayings.of("de", [("{a}: {b}.", "allgemein {a} {b}"), ("Too long: {b}.", "Zu lang: {b}.")])
    assert one.said("Too long: 9.") == "Zu lang: 9."


def test_hostile_lengths_are_answered_at_once() -> None:
    assert GERMAN.said("“" + "x. " * 100_000) is None
    assert GERMAN.said("The " + "(“a. " * 700) is None


def test_an_unknown_sentence_says_which_language_it_is() -> None:
    speaker = Speaker("de", GERMAN)
    assert speaker("Nobody has ever said this.") == '<span lang="en">Nobody has ever said this.</span>'
    assert speaker("Hier ist nichts.", "de") == "Hier ist nichts."
    assert speaker("The file is empty.") == "Die Datei ist leer."


def test_what_is_told_is_never_markup() -> None:
    for language in ("de", "en"):
        speaker = Speaker(language, GERMAN if language == "de" else None)
        assert "<b>" not in speaker("The file contains the part <b> twice.")
        assert "<b>" not in speaker("<b>")
        assert "\u202e" not in speaker("The file contains the part \u202efdp.exe twice.")


def test_the_english_page_says_what_the_core_says() -> None:
    assert Speaker("en")("The file is empty.") == "The file is empty."
    assert Speaker("en")("Das Dokument sagt genug.", "de") == '<span lang="de">Das Dokument sagt genug.</span>'


def test_a_pattern_gives_back_its_values() -> None:
    assert Pattern("It has {a} of {b}", "").values("It has 1 of 2") == {"a": "1", "b": "2"}
    assert Pattern("It has {a} of {b}", "").values("It holds 1 of 2") is None
