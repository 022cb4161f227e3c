"""Builds small Word files from a few readable calls, so that a test shows the structure it is about.

    doc(p("Duties", style="Heading1"), p("Answer ", r("all", b=True), " calls."), tbl(["Task", "Owner"]))

Every helper returns XML as text; `p`, `link`, `bookmark` and the others take text or XML. In text a tab, line break,
no-break hyphen and soft hyphen become their elements. `w:id="?"` is numbered when the file is made.
"""

import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)
STRICT = (
    (W, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (f"{OFFICE}/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    (f"{OFFICE}/math", "http://purl.oclc.org/ooxml/officeDocument/math"),
)
MAIN_TYPES = {
    "docx": f"{WORD}.document.main+xml",
    "dotx": f"{WORD}.template.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
}
OTHER = 'w:author="{by}" w:date="2025-03-04T05:06:07Z"'
_ELEMENTS = {"\t": "<w:tab/>", "\n": "<w:br/>", "\u2011": "<w:noBreakHyphen/>", "\u00ad": "<w:softHyphen/>"}
_TOGGLES = ("b", "i", "caps", "strike", "vanish", "rtl")

# --- runs -------------------------------------------------------------------------------------------------------------


def rpr(
    *,
    style: str = "",
    font: str = "",
    color: str = "",
    size: int = 0,
    highlight: str = "",
    u: bool = False,
    changed_by: str = "",
    lang: str = "",
    **toggles: bool,
) -> str:
    """Return run properties in schema order ("" when there are none)."""
    on = [name for name in _TOGGLES if toggles.get(name)]
    inner = f'<w:rStyle w:val="{style}"/>' if style else ""
    inner += f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    inner += "".join(f"<w:{name}/>" for name in on if name != "rtl")
    inner += f'<w:color w:val="{color}"/>' if color else ""
    inner += f'<w:sz w:val="{size}"/>' if size else ""
    inner += f'<w:highlight w:val="{highlight}"/>' if highlight else ""
    inner += '<w:u w:val="single"/>' if u else ""
    inner += "<w:rtl/>" if "rtl" in on else ""
    inner += f'<w:lang w:val="{lang}"/>' if lang else ""
    if changed_by:
        inner += f'<w:rPrChange w:id="?" {OTHER.format(by=changed_by)}><w:rPr/></w:rPrChange>'
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def r(text: str = "", *, raw: str = "", deleted: bool = False, **properties: object) -> str:
    """Return a run: its text, or `raw` children such as `<w:tab/>`."""
    return f"<w:r>{rpr(**properties)}{raw or _text(text, 'delText' if deleted else 't')}</w:r>"  # type: ignore[arg-type]


def _text(text: str, tag: str) -> str:
    parts = re.split("([\t\n\u2011\u00ad])", text)
    return "".join(_ELEMENTS.get(s) or f'<w:{tag} xml:space="preserve">{escape(s)}</w:{tag}>' for s in parts if s)


def _inline(content: Sequence[str]) -> str:
    return "".join(c if c.startswith("<") else r(c) for c in content if c)


def link(*content: str, rid: str = "rLink") -> str:
    """Return a hyperlink to the web address that every document declares as rLink."""
    return f'<w:hyperlink r:id="{rid}">{_inline(content)}</w:hyperlink>'


def bookmark(name: str, *content: str) -> str:
    """Return content between the two ends of a bookmark."""
    number = 7_000_000 + zlib.crc32(name.encode()) % 1_000_000
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{_inline(content)}<w:bookmarkEnd w:id="{number}"/>'


def commented(number: int, *content: str) -> str:
    """Return content in the range of comment `number`, with its reference mark."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{_inline(content)}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def note(number: int, kind: str = "footnote") -> str:
    """Return the reference mark of a foot- or endnote."""
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def begin(code: str, data: str = "") -> str:
    """Return the runs that open a complex field, up to its result."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(code: str, *result: str, data: str = "") -> str:
    """Return a complex field with its result."""
    return f"{begin(code, data)}{_inline(result)}{END}"


def form_text(result: str, name: str = "Name") -> str:
    """Return a legacy text form field."""
    return field("FORMTEXT", result, data=f'<w:ffData><w:name w:val="{name}"/><w:enabled/><w:textInput/></w:ffData>')


def simple_field(code: str, *result: str) -> str:
    """Return a w:fldSimple."""
    return f'<w:fldSimple w:instr=" {escape(code, {chr(34): "&quot;"})} ">{_inline(result)}</w:fldSimple>'


def control(*content: str, kind: str = "", lock: str = "", bound: bool = False, placeholder: bool = False) -> str:
    """Return a content control around runs, blocks, rows or cells; `kind` is XML such as `<w:text/>`."""
    properties = f'<w:lock w:val="{lock}"/>' if lock else ""
    properties += '<w:showingPlcHdr w:val="true"/>' if placeholder else ""
    properties += '<w:dataBinding w:xpath="/role" w:storeItemID="{0}"/>' if bound else ""
    return f"<w:sdt><w:sdtPr>{properties}{kind}</w:sdtPr><w:sdtContent>{_inline(content)}</w:sdtContent></w:sdt>"


def ruby(base: str, reading: str) -> str:
    """Return a run whose text carries a reading aid."""
    inner = (
        '<w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="10"/><w:hpsRaise w:val="18"/>'
        f'<w:hpsBaseText w:val="21"/><w:lid w:val="ja-JP"/></w:rubyPr><w:rt>{r(reading)}</w:rt>'
        f"<w:rubyBase>{r(base)}</w:rubyBase>"
    )
    return f"<w:r><w:ruby>{inner}</w:ruby></w:r>"


def math(text: str) -> str:
    """Return an inline equation."""
    return f"<m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath>"


def text_box(*blocks: str, fallback: Sequence[str] | None = None) -> str:
    """Return a run with a text box in both stored forms; `fallback` only where the second differs."""
    modern = f"<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx><w:txbxContent>{''.join(blocks)}</w:txbxContent></wps:txbx>"
    old = "".join(blocks if fallback is None else fallback)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="2000000" cy="900000"/><wp:docPr id="1" name="Box"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{modern}<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback>"
        f'<w:pict><v:shape style="width:150pt;height:70pt"><v:textbox><w:txbxContent>{old}</w:txbxContent></v:textbox>'
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


# --- other people's revisions -----------------------------------------------------------------------------------------


def ins(*content: str, by: str = "Ann") -> str:
    """Return content that someone inserted."""
    return f'<w:ins w:id="?" {OTHER.format(by=by)}>{_inline(content)}</w:ins>'


def dele(*texts: str, by: str = "Ben", **properties: object) -> str:
    """Return text that someone deleted."""
    runs = "".join(r(text, deleted=True, **properties) for text in texts)
    return f'<w:del w:id="?" {OTHER.format(by=by)}>{runs}</w:del>'


def moved(name: str, *content: str, to: bool, by: str = "Cem") -> str:
    """Return one end of a move: where text went `to`, or where it came from."""
    tag = "moveTo" if to else "moveFrom"
    number = 8_000_000 + zlib.crc32(f"{tag}{name}".encode()) % 1_000_000
    return (
        f'<w:{tag}RangeStart w:id="{number}" {OTHER.format(by=by)} w:name="{name}"/>'
        f'<w:{tag} w:id="?" {OTHER.format(by=by)}>{_inline(content)}</w:{tag}><w:{tag}RangeEnd w:id="{number}"/>'
    )


def mark(kind: str, by: str = "Ann") -> str:
    """Return an empty revision element, for the mark of a paragraph or row."""
    return f'<w:{kind} w:id="?" {OTHER.format(by=by)}/>'


# --- blocks -----------------------------------------------------------------------------------------------------------

SECTION = '<w:sectPr><w:type w:val="continuous"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def p(
    *content: str,
    style: str = "",
    bullet: bool = False,
    marked: str = "",
    section: bool = False,
    props: str = "",
    mark_format: str = "",
    changed_by: str = "",
    para_id: str = "",
) -> str:
    """Return a paragraph. `marked` is a revision of its mark, `props` further properties behind style and numbering."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if bullet else ""
    inner += props
    inner += f"<w:rPr>{marked}{mark_format}</w:rPr>" if marked or mark_format else ""
    inner += SECTION if section else ""
    if changed_by:
        inner += f'<w:pPrChange w:id="?" {OTHER.format(by=changed_by)}><w:pPr/></w:pPrChange>'
    properties = f"<w:pPr>{inner}</w:pPr>" if inner else ""
    own = f' w14:paraId="{para_id}"' if para_id else ""
    return f"<w:p{own}>{properties}{_inline(content)}</w:p>"


def cell(*content: str, span: int = 1, merge: str = "", tc_mark: str = "") -> str:
    """Return a table cell; `merge` is "restart" or "continue"."""
    inner = '<w:tcW w:w="2000" w:type="dxa"/>'
    inner += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    inner += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    blocks = "".join(c if c.startswith(("<w:p>", "<w:p ", "<w:tbl>", "<w:sdt>")) else p(c) for c in content)
    return f"<w:tc><w:tcPr>{inner}{tc_mark}</w:tcPr>{blocks or p()}</w:tc>"


def row(*cells: str, header: bool = False, marked: str = "", props: str = "") -> str:
    """Return a table row of texts, blocks or cells."""
    inner = props + ("<w:tblHeader/>" if header else "") + marked
    filled = "".join(c if _is_cell(c) else cell(c) for c in cells)
    return f"<w:tr>{f'<w:trPr>{inner}</w:trPr>' if inner else ''}{filled}</w:tr>"


def _is_cell(xml: str) -> bool:
    first = xml.partition("<w:sdtContent>")[2] if xml.startswith("<w:sdt>") else xml
    return first.startswith("<w:tc>")


def tbl(*rows: str | Sequence[str], columns: int = 2) -> str:
    """Return a table of rows, or of lists of cells."""
    made = "".join(item if isinstance(item, str) else row(*item) for item in rows)
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>'


# --- the file ---------------------------------------------------------------------------------------------------------

STYLES = f"""<w:styles {NAMESPACES}>
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:next w:val="Body"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
<w:rPr><w:u w:val="single"/></w:rPr></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def doc(
    *blocks: str,
    headers: Mapping[str, str] | None = None,
    footers: Mapping[str, str] | None = None,
    footnotes: Sequence[str] = (),
    endnotes: Sequence[str] = (),
    comments: Sequence[str] = (),
    settings: str = "",
    strict: bool = False,
    kind: str = "docx",
    extra: Mapping[str, bytes] | None = None,
    related: Sequence[tuple[str, str, str]] = (),
) -> bytes:
    """Return a Word file.

    `headers` by type (default, first, even); `comments` are the texts of comments 0, 1, and so on;
    `extra` are further members; `related` are (relationship id, type, target) of the main part that lead to them.
    """
    parts = {"styles": STYLES, "numbering": NUMBERING, "settings": f"<w:settings {NAMESPACES}>{settings}</w:settings>"}
    references = ""
    for tag, kinds in (("header", headers or {}), ("footer", footers or {})):
        for number, (type_, content) in enumerate(kinds.items(), 1):
            parts[f"{tag}{number}"] = f"<w:{tag[:1] + 'dr' if tag == 'header' else 'ftr'} {NAMESPACES}>{content}" + (
                "</w:hdr>" if tag == "header" else "</w:ftr>"
            )
            references += f'<w:{tag}Reference w:type="{type_}" r:id="r{tag}{number}"/>'
    for tag, notes in (("footnotes", footnotes), ("endnotes", endnotes)):
        if notes:
            parts[tag] = _notes(tag, notes)
    if comments:
        parts["comments"] = (
            f"<w:comments {NAMESPACES}>{''.join(itertools.starmap(_comment, enumerate(comments)))}</w:comments>"
        )
    title = "<w:titlePg/>" if "first" in {*(headers or {}), *(footers or {})} else ""
    section = f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/>{title}</w:sectPr>'
    parts["document"] = f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}{section}</w:body></w:document>"
    return _zipped(parts, strict, kind, dict(extra or {}), list(related))


