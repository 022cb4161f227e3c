"""What forms are filled in with: content controls of today's Word and the legacy form fields of older forms."""

from xml.sax.saxutils import quoteattr

from samples.builder.names import root
from samples.builder.text import PLAIN, Fmt, Xml, attr, p, r

PLACEHOLDER = Fmt(style="PlaceholderText")
EMPTY, TICKED = "\u2610", "\u2612"
BOX_FONT = "MS Gothic"


def _control(alias: str, tag: str, kind: str, content: str, *, hint: str = "", waiting: bool = True) -> Xml:
    """Return a run-level content control; `hint` names its placeholder in the glossary."""
    properties = [
        f"<w:alias w:val={attr(alias)}/><w:tag w:val={quoteattr(tag)}/>",
        '<w:id w:val="?"/>',
        f'<w:placeholder><w:docPart w:val="{hint}"/></w:placeholder>' if hint else "",
        "<w:showingPlcHdr/>" if waiting else "",
        kind,
    ]
    return Xml(f"<w:sdt><w:sdtPr>{''.join(properties)}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")


def text_control(alias: str, tag: str, hint: str, prompt: str, value: str = "") -> Xml:
    """Return a plain-text control that shows its prompt, or a value."""
    content = r(value) if value else r(prompt, PLACEHOLDER)
    return _control(alias, tag, "<w:text/>", content, hint=hint, waiting=not value)


def date_control(alias: str, tag: str, hint: str, lang: str = "en-GB") -> Xml:
    """Return an empty date picker."""
    kind = (
        f'<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="{lang}"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )
    return _control(alias, tag, kind, r("Choose a date.", PLACEHOLDER), hint=hint)


def list_control(alias: str, tag: str, hint: str, choices: tuple[str, ...], prompt: str = "Choose.") -> Xml:
    """Return a drop-down list on which nothing is chosen."""
    items = "".join(f"<w:listItem w:displayText={attr(one)} w:value={attr(one)}/>" for one in choices)
    return _control(alias, tag, f"<w:dropDownList>{items}</w:dropDownList>", r(prompt, PLACEHOLDER), hint=hint)


def check_control(alias: str, tag: str, ticked: bool = False) -> Xml:
    """Return a w14 check box."""
    kind = (
        f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/><w14:checkedState w14:val="2612" w14:font="{BOX_FONT}"/>'
        f'<w14:uncheckedState w14:val="2610" w14:font="{BOX_FONT}"/></w14:checkbox>'
    )
    fonts = (
        f'<w:rPr><w:rFonts w:ascii="{BOX_FONT}" w:eastAsia="{BOX_FONT}" w:hAnsi="{BOX_FONT}" '
        'w:hint="eastAsia"/></w:rPr>'
    )
    content = f"<w:r>{fonts}<w:t>{TICKED if ticked else EMPTY}</w:t></w:r>"
    return _control(alias, tag, kind, content, waiting=False)


def glossary(prompts: dict[str, str]) -> str:
    """Return glossary/document.xml, where Word keeps the placeholder texts of content controls."""
    entries = "".join(_entry(name, prompt) for name, prompt in prompts.items())
    return root("w:glossaryDocument", f"<w:docParts>{entries}</w:docParts>")


def _entry(name: str, prompt: str) -> str:
    guid = f"{{{abs(hash_of(name)):08X}-0000-4000-8000-{hash_of(name[::-1]):012X}}}"
    return (
        f'<w:docPart><w:docPartPr><w:name w:val="{name}"/><w:category><w:name w:val="General"/><w:gallery '
        'w:val="placeholder"/>'
        '</w:category><w:behaviors><w:behavior w:val="content"/></w:behaviors>'
        f'<w:guid w:val="{guid}"/></w:docPartPr><w:docPartBody>{p(r(prompt))}</w:docPartBody></w:docPart>'
    )


def hash_of(name: str) -> int:
    """Return a number below 2**32 that depends on the name only."""
    number = 0
    for letter in name:
        number = (number * 131 + ord(letter)) % 2**32
    return number


def _legacy(name: str, data: str, code: str, result: str, fmt: Fmt) -> Xml:
    char = f'<w:r>{fmt.xml()}<w:fldChar w:fldCharType="{{}}"/></w:r>'
    begin = (
        f'<w:r>{fmt.xml()}<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{name}"/><w:enabled/>'
        f'<w:calcOnExit w:val="0"/>{data}</w:ffData></w:fldChar></w:r>'
    )
    instr = f'<w:r>{fmt.xml()}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    shown = char.format("separate") + result if result else ""
    return Xml(
        f'<w:bookmarkStart w:id="?" w:name="{name}"/>{begin}{instr}{shown}{char.format("end")}<w:bookmarkEnd w:id="?"/>'
    )


def form_text(name: str, length: int = 0, fmt: Fmt = PLAIN) -> Xml:
    """Return an empty legacy text field: five en spaces, as Word leaves them."""
    limits = f'<w:maxLength w:val="{length}"/>' if length else ""
    blank = "".join(f'<w:r>{fmt.xml()}<w:t xml:space="preserve">\u2002</w:t></w:r>' for _ in range(5))
    return _legacy(name, f"<w:textInput>{limits}</w:textInput>", "FORMTEXT", blank, fmt)


def form_check(name: str, fmt: Fmt = PLAIN) -> Xml:
    """Return an unticked legacy check box."""
    return _legacy(name, '<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>', "FORMCHECKBOX", "", fmt)


def form_list(name: str, choices: tuple[str, ...], fmt: Fmt = PLAIN) -> Xml:
    """Return a legacy drop-down list showing its first entry."""
    entries = "".join(f"<w:listEntry w:val={attr(choice)}/>" for choice in choices)
    return _legacy(name, f"<w:ddList>{entries}</w:ddList>", "FORMDROPDOWN", "", fmt)
