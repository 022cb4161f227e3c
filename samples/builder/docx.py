"""A sample document and how it becomes a .docx: stories are aged, numbered, linked and zipped in Word's order."""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from samples.builder import parts, wear
from samples.builder.look import Look
from samples.builder.names import R, root, w
from samples.builder.styles import styles
from samples.builder.theme import theme

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
KINDS = {
    "document": (OFFICE + "officeDocument", WML + "document.main+xml"),
    "styles": (OFFICE + "styles", WML + "styles+xml"),
    "numbering": (OFFICE + "numbering", WML + "numbering+xml"),
    "settings": (OFFICE + "settings", WML + "settings+xml"),
    "webSettings": (OFFICE + "webSettings", WML + "webSettings+xml"),
    "fontTable": (OFFICE + "fontTable", WML + "fontTable+xml"),
    "theme/theme": (OFFICE + "theme", "application/vnd.openxmlformats-officedocument.theme+xml"),
    "header": (OFFICE + "header", WML + "header+xml"),
    "footer": (OFFICE + "footer", WML + "footer+xml"),
    "footnotes": (OFFICE + "footnotes", WML + "footnotes+xml"),
    "endnotes": (OFFICE + "endnotes", WML + "endnotes+xml"),
    "comments": (OFFICE + "comments", WML + "comments+xml"),
    "commentsExtended": (
        "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
        WML + "commentsExtended+xml",
    ),
    "commentsIds": ("http://schemas.microsoft.com/office/2016/09/relationships/commentsIds", WML + "commentsIds+xml"),
    "people": ("http://schemas.microsoft.com/office/2011/relationships/people", WML + "people+xml"),
    "glossary/document": (OFFICE + "glossaryDocument", WML + "document.glossary+xml"),
    "media/image": (OFFICE + "image", "image/png"),
}
STORIES = ("document", "header", "footer", "footnotes", "endnotes", "comments")
LINKED = ("header", "footer", "media/image")
"""Parts that the text points at by relationship id; all others are only listed."""


@dataclass(frozen=True)
class Docx:
    """Everything one sample is made from; `more` maps part names below word/ to their XML or bytes."""

    name: str
    title: str
    company: str
    author: str
    editor: str
    created: str
    modified: str
    look: Look
    body: tuple[str, ...]
    section: str
    numbering: str
    settings: str = ""
    notes: str = ""
    pages: int = 2
    subject: str = ""
    keywords: str = ""
    more: dict[str, str | bytes] = field(default_factory=dict)

    def write(self) -> bytes:
        """Return the .docx file."""
        members = self._members()
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0
                archive.writestr(info, data if isinstance(data, bytes) else data.encode())
        return buffer.getvalue()

    def _members(self) -> dict[str, str | bytes]:
        word, relations = self._word_parts(), {}
        for name in word:
            if _kind(name) in STORIES:
                word[name], relations[name] = self._finish(name, word[name])
        relations["document.xml"] = self._listed(word) + relations["document.xml"]
        ordered = {"[Content_Types].xml": _content_types(word), "_rels/.rels": _package_relations()}
        ordered["word/document.xml"] = word.pop("document.xml")
        ordered["word/_rels/document.xml.rels"] = _relations(relations.pop("document.xml"))
        for name, data in word.items():
            ordered[f"word/{name}"] = data if isinstance(data, bytes) else _declared(data)
            if relations.get(name):
                ordered[f"word/_rels/{name}.rels"] = _relations(relations[name])
        return ordered | self._properties(ordered["word/document.xml"])

    def _word_parts(self) -> dict[str, str | bytes]:
        marks = wear.rsids(self.name)
        own: dict[str, str | bytes] = {
            "document.xml": root("w:document", f"<w:body>{''.join(self.body)}{self.section}</w:body>")
        }
        own |= self.more
        own["theme/theme1.xml"] = theme(self.look, self.company)
        own["settings.xml"] = parts.settings(self.look, marks, self.settings, notes=self.notes)
        own["styles.xml"] = styles(self.look)
        own["numbering.xml"] = self.numbering
        own["webSettings.xml"] = parts.web_settings()
        own["fontTable.xml"] = parts.fonts(self.look)
        return own

    def _finish(self, name: str, data: str | bytes) -> tuple[bytes, list[tuple[str, str, str]]]:
        part = etree.fromstring(data)
        marks = wear.rsids(self.name)
        wear.wear(part, f"{self.name}/{name}", marks, self.look.lang)
        if name == "document.xml" and "documentProtection" not in self.settings:
            wear.go_back(part[0], wear.Draw(self.name))
        _number(part, f"{self.name}/{name}")
        linked = _resolve(part, first=20 if name == "document.xml" else 1)
        return etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True), linked

    def _listed(self, word: dict[str, str | bytes]) -> list[tuple[str, str, str]]:
        names = [name for name in word if name != "document.xml" and _kind(name) not in LINKED]
        return [(f"rId{index}", KINDS[_kind(name)][0], name) for index, name in enumerate(names, 1)]

    def _properties(self, document: str | bytes) -> dict[str, str]:
        body = etree.fromstring(document)
        text = [piece.text or "" for piece in body.iter(w("t"))]
        words, characters = len(" ".join(text).split()), sum(map(len, text))
        paragraphs = sum(1 for _ in body.iter(w("p")))
        core = parts.core(
            self.title, self.author, self.editor, self.created, self.modified, self.subject, self.keywords
        )
        return {
            "docProps/core.xml": _declared(core),
            "docProps/app.xml": _declared(parts.app(self.company, self.pages, words, characters, paragraphs)),
        }


