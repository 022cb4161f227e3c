"""A sieve never says that a pattern cannot match where it does."""

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxify import sieve
from cxify.writers.library.wording import wording
from tests.documents import document

PIECES = st.sampled_from(["serv", "supply", "a", "ß", "Kunden", "k", "x", " ", "ä", "is"])
PATTERNS = st.recursive(
    PIECES.map(re.escape) | st.sampled_from([r"\b", r"\w+", "[ab]", ".", r"\d", "(?=x)", "(?<!k)"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"(?:{part})?"),
        inner.map(lambda part: f"(?P<n>{part})" if "(?P" not in part else part),
        inner.map(lambda part: f"(?:{part})+"),
    ),
    max_leaves=6,
)


@given(PATTERNS, st.lists(PIECES | st.sampled_from(["SERV", "ſerv", "İS", "ıs", "K", "1"]), max_size=8).map("".join))
def test_a_text_that_matches_always_passes(source: str, text: str) -> None:
    try:
        pattern = re.compile(source, re.IGNORECASE)
    except re.error:
        return
    if pattern.search(text):
        assert sieve.passes(pattern, sieve.lowered(text))


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        (r"\b(?:answer|reply|respond)(?:s|ing)?\b", ("answer", "pond", "ply")),
        (r"\bhand(?:s|ing)? over\b", (" over",)),
        (r"\d+ %?", ()),
        (r"(?:customers?)?", ()),
    ],
)
def test_what_every_match_holds(source: str, needed: tuple[str, ...]) -> None:
    found = sieve.literals(re.compile(source))
    assert bool(found) == bool(needed)
    assert not sieve.passes(re.compile(source), sieve.lowered("nothing of the kind")) or not needed


def test_most_shipped_cues_can_be_ruled_out() -> None:
    shipped = wording("en")
    assert shipped
    cues = [family.cue for family in shipped.duties]
    assert sum(bool(sieve.literals(cue)) for cue in cues) > 0.7 * len(cues)


@given(st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, min_size=1, max_size=3).map("".join))
def test_a_sifted_text_holds_what_stands_in_it_and_nothing_else(text: str, wanted: str) -> None:
    sifted = sieve.Sifted(text)
    assert sifted.holds(wanted) == (wanted in text)
    together = sieve.Literals.of((wanted, "supply k"))
    assert sifted.holds_any(together) == together.stand_in(text) == (wanted in text or "supply k" in text)


def test_a_document_keeps_what_follows_from_it_and_leaves_it_at_home() -> None:
    made = document("# Duties\n- Answer letters")
    assert made.once("words", lambda: [1]) is made.once("words", lambda: [2])
    travelled = pickle.loads(pickle.dumps(made))  # noqa: S301  our own
    assert travelled == made
    assert travelled.once("words", lambda: [2]) == [2]
