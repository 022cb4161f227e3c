"""Characters that get lost elsewhere: spaces, hyphens, breaks, symbols, scripts, text that looks like markup."""

import pytest

from cxify.errors import BadEdits
from tests.word.build import doc, p, r, ruby
from tests.word.judge import formats, marked, texts
from tests.word.redlines import after, append, blocks, redlined, refused, replace

SYMBOL = '<w:r><w:sym w:font="Wingdings" w:char="F0B7"/></w:r>'


def test_the_second_occurrence_is_the_one_that_changes() -> None:
    source = doc(p("Call clients. Thank clients. Know clients."))
    data = redlined(source, replace("b1", "clients", "customers", occurrence=2))
    assert texts(data) == ["Call clients. Thank customers. Know clients."]


def test_an_occurrence_that_is_not_there_is_refused() -> None:
    refused(doc(p("Call clients.")), replace("b1", "clients", "x", occurrence=2), because="only 1 times")


def test_words_that_are_not_there_are_refused() -> None:
    refused(doc(p("Call clients.")), replace("b1", "patients", "x"), because="not in block b1")


@pytest.mark.parametrize(
    ("text", "old", "new", "wanted"),
    [
        (
            "Call\u00a0back in 5\u00a0days.",
            "in 5\u00a0days",
            "within 5\u00a0days",
            "Call\u00a0back within 5\u00a0days.",
        ),
        ("Call\u00a0back in 5\u00a0days.", "in 5 days", "within 5 days", "Call\u00a0back within 5\u00a0days."),
        ("A full\u2011time job.", "full\u2011time job", "full\u2011time post", "A full\u2011time post."),
        ("A full\u2011time job.", "full-time job", "part-time job", "A part-time job."),
        ("Name:\tJane\tAge:\t40", "Jane\tAge:\t40", "Joan\tAge:\t41", "Name:\tJoan\tAge:\t41"),
        ("First line\nsecond line", "line\nsecond", "row\nsecond", "First row\nsecond line"),
        ("First line\nsecond line", "First line\nsecond line", "One line only", "One line only"),
        ("Kunden\u00adservice hilft.", "Kunden\u00adservice", "Bürgerservice", "Bürgerservice hilft."),
        ("Kunden\u00adservice hilft.", "Kundenservice hilft", "Kundenservice berät", "Kunden\u00adservice berät."),
        ("Say “hello” – it’s polite.", "“hello”", "“good day”", "Say “good day” – it’s polite."),
        ("Say “hello” – it’s polite.", '"hello" – it\'s polite', '"hello" – it\'s kind', "Say “hello” – it’s kind."),
        (
            "R&D <CX> *must* _x_ &amp; act.",
            "R&D <CX> *must*",
            "R&D <CX & UX> *shall*",
            "R&D <CX & UX> *shall* _x_ &amp; act.",
        ),
        ("Be glad 😀 daily.", "glad 😀 daily", "happy 👩‍👩‍👧 weekly", "Be happy 👩‍👩‍👧 weekly."),
        ("Cafe\u0301 staff greet.", "Cafe\u0301 staff", "Cafe\u0301 teams", "Cafe\u0301 teams greet."),
        ("负责客户服务工作。", "客户服务", "客户体验", "负责客户体验工作。"),
        ("電話対応を行う。", "電話対応", "顧客対応", "顧客対応を行う。"),
        ("الرد على المكالمات.", "المكالمات", "العملاء", "الرد على العملاء."),
        ("a  b   c", "b   c", "b   d", "a  b   d"),
        ("Ends here ", "here ", "there ", "Ends there "),
        (" Starts here", " Starts", " Begins", " Begins here"),
    ],
)
def test_awkward_characters_are_found_and_kept(text: str, old: str, new: str, wanted: str) -> None:
    assert texts(redlined(doc(p(text)), replace("b1", old, new))) == [wanted]


@pytest.mark.parametrize(
    "text", ["_x_", "<x>", "**bold**", "a & b", "  two  spaces  ", "$1 \\1 {0} %s", "\ttab", "line\nbreak"]
)
def test_new_text_is_never_interpreted(text: str) -> None:
    source = doc(p("One."), p("Two."))
    data = redlined(source, append("b1", text), after("b1", text), replace("b2", "Two", text))
    assert texts(data) == [f"One.{text}", text, f"{text}."]


def test_text_that_xml_cannot_hold_is_refused() -> None:
    refused(doc(p("One.")), append("b1", "\x01"), because="control character", error=BadEdits)


def test_a_carriage_return_becomes_one_line_break() -> None:
    assert texts(redlined(doc(p("One.")), append("b1", " Two.\r\nThree."))) == ["One. Two.\nThree."]


def test_a_symbol_stays_a_symbol_and_can_be_edited_around() -> None:
    source = doc(p(SYMBOL, " Answer calls", SYMBOL, " daily"))
    data = redlined(source, replace("b1", "Answer calls", "Take letters"))
    assert marked(data)[0].count("[-") == 1
    assert "Take letters" in texts(data)[0]


def test_a_symbol_inside_a_quoted_phrase_is_kept() -> None:
    source = doc(p("Answer ", SYMBOL, " calls"))
    text = blocks(source)["b1"]
    data = redlined(source, replace("b1", text, text.replace("Answer", "Take").replace("calls", "letters")))
    assert marked(data)[0].count("Wingdings") == 1


def test_text_around_a_reading_aid_can_change_and_the_aid_cannot() -> None:
    source = doc(p("当社の", ruby("顧客", "こきゃく"), "を大切に。"))
    assert blocks(source) == {"b1": "当社の顧客を大切に。"}
    assert marked(redlined(source, replace("b1", "大切に", "第一に"))) != marked(source)
    refused(source, replace("b1", "顧客", "客"), because="ruby")


def test_right_to_left_words_stay_right_to_left() -> None:
    source = doc(p(r("الرد على المكالمات", rtl=True, lang="ar-SA"), props="<w:bidi/>"))
    data = redlined(source, replace("b1", "المكالمات", "العملاء"), append("b1", " يوميا"), after("b1", "جديد"))
    assert all(text.startswith("«rtl:") and text.endswith("»") and text.count("«") == 1 for text in formats(data))


def test_a_combining_mark_never_parts_from_its_letter() -> None:
    data = redlined(doc(p("re\u0301sume\u0301 needed")), replace("b1", "re\u0301sume\u0301", "resume\u0301"))
    assert marked(data) == ["[-re\u0301sume\u0301-]{+resume\u0301+} needed"]


def test_a_tab_and_a_break_inside_a_replaced_phrase_are_deleted_with_it() -> None:
    data = redlined(doc(p("One\ttwo\nthree end")), replace("b1", "One\ttwo\nthree", "Four"))
    assert texts(data) == ["Four end"]
    assert texts(data, "reject") == ["One\ttwo\nthree end"]


def test_a_page_break_in_the_same_run_survives() -> None:
    source = doc(p('<w:r><w:t>One</w:t><w:br w:type="page"/><w:t>two</w:t></w:r>'))
    assert texts(redlined(source, replace("b1", "Onetwo", "Three"))) == ["Three"]


def test_a_text_without_xml_space_keeps_what_the_reader_sees() -> None:
    source = doc(p("<w:r><w:t>One two three</w:t></w:r>"))
    assert texts(redlined(source, replace("b1", "two", "2"))) == ["One 2 three"]
