"""The small parts of a package: settings, fonts, document properties, headers and footers."""

from xml.sax.saxutils import escape

from samples.builder.look import Look
from samples.builder.names import root

PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
DOC_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FAMILIES = {
    "Calibri": ("swiss", "020F0502020204030204"),
    "Arial": ("swiss", "020B0604020202020204"),
    "Times New Roman": ("roman", "02020603050405020304"),
    "Symbol": ("roman", "05050102010706020507"),
    "Courier New": ("modern", "02070309020205020404"),
    "Wingdings": ("auto", "05000000000000000000"),
}


def settings(look: Look, marks: tuple[str, ...], extra: str = "", *, notes: str = "") -> str:
    """Return settings.xml; `extra` stands before the tab stops (tracking, protection), `notes` after them."""
    ids = f'<w:rsidRoot w:val="{marks[0]}"/>' + "".join(f'<w:rsid w:val="{mark}"/>' for mark in sorted(marks))
    uri = "http://schemas.microsoft.com/office/word"
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", "15"),
            ("overrideTableStyleFontSizeAndJustification", "1"),
            ("enableOpenTypeFeatures", "1"),
            ("doNotFlipMirrorIndents", "1"),
        )
    )
    comma = look.lang.startswith("de")
    return root(
        "w:settings",
        f'<w:zoom w:percent="100"/><w:proofState w:spelling="clean"/>{extra}<w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/>{notes}<w:compat>{compat}</w:compat><w:rsids>'
        f"{ids}</w:rsids>"
        f'<m:mathPr><m:mathFont m:val="Cambria Math"/></m:mathPr><w:themeFontLang w:val="{look.lang}"/>'
        f'{_CLR_MAP}<w:decimalSymbol w:val="{"," if comma else "."}"/><w:listSeparator '
        f'w:val="{";" if comma else ","}"/>',
    )


_CLR_MAP = (
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
    'w:accent2="accent2" '
    'w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" '
    'w:followedHyperlink="followedHyperlink"/>'
)


def fonts(look: Look) -> str:
    """Return fontTable.xml."""
    named = dict.fromkeys(
        [look.font, look.heading_font or look.font, "Times New Roman", "Symbol", "Courier New", "Wingdings"]
    )
    return root("w:fonts", "".join(_font(name) for name in named))


def _font(name: str) -> str:
    family, panose = FAMILIES[name]
    charset = "02" if name in ("Symbol", "Wingdings") else "00"
    return (
        f'<w:font w:name="{name}"><w:panose1 w:val="{panose}"/><w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
    )


def web_settings() -> str:
    """Return webSettings.xml."""
    return root("w:webSettings", "<w:optimizeForBrowser/><w:allowPNG/>")


def core(
    title: str, author: str, editor: str, created: str, modified: str, subject: str = "", keywords: str = ""
) -> str:
    """Return docProps/core.xml."""
    return (
        f'<cp:coreProperties xmlns:cp="{PROPERTIES}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(subject)}</dc:subject><dc:creator>{escape(author)}</dc:creator>"
        f"<cp:keywords>{escape(keywords)}</cp:keywords><dc:description></dc:description>"
        f"<cp:lastModifiedBy>{escape(editor)}</cp:lastModifiedBy><cp:revision>{3 + len(title) % 9}</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{modified}</dcterms:modified></cp:coreProperties>'
    )


def app(company: str, pages: int, words: int, characters: int, paragraphs: int) -> str:
    """Return docProps/app.xml."""
    return (
        f'<Properties xmlns="{EXTENDED}" xmlns:vt="{DOC_TYPES}"><Template>Normal.dotm</Template><TotalTime>'
        f"{words // 6}</TotalTime>"
        f"<Pages>{pages}</Pages><Words>{words}</Words><Characters>{characters}</Characters>"
        "<Application>Microsoft Office Word</Application><DocSecurity>0</DocSecurity>"
        f"<Lines>{characters // 70 + 1}</Lines><Paragraphs>{paragraphs}</Paragraphs><ScaleCrop>false</ScaleCrop>"
        f"<Company>{escape(company)}</Company><LinksUpToDate>false</LinksUpToDate>"
        f"<CharactersWithSpaces>{characters + words}</CharactersWithSpaces><SharedDoc>false</SharedDoc>"
        "<HyperlinksChanged>false</HyperlinksChanged><AppVersion>16.0000</AppVersion></Properties>"
    )


def header(*blocks: str) -> str:
    """Return a header part."""
    return root("w:hdr", "".join(blocks))


def footer(*blocks: str) -> str:
    """Return a footer part."""
    return root("w:ftr", "".join(blocks))


def section(
    *,
    landscape: bool = False,
    letter: bool = False,
    margins: tuple[int, int, int, int] = (1134, 1134, 1134, 1134),
    first: bool = False,
) -> str:
    """Return w:sectPr; margins top, right, bottom, left; `first` gives the first page header2 and footer2."""
    wide, high = (12240, 15840) if letter else (11906, 16838)
    wide, high, turned = (high, wide, ' w:orient="landscape"') if landscape else (wide, high, "")
    top, right, bottom, left = margins
    references = (
        '<w:headerReference w:type="default" r:id="part:header1.xml"/><w:footerReference '
        'w:type="default" r:id="part:footer1.xml"/>'
    )
    if first:
        references += '<w:headerReference w:type="first" r:id="part:header2.xml"/>'
        references += '<w:footerReference w:type="first" r:id="part:footer2.xml"/>'
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="567" '
        'w:footer="454" w:gutter="0"/>'
        f'<w:cols w:space="708"/>{"<w:titlePg/>" if first else ""}<w:docGrid w:linePitch="360"/></w:sectPr>'
    )
