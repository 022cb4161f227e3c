"""theme1.xml with the organisation's fonts and colours."""

from xml.sax.saxutils import quoteattr

from samples.builder.look import Look

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def theme(look: Look, name: str) -> str:
    """Return theme1.xml."""
    return (
        f'<a:theme xmlns:a="{DRAWING}" name={quoteattr(name)}><a:themeElements>'
        f"{_colors(look)}{_fonts(look)}{_formats()}</a:themeElements>"
        "<a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def _colors(look: Look) -> str:
    values = {
        "dk2": "44546A",
        "lt2": "E7E6E6",
        "accent1": look.accent,
        "accent2": look.second,
        "accent3": "A5A5A5",
        "accent4": "BF9000",
        "accent5": "548235",
        "accent6": "7F6000",
        "hlink": "0563C1",
        "folHlink": "954F72",
    }
    named = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in values.items())
    system = (
        '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" '
        'lastClr="FFFFFF"/></a:lt1>'
    )
    return f'<a:clrScheme name="House">{system}{named}</a:clrScheme>'


def _fonts(look: Look) -> str:
    def one(kind: str, font: str) -> str:
        return f'<a:{kind}><a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}>'

    return (
        '<a:fontScheme name="House">'
        f"{one('majorFont', look.heading_font or look.font)}{one('minorFont', look.font)}</a:fontScheme>"
    )


def _formats() -> str:
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:fmtScheme name="House"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme>"
    )
