"""Phrases across runs: formats, links, bookmarks, comments, controls, fields and note references."""

import pytest

from tests.word.build import (
    END,
    begin,
    bookmark,
    commented,
    control,
    dele,
    doc,
    field,
    form_text,
    ins,
    link,
    note,
    p,
    r,
    simple_field,
)
from tests.word.judge import formats, marked, texts, tokens
from tests.word.redlines import after, append, blocks, redlined, refused, replace

BLUE = {"style": "Hyperlink"}


def order(data: bytes) -> str:
    """Return the first paragraph with its markers in place: `See |start| the `."""
    shown = ""
    for token in tokens(data, "accept"):
        if token[0] == "¶":
            return shown
        if token[0] == "c":
            shown += str(token[1])
        elif token[0] in ("marker", "in run"):
            shown += "|"
    return shown


# --- formats ----------------------------------------------------------------------------------------------------------


def test_one_changed_word_marks_one_word() -> None:
    old, new = "Handle all requests from residents politely.", "Handle all requests from customers politely."
    data = redlined(doc(p(old)), replace("b1", old, new))
    assert marked(data) == ["Handle all requests from [-residents-]{+customers+} politely."]


def test_new_words_take_the_format_of_the_words_they_replace_word_by_word() -> None:
    source = doc(p("We ", r("serve", b=True), " ", r("people", i=True), " daily."))
    data = redlined(source, replace("b1", "serve people daily", "help customers weekly"))
    assert formats(data) == ["We «b:help» «i:customers» weekly."]


def test_an_unchanged_word_inside_a_replaced_phrase_keeps_its_format() -> None:
    source = doc(p("Answer ", r("urgent", b=True), " calls from clients."))
    data = redlined(source, replace("b1", "Answer urgent calls from clients", "Resolve urgent matters for customers"))
    assert formats(data) == ["Resolve «b:urgent» matters for customers."]


def test_a_change_across_a_bold_boundary_is_really_written() -> None:
    source = doc(p("Good ", r("serv", b=True), "ice matters."))
    assert texts(redlined(source, replace("b1", "service", "care"))) == ["Good care matters."]


def test_a_word_split_over_many_runs_of_one_format_is_found_and_replaced() -> None:
    source = doc(p(*"customer", " calls"))
    data = redlined(source, replace("b1", "customer", "resident"))
    assert marked(data) == ["[-customer-]{+resident+} calls"]


def test_plain_words_inserted_behind_a_bold_word_stay_plain() -> None:
    source = doc(p(r("Note:", b=True), " call back."))
    data = redlined(source, replace("b1", "Note: call back.", "Note: always call back."))
    assert formats(data) == ["«b:Note:» always call back."]


def test_words_inserted_inside_bold_text_are_bold() -> None:
    data = redlined(doc(p(r("Call back today.", b=True))), replace("b1", "Call back", "Call customers back"))
    assert formats(data) == ["«b:Call customers back today.»"]


def test_several_new_words_for_one_bold_word_are_bold_and_the_space_behind_is_not() -> None:
    source = doc(p("We ", r("help", b=True), " people."))
    data = redlined(source, replace("b1", "help people.", "listen to customers."))
    assert formats(data) in (["We «b:listen to» customers."], ["We «b:listen» to customers."])


def test_appended_text_continues_the_plain_text_and_not_a_bold_last_word() -> None:
    source = doc(p("Answer every call within ", r("one day", b=True)))
    assert formats(redlined(source, append("b1", " and follow up."))) == [
        "Answer every call within «b:one day» and follow up."
    ]


def test_appended_text_continues_font_size_and_colour() -> None:
    source = doc(p(r("Answer every call.", font="Arial", size=20, color="112233")))
    data = redlined(source, append("b1", " Call back."))
    assert formats(data) == ["«rFonts color=112233 sz=20:Answer every call. Call back.»"]


