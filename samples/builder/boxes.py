"""Text boxes as Word writes them: the drawing for today's Word and a VML copy for older ones."""

from samples.builder.pictures import EMU
from samples.builder.text import Xml, attr


def text_box(name: str, *blocks: str, x: int, y: int, width: int, height: int, fill: str, line: str) -> Xml:
    """Return a run with a text box beside the text; position and size in pixels from the column and paragraph."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    drawing = _drawing(name, content, x * EMU, y * EMU, f'cx="{width * EMU}" cy="{height * EMU}"', fill, line)
    fallback = _vml(name, content, x, y, width, height, fill, line)
    return Xml(
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _drawing(name: str, content: str, x: int, y: int, size: str, fill: str, line: str) -> str:
    paint = (
        f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr '
        f'val="{line}"/></a:solidFill></a:ln>'
    )
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom>{paint}</wps:spPr>"
        f'<wps:txbx>{content}</wps:txbx><wps:bodyPr rot="0" vert="horz" wrap="square" lIns="108000" tIns="72000" '
        'rIns="108000" '
        'bIns="72000" anchor="t" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="180000" distR="0" simplePos="0" '
        'relativeHeight="251659264" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapSquare wrapText="bothSides"/>'
        f'<wp:docPr id="?" name={attr(name)}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{uri}">{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing>'
    )


def _vml(name: str, content: str, x: int, y: int, width: int, height: int, fill: str, line: str) -> str:
    place = ";".join(
        (
            "position:absolute",
            f"margin-left:{x * 0.75}pt",
            f"margin-top:{y * 0.75}pt",
            f"width:{width * 0.75}pt",
            f"height:{height * 0.75}pt",
            "z-index:251659264;visibility:visible;mso-wrap-style:square",
            "mso-position-horizontal-relative:text;mso-position-vertical-relative:text;v-text-anchor:top",
        )
    )
    return (
        '<w:pict><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
        '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        f'<v:shape id={attr(name)} o:spid="_x0000_s1026" type="#_x0000_t202" style="{place}" fillcolor="#{fill}" '
        f'strokecolor="#{line}">'
        f'<v:textbox inset="3mm,2mm,3mm,2mm">{content}</v:textbox><w10:wrap type="square"/></v:shape></w:pict>'
    )
