"""Adding parts to a package: content type, relationship, and a name that nothing has."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from cxify.word import names
from cxify.word.package import Package, parse, rels_name
from cxify.word.tree import default_namespace

_TYPES_PART: Final = "[Content_Types].xml"
_TRANSITIONAL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part to add, and the part that points to it ("" = the package)."""

    name: str
    content: bytes
    content_type: str
    relationship: str
    owner: str


def free_name(package: Package, stem: str, extension: str) -> str:
    """Return `stem.xml`, or the first `stemN.xml` that the package does not hold."""
    taken = {name.lower() for name in package.members}
    candidates = [f"{stem.lstrip('/')}{number}{extension}" for number in ["", *map(str, range(1, len(taken) + 2))]]
    return next(name for name in candidates if name.lower() not in taken)


def add_parts(package: Package, parts: Sequence[NewPart]) -> dict[str, bytes]:
    """Return the new and edited members (content types, relationships) that adding the parts takes."""
    changed = {part.name: part.content for part in parts}
    if not parts:
        return changed
    types = parse(package.read(_TYPES_PART), _TYPES_PART)
    for part in parts:
        override = etree.SubElement(types, f"{{{names.CONTENT_TYPES}}}Override")
        override.set("PartName", f"/{part.name}")
        override.set("ContentType", part.content_type)
    changed[_TYPES_PART] = _serialise(types)
    for owner in dict.fromkeys(part.owner for part in parts):
        own = [part for part in parts if part.owner == owner]
        changed[rels_name(owner)] = _relate(package, owner, own)
    return changed


def _relate(package: Package, owner: str, parts: Sequence[NewPart]) -> bytes:
    name = rels_name(owner)
    if name in package.members:
        root = parse(package.read(name), name)
    else:
        root = etree.Element(f"{{{names.RELATIONSHIPS}}}Relationships", nsmap=default_namespace(names.RELATIONSHIPS))
    taken = {element.get("Id", "").lower() for element in root}
    number = 1
    for part in parts:
        while f"rid{number}" in taken:
            number += 1
        taken.add(f"rid{number}")
        element = etree.SubElement(root, f"{{{names.RELATIONSHIPS}}}Relationship")
        element.set("Id", f"rId{number}")
        element.set("Type", f"{_STRICT if package.strict else _TRANSITIONAL}/{part.relationship}")
        element.set("Target", posixpath.relpath(part.name, posixpath.dirname(owner) or "."))
    return _serialise(root)


def _serialise(root: etree._Element) -> bytes:
    data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
