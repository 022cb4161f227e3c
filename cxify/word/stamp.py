"""Where provenance lives in a Word file: a custom XML part and a document property.

Word and LibreOffice keep both when the changes are accepted; the property is what a person sees under File, Info,
Properties.
"""

import json
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from cxify.provenance import NAMESPACE, PROPERTY, Record, from_json
from cxify.word.package import Package, parse
from cxify.word.parts import NewPart, free_name
from cxify.word.tree import default_namespace, number

_PROPERTIES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_STRICT_PROPERTIES: Final = "http://purl.oclc.org/ooxml/officeDocument/customProperties"
_VALUES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_STRICT_VALUES: Final = "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"
_CUSTOM_XML: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id of user-defined properties (MS-OLEPS 2.18.2; ECMA-376-1 §15.2.12.2)."""
_PROPERTIES_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_ITEM_PROPERTIES_TYPE: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def stamp_parts(package: Package, record: Record) -> tuple[dict[str, bytes], list[NewPart]]:
    """Return the edited members and the new parts that carry the record; an earlier record of ours is replaced."""
    changed: dict[str, bytes] = {}
    added: list[NewPart] = []
    content = _item(record)
    existing = _item_part(package)
    if existing:
        changed[existing] = content
    else:
        added += _item_parts(package, content)
    part = next(iter(package.related("", "custom-properties")), None) or next(
        iter(package.related("", "customProperties")), None
    )
    if part:
        changed[part] = _with_property(parse(package.read(part), part), record)
    else:
        added.append(_property_part(package, record))
    return changed, added


def provenance_of(package: Package) -> dict[str, Any] | None:
    """Return the record that a file carries: the whole one, or what the document property still tells."""
    part = _item_part(package)
    if part:
        record = from_json(parse(package.read(part), part).text or "")
        if record:
            return record.model_dump(mode="json")
    for name in ("custom-properties", "customProperties"):
        for properties in package.related("", name):
            found = _property(parse(package.read(properties), properties))
            if found is not None:
                return _summary("".join(str(text) for text in found.itertext()))
    return None


def record_of(package: Package) -> Record | None:
    """Return the whole record that a file carries, or None."""
    part = _item_part(package)
    return from_json(parse(package.read(part), part).text or "") if part else None


def _summary(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _item_part(package: Package) -> str | None:
    for part in package.related(package.main, "customXml"):
        if NAMESPACE.encode() in package.read(part):
            return part
    return None


def _item(record: Record) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}provenance", nsmap=default_namespace(NAMESPACE))
    root.text = record.to_json()
    return _serialise(root)


def _item_parts(package: Package, content: bytes) -> list[NewPart]:
    name = (
        free_name(package, "customXml/item", ".xml")
        if "customXml/item.xml" in package.members
        else "customXml/item1.xml"
    )
    if name in package.members:
        name = free_name(package, "customXml/item", ".xml")
    properties = etree.Element(f"{{{_CUSTOM_XML}}}datastoreItem", nsmap={"ds": _CUSTOM_XML})
    properties.set(f"{{{_CUSTOM_XML}}}itemID", f"{{{str(uuid5(NAMESPACE_URL, NAMESPACE)).upper()}}}")
    references = etree.SubElement(properties, f"{{{_CUSTOM_XML}}}schemaRefs")
    etree.SubElement(references, f"{{{_CUSTOM_XML}}}schemaRef").set(f"{{{_CUSTOM_XML}}}uri", NAMESPACE)
    properties_name = free_name(package, "customXml/itemProps", ".xml")
    return [
        NewPart(name, content, "application/xml", "customXml", package.main),
        NewPart(properties_name, _serialise(properties), _ITEM_PROPERTIES_TYPE, "customXmlProps", name),
    ]


def _property_part(package: Package, record: Record) -> NewPart:
    namespace, values = (_STRICT_PROPERTIES, _STRICT_VALUES) if package.strict else (_PROPERTIES, _VALUES)
    root = etree.Element(f"{{{namespace}}}Properties", nsmap={**default_namespace(namespace), "vt": values})
    kind = "customProperties" if package.strict else "custom-properties"
    return NewPart(
        free_name(package, "docProps/custom", ".xml"), _with_property(root, record), _PROPERTIES_TYPE, kind, ""
    )


def _with_property(root: etree._Element, record: Record) -> bytes:
    found = _property(root)
    if found is not None:
        root.remove(found)
    namespace = etree.QName(root).namespace
    values = _STRICT_VALUES if namespace == _STRICT_PROPERTIES else _VALUES
    numbers = [number(e.get("pid"), 1) for e in root if isinstance(e.tag, str)]
    element = etree.SubElement(root, f"{{{namespace}}}property")
    element.set("fmtid", _FORMAT_ID)
    element.set("pid", str(max(numbers, default=1) + 1))
    element.set("name", PROPERTY)
    value = etree.SubElement(element, f"{{{values}}}lpwstr", nsmap={"vt": values})
    value.text = json.dumps(record.summary(), ensure_ascii=False, separators=(",", ":"))
    return _serialise(root)


def _property(root: etree._Element) -> etree._Element | None:
    return next((e for e in root if isinstance(e.tag, str) and e.get("name") == PROPERTY), None)


def _serialise(root: etree._Element) -> bytes:
    data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
