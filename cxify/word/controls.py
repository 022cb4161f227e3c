"""Content controls (w:sdt): which of them hold text that may be edited as text (ECMA-376-1 §17.5.2)."""

from typing import Final

from lxml import etree

from cxify.word import names
from cxify.word.names import w

_LOCKED: Final = frozenset({"contentLocked", "sdtContentLocked"})
_VALUE_CONTROLS: Final = {
    w("date"): "a date control",
    w("comboBox"): "a list control",
    w("dropDownList"): "a drop-down list",
    w("picture"): "a picture control",
    w("citation"): "a citation",
    w("bibliography"): "a bibliography",
    w("equation"): "an equation",
    f"{{{names.W14}}}checkbox": "a check box",
}


def control_lock(control: etree._Element) -> str | None:
    """Say why the content of a control is not ordinary text, or return None when it is.

    A placeholder is not content; a bound control shows a value that lives elsewhere in the file; a list, date or
    check box holds a value of a given set, not prose.
    """
    properties = control.find(names.SDT_PR)
    if properties is None:
        return None
    lock = properties.find(w("lock"))
    if lock is not None and lock.get(names.VAL) in _LOCKED:
        return "a content control that its author locked"
    if properties.find(w("group")) is not None:
        return "a group of controls that its author locked"
    if properties.find(w("dataBinding")) is not None or properties.find(f"{{{names.W15}}}dataBinding") is not None:
        return "a content control bound to data of the file"
    shown = properties.find(w("showingPlcHdr"))
    if shown is not None and shown.get(names.VAL, "1") not in ("0", "false", "off"):
        return "the placeholder of a content control that people fill in"
    return next((reason for tag, reason in _VALUE_CONTROLS.items() if properties.find(tag) is not None), None)


def is_plain_text(control: etree._Element, *, one_line: bool = False) -> bool:
    """Tell whether a control holds plain text in one paragraph (§17.5.2.44); `one_line`: no line break either."""
    text = control.find(f"{names.SDT_PR}/{w('text')}")
    return text is not None and not (one_line and text.get(w("multiLine"), "0") in ("1", "true", "on"))
