"""Text that other people are still working on: their insertions, deletions, moves and format changes stay theirs."""

import re

import pytest

from cxify import word
from tests.word.build import commented, dele, doc, ins, link, mark, moved, p, r, row, tbl
from tests.word.judge import AUTHOR, marked, members, texts
from tests.word.redlines import DATE, after, append, blocks, redlined, refused, replace, row_after, written

BODY = "word/document.xml"


def body(data: bytes) -> str:
    return members(data)[BODY].decode()


def test_a_reader_sees_insertions_and_no_deletions() -> None:
    source = doc(p("We ", ins("always "), "answer ", dele("all "), "calls", moved("m", " today", to=False), "."))
    assert blocks(source) == {"b1": "We always answer calls."}


def test_a_word_inside_someones_insertion_is_deleted_inside_it_and_replaced_beside_it() -> None:
    source = doc(p("We ", ins("always answer every"), " call."))
    data = redlined(source, replace("b1", "answer", "take"))
    assert texts(data) == ["We always take every call."]
    assert len(re.findall(r'<w:ins [^>]*w:author="Ann" w:date="2025-03-04T05:06:07Z"', body(data))) == 2


def test_both_halves_of_a_split_insertion_keep_author_and_date_and_get_ids_of_their_own() -> None:
    data = redlined(doc(p(ins("one two three four"))), replace("b1", "two three", "2 3"), append("b1", " five"))
    ids = re.findall(r'<w:ins w:id="(\d+)"', body(data))
    assert len(ids) == len(set(ids))
    assert 'w:author="Ann" w:date="2026' not in body(data)


def test_the_whole_of_someones_insertion_can_be_replaced() -> None:
    data = redlined(doc(p("We ", ins("always"), " call.")), replace("b1", "always", "often"))
    assert texts(data) == ["We often call."]


@pytest.mark.parametrize("place", ["We always", "always call", "We always call"])
def test_a_phrase_across_the_edge_of_an_insertion(place: str) -> None:
    new = place.replace("We", "They").replace("always", "often").replace("call", "write")
    source = doc(p("We ", ins("always"), " call."))
    assert texts(redlined(source, replace("b1", place, new))) == ["We always call.".replace(place, new)]


def test_text_inserted_at_the_edge_of_an_insertion_is_ours() -> None:
    source = doc(p("We ", ins("always"), " call."))
    data = redlined(source, replace("b1", "always call", "always gladly call"))
    assert "{+gladly" in marked(data)[0]
    assert texts(redlined(source, replace("b1", "We always", "We nearly always"))) == ["We nearly always call."]


def test_a_phrase_around_a_deletion_keeps_it_deleted_and_theirs() -> None:
    source = doc(p("We answer ", dele("all of the "), "calls."))
    data = redlined(source, replace("b1", "answer calls", "take letters"))
    assert texts(data) == ["We take letters."]
    assert body(data).count('w:author="Ben"') == 1


def test_a_deletion_inside_an_insertion_stays() -> None:
    inner = '<w:del w:id="?" w:author="Ben" w:date="2025-03-04T05:06:07Z">' + r("really ", deleted=True) + "</w:del>"
    source = doc(p("We ", ins("always ", inner, "answer"), " calls."))
    assert blocks(source)["b1"] == "We always answer calls."
    assert texts(redlined(source, replace("b1", "always answer calls", "often take letters"))) == [
        "We often take letters."
    ]


def test_an_insertion_of_which_every_word_goes_keeps_its_markers_in_valid_places() -> None:
    wavy = '<w:proofErr w:type="spellStart"/>', '<w:proofErr w:type="spellEnd"/>'
    source = doc(p("We ", ins(wavy[0], r("alwais", b=True), wavy[1], r(" call")), " back."))
    assert texts(redlined(source, replace("b1", "alwais call", "often write"))) == ["We often write back."]


