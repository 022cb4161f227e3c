"""A sieve never says that a pattern cannot match where it does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxify import sieve
from cxify.writers.library.wording import wording

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
    assert not sieve.passes(re.compile(source), "nothing of the kind") or not needed


def test_most_shipped_cues_can_be_ruled_out() -> None:
    shipped = wording("en")
    assert shipped
    cues = [family.cue for family in shipped.duties]
    assert sum(bool(sieve.literals(cue)) for cue in cues) > 0.7 * len(cues)
