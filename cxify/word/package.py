"""A Word file as its parts: what they are called, what they point to, their bytes and their XML.

Every other module sees parts that passed the gate here. Nothing is unpacked to disk, no external target is ever
followed, macros and embedded objects are carried along and never run.
"""

import posixpath
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from cxify.document import Notice
from cxify.errors import NotWordDocument
from cxify.word import gate, names
from cxify.word.archive import Archive, Member, open_archive

MAIN_TYPES: Final = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "dotx",
    "application/vnd.ms-word.document.macroEnabled.main+xml": "docm",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": "dotm",
}
_TYPES_PART: Final = "[Content_Types].xml"
_BESIDE: Final = "beside"
"""Where a package keeps the file that was last opened beside it."""
_MACRO_KINDS: Final = frozenset({"vbaProject", "wordVbaData"})
_OBJECT_KINDS: Final = frozenset({"oleObject", "package", "control", "activeXControlBinary"})


@dataclass(frozen=True, slots=True)
class Relationship:
    """One entry of a .rels part; `target` is a part name for internal targets."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: what transitional and strict files share."""
        return self.type.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Package:
    """A Word file within the limits: its parts in order, read on demand and parsed once."""

    archive: Archive
    main: str
    extension: str
    strict: bool = False
    derived: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What other modules have made of the shared trees and keep for each other, by name."""
    _trees: dict[str, etree._Element] = field(default_factory=dict, repr=False, compare=False)
    _relationships: dict[str, tuple[Relationship, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def data(self) -> bytes:
        """The file itself."""
        return self.archive.data

    @property
    def members(self) -> Mapping[str, Member]:
        """Zip members by part name, in order."""
        return self.archive.members

    def read(self, name: str) -> bytes:
        """Return a part's bytes."""
        return self.archive.read(name)

    def transitional(self, name: str) -> bytes:
        """Return a part's bytes in transitional names."""
        data = self.read(name)
        if self.strict:
            for strict, transitional in names.STRICT_TO_TRANSITIONAL:
                data = data.replace(strict, transitional)
        return data

    def root(self, name: str) -> etree._Element:
        """Return a fresh XML tree of a part, in transitional names."""
        if name in self._trees:
            copied: etree._Element = deepcopy(self._trees[name].getroottree()).getroot()
            return copied
        return parse(self.transitional(name), name)

    def tree(self, name: str) -> etree._Element:
        """Return the XML tree of a part, in transitional names; it is shared, and nobody may change it."""
        if name not in self._trees:
            self._trees[name] = self.root(name)
        return self._trees[name]

    def showing(self, trees: Mapping[str, etree._Element]) -> "Package":
        """Return the package with other trees in place of its own; it can be read, and neither copied nor saved."""
        return replace(self, derived={}, _trees={**self._trees, **trees})

    def serialise(self, root: etree._Element) -> bytes:
        """Return the bytes of an edited tree, in the names that the file itself uses."""
        data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
        if self.strict:
            for strict, transitional in names.STRICT_TO_TRANSITIONAL:
                data = data.replace(transitional, strict)
        return data

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Return what a part points to; empty when it has no .rels."""
        if part not in self._relationships:
            self._relationships[part] = tuple(_relationships(self.archive, part, self._by_lower_name))
        return self._relationships[part]

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """Return the existing parts that `part` points to by a relationship type ending in `/kind`, in order of id."""
        return tuple(
            rel.target
            for rel in self.relationships(part)
            if not rel.external and rel.kind == kind and rel.target in self.members
        )

    def replace(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the file with some parts exchanged or added; others are copied byte for byte and in order."""
        return self.archive.replace(changed)

    @cached_property
    def _by_lower_name(self) -> Mapping[str, str]:
        return _by_lower_name(self.archive)


def opened(source: bytes | Package) -> Package:
    """Return the package of a file that may have been opened before."""
    return source if isinstance(source, Package) else open_package(source)


