"""The zip container: read strictly, so that every reader sees the same members, and copied byte for byte.

Python's zipfile forgives what an attacker needs: headers that contradict each other, members that share bytes, sizes
that lie, bytes that belong to nothing. Here the members must fill the file from its first byte to the central
directory (PKWARE APPNOTE 6.3; OPC, ECMA-376-2 annex B), and what is not edited is copied as it stands.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

from cxify.errors import DocumentTooLarge, EncryptedDocument, NotWordDocument, UnsafePackage

MAX_PARTS: Final = 5_000
MAX_TOTAL: Final = 400 * 2**20
MAX_MARKUP: Final = 64 * 2**20
"""All XML of a document together; a thousand pages take about a fifth of it."""
RATIO_FREE: Final = 24 * 2**20
"""Content below this size may compress as well as it likes; repetitive honest documents do."""
MAX_RATIO: Final = 250

STORED: Final = 0
DEFLATED: Final = 8
REMEDY_STRANGER: Final = "Do not open it before you know who made it; ask the sender for a newly saved copy."
_REMEDY_DAMAGED: Final = "Ask for the file again, or open it in Word, let Word repair it, and save it."

_LOCAL: Final = struct.Struct("<4sHHHHHLLLHH")
_ENTRY: Final = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END: Final = struct.Struct("<4sHHHHLLH")
_NEW_ENTRY: Final = _ENTRY.pack(b"", 20, 20, 0, 0, 0, 0x21, *[0] * 10)
"""1 January 1980, the first day that a zip can name: results do not depend on the clock."""
_LOCAL_SIGNATURE: Final = b"PK\x03\x04"
_ENTRY_SIGNATURE: Final = b"PK\x01\x02"
_END_SIGNATURE: Final = b"PK\x05\x06"
_DESCRIPTOR_SIGNATURE: Final = b"PK\x07\x08"
_ENCRYPTED: Final = 0x1
_HAS_DESCRIPTOR: Final = 0x8
_UTF8: Final = 0x800
_IN_ZIP64: Final = 0xFFFFFFFF
_ZIP64_FIELD: Final = 0x0001
_OTHER_NAME_FIELD: Final = 0x7075


@dataclass(frozen=True, slots=True)
class Member:
    """One member: what its headers say, and where its record stands in the file."""

    name: str
    method: int
    crc: int
    packed: int
    """Compressed size in bytes."""
    size: int
    start: int
    """Offset of the local header."""
    content: int
    """Offset of the compressed bytes."""
    end: int
    """Offset behind the record, a data descriptor included."""
    entry: bytes
    """The central directory's entry."""

    @property
    def is_markup(self) -> bool:
        """True when the name promises XML."""
        return self.name.lower().endswith((".xml", ".rels", ".vml"))


