"""The independent judge: reads redlined files in its own way, knows nothing of cxify, and says what is wrong.

A story becomes a flat list of tokens: each character with its format and what it stands in, each marker, and a
paragraph mark `¶` with its properties behind the content of every paragraph. In that form resolving is leaving out:
a rejected insertion has no tokens, a rejected paragraph mark is a missing `¶`, so that its content flows into the next
paragraph, as Word does it.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
AUTHOR = "Clara Xu"
"""The author of every redline in these tests; everyone else is someone else."""

Mode = Literal["accept", "reject"]
Token = tuple[object, ...]

_SHOWN, _HIDDEN = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_PLACES = tuple(W + name for name in ("body", "footnote", "endnote"))
_WRAPPERS = tuple(W + name for name in ("smartTag", "customXml", "dir", "bdo", "fldSimple", "hyperlink"))


@dataclass
class Story:
    """One part as tokens."""

    mode: Mode
    own_comments: set[str]
    tokens: list[Token] = field(default_factory=list)

    def blocks(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif (child.tag == f"{W}tr" and self._is_gone(child)) or child.tag in (f"{W}pPr", f"{W}rPr"):
                continue
            elif child.tag in (f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}sdt", f"{W}sdtContent", f"{W}customXml", *_PLACES):
                self.tokens.append((_name(child), _attributes(child)))
                self.blocks(child)
                self.tokens.append((f"/{_name(child)}",))
            elif not self._is_own_comment(child):
                self.tokens.append(("block", _canonical(_without_own(child, self.mode))))

    def _is_gone(self, row: etree._Element) -> bool:
        return self.mode == "reject" and any(map(is_ours, row.findall(f"{W}trPr/{W}ins")))

    def paragraph(self, element: etree._Element) -> None:
        self.content(element, ())
        properties = element.find(f"{W}pPr")
        marks = properties.findall(f"{W}rPr/{W}ins") if properties is not None else []
        if self.mode == "reject" and any(map(is_ours, marks)):
            return
        self.tokens.append(("¶", _canonical(_without_own(properties, self.mode))))

    def content(self, parent: etree._Element, inside: tuple[object, ...]) -> None:
        for child in parent:
            tag = child.tag
            if tag in (f"{W}pPr", f"{W}sdtPr"):
                continue
            if tag == f"{W}r":
                self.run(child, inside)
            elif tag in (*_SHOWN, *_HIDDEN) and is_ours(child):
                if (tag in _SHOWN) == (self.mode == "accept"):
                    self.content(child, inside)
            elif tag in (*_SHOWN, *_HIDDEN):
                self.content(child, (*inside, (_name(child), child.get(f"{W}author"), child.get(f"{W}date"))))
            elif tag in _WRAPPERS or tag in (f"{W}sdt", f"{W}sdtContent"):
                own = _canonical(child.find(f"{W}sdtPr")) if tag == f"{W}sdt" else _attributes(child)
                self.tokens.append((f"<{_name(child)}", own, inside))
                self.content(child, (*inside, (_name(child), own)))
                self.tokens.append((f"{_name(child)}>",))
            elif not self._is_own_comment(child):
                self.tokens.append(("marker", _canonical(child), inside))

    def run(self, run: etree._Element, inside: tuple[object, ...]) -> None:
        properties = run.find(f"{W}rPr")
        style = _canonical(properties) if properties is not None and len(properties) else ""
        for child in run:
            if child.tag == f"{W}rPr" or self._is_own_comment(child):
                continue
            text = _characters(child)
            if text is None:
                self.tokens.append(("in run", _name(child), style, inside))
                self.anything(child)
            else:
                self.tokens.extend(("c", character, style, inside) for character in text)

    def anything(self, element: etree._Element) -> None:
        """A run child that is no character: told in full, text boxes as blocks of their own."""
        if element.find(f".//{W}txbxContent") is None:
            self.tokens.append(("is", _canonical(element)))
            return
        for child in element:
            self.tokens.append(("box", _name(child), _attributes(child)))
            if child.tag == f"{W}txbxContent":
                self.blocks(child)
            else:
                self.anything(child)
            self.tokens.append(("/box", _name(child)))

    def _is_own_comment(self, element: etree._Element) -> bool:
        return _name(element) in _COMMENT_MARKS and element.get(f"{W}id") in self.own_comments


def is_ours(element: etree._Element) -> bool:
    """Tell whether a revision is the redline's."""
    return element.get(f"{W}author") == AUTHOR


