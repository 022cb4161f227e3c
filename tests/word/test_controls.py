"""Content controls, legacy form fields and protected documents: values people fill in are no prose."""

import pytest

from cxify import word
from tests.word.build import control, doc, field, form_text, p, r, tbl
from tests.word.judge import formats, members, texts
from tests.word.redlines import after, append, redlined, refused, remark, replace

W14_CHECKBOX = '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'
LIST = '<w:listItem w:displayText="Full time" w:value="f"/>'
CLOSED = {
    "drop-down": {"kind": f"<w:dropDownList>{LIST}</w:dropDownList>"},
    "list control": {"kind": f"<w:comboBox>{LIST}</w:comboBox>"},
    "date": {"kind": '<w:date><w:dateFormat w:val="d MMMM yyyy"/></w:date>'},
    "check box": {"kind": W14_CHECKBOX},
    "bound to data": {"bound": True},
    "placeholder": {"placeholder": True},
    "locked": {"lock": "contentLocked"},
    "author locked": {"lock": "sdtContentLocked"},
    "group": {"kind": "<w:group/>"},
    "picture": {"kind": "<w:picture/>"},
    "citation": {"kind": "<w:citation/>"},
}


@pytest.mark.parametrize("reason", CLOSED)
def test_a_control_with_a_value_is_never_edited_as_text(reason: str) -> None:
    closed = control("Full time", **CLOSED[reason])  # type: ignore[arg-type]
    source = doc(p("Hours: ", closed, " weekly"))
    refused(source, replace("b1", "Full time", "Part time"), because=reason)
    refused(source, replace("b1", "Full", "Half"), because=reason)
    refused(source, replace("b1", "Full time", "Full-time"), because=reason)
    refused(source, replace("b1", "Hours: Full", "Days: Half"), because=f"{reason}|content control")
    data = redlined(source, replace("b1", "Hours: Full time weekly", "Work: Full time daily"), append("b1", " Yes."))
    assert texts(data) == ["Work: Full time daily Yes."]


@pytest.mark.parametrize("reason", CLOSED)
def test_a_block_in_a_closed_control_takes_no_edit_but_a_comment(reason: str) -> None:
    source = doc(p("Before"), control(p("Full time"), **CLOSED[reason]), p("Behind"))  # type: ignore[arg-type]
    refused(source, replace("b2", "Full", "Half"), because=reason)
    refused(source, append("b2", " more"), because=reason)
    refused(source, after("b2", "more"), because=reason)
    assert texts(redlined(source, remark("b2", "Is this right?"), after("b1", "New"))) == [
        "Before", "New", "Full time", "Behind",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "kind", ["", "<w:richText/>", "<w:text/>", '<w:text w:multiLine="1"/>', '<w:lock w:val="sdtLocked"/>']
)
def test_an_open_control_is_edited_inside(kind: str) -> None:
    source = doc(
        p("Role: ", control(r("Service Agent", b=True), kind=kind), "."), control(p("Block text"), kind=kind), p("End")
    )
    data = redlined(source, replace("b1", "Service", "Customer"), replace("b2", "text", "words"), append("b2", " here"))
    assert formats(data) == ["Role: «b:Customer Agent».", "Block words here", "End"]


def test_text_before_and_behind_a_control_stands_outside_it() -> None:
    source = doc(p(control("Agent", kind="<w:text/>")))
    assert texts(redlined(source, replace("b1", "Agent", "Role: Agent now"))) in (["Role: Agent now"],)
    source = doc(p("A ", control("Agent", lock="contentLocked")))
    assert texts(redlined(source, append("b1", " now"))) == ["A Agent now"]


def test_a_control_in_a_control_is_closed_with_it() -> None:
    source = doc(p("x ", control("a ", control("b"), lock="contentLocked")))
    refused(source, replace("b1", "b", "c"), because="locked")


def test_a_plain_text_control_takes_no_line_break() -> None:
    source = doc(p("Role: ", control("Agent One", kind="<w:text/>"), "."))
    refused(source, replace("b1", "Agent One", "Agent\nTwo"), because="one line")
    multi = doc(p("Role: ", control("Agent One", kind='<w:text w:multiLine="1"/>'), "."))
    assert texts(redlined(multi, replace("b1", "Agent One", "Agent\nTwo"))) == ["Role: Agent\nTwo."]


@pytest.mark.parametrize("code", ["FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"])
def test_legacy_form_fields_are_filled_in_by_people(code: str) -> None:
    source = doc(p("Name: ", field(code, "Jane"), " end"))
    refused(source, replace("b1", "Jane", "John"), because="form field")
    assert texts(redlined(source, replace("b1", "Name:", "Full name:"), replace("b1", "end", "stop"))) == [
        "Full name: Jane stop"
    ]


def test_a_check_box_with_no_result_does_not_shift_its_label() -> None:
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    source = doc(p(box, " I agree to help"))
    assert texts(redlined(source, replace("b1", "I agree to help", "We agree to serve"))) == [" We agree to serve"]


@pytest.mark.parametrize(
    ("edit", "words"), [("forms", "form fields"), ("readOnly", "read-only"), ("comments", "comment")]
)
def test_protection_is_reported_and_kept(edit: str, words: str) -> None:
    protection = f'<w:documentProtection w:edit="{edit}" w:enforcement="1"/>'
    source = doc(p("Label: ", form_text("Jane")), settings=protection)
    assert any(words in notice.message for notice in word.read(source).notices)
    data = redlined(source, replace("b1", "Label:", "Name:"))
    assert members(data)["word/settings.xml"] == members(source)["word/settings.xml"]


def test_a_control_around_a_cell_holds_edits_of_its_text() -> None:
    source = doc(tbl([control("<w:tc><w:tcPr/>" + p("Calls") + "</w:tc>"), "Ann"]), p())
    assert texts(redlined(source, replace("b1", "Calls", "Letters"), after("b1", "More")))[:2] == ["Letters", "More"]