def open_package(data: bytes, akin: Package | None = None) -> Package:
    """Open a Word file from a stranger; what is byte for byte a part of `akin` passed the gate with it.

    Opened beside `akin` a second time, it is the same package. Raises NotWordDocument, EncryptedDocument, UnsafePackage
    or DocumentTooLarge, each with what the sender can do.
    """
    beside = akin.derived.get(_BESIDE) if akin else None
    if isinstance(beside, Package) and beside.data == data:
        return beside
    package, types = _found(data, akin)
    _check_contents(package.archive, types)
    _check_links(package)
    _check_body(package)
    if akin:
        akin.derived[_BESIDE] = package
    return package


def open_partly(data: bytes) -> Package:
    """Open a Word file to read some of its text: parts that nobody asks for are not unpacked, and nothing is written.

    Each part that is read passes the gate then. Raises as `open_package` does, for what it meets.
    """
    package, types = _found(data, None)
    typed = (name for name in package.members if types.get(name.lower(), "").lower().endswith("xml"))
    markup = {*typed, *(name for name, member in package.members.items() if member.is_markup)}
    if sum(package.members[name].size for name in markup) > gate.MAX_TAGS:
        return open_package(data)  # so much may hold more tags than are allowed: they have to be counted
    _check_body(package)
    return package


def _found(data: bytes, akin: Package | None) -> tuple[Package, dict[str, str]]:
    """Return the file as its parts, which nobody has looked into yet, and their content types."""
    gate.check_signature(data)
    archive = open_archive(data, akin.archive if akin else None)
    for name in archive.members:
        gate.check_name(name)
    typed = _TYPES_PART in archive.members
    own = tuple(_relationships(archive, "", _by_lower_name(archive))) if typed else ()
    main, strict = _find_main(archive, own)
    types = _content_types(archive)
    extension = MAIN_TYPES.get(types.get(main.lower(), ""))
    if extension is None:
        raise _foreign(archive)
    return Package(archive, main, extension, strict, _relationships={"": own}), types


def _check_links(package: Package) -> None:
    for part in _parts_with_relationships(package):
        for rel in package.relationships(part):
            if rel.external:
                workbook = rel.kind.lower() == "oleobject" and _is_chart_of_stored_values(package, part)
                gate.check_link("workbook" if workbook else rel.kind, rel.target)


def _is_chart_of_stored_values(package: Package, part: str) -> bool:
    """Tell whether a part is a chart that Word draws from the values in it, and asks its workbook only when told to.

    A chart that was copied from Excel is one, unless it says that it updates itself (§21.2.2.4; MS-ODRAWXML 2.24.3.22).
    """
    if part not in package.members:
        return False
    root = parse(package.read(part), part)
    if etree.QName(root).localname != "chartSpace":
        return False
    updating = [element.get("val", "1") for element in root.iter("{*}autoUpdate")]
    updating += [
        str(value)
        for element in root.iter("{*}externalData")
        for name, value in element.attrib.items()
        if etree.QName(name).localname == "autoUpdate"
    ]
    return all(value in ("0", "false") for value in updating)


def _check_body(package: Package) -> None:
    if package.tree(package.main).find(names.w("body")) is None:
        raise NotWordDocument(
            "The file calls itself a Word document and holds no document text.", "Ask the sender for the original."
        )


