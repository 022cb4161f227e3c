"""Which words are marked: as few as an ideal word-level comparison, and readable."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxify.word.diff import diff, tokens
from tests.word.sentences import EDITS, least


def marked(old: str, new: str) -> int:
    return sum(hunk.end - hunk.start + len(hunk.new) for hunk in diff(old, new))


def applied(old: str, new: str) -> str:
    for hunk in reversed(diff(old, new)):
        old = old[: hunk.start] + hunk.new + old[hunk.end :]
    return old


@pytest.mark.parametrize(("old", "new"), EDITS)
def test_the_changes_give_the_new_text(old: str, new: str) -> None:
    assert applied(old, new) == new


@pytest.mark.parametrize(("old", "new"), [pair for pair in EDITS if least(*pair) < 0.8 * sum(map(len, pair))])
def test_little_more_than_the_least_is_marked(old: str, new: str) -> None:
    assert marked(old, new) <= 1.25 * least(old, new)


def test_over_all_sentences_at_most_a_tenth_more_than_the_least_is_marked() -> None:
    assert sum(marked(*pair) for pair in EDITS) <= 1.1 * sum(least(*pair) for pair in EDITS)


@pytest.mark.parametrize(("old", "new"), EDITS)
def test_no_word_is_cut(old: str, new: str) -> None:
    for hunk in diff(old, new):
        for place in (hunk.start, hunk.end):
            around = old[max(place - 1, 0) : place + 1]
            assert not re.fullmatch(r"[^\W\d_\u3040-\u9fff]{2}", around), f"cut inside {around!r}"


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("Call clients today.", "Call customers today.", "clients", "customers"),
        ("Call clients.", "Call customers.", "clients", "customers"),
        ("Answers calls.", "Answers all calls.", "", "all "),
        ("Answers all calls.", "Answers calls.", "all ", ""),
        ("It’s ours.", "It’s theirs.", "ours", "theirs"),
        ("A co-operative team.", "A helpful team.", "co-operative", "helpful"),
        ("Calls", "Calls and mail", "", " and mail"),
        ("one two three four", "1 2 3 4", "one two three four", "1 2 3 4"),
    ],
)
def test_one_change_is_one_mark(old: str, new: str, removed: str, added: str) -> None:
    (hunk,) = diff(old, new)
    assert (old[hunk.start : hunk.end], hunk.new) == (removed, added)


def test_a_rewritten_phrase_is_not_shredded_around_a_stray_word() -> None:
    hunks = diff("To be responsible for a range of tasks.", "Owns a set of outcomes for residents.")
    assert len(hunks) <= 3


TEXT = st.text(st.sampled_from("ab cé\u0301’-.,\t\n客😀\u00ad\u00a0"), max_size=40)


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT)
def test_any_text_becomes_any_other(old: str, new: str) -> None:
    assert "".join(tokens(old)) == old
    assert applied(old, new) == new
    hunks = diff(old, new)
    assert all(a.end <= b.start for a, b in pairwise(hunks))