@dataclass(frozen=True)
class Archive:
    """An opened zip whose members are within the limits; `members` stand in the central directory's order."""

    data: bytes
    members: Mapping[str, Member]
    comment: bytes = b""
    akin: "Archive | None" = field(default=None, repr=False, compare=False)
    """An archive that was read before: members that are byte for byte its own are not unpacked again."""
    tags: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    """How many tags the members have that the gate has looked at."""
    _unpacked: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def read(self, name: str) -> bytes:
        """Return a member's content; raise NotWordDocument or UnsafePackage when it is not what its header says."""
        if name in self._unpacked:
            return self._unpacked[name]
        if self.akin is not None and name in self.shared:
            return self.akin.read(name)
        member = self.members[name]
        content = _unpack(self.packed(name), member)
        if member.is_markup:
            self._unpacked[name] = content
        return content

    @cached_property
    def shared(self) -> frozenset[str]:
        """The members whose headers and bytes are those of the same member of `akin`."""
        known = self.akin.members if self.akin else {}
        return frozenset(name for name, member in self.members.items() if name in known and self._equals(member))

    def _equals(self, member: Member) -> bool:
        if self.akin is None:
            return False
        other = self.akin.members[member.name]
        same = (member.method, member.crc, member.size) == (other.method, other.crc, other.size)
        return same and self.packed(member.name) == self.akin.packed(member.name)

    def packed(self, name: str) -> bytes:
        """Return a member's bytes as they stand in the file."""
        member = self.members[name]
        return self.data[member.content : member.content + member.packed]

    def replace(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the file with some members exchanged or added; all others are copied as they stand."""
        records: list[bytes] = []
        entries: dict[str, bytes] = {}
        offset = 0
        for member in sorted(self.members.values(), key=lambda member: member.start):
            if member.name in changed:
                record, entry = _pack(member.name, changed[member.name], offset, member.entry)
            else:
                record, entry = self.data[member.start : member.end], _moved(member.entry, offset)
            records.append(record)
            entries[member.name] = entry
            offset += len(record)
        directory = [entries[name] for name in self.members]
        for name in (name for name in changed if name not in self.members):
            record, entry = _pack(name, changed[name], offset)
            records.append(record)
            directory.append(entry)
            offset += len(record)
        return b"".join([*records, *directory, _end(directory, offset, self.comment)])


def open_archive(data: bytes, akin: Archive | None = None) -> Archive:
    """Read the directory of a zip and check it against the file; `akin` was read before and may share members.

    Raises NotWordDocument for damage, UnsafePackage for what only an attack needs, DocumentTooLarge, EncryptedDocument.
    """
    try:
        directory, end, comment = _directory(data)
        members = _members(data, directory)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise damaged() from error
    _check_tiling(members, end)
    _check_amounts(members)
    return Archive(data, {member.name: member for member in members}, comment, akin)


def damaged() -> NotWordDocument:
    """Return the error for a file that broke on its way."""
    return NotWordDocument(
        "The file is damaged or incomplete: it begins like a Word document and cannot be read to its end.",
        _REMEDY_DAMAGED,
    )


def _strange() -> UnsafePackage:
    return UnsafePackage(
        "The file's table of contents contradicts its content; programs would disagree on what it holds.",
        REMEDY_STRANGER,
    )


# --- the directory ----------------------------------------------------------------------------------------------------


def _directory(data: bytes) -> tuple[list[bytes], int, bytes]:
    """Return the entries of the central directory, its offset, and the comment behind it."""
    ends = list(_possible_ends(data))
    if not ends:
        raise _without_end(data)
    if len(ends) > 1:
        raise _strange()
    _, disk, first_disk, here, count, size, offset, length = _END.unpack_from(data, ends[0])
    if count == 0xFFFF or _IN_ZIP64 in (size, offset):
        raise DocumentTooLarge("The file uses the zip format for huge files (zip64).", "Save it in Word as .docx.")
    if disk or first_disk or here != count or offset + size != ends[0]:
        raise _strange()
    if count > MAX_PARTS:
        raise DocumentTooLarge(f"The file has {count} parts; cxify reads up to {MAX_PARTS}.", REMEDY_STRANGER)
    entries = list(_entries(data[offset : offset + size]))
    if len(entries) != count:
        raise _strange()
    return entries, offset, data[len(data) - length :] if length else b""


def _possible_ends(data: bytes) -> Iterator[int]:
    """Yield where an end record stands whose comment ends with the file."""
    position = data.rfind(_END_SIGNATURE)
    while position >= 0 and len(data) - position <= _END.size + 0xFFFF:
        if position + _END.size <= len(data):
            (length,) = struct.unpack_from("<H", data, position + _END.size - 2)
            if position + _END.size + length == len(data):
                yield position
        position = data.rfind(_END_SIGNATURE, 0, position)


def _without_end(data: bytes) -> NotWordDocument:
    position = data.rfind(_END_SIGNATURE)
    if position < 0 or len(data) - position < _END.size:
        return damaged()
    return NotWordDocument(
        "Something was added behind the end of the document.", "Open it in Word, save it under a new name, use that."
    )


def _entries(directory: bytes) -> Iterator[bytes]:
    position = 0
    while position < len(directory):
        fields = _ENTRY.unpack_from(directory, position)
        if fields[0] != _ENTRY_SIGNATURE:
            raise damaged()
        length = _ENTRY.size + sum(fields[10:13])
        entry = directory[position : position + length]
        if len(entry) != length:
            raise damaged()
        yield entry
        position += length


def _members(data: bytes, entries: list[bytes]) -> list[Member]:
    members = [_member(data, entry) for entry in entries]
    seen: set[str] = set()
    for member in members:
        if member.name.lower() in seen:
            raise UnsafePackage(f"The file contains the part {member.name} twice.", REMEDY_STRANGER)
        seen.add(member.name.lower())
    return members


def _member(data: bytes, entry: bytes) -> Member:
    (_, _, _, flags, method, _, _, crc, packed, size, name_length, extra_length, _, disk, _, _, start) = (
        _ENTRY.unpack_from(entry)
    )
    raw = entry[_ENTRY.size : _ENTRY.size + name_length]
    extra = entry[_ENTRY.size + name_length : _ENTRY.size + name_length + extra_length]
    # The old code page is ASCII for all that Word writes, and slow.
    name = raw.decode("utf-8" if flags & _UTF8 or raw.isascii() else "cp437")
    if flags & _ENCRYPTED:
        raise EncryptedDocument("Parts of the file are encrypted.", "Save it in Word without a password.")
    if method not in (STORED, DEFLATED):
        raise UnsafePackage(f"The part {name} uses a compression that Word never uses.", REMEDY_STRANGER)
    if _IN_ZIP64 in (packed, size, start):
        raise DocumentTooLarge("The file uses the zip format for huge files (zip64).", "Save it in Word as .docx.")
    if disk or _OTHER_NAME_FIELD in _extra_fields(extra) or (method == STORED and packed != size):
        raise _strange()
    content, end = _record(data, start, raw, flags, method, (crc, packed, size))
    return Member(name, method, crc, packed, size, start, content, end, entry)


def _record(
    data: bytes, start: int, raw_name: bytes, flags: int, method: int, sums: tuple[int, int, int]
) -> tuple[int, int]:
    """Check a local header against the directory; return where the content begins and where the record ends."""
    fields = _LOCAL.unpack_from(data, start)
    signature, _, own_flags, own_method = fields[:4]
    content = start + _LOCAL.size + fields[9] + fields[10]
    if signature != _LOCAL_SIGNATURE or content + sums[1] > len(data):
        raise damaged()
    name = data[start + _LOCAL.size : start + _LOCAL.size + fields[9]]
    extra = _extra_fields(data[start + _LOCAL.size + fields[9] : content])
    if name != raw_name or own_method != method or (own_flags ^ flags) & (_ENCRYPTED | _HAS_DESCRIPTOR):
        raise _strange()
    if _OTHER_NAME_FIELD in extra or ((own_flags ^ flags) & _UTF8 and not name.isascii()):
        raise _strange()
    behind = content + sums[1]
    own = _local_sums(fields, extra)
    if not flags & _HAS_DESCRIPTOR:
        if own != sums:
            raise _strange()
        return content, behind
    if any(value not in (0, wanted) for value, wanted in zip(own, sums, strict=True)):
        raise _strange()
    return content, behind + _descriptor_length(data, behind, sums)


def _local_sums(fields: tuple[int, ...], extra: Mapping[int, bytes]) -> tuple[int, int, int]:
    """Return CRC and sizes of a local header; a writer that streams may keep the sizes in a zip64 field."""
    crc, packed, size = fields[6:9]
    wide = extra.get(_ZIP64_FIELD, b"")
    if size == packed == _IN_ZIP64 and len(wide) >= 16:
        size, packed = struct.unpack_from("<QQ", wide)
    return crc, packed, size


def _descriptor_length(data: bytes, position: int, sums: tuple[int, int, int]) -> int:
    """Return the length of the data descriptor, in any of its four forms (APPNOTE 4.3.9)."""
    for numbers in (struct.pack("<LLL", *sums), struct.pack("<LQQ", *sums)):
        for form in (_DESCRIPTOR_SIGNATURE + numbers, numbers):
            if data.startswith(form, position) and data[position + len(form) :][:2] == b"PK":
                return len(form)
    raise _strange()


def _extra_fields(extra: bytes) -> dict[int, bytes]:
    """Return the extra fields by their id; padding that is no field is passed over, as Word does."""
    fields: dict[int, bytes] = {}
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        fields[kind] = extra[position + 4 : position + 4 + length]
        position += 4 + length
    return fields


# --- limits -----------------------------------------------------------------------------------------------------------


def _check_tiling(members: list[Member], end: int) -> None:
    """Refuse members that share bytes, and bytes that belong to no member."""
    by_place = sorted(members, key=lambda member: member.start)
    borders = [(0, 0), *((member.start, member.end) for member in by_place), (end, end)]
    if any(before[1] != after[0] for before, after in pairwise(borders)):
        raise UnsafePackage("The file holds bytes that belong to no part, or to two.", REMEDY_STRANGER)


def _check_amounts(members: list[Member]) -> None:
    total = sum(member.size for member in members)
    markup = sum(member.size for member in members if member.is_markup)
    if total > RATIO_FREE and total > MAX_RATIO * sum(member.packed for member in members):
        raise _bomb(total)
    for member in members:
        if member.size > RATIO_FREE and member.size > MAX_RATIO * member.packed:
            raise _bomb(member.size)
    if total > MAX_TOTAL:
        raise DocumentTooLarge(f"Unpacked, the file would take {total // 2**20} MB.", REMEDY_STRANGER)
    if markup > MAX_MARKUP:
        raise DocumentTooLarge(
            f"The text of the file would take {markup // 2**20} MB; cxify reads up to {MAX_MARKUP // 2**20} MB.",
            "Split the document.",
        )


def _bomb(size: int) -> UnsafePackage:
    return UnsafePackage(
        f"The file would unpack to {size // 2**20} MB of nearly nothing, as only a zip bomb does.", REMEDY_STRANGER
    )


def _unpack(packed: bytes, member: Member) -> bytes:
    """Inflate to the promised size and not a byte further."""
    content = packed
    if member.method == DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, member.size + 1)
        except zlib.error as error:
            raise _broken(member) from error
        if len(content) > member.size:
            raise UnsafePackage(f"The part {member.name} is larger than the file says.", REMEDY_STRANGER)
        if not inflater.eof or inflater.unused_data:
            raise _broken(member)
    if len(content) != member.size or zlib.crc32(content) != member.crc:
        raise _broken(member)
    return content


def _broken(member: Member) -> NotWordDocument:
    return NotWordDocument(f"The part {member.name} of the file is damaged.", _REMEDY_DAMAGED)


# --- writing ----------------------------------------------------------------------------------------------------------


def _pack(name: str, content: bytes, offset: int, old: bytes = b"") -> tuple[bytes, bytes]:
    """Return local record and directory entry of an edited or new member; an edited one keeps its date and rights."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    raw = name.encode()
    flags = 0 if raw.isascii() else _UTF8
    (_, made_by, _, _, _, time, date, *_, attributes, _) = _ENTRY.unpack_from(old or _NEW_ENTRY)
    common = (20, flags, DEFLATED, time, date, zlib.crc32(content), len(packed), len(content), len(raw), 0)
    local = _LOCAL.pack(_LOCAL_SIGNATURE, *common)
    entry = _ENTRY.pack(_ENTRY_SIGNATURE, made_by, *common, 0, 0, 0, attributes, offset)
    return local + raw + packed, entry + raw


def _moved(entry: bytes, offset: int) -> bytes:
    return entry[:42] + struct.pack("<L", offset) + entry[46:]


def _end(directory: list[bytes], offset: int, comment: bytes) -> bytes:
    size = sum(len(entry) for entry in directory)
    count = len(directory)
    return _END.pack(_END_SIGNATURE, 0, 0, count, count, size, offset, len(comment)) + comment