def _characters(child: etree._Element) -> str | None:
    name = _name(child)
    if name in ("t", "delText"):
        return _read(child)
    if name == "br" and child.get(f"{W}type") in (None, "textWrapping"):
        return "\n"
    if name == "sym":
        return f"\ue000{child.get(f'{W}font')}{child.get(f'{W}char')}"
    return _CHARACTERS.get(name)


def _read(element: etree._Element) -> str:
    """What Word shows of a text: outer white space only where xml:space, inherited as XML has it, preserves it."""
    text = element.text or ""
    if text == text.strip(" \t\r\n"):
        return text
    preserved = element.xpath("string(ancestor-or-self::*[@xml:space][1]/@xml:space)") == "preserve"
    return text if preserved else text.strip(" \t\r\n")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else "comment"


def _attributes(element: etree._Element) -> tuple[tuple[str, str], ...]:
    left_out = (
        f"{W14}paraId",
        f"{W14}textId",
        f"{W}rsidR",
        f"{W}rsidRPr",
        f"{W}rsidTr",
        f"{W}rsidP",
        f"{W}rsidRDefault",
    )
    return tuple(sorted((str(k), str(v)) for k, v in element.attrib.items() if k not in left_out))


def _canonical(element: etree._Element | None) -> str:
    return "" if element is None else _canonical_xml(etree.tostring(element, with_tail=False))


@lru_cache(maxsize=20_000)
def _canonical_xml(xml: bytes) -> str:
    copied = etree.fromstring(xml)
    for node in copied.iter():
        if node.get(f"{W}author") is not None:
            node.attrib.pop(f"{W}id", None)
        if isinstance(node.tag, str) and node.tag not in (f"{W}t", f"{W}instrText") and len(node):
            node.text = None
        node.tail = None
    return etree.tostring(copied, method="c14n", exclusive=True).decode()


def _without_own(properties: etree._Element | None, mode: Mode) -> etree._Element | None:
    """Paragraph (or other) properties as they are when our changes of them are accepted or rejected."""
    if properties is None:
        return None
    copied = etree.fromstring(etree.tostring(properties, with_tail=False))
    for own in [e for e in copied.iter(f"{W}ins", f"{W}pPrChange") if is_ours(e)]:
        holder = own.getparent()
        holder.remove(own)
        if own.tag == f"{W}pPrChange" and mode == "reject":
            for child in [c for c in holder if _name(c) not in ("rPr", "sectPr", "pPrChange")]:
                holder.remove(child)
            for position, child in enumerate(own[0]):
                holder.insert(position, child)
    for holder in list(copied.iter(f"{W}rPr")):
        if not len(holder):
            holder.getparent().remove(holder)
    return copied if len(copied) or properties.tag != f"{W}pPr" else None


# --- files ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def members(data: bytes) -> dict[str, bytes]:
    """Return the parts of a file in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def root_of(content: bytes) -> etree._Element:
    """Return a part's tree in transitional names."""
    return etree.fromstring(content.replace(STRICT, W[1:-1].encode()))


