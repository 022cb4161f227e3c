"""What a file from a stranger may hold: the policy, apart from the zip (`archive`) and the parts (`package`).

Refused is what would act when Word opens the file or what no HR document has a reason to hold; reported is what
cxify keeps and never runs, opens or follows.
"""

import re
from typing import Final
from urllib.parse import unquote

from cxify.document import Notice
from cxify.errors import DocumentTooLarge, EncryptedDocument, NotWordDocument, UnsafePackage
from cxify.word.archive import REMEDY_STRANGER

MAX_FILE: Final = 100 * 2**20
MAX_TAGS: Final = 4_000_000
"""Start and end tags of all XML together; a thousand pages hold about half a million."""

ACTIVE_FIELD: Final = re.compile(
    r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Fields that fetch content from elsewhere or run something when Word updates them."""
REMEDY_FORMAT: Final = "Give cxify a .docx, .dotx or .docm file."
SAVE_AS: Final = "Open it in Word, choose Save As, and pick Word Document (.docx)."
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES: Final = (
    (b"{\\rtf", "This is a Rich Text (.rtf) file.", SAVE_AS),
    (b"%pdf", "This is a PDF file.", "Give cxify the Word file that the PDF was made from."),
    (b"<html", "This is a web page, not a Word document.", SAVE_AS),
    (b"<!doctype html", "This is a web page, not a Word document.", SAVE_AS),
    (b"mime-version:", "This is a web archive, not a Word document.", SAVE_AS),
)

# --- the first bytes --------------------------------------------------------------------------------------------------


def check_signature(data: bytes) -> None:
    """Refuse what is no zip, naming what it is instead."""
    if not data:
        raise NotWordDocument("The file is empty.", "Ask for the file again; the upload or download may have failed.")
    if len(data) > MAX_FILE:
        raise DocumentTooLarge(
            f"The file has {len(data) // 2**20} MB; cxify reads up to {MAX_FILE // 2**20} MB.",
            "Compress its pictures in Word (Picture Format, Compress Pictures) or split it.",
        )
    if data.startswith(_OLE):
        raise _compound_file(data)
    head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for signature, message, remedy in _SIGNATURES:
        if head.startswith(signature):
            raise NotWordDocument(message, remedy)
    if b"pkg:package" in data[:4096]:
        raise NotWordDocument("This is a Word document saved as a single XML file.", SAVE_AS)
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise NotWordDocument("The file is not a Word document.", REMEDY_FORMAT)


def _compound_file(data: bytes) -> NotWordDocument | EncryptedDocument:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedDocument(
            "The file is protected by a password or by rights management.",
            "Open it in Word, remove the password (File, Info, Protect Document), and save it.",
        )
    if "WordDocument".encode("utf-16-le") in data:
        return NotWordDocument("This is an old Word 97-2003 (.doc) file.", SAVE_AS)
    return NotWordDocument("The file is not a Word document.", REMEDY_FORMAT)


# --- XML --------------------------------------------------------------------------------------------------------------

_PROLOG: Final = re.compile(rb"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)[\"']")
_PLAIN_ENCODING: Final = re.compile(rb"(?i:utf-?8|utf-?16(?:le|be)?|us-ascii|iso-8859-\d+|windows-125\d)")
_UTF16_MARKS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}


def is_markup(content: bytes) -> bool:
    """Tell whether content begins as XML does; a document embedded as a whole (altChunk) does not."""
    return content[:2] in _UTF16_MARKS or content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def check_markup(name: str, content: bytes) -> None:
    """Refuse a document type declaration, the only place for entities, and encodings that could hide one.

    It may only stand before the root element (XML 1.0 §2.8), so a text that quotes one is no offence.
    """
    plain = _as_ascii_superset(name, content)
    declared = _DECLARED.match(plain)
    if declared and not _PLAIN_ENCODING.fullmatch(declared[1]):
        raise _unusual_encoding(name)
    prolog = _PROLOG.match(plain)
    if prolog and plain.startswith(b"<!", prolog.end()):
        raise has_dtd(name)


def _as_ascii_superset(name: str, content: bytes) -> bytes:
    if b"\x00" not in content:
        return content.removeprefix(b"\xef\xbb\xbf")
    encoding = _UTF16_MARKS.get(content[:2])
    if encoding is None:
        raise _unusual_encoding(name)
    try:
        return content.decode(encoding).encode("utf-8")
    except UnicodeError as error:
        raise _unusual_encoding(name) from error


def _unusual_encoding(name: str) -> UnsafePackage:
    return UnsafePackage(f"The part {name} is written in an encoding that Word never uses.", REMEDY_STRANGER)


def has_dtd(name: str) -> UnsafePackage:
    """Return the error for a part with a document type declaration."""
    return UnsafePackage(f"The part {name} declares a DTD, which Word files never do.", REMEDY_STRANGER)


def check_tags(count: int) -> None:
    """Refuse more markup than any readable document has."""
    if count > MAX_TAGS:
        raise DocumentTooLarge("The document has more content than cxify can hold in memory.", "Split the document.")


def too_deep(what: str) -> UnsafePackage:
    """Return the error for nesting that only an attack needs."""
    return UnsafePackage(f"{what} is nested deeper than any real document.", REMEDY_STRANGER)


# --- names and links --------------------------------------------------------------------------------------------------

_ACTIVE: Final = re.compile(
    r"(javascript|vbscript|livescript|data|ms-[a-z-]+|search-ms|search|mhtml|mk|its|ldaps?|jar|shell|res|blob|"
    r"view-source):"
)
_PLAIN_LINK: Final = re.compile(r"(https?|mailto|tel|sms|callto|sip):|[^:]*$")
_LOCAL_FILE: Final = re.compile(r"/*[a-z]:(/|$)|//localhost/|///[^/]|/?[^/]")
_PULLED_IN: Final = frozenset({"oleobject", "package", "control", "afchunk", "subdocument", "frame", "customxml"})
"""Relationship types whose external target Word would load as a part of the document."""
_LINKED: Final = {
    "image": "a picture",
    "hyperlink": "a file or folder",
    "video": "a video",
    "audio": "a sound",
    "oleobject": "a workbook",
    "mailmergesource": "a mail-merge list",
    "mailmergeheadersource": "a mail-merge list",
}


def check_name(name: str) -> None:
    """Refuse a part name that could reach outside the file when someone unpacks it (OPC, ECMA-376-2 §6.2.2)."""
    decoded = unquote(name)
    segments = decoded.removesuffix("/").split("/")
    unsafe = any(ord(c) < 32 or c in "\\:\x7f" for c in decoded) or not {"", ".", ".."}.isdisjoint(segments)
    if unsafe:
        raise UnsafePackage("The file contains a part with an unsafe name.", REMEDY_STRANGER)


def check_link(kind: str, target: str) -> None:
    """Refuse a link out of the file that would run something or load a part of the document."""
    if _ACTIVE.match(_normal(target)):
        raise UnsafePackage("The file contains a link that would run a program.", REMEDY_STRANGER)
    if kind.lower() == "attachedtemplate" and _is_remote(target):
        raise UnsafePackage(
            "The file loads its template from another computer.",
            "Open it in Word, attach the Normal template (Developer, Document Template), and save it.",
        )
    if kind.lower() in _PULLED_IN:
        raise UnsafePackage(
            "The file pulls a part of its content from outside itself.",
            "Break the links in Word (File, Info, Edit Links to Files) and save it.",
        )


def link_notice(kind: str, target: str) -> Notice | None:
    """Report a link out of the file that a reader cannot see to be one."""
    kind = kind.lower()
    if kind == "attachedtemplate":
        return None  # a path on the writer's own machine, as Word itself writes it
    if kind == "hyperlink" and _PLAIN_LINK.match(_normal(target)) and not _is_network_path(target):
        return None
    what = _LINKED.get(kind, "something")
    return Notice("external-link", f"The file links to {what} outside itself. cxify never follows the link.")


def is_address(target: str) -> bool:
    """Tell whether a target is an address and cannot be the name of a part."""
    return re.match(r"[a-z][a-z0-9+.-]+:", _normal(target)) is not None or _is_network_path(target)


def _normal(target: str) -> str:
    """Return the target as a browser reads its scheme: without white space and control characters, in lower case."""
    return "".join(c for c in target if c > " ").lower()


def _is_network_path(target: str) -> bool:
    path = _normal(unquote(target)).replace("\\", "/")
    if path.startswith("file:"):
        return not _LOCAL_FILE.match(path.removeprefix("file:"))
    return path.startswith("//")


def _is_remote(target: str) -> bool:
    scheme = re.match(r"([a-z][a-z0-9+.-]+):", _normal(target))
    return _is_network_path(target) or (scheme is not None and scheme[1] != "file")
