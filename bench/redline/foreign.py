"""Kinds of tracked change that cxify never writes and peers do, resolved before the common judge looks at a file.

Deleted paragraph marks and rows, moves and format changes are as honest as insertions and deletions; so that no tool is
judged by how cxify works, they are accepted or rejected here, as ECMA-376-1 §17.13.5 says.
"""

import io
import zipfile
from typing import Literal

from lxml import etree

from tests.word import judge

Mode = Literal["accept", "reject"]
W = judge.W
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHANGES = tuple(f"{W}{name}Change" for name in ("rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr"))
_MOVE_RANGES = tuple(f"{W}move{way}Range{end}" for way in ("From", "To") for end in ("Start", "End"))


def resolved(data: bytes, mode: Mode) -> bytes:
    """Return the file with our changes of these kinds accepted or rejected, and links named by their target."""
    parts = dict(judge.members(data))
    for name in judge.story_names(parts):
        root = judge.root_of(parts[name])
        _properties(root, mode)
        _rows(root, mode)
        _marks(root, mode)
        _move_ranges(root)
        _link_targets(root, parts, name)
        _passing_numbers(root)
        parts[name] = etree.tostring(root)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _link_targets(root: etree._Element, parts: dict[str, bytes], name: str) -> None:
    """Name links by where they lead: a tool may number relationships anew."""
    folder, _, base = name.rpartition("/")
    rels = parts.get(f"{folder}/_rels/{base}.rels")
    targets = {e.get("Id"): e.get("Target", "") for e in etree.fromstring(rels)} if rels else {}
    for link in root.iter(f"{W}hyperlink"):
        if link.get(R_ID) in targets:
            link.set(R_ID, targets[link.get(R_ID)])


def _passing_numbers(root: etree._Element) -> None:
    """Drop numbers without a meaning for readers: editing sessions, paragraph ids, the ids of drawings."""
    for element in root.iter(etree.Element):
        for key in [k for k in element.attrib if k.partition("}")[2].startswith(("rsid", "paraId", "textId"))]:
            del element.attrib[key]
        if element.tag.endswith("}docPr"):
            element.attrib.pop("id", None)


def _properties(root: etree._Element, mode: Mode) -> None:
    for own in [e for e in root.iter(f"{W}numberingChange") if judge.is_ours(e)]:
        own.getparent().remove(own)  # it remembers how a number looked and changes nothing
    for cached in list(root.iter(f"{W}proofErr", f"{W}lastRenderedPageBreak")):
        cached.getparent().remove(cached)  # Word's own notes, made anew when it opens the file
    for change in [e for e in root.iter(*_CHANGES) if judge.is_ours(e)]:
        properties = change.getparent()
        properties.remove(change)
        if mode == "reject":
            for child in list(properties):
                properties.remove(child)
            properties.extend(list(change[0]) if len(change) else [])


def _rows(root: etree._Element, mode: Mode) -> None:
    for mark in [e for e in root.iter(f"{W}del") if judge.is_ours(e) and e.getparent().tag == f"{W}trPr"]:
        properties = mark.getparent()
        properties.remove(mark)
        row = properties.getparent()
        if mode == "accept":
            row.getparent().remove(row)
        elif not len(properties):
            row.remove(properties)


def _marks(root: etree._Element, mode: Mode) -> None:
    """Resolve deleted and moved paragraph marks; a moved-to mark is an inserted one to the judge."""
    for mark in [e for e in root.iter(f"{W}del", f"{W}moveFrom", f"{W}moveTo") if _is_own_mark(e)]:
        if mark.tag == f"{W}moveTo":
            mark.tag = f"{W}ins"
            continue
        paragraph = mark.getparent().getparent().getparent()
        mark.getparent().remove(mark)
        if mode == "accept":
            _merge(paragraph)


def _is_own_mark(element: etree._Element) -> bool:
    holder = element.getparent()
    return judge.is_ours(element) and holder.tag == f"{W}rPr" and holder.getparent().tag == f"{W}pPr"


def _merge(paragraph: etree._Element) -> None:
    """Let the content of a paragraph without a mark flow into the next one."""
    following = paragraph.getnext()
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is not None and following.tag == f"{W}p":
        start = 1 if len(following) and following[0].tag == f"{W}pPr" else 0
        for offset, child in enumerate(content):
            following.insert(start + offset, child)
        paragraph.getparent().remove(paragraph)


def _move_ranges(root: etree._Element) -> None:
    ids = {e.get(f"{W}id") for e in root.iter(*_MOVE_RANGES) if judge.is_ours(e)}
    for element in [e for e in root.iter(*_MOVE_RANGES) if e.get(f"{W}id") in ids]:
        element.getparent().remove(element)
