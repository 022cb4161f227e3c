"""What a page needs beside the text: the place in a list, and what others deleted."""

from pathlib import Path

from cxify import word
from tests.word.build import dele, doc, ins, p, text_box


def test_numbers_are_counted_as_word_counts_them(samples: Path) -> None:
    source = (samples / "social_media_policy_charity.docx").read_bytes()
    texts = {block.id: block.text for block in word.read(source).blocks}
    listed = [(s.place.level, s.place.number, id) for id, s in word.shown(source).items() if s.place]
    counts: dict[int, int] = {}
    for level, number, id in listed:
        counts = {known: count for known, count in counts.items() if known <= level}
        counts[level] = counts.get(level, 0) + 1
        assert number in (None, counts[level]), texts[id]
    assert {level for level, _, _ in listed} == {1, 2, 3}


def test_a_bullet_has_a_level_and_no_number(samples: Path) -> None:
    looks = word.shown((samples / "job_description_retail_assistant.docx").read_bytes())
    assert {(s.place.level, s.place.number) for s in looks.values() if s.place} == {(1, None)}


def test_deletions_of_others_stand_where_they_were_and_a_text_box_keeps_its_own() -> None:
    looks = word.shown(doc(p("We ", dele("shall "), "call", ins(" now"), text_box(p("Box ", dele("gone"))))))
    assert [(gone.at, gone.text, gone.author) for gone in looks["b1"].deletions] == [(3, "shall ", "Ben")]
    assert [(gone.at, gone.text) for gone in looks["b2"].deletions] == [(4, "gone")]
    assert [(s.start, s.end, s.inserted_by) for s in looks["b1"].stretches] == [(7, 11, "Ann")]