def test_someones_format_change_stays_on_the_deleted_words_and_off_the_new_ones() -> None:
    source = doc(p("Be ", r("kind", b=True, changed_by="Ann"), " always."))
    data = redlined(source, replace("b1", "kind", "patient"))
    assert formats(data) == ["Be «b:patient» always."]


def test_a_run_with_someones_format_change_can_be_split() -> None:
    source = doc(p(r("Be kind and brief always.", b=True, changed_by="Ann")))
    assert texts(redlined(source, replace("b1", "kind", "patient"))) == ["Be patient and brief always."]


# --- links ------------------------------------------------------------------------------------------------------------


def test_words_inside_a_link_are_replaced_inside_it() -> None:
    source = doc(p("See our ", link(r("service policy", **BLUE)), " first."))
    data = redlined(source, replace("b1", "service policy", "customer policy"))
    assert formats(data) == ["See our «rStyle=Hyperlink:customer policy» first."]
    assert marked(data) == ["See our [-service-]{+customer+} policy first."]


def test_a_phrase_that_reaches_into_a_link_keeps_the_link_around_its_own_words() -> None:
    source = doc(p("Read the ", link(r("old policy", **BLUE)), " now please."))
    data = redlined(source, replace("b1", "the old policy now", "our new rules today"))
    assert formats(data) == ["Read our «rStyle=Hyperlink:new rules» today please."]


def test_text_before_a_link_at_the_start_of_a_paragraph_can_be_inserted() -> None:
    source = doc(p(link(r("Our policy", **BLUE)), " applies."))
    data = redlined(source, replace("b1", "Our policy applies.", "Always: Our policy applies."))
    assert formats(data) == ["Always: «rStyle=Hyperlink:Our policy» applies."]


def test_text_behind_a_link_at_the_end_stays_outside_and_looks_like_the_paragraph() -> None:
    source = doc(p(r("Apply at ", font="Arial"), link(r("our site", **BLUE))))
    wanted = ["«rFonts:Apply at »«rStyle=Hyperlink:our site»«rFonts: today.»"]
    assert formats(redlined(source, append("b1", " today."))) == wanted
    assert formats(redlined(source, replace("b1", "our site", "our site today."))) == wanted


def test_text_between_two_links_stays_outside_both() -> None:
    source = doc(p("See ", link(r("A", **BLUE)), link(r("B", **BLUE), rid="rLink"), "."))
    data = redlined(source, replace("b1", "AB", "A and B")) if False else redlined(source, replace("b1", "See", "Read"))
    assert texts(data) == ["Read AB."]


@pytest.mark.parametrize(
    "made", [lambda *c: field('HYPERLINK "https://example.org/"', *c), lambda *c: simple_field('HYPERLINK "x"', *c)]
)
def test_a_link_stored_as_a_field_is_edited_like_a_link(made) -> None:  # type: ignore[no-untyped-def]
    source = doc(p("Read ", made("the old page"), " now."))
    assert texts(redlined(source, replace("b1", "old", "new"))) == ["Read the new page now."]
    assert texts(redlined(source, replace("b1", "the old page now", "this new page today"))) == [
        "Read this new page today."
    ]


def test_text_before_a_link_field_at_the_start_of_a_paragraph_can_be_inserted() -> None:
    source = doc(p(field('HYPERLINK "https://example.org/"', "Our policy"), " applies."))
    data = redlined(source, replace("b1", "Our policy applies.", "Always: Our policy applies."))
    assert order(data).startswith("Always: |")


def test_text_between_two_link_fields_stands_in_neither() -> None:
    one, two = field('HYPERLINK "https://example.org/1"', "first"), field('HYPERLINK "https://example.org/2"', "second")
    source = doc(p("See ", one, two, " today."))
    data = redlined(source, replace("b1", "firstsecond", "first, second"))
    assert order(data) == "See |||first|, |||second| today."


# --- bookmarks, comments, notes ---------------------------------------------------------------------------------------


