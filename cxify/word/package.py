"""The zip around a Word document: the gate for files from strangers, and the copier that leaves the rest alone.

Every other module sees parts as bytes or XML trees that passed the limits here. Nothing is unpacked to disk, no
external target is ever followed, macros and embedded objects are carried along and never run.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from urllib.parse import unquote

from lxml import etree

from cxify.document import Notice
from cxify.errors import DocumentTooLarge, EncryptedDocument, NotWordDocument, UnsafePackage
from cxify.word import names

MAX_FILE: Final = 100 * 2**20
MAX_PARTS: Final = 5_000
MAX_TOTAL: Final = 400 * 2**20
MAX_XML_PART: Final = 128 * 2**20
_LARGE: Final = 10 * 2**20
"""libxml2 refuses longer single texts unless told otherwise; depth stays limited by the check of nesting."""
RATIO_FREE: Final = 24 * 2**20
"""XML below this size may compress as well as it likes; repetitive honest documents do."""
MAX_RATIO: Final = 250

MAIN_TYPES: Final = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "dotx",
    "application/vnd.ms-word.document.macroEnabled.main+xml": "docm",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": "dotm",
}
ALLOWED_LINKS: Final = re.compile(r"^(https?:|mailto:|tel:|sms:|#|[^:]*$)", re.IGNORECASE)
ACTIVE_LINKS: Final = re.compile(
    r"^\s*(javascript|vbscript|data|ms-\w+|search-ms|mhtml|ldap|jar|shell)\s*:", re.IGNORECASE
)
REMOTE: Final = re.compile(r"^\s*(https?:|ftp:|\\\\|//|file:(//)?(\\\\|//)[^/\\])", re.IGNORECASE)
ACTIVE_FIELD: Final = re.compile(
    r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One entry of a .rels part; `target` is a part name for internal targets."""

    id: str
    type: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """A Word file within the limits: its members in order, read on demand."""

    data: bytes
    infos: tuple[zipfile.ZipInfo, ...]
    main: str
    extension: str
    strict: bool = False
    _archive: zipfile.ZipFile = field(repr=False, compare=False, kw_only=True)

    @cached_property
    def members(self) -> Mapping[str, zipfile.ZipInfo]:
        """Zip entries by part name."""
        return {info.filename: info for info in self.infos}

    def read(self, name: str) -> bytes:
        """Return a part's bytes; raise NotWordDocument when the zip is damaged there."""
        return _read(self._archive, self.members[name])

    def root(self, name: str) -> etree._Element:
        """Return a fresh XML tree of a part, in transitional names."""
        data = self.read(name)
        if self.strict:
            for strict, transitional in names.STRICT_TO_TRANSITIONAL:
                data = data.replace(strict, transitional)
        return parse(data, name)

    def serialise(self, root: etree._Element) -> bytes:
        """Return the bytes of an edited tree, in the names that the file itself uses."""
        data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
        if self.strict:
            for strict, transitional in names.STRICT_TO_TRANSITIONAL:
                data = data.replace(transitional, strict)
        return data

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Return what a part points to; empty when it has no .rels."""
        name = rels_name(part)
        if name not in self.members:
            return ()
        base = posixpath.dirname(part)
        return tuple(_relationship(element, base) for element in parse(self.read(name), name) if _is_element(element))

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """Return the existing parts that `part` points to by a relationship type ending in `/kind`, in order of id."""
        return tuple(
            rel.target
            for rel in self.relationships(part)
            if not rel.external and rel.type.rsplit("/", 1)[-1] == kind and rel.target in self.members
        )

    def replace(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the file with some parts exchanged or added; others are copied byte for byte and in order."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for info in self.infos:
                if info.filename in changed:
                    _write(target, _fresh(info), changed[info.filename])
                else:
                    _copy(self.data, target, info)
            for name, content in changed.items():
                if name not in self.members:
                    _write(target, zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
        return out.getvalue()


def open_package(data: bytes) -> Package:
    """Open a Word file from a stranger.

    Raises NotWordDocument, EncryptedDocument, UnsafePackage or DocumentTooLarge, each with what the sender can do.
    """
    _check_signature(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = tuple(archive.infolist())
    except (zipfile.BadZipFile, zlib.error, ValueError, struct.error, NotImplementedError, OverflowError) as error:
        raise NotWordDocument(
            "The file is damaged or incomplete: it begins like a Word document and cannot be read to its end.",
            "Ask for the file again, or open it in Word, let Word repair it, and save it.",
        ) from error
    _check_members(data, infos)
    main, strict = _find_main(archive, {info.filename for info in infos})
    types = _content_types(archive)
    extension = MAIN_TYPES.get(types.get(main, ""))
    if extension is None:
        raise NotWordDocument(_foreign(archive), "Give cxify a .docx, .dotx or .docm file.")
    package = Package(data, infos, main, extension, strict, _archive=archive)
    _check_xml(package)
    return package


def parse(data: bytes, name: str) -> etree._Element:
    """Parse an XML part without entities, DTD or network; raise UnsafePackage or NotWordDocument."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=len(data) > _LARGE)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise UnsafePackage(
                f"The part {name} is nested deeper than any real document.", _REMEDY_STRANGER
            ) from error
        raise NotWordDocument(
            f"The part {name} of the file is not readable XML.",
            "Open the file in Word, let Word repair it, and save it.",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafePackage(f"The part {name} declares a DTD, which Word files never do.", _REMEDY_STRANGER)
    return root


def rels_name(part: str) -> str:
    """Return the name of the .rels part that belongs to a part ("" = the package itself)."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def notices(package: Package) -> tuple[Notice, ...]:
    """Report what the package carries and cxify leaves alone: macros, embedded objects, links out of the file."""
    found = []
    lowered = [name.lower() for name in package.members]
    if any(name.endswith("vbaproject.bin") for name in lowered):
        found.append(Notice("macros", "The file contains macros. cxify keeps them and never runs them."))
    if any("/embeddings/" in name or "/activex/" in name for name in lowered):
        found.append(
            Notice("embedded-object", "The file contains embedded objects. cxify keeps them and never opens them.")
        )
    for part in _parts_with_relationships(package):
        for rel in package.relationships(part):
            if rel.external and not _harmless(rel):
                found.append(
                    Notice("external-link", f"The file points outside itself ({rel.type.rsplit('/', 1)[-1]}).")
                )
    return tuple(dict.fromkeys(found))


# --- the gate ---------------------------------------------------------------------------------------------------------

_REMEDY_STRANGER: Final = "Do not open it before you know who made it; ask the sender for a newly saved copy."
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS: Final = "Open it in Word, choose Save As, and pick Word Document (.docx)."
_SIGNATURES: Final = (
    (b"{\\rtf", "This is a Rich Text (.rtf) file.", _SAVE_AS),
    (b"%PDF", "This is a PDF file.", "Give cxify the Word file that the PDF was made from."),
    (b"<html", "This is a web page, not a Word document.", _SAVE_AS),
    (b"<!doctype html", "This is a web page, not a Word document.", _SAVE_AS),
)


def _check_signature(data: bytes) -> None:
    if not data:
        raise NotWordDocument("The file is empty.", "Ask for the file again; the upload or download may have failed.")
    if len(data) > MAX_FILE:
        raise DocumentTooLarge(
            f"The file has {len(data) // 2**20} MB; cxify reads up to {MAX_FILE // 2**20} MB.",
            "Compress its pictures in Word (Picture Format, Compress Pictures) or split it.",
        )
    if data.startswith(_OLE):
        _refuse_ole(data)
    head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for signature, message, remedy in _SIGNATURES:
        if head.startswith(signature):
            raise NotWordDocument(message, remedy)
    if b"pkg:package" in data[:4096]:
        raise NotWordDocument("This is a Word document saved as a single XML file.", _SAVE_AS)
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise NotWordDocument("The file is not a Word document.", "Give cxify a .docx, .dotx or .docm file.")


def _refuse_ole(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedDocument(
            "The file is protected by a password or by rights management.",
            "Open it in Word, remove the password (File, Info, Protect Document), and save it.",
        )
    if "WordDocument".encode("utf-16-le") in data:
        raise NotWordDocument("This is an old Word 97-2003 (.doc) file.", _SAVE_AS)
    raise NotWordDocument("The file is not a Word document.", "Give cxify a .docx, .dotx or .docm file.")


def _check_members(data: bytes, infos: tuple[zipfile.ZipInfo, ...]) -> None:
    if len(infos) > MAX_PARTS:
        raise DocumentTooLarge(f"The file has {len(infos)} parts; cxify reads up to {MAX_PARTS}.", _REMEDY_STRANGER)
    seen: set[str] = set()
    for info in infos:
        _check_name(info.filename, seen)
        if info.flag_bits & 0x1:
            raise EncryptedDocument("Parts of the file are encrypted.", "Save it in Word without a password.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnsafePackage(f"The part {info.filename} uses a compression that Word never uses.", _REMEDY_STRANGER)
        if info.header_offset + 30 + info.compress_size > len(data):
            raise NotWordDocument("The file is incomplete: it breaks off in the middle.", "Ask for the file again.")
        _check_size(info)
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL:
        raise DocumentTooLarge(f"Unpacked, the file would take {total // 2**20} MB.", _REMEDY_STRANGER)


def _check_name(name: str, seen: set[str]) -> None:
    parts = unquote(name).split("/")
    if (
        not name
        or name.startswith("/")
        or "\\" in name
        or ":" in name
        or ".." in parts
        or any(ord(c) < 32 for c in name)
    ):
        raise UnsafePackage("The file contains a part with an unsafe name.", _REMEDY_STRANGER)
    if name.lower() in seen:
        raise UnsafePackage(f"The file contains the part {name} twice.", _REMEDY_STRANGER)
    seen.add(name.lower())


def _check_size(info: zipfile.ZipInfo) -> None:
    ratio = info.file_size / max(info.compress_size, 1)
    if _is_xml(info.filename) and info.file_size > MAX_XML_PART:
        raise DocumentTooLarge(
            f"The part {info.filename} would take {info.file_size // 2**20} MB.", "Split the document."
        )
    if info.file_size > RATIO_FREE and ratio > MAX_RATIO:
        raise UnsafePackage(
            f"The part {info.filename} would unpack to {ratio:.0f} times its size, as only a zip bomb does.",
            _REMEDY_STRANGER,
        )


def _find_main(archive: zipfile.ZipFile, members: set[str]) -> tuple[str, bool]:
    if "_rels/.rels" not in members or "[Content_Types].xml" not in members:
        raise NotWordDocument(_foreign(archive), "Give cxify a .docx, .dotx or .docm file.")
    for element in parse(_read(archive, archive.getinfo("_rels/.rels")), "_rels/.rels"):
        rel = _relationship(element, "") if _is_element(element) else None
        if rel and rel.type.endswith("/officeDocument") and rel.target in members:
            return rel.target, rel.type.startswith("http://purl.oclc.org/")
    raise NotWordDocument(_foreign(archive), "Give cxify a .docx, .dotx or .docm file.")


def _foreign(archive: zipfile.ZipFile) -> str:
    listed = archive.namelist()
    if any(name.startswith("xl/") for name in listed):
        return "This is an Excel workbook."
    if any(name.startswith("ppt/") for name in listed):
        return "This is a PowerPoint presentation."
    if "mimetype" in listed and "content.xml" in listed:
        return "This is an OpenDocument (.odt) file."
    return "This is a zip file and not a Word document."


def _content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    root = parse(_read(archive, archive.getinfo("[Content_Types].xml")), "[Content_Types].xml")
    defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter("{*}Default")}
    overrides = {e.get("PartName", "").lstrip("/"): e.get("ContentType", "") for e in root.iter("{*}Override")}
    listed = {name: defaults.get(name.rsplit(".", 1)[-1].lower(), "") for name in archive.namelist()}
    return listed | overrides


def _check_xml(package: Package) -> None:
    for info in package.infos:
        if _is_xml(info.filename):
            data = package.read(info.filename)
            if b"<!DOCTYPE" in data or b"<!ENTITY" in data or _is_utf16_with_dtd(data):
                raise UnsafePackage(
                    f"The part {info.filename} declares a DTD, which Word files never do.", _REMEDY_STRANGER
                )
    for part in _parts_with_relationships(package):
        for rel in package.relationships(part):
            _check_relationship(rel)


def _is_utf16_with_dtd(data: bytes) -> bool:
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        return False
    plain = data.replace(b"\x00", b"")
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _check_relationship(rel: Relationship) -> None:
    kind = rel.type.rsplit("/", 1)[-1]
    if not rel.external:
        return
    if ACTIVE_LINKS.match(rel.target):
        raise UnsafePackage("The file contains a link that would run a program.", _REMEDY_STRANGER)
    if kind == "attachedTemplate" and REMOTE.match(rel.target):
        raise UnsafePackage(
            "The file loads its template from another computer.",
            "Open it in Word, attach the Normal template, and save it.",
        )
    if kind in ("oleObject", "aFChunk", "subDocument", "frame", "package"):
        raise UnsafePackage(
            f"The file pulls content ({kind}) from outside itself.",
            "Break the links in Word (File, Info, Edit Links) and save it.",
        )


def _harmless(rel: Relationship) -> bool:
    return rel.type.endswith("/hyperlink") and bool(ALLOWED_LINKS.match(rel.target))


def _parts_with_relationships(package: Package) -> Iterable[str]:
    for name in package.members:
        folder, base = posixpath.split(name)
        if base.endswith(".rels") and posixpath.basename(folder) == "_rels":
            yield posixpath.join(posixpath.dirname(folder), base[: -len(".rels")])


def _relationship(element: etree._Element, base: str) -> Relationship:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        joined = target.lstrip("/") if target.startswith("/") else posixpath.join(base, target)
        target = posixpath.normpath(unquote(joined.split("#")[0])) if joined else ""
    return Relationship(element.get("Id", ""), element.get("Type", ""), target, external)


def _is_element(node: etree._Element) -> bool:
    return isinstance(node.tag, str)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


# --- the zip ----------------------------------------------------------------------------------------------------------


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, struct.error) as error:
        raise NotWordDocument(
            f"The part {info.filename} of the file is damaged.", "Ask for the file again, or let Word repair it."
        ) from error


def _fresh(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    fresh = zipfile.ZipInfo(info.filename, info.date_time)
    fresh.external_attr = info.external_attr
    return fresh


def _write(target: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes) -> None:
    info.compress_type = zipfile.ZIP_DEFLATED
    target.writestr(info, content)


def _copy(source: bytes, target: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    # zipfile has no public way to copy a member without recompressing it. The local header is written anew from the
    # central directory's entry (a data descriptor is thereby folded in); the compressed bytes are the source's own.
    name_length, extra_length = struct.unpack("<HH", source[info.header_offset + 26 : info.header_offset + 30])
    start = info.header_offset + 30 + name_length + extra_length
    copied = copy(info)
    copied.flag_bits &= ~0x08
    stream = target.fp
    if stream is None:  # pragma: no cover - only a closed archive has no stream
        raise ValueError("the target archive is closed")
    copied.header_offset = stream.tell()
    stream.write(copied.FileHeader(zip64=False))
    stream.write(source[start : start + info.compress_size])
    target.filelist.append(copied)
    target.NameToInfo[copied.filename] = copied
    target.start_dir = stream.tell()