def _kind(name: str) -> str:
    return name.rsplit(".", 1)[0].rstrip("0123456789")


def _declared(data: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' + data


def _number(part: etree._Element, seed: str) -> None:
    """Give every content control, bookmark and drawing that waits for one its number."""
    draw, bookmark = wear.Draw("id:" + seed), 0
    for index, element in enumerate(part.xpath("//*[@w:id='?' or @id='?']", namespaces={"w": part.nsmap["w"]}), 1):
        if element.tag == w("bookmarkEnd"):
            element.set(w("id"), str(bookmark - 1))
        elif element.tag == w("bookmarkStart"):
            element.set(w("id"), str(bookmark))
            bookmark += 1
        else:
            element.set("id", str(index))
    for control in part.iter(w("sdtPr")):
        control.find(w("id")).set(w("val"), str(int(draw.hex(), 16) - 0x3FFFFFFF))


def _resolve(part: etree._Element, first: int) -> list[tuple[str, str, str]]:
    """Replace "url:…" and "part:…" in r: attributes by relationship ids; return (id, type, target) of each."""
    made: dict[str, tuple[str, str, str]] = {}
    for element in part.iter(etree.Element):
        for key, value in element.attrib.items():
            scheme, _, target = value.partition(":")
            if key.startswith(f"{{{R}}}") and scheme in ("url", "part"):
                kind = OFFICE + "hyperlink" if scheme == "url" else KINDS[_kind(target)][0]
                made.setdefault(value, (f"rId{first + len(made)}", kind, target))
                element.set(key, made[value][0])
    return list(made.values())


def _relations(entries: list[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{ident}" Type="{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if kind.endswith("/hyperlink") else "/>")
        for ident, kind, target in entries
    )
    return _declared(f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>')


def _package_relations() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _relations(
        [
            ("rId3", OFFICE + "extended-properties", "docProps/app.xml"),
            ("rId2", core, "docProps/core.xml"),
            ("rId1", OFFICE + "officeDocument", "word/document.xml"),
        ]
    )


def _content_types(word: dict[str, str | bytes]) -> str:
    defaults = (
        '<Default Extension="png" ContentType="image/png"/>' if any(name.endswith(".png") for name in word) else ""
    )
    defaults += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    defaults += '<Default Extension="xml" ContentType="application/xml"/>'
    named = {f"/word/{name}": KINDS[_kind(name)][1] for name in word if name.endswith(".xml")}
    named["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    named["/docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in named.items())
    return _declared(f'<Types xmlns="{TYPES}">{defaults}{listed}</Types>')
