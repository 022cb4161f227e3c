"""Small pictures drawn by rule: a signature as a pen stroke, stored uncompressed so that it never differs."""

import struct
import zlib
from math import hypot, sin

from samples.builder.text import Xml, attr

EMU = 9525
"""English Metric Units of one pixel at 96 dpi."""


def signature(width: int, height: int, turns: float, lean: float) -> bytes:
    """Return a PNG of a looping pen stroke; `turns` and `lean` make each hand different."""
    stroke = [_pen(step / 400, width, height, turns, lean) for step in range(401)]
    grey = [[255] * width for _ in range(height)]
    for x, y in stroke:
        _dot(grey, x, y)
    return _png(width, height, b"".join(b"\0" + bytes(line) for line in grey))


def _pen(at: float, width: int, height: int, turns: float, lean: float) -> tuple[float, float]:
    swing = sin(at * turns * 6.283) * (1 - at * 0.7)
    x = width * (0.06 + 0.86 * at) + width * 0.05 * sin(at * turns * 6.283 + lean)
    y = height * (0.55 - 0.36 * swing * sin(at * 9.4 + lean) - 0.08 * at)
    return x, y


def _dot(grey: list[list[int]], x: float, y: float, radius: float = 1.3) -> None:
    for row in range(max(0, int(y - 3)), min(len(grey), int(y + 4))):
        for column in range(max(0, int(x - 3)), min(len(grey[0]), int(x + 4))):
            ink = max(0.0, min(1.0, radius + 0.5 - hypot(column - x, row - y)))
            grey[row][column] = min(grey[row][column], round(255 - 215 * ink))


def _png(width: int, height: int, lines: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, 0)) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def inline(part: str, name: str, width: int, height: int) -> Xml:
    """Return a run with an inline picture; `name` is its alt text."""
    size = f'cx="{width * EMU}" cy="{height * EMU}"'
    picture = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="Picture"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="part:{part}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic>"
    )
    uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return Xml(
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="?" name="Picture" descr={attr(name)}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{uri}">{picture}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