def parse(data: bytes, name: str) -> etree._Element:
    """Parse an XML part without entities, DTD or network; raise UnsafePackage or NotWordDocument."""
    gate.check_markup(name, data)
    # Without `huge_tree`, libxml2 itself refuses nesting beyond 256 levels and single texts beyond 10 MB.
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error).lower():
            raise gate.too_deep(f"The part {name}") from error
        raise NotWordDocument(
            f"The part {name} of the file is not readable XML.",
            "Open the file in Word, let Word repair it, and save it.",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise gate.has_dtd(name)
    return root


def rels_name(part: str) -> str:
    """Return the name of the .rels part that belongs to a part ("" = the package itself)."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def notices(package: Package) -> tuple[Notice, ...]:
    """Report what the package carries and cxify leaves alone: macros, embedded objects, links out of the file."""
    found = []
    rels = [rel for part in _parts_with_relationships(package) for rel in package.relationships(part)]
    kinds = {rel.kind for rel in rels if not rel.external}
    lowered = [name.lower() for name in package.members]
    if kinds & _MACRO_KINDS or any(name.endswith("vbaproject.bin") for name in lowered):
        found.append(Notice("macros", "The file contains macros. cxify keeps them and never runs them."))
    if kinds & _OBJECT_KINDS or any("/embeddings/" in name or "/activex/" in name for name in lowered):
        found.append(
            Notice("embedded-object", "The file contains embedded objects. cxify keeps them and never opens them.")
        )
    links = [gate.link_notice(rel.kind, rel.target) for rel in rels if rel.external]
    return tuple(dict.fromkeys([*found, *(notice for notice in links if notice)]))


# --- finding the parts ------------------------------------------------------------------------------------------------


def _find_main(archive: Archive, own: Iterable[Relationship]) -> tuple[str, bool]:
    """Return the name of the document part that the package points to, and whether the file is strict OOXML."""
    for rel in own:
        if rel.kind == "officeDocument" and not rel.external and rel.target in archive.members:
            return rel.target, rel.type.startswith("http://purl.oclc.org/")
    raise _foreign(archive)


def _foreign(archive: Archive) -> NotWordDocument:
    listed = archive.members
    if "mimetype" in listed and "content.xml" in listed:
        return NotWordDocument("This is an OpenDocument (.odt) file.", gate.SAVE_AS)
    if any(name.startswith("xl/") for name in listed):
        message = "This is an Excel workbook."
    elif any(name.startswith("ppt/") for name in listed):
        message = "This is a PowerPoint presentation."
    elif any(name.startswith("word/") for name in listed):
        message = "The file lacks the parts that make it a Word document."
    else:
        message = "This is a zip file and not a Word document."
    return NotWordDocument(message, gate.REMEDY_FORMAT)


def _content_types(archive: Archive) -> dict[str, str]:
    """Return the content type of each part by its name in lower case (names are compared so: ECMA-376-2 §6.2.2.3)."""
    root = parse(archive.read(_TYPES_PART), _TYPES_PART)
    defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter("{*}Default")}
    overrides = {e.get("PartName", "").lstrip("/").lower(): e.get("ContentType", "") for e in root.iter("{*}Override")}
    listed = {name.lower(): defaults.get(name.rsplit(".", 1)[-1].lower(), "") for name in archive.members}
    return listed | overrides


def _check_contents(archive: Archive, types: Mapping[str, str]) -> None:
    """Unpack every member once, so that none is other than its header says and no XML hides a DTD."""
    counted = archive.akin.tags if archive.akin else {}
    for name, member in archive.members.items():
        typed = types.get(name.lower(), "").lower().endswith("xml")
        known = name in archive.shared
        if known and name in counted:
            archive.tags[name] = counted[name]
        if known and (name in counted or not (member.is_markup or typed)):
            continue
        content = archive.read(name)
        if member.is_markup or (typed and gate.is_markup(content)):
            if not known:
                gate.check_markup(name, content)
            archive.tags[name] = content.count(b"<")
    gate.check_tags(sum(archive.tags.values()))


def _parts_with_relationships(package: Package) -> Iterable[str]:
    for name in (name for name in package.members if name.endswith(".rels")):
        folder, base = posixpath.split(name)
        if posixpath.basename(folder) == "_rels":
            yield posixpath.join(posixpath.dirname(folder), base[: -len(".rels")])


def _by_lower_name(archive: Archive) -> dict[str, str]:
    return {name.lower(): name for name in archive.members}


def _relationships(archive: Archive, part: str, known: Mapping[str, str]) -> Iterable[Relationship]:
    name = rels_name(part)
    if name in archive.members:
        base = posixpath.dirname(part)
        for element in parse(archive.read(name), name):
            if isinstance(element.tag, str):
                yield _relationship(element, base, known)


def _relationship(element: etree._Element, base: str, known: Mapping[str, str]) -> Relationship:
    target = element.get("Target", "")
    # A reader that overlooks the mode would follow an address all the same.
    external = element.get("TargetMode", "").lower() == "external" or gate.is_address(target)
    if not external:
        joined = target.lstrip("/") if target.startswith("/") else posixpath.join(base, target)
        target = posixpath.normpath(unquote(joined.split("#")[0])) if joined else ""
        target = known.get(target.lower(), target)
    return Relationship(element.get("Id", ""), element.get("Type", ""), target, external)