def test_a_phrase_across_a_bookmark_edge_leaves_the_bookmark_in_place() -> None:
    source = doc(p("The ", bookmark("duty", "main duty"), " is this."))
    assert texts(redlined(source, replace("b1", "duty is this", "task remains that"))) == [
        "The main task remains that."
    ]


def test_a_whole_bookmarked_phrase_can_be_replaced() -> None:
    source = doc(p("The ", bookmark("duty", "main duty"), " is this."))
    assert (
        order(redlined(source, replace("b1", "main duty", "first task"))).replace("|", "") == "The first task is this."
    )


def test_text_behind_a_bookmark_does_not_grow_it() -> None:
    source = doc(p("The ", bookmark("duty", "duty"), "."))
    assert order(redlined(source, replace("b1", "duty", "duty of care"))) == "The |duty| of care."


def test_a_bookmark_across_paragraphs_survives_edits_in_both() -> None:
    start, end = bookmark("span", "One two.").rsplit("<w:bookmarkEnd", 1)
    source = doc(p(start), p("Three four.", f"<w:bookmarkEnd{end}"))
    data = redlined(source, replace("b1", "two", "deux"), replace("b2", "four", "quatre"), append("b2", " Five."))
    assert texts(data) == ["One deux.", "Three quatre. Five."]


def test_a_phrase_across_a_comment_edge_keeps_the_range() -> None:
    source = doc(p("We ", commented(0, "answer calls"), " quickly."), comments=["Really?"])
    data = redlined(source, replace("b1", "calls quickly", "letters soon"))
    assert texts(data) == ["We answer letters soon."]


def test_a_phrase_across_a_footnote_mark_leaves_the_mark_where_it_is() -> None:
    source = doc(p("Pay", note(1), " is monthly."), footnotes=["Before tax."])
    data = redlined(source, replace("b1", "Pay is monthly", "Salary comes weekly"))
    assert texts(data)[0] == "Salary comes weekly."
    assert order(redlined(source, replace("b1", "Pay", "Salary"))) in ("Salary| is monthly.", "|Salary is monthly.")


def test_a_word_inserted_behind_a_footnote_mark_stays_behind_it() -> None:
    source = doc(p("Pay", note(1), " is monthly."), footnotes=["Before tax."])
    assert order(redlined(source, replace("b1", "Pay is", "Pay here is"))) == "Pay| here is monthly."


def test_a_footnote_mark_in_the_same_run_as_text_survives() -> None:
    one_run = '<w:r><w:t>Pay</w:t><w:footnoteReference w:id="1"/><w:t xml:space="preserve"> is monthly.</w:t></w:r>'
    source = doc(p(one_run), footnotes=["Before tax."])
    assert texts(redlined(source, replace("b1", "Pay is monthly", "Wage comes weekly")))[0] == "Wage comes weekly."


# --- inline controls and fields ---------------------------------------------------------------------------------------


def test_words_inside_an_inline_control_are_replaced_inside_it() -> None:
    source = doc(p("Title: ", control("Service Agent"), "."))
    assert texts(redlined(source, replace("b1", "Service", "Customer"))) == ["Title: Customer Agent."]


def test_a_phrase_across_a_control_edge_is_cut_there_when_its_words_pair_up() -> None:
    source = doc(p("The ", control(r("Service Agent", b=True)), " answers calls."))
    data = redlined(source, replace("b1", "Agent answers", "Adviser takes"))
    assert formats(data) == ["The «b:Service Adviser» takes calls."]


def test_a_phrase_across_a_control_edge_is_refused_when_it_is_unclear_what_belongs_inside() -> None:
    source = doc(p("The ", control("Service Agent"), " answers calls."))
    refused(source, replace("b1", "Agent answers", "Adviser for residents resolves"), because="content control")
    source = doc(p("The Custom", control("er Agent"), " answers calls."))
    refused(source, replace("b1", "Customer", "Client"), because="content control")


def test_unchanged_words_of_a_quote_may_reach_into_a_control() -> None:
    source = doc(p("The ", control("Service Agent"), " answers calls."))
    data = redlined(source, replace("b1", "Agent answers calls", "Agent resolves calls"))
    assert marked(data) == ["The Service Agent [-answers-]{+resolves+} calls."]


