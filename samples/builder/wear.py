"""What years of editing in Word leave behind: rsids, split runs, proofing marks, paragraph ids, `_GoBack`.

Everything is drawn from a hash of the document's name, so a rebuild gives the same file.
"""

from copy import deepcopy
from hashlib import sha256

from lxml import etree

from samples.builder.names import NAMESPACES, W14, XML, w

MC = f"{{{NAMESPACES['mc']}}}"
SPACE = f"{{{XML}}}space"
SHORT = 28


class Draw:
    """A reproducible stream of numbers below 1."""

    def __init__(self, seed: str) -> None:
        """Start the stream of a name."""
        self._seed, self._count = seed, 0

    def next(self) -> float:
        """Return the next number."""
        self._count += 1
        return int(sha256(f"{self._seed}:{self._count}".encode()).hexdigest()[:12], 16) / 16**12

    def hex(self, top: int = 0x7FFFFFFF) -> str:
        """Return eight hexadecimal digits below `top`."""
        return f"{1 + int(self.next() * (top - 1)):08X}"


def rsids(seed: str, count: int = 9) -> tuple[str, ...]:
    """Return the revision-save ids of a document."""
    draw = Draw("rsid:" + seed)
    return tuple(draw.hex(0x00FFFFFF) for _ in range(count))


def wear(part: etree._Element, seed: str, marks: tuple[str, ...], language: str) -> None:
    """Age one story in place."""
    draw = Draw(seed)
    for paragraph in part.iter(w("p")):
        _stamp(paragraph, draw, marks)
    for row in part.iter(w("tr")):
        row.set(w("rsidR"), marks[int(draw.next() * 3)])
    for run in list(part.iter(w("r"))):
        _mark_language(run, draw, language)
        _age_run(run, draw, marks)
    for choice in part.iter(MC + "AlternateContent"):
        _copy_fallback(choice)


def _stamp(paragraph: etree._Element, draw: Draw, marks: tuple[str, ...]) -> None:
    attributes = dict(paragraph.attrib)
    paragraph.attrib.clear()
    paragraph.set(f"{{{W14}}}paraId", attributes.get(f"{{{W14}}}paraId", draw.hex()))
    paragraph.set(f"{{{W14}}}textId", "77777777")
    paragraph.set(w("rsidR"), _pick(draw, marks))
    if draw.next() < 0.4:
        paragraph.set(w("rsidRPr"), _pick(draw, marks))
    paragraph.set(w("rsidRDefault"), _pick(draw, marks))
    if draw.next() < 0.5:
        paragraph.set(w("rsidP"), _pick(draw, marks))


def _mark_language(run: etree._Element, draw: Draw, language: str) -> None:
    """Name the language in the run itself, as Word does after text was pasted or proofed."""
    properties = run.find(w("rPr"))
    if run.find(w("t")) is None or (properties is not None and len(properties)) or draw.next() > 0.15:
        return
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    etree.SubElement(properties, w("lang")).set(w("val"), language)


def _copy_fallback(choice: etree._Element) -> None:
    """Make the older form of a text box hold the very same paragraphs, as Word does."""
    new, old = choice.iter(w("txbxContent"))
    old[:] = [deepcopy(block) for block in new]


def _pick(draw: Draw, marks: tuple[str, ...]) -> str:
    return marks[int(draw.next() ** 2 * len(marks))]


def _age_run(run: etree._Element, draw: Draw, marks: tuple[str, ...]) -> None:
    """Split a run of plain text at one or two places, now and then in the middle of a word."""
    texts = [child for child in run if child.tag != w("rPr")]
    if len(texts) != 1 or texts[0].tag not in (w("t"), w("delText")) or len(texts[0].text) < SHORT:
        return
    if draw.next() < 0.5:
        pieces = _pieces(texts[0].text, draw)
        _replace(run, pieces, draw, marks)


def _pieces(text: str, draw: Draw) -> list[str]:
    cut = 6 + int(draw.next() * (len(text) - 12))
    if draw.next() < 0.6:
        cut = text.find(" ", cut) + 1 or cut
    rest = text[cut:]
    if len(rest) > SHORT and draw.next() < 0.4:
        return [text[:cut], *_pieces(rest, draw)]
    return [piece for piece in (text[:cut], rest) if piece]


def _replace(run: etree._Element, pieces: list[str], draw: Draw, marks: tuple[str, ...]) -> None:
    """Put the pieces in the run's place; a split inside a word may carry proofing marks as Word writes them."""
    new = [_piece(run, piece, index, draw, marks) for index, piece in enumerate(pieces)]
    proofed = len(new) > 1 and run.getparent().tag == w("p") and draw.next() < 0.45
    if proofed:
        kind = "gram" if draw.next() < 0.5 else "spell"
        new.insert(1, _proof(kind + "Start"))
        new.insert(3, _proof(kind + "End"))
    parent, place = run.getparent(), run.getparent().index(run)
    parent[place : place + 1] = new


def _piece(run: etree._Element, text: str, index: int, draw: Draw, marks: tuple[str, ...]) -> etree._Element:
    piece = deepcopy(run)
    holder = piece[-1]
    holder.text = text
    holder.attrib.pop(SPACE, None)
    if text != text.strip(" "):
        holder.set(SPACE, "preserve")
    if index or draw.next() < 0.3:
        piece.set(w("rsidR"), _pick(draw, marks))
    return piece


def _proof(kind: str) -> etree._Element:
    mark = etree.Element(w("proofErr"))
    mark.set(w("type"), kind)
    return mark


def go_back(body: etree._Element, draw: Draw) -> None:
    """Put Word's `_GoBack` bookmark where the last author stopped typing."""
    paragraphs = [one for one in body.findall(w("p")) if one.find(w("r")) is not None]
    last = paragraphs[int(draw.next() * len(paragraphs))]
    for kind in ("bookmarkStart", "bookmarkEnd"):
        mark = etree.SubElement(last, w(kind))
        mark.set(w("id"), "?")
        if kind == "bookmarkStart":
            mark.set(w("name"), "_GoBack")