def test_moved_text_is_edited_where_it_stands_now() -> None:
    source = doc(p("Old ", moved("m1", "clause here", to=False)), p("New ", moved("m1", "clause here", to=True), "."))
    assert list(blocks(source).values()) == ["Old ", "New clause here."]
    data = redlined(source, replace("b2", "clause here", "rule here"), append("b1", " text"))
    assert texts(data) == ["Old  text", "New rule here."]


def test_a_phrase_into_the_middle_of_moved_text() -> None:
    source = doc(p(moved("m1", "x", to=False), "A"), p("New ", moved("m1", "clause right here", to=True), " end."))
    assert texts(redlined(source, replace("b2", "right here end", "over there now")))[1] == "New clause over there now."


def test_a_format_change_stays_on_what_is_left_of_its_run() -> None:
    source = doc(p(r("Answer every call today", b=True, changed_by="Ann")))
    data = redlined(source, replace("b1", "every call", "each letter"))
    assert body(data).count("w:rPrChange ") == 3  # before, deleted, behind
    assert len(set(re.findall(r'rPrChange w:id="(\d+)"', body(data)))) == 3


def test_a_paragraph_format_change_stays() -> None:
    source = doc(p("One two", changed_by="Ann", bullet=True), p("Three"))
    data = redlined(source, replace("b1", "two", "2"), after("b1", "New"))
    assert body(data).count("<w:pPrChange") == 1


def test_words_in_a_link_that_someone_inserted_are_deleted_and_the_rest_refused_or_done() -> None:
    source = doc(p("See ", ins(link("our old page")), "."))
    assert texts(redlined(source, replace("b1", "old ", ""))) == ["See our page."]
    refused(source, replace("b1", "old", "new"), because="inserted as a whole")


def test_someones_insertion_inside_a_link_is_edited() -> None:
    source = doc(p("See ", link("our ", ins("old"), " page"), "."))
    assert texts(redlined(source, replace("b1", "our old page", "the new site"))) == ["See the new site."]


def test_rows_that_others_inserted_are_edited_and_stay_theirs() -> None:
    source = doc(
        tbl(["A", "B"], row(p(ins("C"), marked=mark("ins")), p(ins("D"), marked=mark("ins")), marked=mark("ins"))), p()
    )
    data = redlined(source, replace("b3", "C", "Chat"), append("b4", " more"), row_after("b3", "E", "F"))
    assert texts(data)[2:6] == ["Chat", "D more", "E", "F"]


def test_rows_that_others_deleted_can_be_followed() -> None:
    source = doc(tbl(["A", "B"], row(p(dele("C"), marked=mark("del")), p(dele("D")), marked=mark("del"))), p())
    assert texts(redlined(source, row_after("b3", "E", "F")))[4:6] == ["E", "F"]


def test_our_changes_of_an_earlier_run_stay_what_they_are() -> None:
    source = doc(p("We answer all calls."))
    once = written(source, replace("b1", "all", "most"))
    twice = word.apply(once, [replace("b1", "calls", "letters")], author=AUTHOR, date=DATE)
    assert word.verify(once, twice).ok
    assert texts(twice) == ["We answer most letters."]
    assert len(set(re.findall(r'w:date="2026-11-22T08:00:0\dZ"', body(twice)))) == 2


def test_ids_are_taken_above_all_others_even_near_the_limit() -> None:
    high = '<w:bookmarkStart w:id="2147483646" w:name="x"/><w:bookmarkEnd w:id="2147483646"/>'
    data = redlined(doc(p(high, "One two")), replace("b1", "two", "2"))
    assert all(int(number) <= 2147483647 for number in re.findall(r'w:id="(\d+)"', body(data)))


def test_a_word_that_is_half_someones_insertion_and_half_not() -> None:
    data = redlined(doc(p("un", ins("help"), "ful staff")), replace("b1", "unhelpful", "kind"))
    assert texts(data) == ["kind staff"]


def test_edits_next_to_someones_comment_on_the_same_words() -> None:
    source = doc(p("We ", commented(0, ins("answer")), " calls."), comments=["Who?"])
    data = redlined(source, replace("b1", "answer", "take", comment="Clearer"))
    assert texts(data) == ["We take calls."]