def story_names(parts: dict[str, bytes]) -> list[str]:
    """Return the parts that hold text of the document."""
    wanted = re.compile(r"^word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
    return [name for name in parts if wanted.match(name)]


def comments_of(parts: dict[str, bytes]) -> dict[str, str]:
    """Return every comment's content by its id."""
    if "word/comments.xml" not in parts:
        return {}
    found = root_of(parts["word/comments.xml"]).findall(f"{W}comment")
    return {e.get(f"{W}id", ""): _canonical(e) for e in found}


def tokens(
    data: bytes, mode: Mode, part: str = "word/document.xml", own_comments: set[str] | None = None
) -> list[Token]:
    """Return a story as tokens, our changes accepted or rejected."""
    story = Story(mode, own_comments or set())
    story.blocks(root_of(members(data)[part]))
    return story.tokens


def texts(data: bytes, mode: Mode = "accept", part: str = "word/document.xml") -> list[str]:
    """Return the text of every paragraph as a reader sees it; those of a text box stand before their host."""
    return ["".join(c for c, _ in characters) for characters in _paragraphs(tokens(data, mode, part))]


def formats(data: bytes, mode: Mode = "accept", part: str = "word/document.xml") -> list[str]:
    """Return every paragraph with its formats shown: `We «b:serve» people`."""
    return [_shown(characters) for characters in _paragraphs(tokens(data, mode, part))]


def _paragraphs(all_tokens: list[Token]) -> Iterator[list[tuple[str, str]]]:
    stack: list[list[tuple[str, str]]] = [[]]
    for token in all_tokens:
        if token[:2] == ("box", "txbxContent"):
            stack.append([])
        elif token[:2] == ("/box", "txbxContent"):
            stack.pop()
        elif token[0] == "c" and not any(label[0] in ("del", "moveFrom") for label in token[3]):  # type: ignore[attr-defined]
            stack[-1].append((str(token[1]), str(token[2])))
        elif token[0] == "¶":
            yield stack[-1]
            stack[-1] = []


def _shown(characters: list[tuple[str, str]]) -> str:
    shown, last = "", ""
    for character, style in characters:
        if style != last:
            shown += ("»" if last else "") + (f"«{_label(style)}:" if style else "")
        shown, last = shown + character, style
    return shown + ("»" if last else "")


def _label(style: str) -> str:
    return " ".join(
        _name(e) + (f"={e.get(f'{W}val')}" if e.get(f"{W}val") else "")
        for e in etree.fromstring(style)
        if _name(e) not in ("rPrChange", "lang")
    )


def marked(data: bytes, part: str = "word/document.xml") -> list[str]:
    """Return every paragraph with our changes shown: `We [-serve-]{+help+} people`."""
    shown = []
    for paragraph in root_of(members(data)[part]).iter(f"{W}p"):
        text, last = "", ""
        for run in paragraph.iter(f"{W}r"):
            ours = [_name(e) for e in run.iterancestors() if is_ours(e)]
            kind = ours[0] if ours else ""
            if not kind and any(e.tag in _HIDDEN for e in run.iterancestors()):
                continue
            if kind != last:
                text += {"ins": "+}", "del": "-]"}.get(last, "") + {"ins": "{+", "del": "[-"}.get(kind, "")
            text, last = text + "".join(_characters(child) or "" for child in run), kind
        shown.append(text + {"ins": "+}", "del": "-]"}.get(last, ""))
    return shown


# --- the verdict ------------------------------------------------------------------------------------------------------


def problems(source: bytes, redlined: bytes) -> list[str]:
    """Return everything that is wrong with a redline of `source`; an empty list is a clean redline."""
    before, after = members(source), members(redlined)
    own_comments = set(comments_of(after)) - set(comments_of(before))
    found = list(_parts(before, after))
    for name in story_names(before):
        found += _story(source, redlined, name, own_comments)
    for number, content in comments_of(before).items():
        if comments_of(after).get(number) != content:
            found.append(f"comment {number} of someone else was changed")
    new = Counter(lint(after)) - _own_faults(source)
    return [*found, *new.elements()]


@lru_cache(maxsize=64)
def _own_faults(source: bytes) -> Counter[str]:
    return Counter(lint(members(source)))


def _story(source: bytes, redlined: bytes, name: str, own_comments: set[str]) -> Iterator[str]:
    if members(source)[name] == members(redlined)[name]:
        return
    old = tokens(source, "reject", name)
    rejected = tokens(redlined, "reject", name, own_comments)
    if old != rejected:
        place = next(
            (i for i, (a, b) in enumerate(zip(old, rejected, strict=False)) if a != b), min(len(old), len(rejected))
        )
        yield f"rejecting gives {rejected[place : place + 2]} in {name} where the source has {old[place : place + 2]}"
    accepted = tokens(redlined, "accept", name, own_comments)
    lost = Counter(map(_fixed, old)) - Counter(map(_fixed, accepted))
    lost.pop(None, None)
    if lost:
        yield f"accepting loses {list(lost)[:3]} in {name}"


def _fixed(token: Token) -> object:
    """What an accepted edit may not remove: markers, fields, references, drawings, controls, others' deletions."""
    if token[0] == "c":
        return token[1:] if any(label[0] in ("del", "moveFrom") for label in token[3]) else None  # type: ignore[attr-defined]
    if token[0] == "is" and "lastRenderedPageBreak" in str(token[1]):
        return None  # where a page ended when the file was last saved: goes with deleted words
    if token[0] in ("marker", "is", "<hyperlink", "<sdt", "<fldSimple", "tbl", "tr", "tc", "sdt", "box"):
        return token
    return None


def _parts(before: dict[str, bytes], after: dict[str, bytes]) -> Iterator[str]:
    if [name for name in after if name in before] != list(before):
        yield "a part is missing or stands elsewhere"
    for name, content in before.items():
        if name in story_names(before) or name == "word/comments.xml" or after.get(name) == content:
            continue
        if name == "docProps/custom.xml" or (name.startswith("customXml/item") and b"cxify" in content):
            continue
        if name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
            old, new = Counter(map(_attributes, root_of(content))), Counter(map(_attributes, root_of(after[name])))
            if old - new:
                yield f"{name} lost an entry"
        else:
            yield f"the part {name} was changed"


# --- lint: what validators do not see ---------------------------------------------------------------------------------


def _ordered(schema: str) -> list[str]:
    return schema.split()


RPR = _ordered(
    "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
)
PPR = _ordered(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
TCPR = _ordered(
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers "
    "cellIns cellDel cellMerge tcPrChange"
)
TRPR_LAST = ("ins", "del", "trPrChange")


def lint(parts: dict[str, bytes]) -> Iterator[str]:
    """Yield what is unsound in the stories of a file."""
    ids: Counter[str] = Counter()
    para_ids: Counter[str] = Counter()
    anchors: Counter[str] = Counter()
    for name in [*story_names(parts), *(["word/comments.xml"] if "word/comments.xml" in parts else [])]:
        root = root_of(parts[name])
        doubled = {e for branch in root.iter("{*}Fallback") for e in branch.iter()}
        boxed = [e for e in root.iter(etree.Element) if e not in doubled]
        ids.update(e.get(f"{W}id", "none") for e in boxed if e.get(f"{W}author") and _name(e) != "comment")
        para_ids.update(found for e in boxed if (found := e.get(f"{W14}paraId")))
        anchors.update(e.get(f"{W}id", "") for e in root.iter(f"{W}commentReference"))
        yield from _orders(root)
        yield from _places(root)
        yield from _rows(root)
        yield from _markers(root)
    yield from (f"revision id {number} is used {times} times" for number, times in ids.items() if times > 1)
    yield from (f"paraId {number} is used {times} times" for number, times in para_ids.items() if times > 1)
    comments = comments_of(parts)
    yield from (f"comment {number} is anchored {anchors[number]} times" for number in comments if anchors[number] > 1)
    yield from (f"comment {number} does not exist" for number in anchors if number not in comments)


def _orders(root: etree._Element) -> Iterator[str]:
    for tag, order in (("rPr", RPR), ("pPr", PPR), ("tcPr", TCPR)):
        for element in root.iter(W + tag):
            places = [order.index(_name(child)) for child in element if _name(child) in order]
            if places != sorted(places) or len(places) != len(set(places)):
                yield f"{tag} is out of order: {[_name(child) for child in element]}"
    for element in root.iter(f"{W}trPr"):
        late = [TRPR_LAST.index(_name(c)) if _name(c) in TRPR_LAST else -1 for c in element]
        if late != sorted(late):
            yield f"trPr is out of order: {[_name(child) for child in element]}"


def _places(root: etree._Element) -> Iterator[str]:
    for element in root.iter(f"{W}t", f"{W}delText"):
        deleted = any(a.tag == f"{W}del" for a in element.iterancestors() if _name(a) != "txbxContent")
        if (element.tag == f"{W}delText") != deleted and not any(
            a.tag == f"{W}moveFrom" for a in element.iterancestors()
        ):
            yield f"{_name(element)} stands {'inside' if deleted else 'outside'} a deletion"
        text = element.text or ""
        if text != text.strip(" \t\n\r") and element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            yield f"xml:space is missing on {text!r}"
    for element in root.iter(f"{W}ins", f"{W}del"):
        if _name(element.getparent()) in ("rPr", "trPr", "numPr"):
            continue
        if not len(element):
            yield f"an empty {_name(element)}"
        if any(a.tag == element.tag for a in _up_to_box(element)):
            yield f"nested {_name(element)}"
        if element.getparent().tag == f"{W}r":
            yield f"{_name(element)} inside a run"


def _up_to_box(element: etree._Element) -> Iterator[etree._Element]:
    for ancestor in element.iterancestors():
        if _name(ancestor) == "txbxContent":
            return
        yield ancestor


def _rows(root: etree._Element) -> Iterator[str]:
    """An inserted row vanishes on rejection only when all that stands in it is inserted too."""
    for row in root.iter(f"{W}tr"):
        if not any(map(is_ours, row.findall(f"{W}trPr/{W}ins"))):
            continue
        for paragraph in row.iter(f"{W}p"):
            if paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is None:
                yield "a paragraph mark in a new row is not marked"
            if [c for c in paragraph if c.tag not in (f"{W}pPr", f"{W}ins")]:
                yield "content in a new row is not marked"


def _markers(root: etree._Element) -> Iterator[str]:
    for kind in ("bookmark", "commentRange"):
        starts = Counter(e.get(f"{W}id") for e in root.iter(f"{W}{kind}Start"))
        ends = Counter(e.get(f"{W}id") for e in root.iter(f"{W}{kind}End"))
        if starts != ends:
            yield f"{kind} starts and ends do not pair"