def _notes(tag: str, notes: Sequence[str]) -> str:
    one = tag[:-1]
    separators = (
        f'<w:{one} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{one}>'
        f'<w:{one} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{one}>'
    )
    own = "".join(
        f'<w:{one} w:id="{number}">{content if content.startswith("<w:p") else p(content)}</w:{one}>'
        for number, content in enumerate(notes, 1)
    )
    return f"<w:{tag} {NAMESPACES}>{separators}{own}</w:{tag}>"


def _comment(number: int, text: str) -> str:
    return (
        f'<w:comment w:id="{number}" {OTHER.format(by="Dora")} w:initials="D">'
        f"{p(text, para_id=f'0000A{number:03d}')}</w:comment>"
    )


def _zipped(
    parts: Mapping[str, str], strict: bool, kind: str, extra: dict[str, bytes], related: list[tuple[str, str, str]]
) -> bytes:
    types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += (
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    )
    types += '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    types += '<Default Extension="html" ContentType="text/html"/>'
    rels = f'<Relationship Id="rLink" Type="{OFFICE}/relationships/hyperlink" Target="https://example.org/" '
    rels += 'TargetMode="External"/>'
    for name in parts:
        type_ = re.sub(r"\d+$", "", name)
        content_type = MAIN_TYPES[kind] if name == "document" else f"{WORD}.{type_}+xml"
        types += f'<Override PartName="/word/{name}.xml" ContentType="{content_type}"/>'
        if name != "document":
            rels += f'<Relationship Id="r{name}" Type="{OFFICE}/relationships/{type_}" Target="{name}.xml"/>'
    for rid, type_, target in related:
        rels += f'<Relationship Id="{rid}" Type="{type_}" Target="{target}"/>'
    main = f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{main}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{rels}</Relationships>',
        **{f"word/{name}.xml": xml for name, xml in parts.items()},
    }
    numbers = itertools.count(100)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, xml in members.items():
            numbered = re.sub(r'w:id="\?"', lambda _: f'w:id="{next(numbers)}"', xml)
            for transitional, named in STRICT if strict else ():
                numbered = numbered.replace(transitional, named)
            target.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{numbered}')
        for name, content in extra.items():
            target.writestr(name, content)
    return buffer.getvalue()