@pytest.mark.parametrize("code", ["PAGE", "NUMPAGES", "REF duty \\h", "MERGEFIELD Name", "DATE", "TOC"])
def test_field_results_are_never_turned_into_text(code: str) -> None:
    source = doc(p("Before ", field(code, "result"), " behind."))
    refused(source, replace("b1", "result", "word"), because="field|generates")
    refused(source, replace("b1", "Before result", "Ahead word"), because="field|generates")
    data = redlined(source, replace("b1", "Before result behind.", "Ahead result after."))
    assert texts(data) == ["Ahead result after."]


@pytest.mark.parametrize("code", ["PAGE", "MERGEFIELD Name"])
def test_simple_fields_are_never_turned_into_text(code: str) -> None:
    source = doc(p("Before ", simple_field(code, "result"), " behind."))
    refused(source, replace("b1", "result", "word"), because="generates")
    assert texts(redlined(source, replace("b1", "Before", "Ahead"), append("b1", " End."))) == [
        "Ahead result behind. End."
    ]


def test_text_may_be_put_directly_before_and_behind_a_field() -> None:
    source = doc(p(field("PAGE", "3")))
    assert order(redlined(source, append("b1", " pages"))) == "|||3| pages"
    source = doc(p(field("PAGE", "3"), " of ", field("NUMPAGES", "9")))
    data = redlined(source, replace("b1", "3 of 9", "Page 3 of 9"))
    assert order(data) == "Page |||3| of |||9|"


def test_two_fields_without_text_between_can_get_some() -> None:
    source = doc(p(field("PAGE", "3"), field("NUMPAGES", "9")))
    assert order(redlined(source, replace("b1", "39", "3 of 9"))) == "|||3| of |||9|"


def test_the_label_beside_a_form_field_can_change_and_its_content_cannot() -> None:
    source = doc(p("Name: ", form_text("Jane"), " (print)"))
    assert texts(redlined(source, replace("b1", "Name:", "Full name:"))) == ["Full name: Jane (print)"]
    refused(source, replace("b1", "Jane", "John"), because="form field")
    refused(source, replace("b1", "Name: Jane", "Label: John"), because="form field")


def test_text_behind_a_form_field_at_the_end_stands_outside_it() -> None:
    source = doc(p("Name: ", form_text("Jane")))
    assert order(redlined(source, append("b1", " Date:"))) == "Name: |||Jane| Date:"


def test_a_table_of_contents_stays_closed_to_the_last_line() -> None:
    source = doc(p(begin('TOC \\o "1-2"'), "Duties\t1"), p("Pay\t2"), p(END, "Behind."), p("Text."))
    assert list(blocks(source).values()) == ["Duties\t1", "Pay\t2", "Behind.", "Text."]
    refused(source, append("b1", " more"), because="generates")
    refused(source, replace("b1", "Duties", "Tasks"), because="generates")
    refused(source, append("b2", " more"), because="generates")
    refused(source, after("b1", "New line."), because="generates")
    refused(source, after("b2", "New line."), because="generates")
    assert texts(redlined(source, after("b3", "New line.")))[3] == "New line."
    assert texts(redlined(source, append("b3", " More.")))[2] == "Behind. More."


# --- other people's text inside the phrase ----------------------------------------------------------------------------


def test_a_phrase_around_someones_deletion_leaves_the_deletion_theirs() -> None:
    source = doc(p("We answer ", dele("all "), "calls fast."))
    data = redlined(source, replace("b1", "answer calls fast", "take letters soon"))
    assert texts(data) == ["We take letters soon."]


def test_a_phrase_half_inserted_by_someone_can_be_replaced() -> None:
    source = doc(p("We answer ", ins("every single"), " call."))
    data = redlined(source, replace("b1", "single call", "small request"))
    assert texts(data) == ["We answer every small request."]
