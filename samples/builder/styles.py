"""styles.xml of an organisation: document defaults, latent styles and the styles HR templates carry."""

from samples.builder.look import Look
from samples.builder.names import root
from samples.builder.tables import borders

NUMBER_OF_LATENT = 376
LATENT = (
    ("Normal", 0, True),
    ("heading 1", 9, True),
    ("heading 2", 9, True),
    ("heading 3", 9, True),
    ("Title", 10, True),
    ("Subtitle", 11, True),
    ("Strong", 22, True),
    ("Emphasis", 20, True),
    ("Table Grid", 39, False),
    ("List Paragraph", 34, True),
)


def styles(look: Look) -> str:
    """Return styles.xml."""
    parts = [
        _defaults(look),
        _latent(),
        _basics(look),
        _headings(look),
        _paragraphs(look),
        _characters(),
        _tables(look),
    ]
    return root("w:styles", "".join(parts) + look.more_styles)


def paragraph_style(
    look: Look,
    name: str,
    ppr: str = "",
    rpr: str = "",
    *,
    style_id: str = "",
    based: str = "Normal",
    after: str = "",
    ui: int = 99,
) -> str:
    """Return a paragraph style; `after` names the style of the next paragraph."""
    given = style_id or look.id(name.title().replace(" ", ""))
    return (
        f'<w:style w:type="paragraph"{"" if name.islower() or name in _BUILT_IN else _CUSTOM} w:styleId="{given}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="{look.id(based)}"/>'
        + (f'<w:next w:val="{look.id(after)}"/>' if after else "")
        + f'<w:uiPriority w:val="{ui}"/><w:qFormat/>'
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


_CUSTOM = ' w:customStyle="1"'
_BUILT_IN = ("Title", "Subtitle", "List Paragraph", "List Bullet", "List Number", "Body Text", "Balloon Text")


def _defaults(look: Look) -> str:
    fonts = (
        '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" '
        'w:cstheme="minorBidi"/>'
        if look.themed
        else f'<w:rFonts w:ascii="{look.font}" w:eastAsia="Times New Roman" w:hAnsi="{look.font}" '
        'w:cs="Times New Roman"/>'
    )
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size(look.size)}"
        f'<w:lang w:val="{look.lang}" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:spacing w:after="{look.after}" w:line="{look.line}" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault>"
        "</w:docDefaults>"
    )


def _latent() -> str:
    listed = "".join(
        f'<w:lsdException w:name="{name}" w:uiPriority="{ui}"' + (' w:qFormat="1"/>' if quick else "/>")
        for name, ui, quick in LATENT
    )
    return (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0" '
        f'w:defQFormat="0" w:count="{NUMBER_OF_LATENT}">{listed}</w:latentStyles>'
    )


def _basics(look: Look) -> str:
    font, plain, none = look.id("DefaultParagraphFont"), look.id("TableNormal"), look.id("NoList")
    return (
        f'<w:style w:type="paragraph" w:default="1" w:styleId="{look.id("Normal")}"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        f'<w:style w:type="character" w:default="1" w:styleId="{font}"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        f'<w:style w:type="table" w:default="1" w:styleId="{plain}"><w:name w:val="Normal Table"/><w:uiPriority '
        'w:val="99"/>'
        '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f'<w:style w:type="numbering" w:default="1" w:styleId="{none}"><w:name w:val="No List"/><w:uiPriority '
        'w:val="99"/>'
        "<w:semiHidden/><w:unhideWhenUsed/></w:style>"
    )


def size(points: float) -> str:
    """Return w:sz and w:szCs."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _heading_font(look: Look) -> str:
    if look.themed:
        return (
            '<w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" w:hAnsiTheme="majorHAnsi" '
            'w:cstheme="majorBidi"/>'
        )
    name = look.heading_font or look.font
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _headings(look: Look) -> str:
    font, made = _heading_font(look), []
    line = f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="{look.accent}"/></w:pBdr>'
    for depth, points in enumerate(look.heading_sizes):
        ppr = "<w:keepNext/><w:keepLines/>" + (line if look.heading_rule and depth == 0 else "")
        ppr += f'<w:spacing w:before="{(280, 200, 160)[depth]}" w:after="{(100, 80, 60)[depth]}"/>'
        ppr += f'<w:outlineLvl w:val="{depth}"/>'
        color = look.accent if depth == 0 else look.second
        rpr = f'{font}<w:b/><w:bCs/><w:color w:val="{color}"/>{size(points)}'
        made.append(paragraph_style(look, f"heading {depth + 1}", ppr, rpr, after="Normal", ui=9))
    title = f'{font}<w:b/><w:bCs/><w:color w:val="{look.accent}"/>{size(look.title_size)}'
    made.append(
        paragraph_style(
            look, "Title", '<w:spacing w:before="60" w:after="140" w:line="240" w:lineRule="auto"/>', title, ui=10
        )
    )
    sub = f'<w:color w:val="595959"/>{size(look.size + 1)}'
    made.append(paragraph_style(look, "Subtitle", '<w:spacing w:after="200"/>', sub, ui=11))
    return "".join(made)


def _paragraphs(look: Look) -> str:
    stops = '<w:tabs><w:tab w:val="center" w:pos="4513"/><w:tab w:val="right" w:pos="9026"/></w:tabs>'
    single = '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    small = f"{size(look.size - 2)}"
    return "".join(
        [
            paragraph_style(look, "List Paragraph", '<w:ind w:left="720"/><w:contextualSpacing/>', ui=34),
            paragraph_style(look, "header", stops + single, small),
            paragraph_style(look, "footer", stops + single, small),
            paragraph_style(
                look,
                "Table Text",
                '<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>',
                size(look.table_size),
            ),
            paragraph_style(look, "annotation text", "", size(10), style_id="CommentText"),
            paragraph_style(look, "footnote text", single, size(9)),
        ]
    )


def _characters() -> str:
    made = (
        ("Hyperlink", "Hyperlink", '<w:color w:val="0563C1"/><w:u w:val="single"/>'),
        ("PlaceholderText", "Placeholder Text", '<w:color w:val="666666"/>'),
        ("CommentReference", "annotation reference", size(8)),
        ("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        ("Strong", "Strong", "<w:b/><w:bCs/>"),
    )
    return "".join(
        f'<w:style w:type="character" w:styleId="{ident}"><w:name w:val="{name}"/><w:uiPriority w:val="99"/>'
        f"<w:unhideWhenUsed/><w:rPr>{rpr}</w:rPr></w:style>"
        for ident, name, rpr in made
    )


def _tables(look: Look) -> str:
    return (
        f'<w:style w:type="table" w:styleId="{look.id("TableGrid")}"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="{look.id("TableNormal")}"/><w:uiPriority w:val="39"/>'
        '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        f"<w:tblPr>{borders('tblBorders')}</w:tblPr></w:style>"
        f'<w:style w:type="table" w:customStyle="1" w:styleId="HouseTable"><w:name w:val="House Table"/>'
        f'<w:basedOn w:val="{look.id("TableNormal")}"/><w:uiPriority w:val="99"/>'
        '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/>{borders("tblBorders", "BFBFBF")}</w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF"/></w:rPr>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{look.accent}"/></w:tcPr></w:tblStylePr></w:style>'
    )
