"""Open Word files in LibreOffice and tell what it reads; run by the Python that has LibreOffice's `uno` module.

One line of JSON in, one line of JSON out, until standard input ends:
`{"path": "…", "action": null | "accept" | "reject", "save_as": null | "…"}` is answered by
`{"texts": {story: [paragraph, …]}}` or `{"error": "…"}`. The argument is the folder for LibreOffice's own profile.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.uno import RuntimeException

START_SECONDS = 60
COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
PAGE_PARTS = [f"{part}Text{variant}" for part in ("Header", "Footer") for variant in ("", "First", "Left")]
FILTERS = {".docx": "MS Word 2007 XML", ".pdf": "writer_pdf_Export", ".txt": "Text (encoded)"}


def prop(name: str, value: Any) -> PropertyValue:
    """Return a named UNO property."""
    return PropertyValue(Name=name, Value=value)


def start(profile: Path) -> tuple[subprocess.Popen[bytes], Any]:
    """Start a headless office with its own profile and return the process and its component context."""
    pipe = f"cxify{profile.name}"
    process = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"--accept=pipe,name={pipe};urp",
            f"-env:UserInstallation={profile.as_uri()}",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            return process, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if process.poll() not in (None, 0) or time.monotonic() > until:
                process.kill()
                raise
            time.sleep(0.1)


def items(enumerable: Any) -> Iterator[Any]:
    """Iterate over a UNO enumeration."""
    enumeration = enumerable.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


def paragraphs(text: Any, prefix: str = "") -> Iterator[str]:
    """Yield the paragraphs of a text in order; those of a table carry their cells' names in front."""
    for element in items(text):
        if not element.supportsService("com.sun.star.text.TextTable"):
            yield prefix + element.getString()
            continue
        for name in element.getCellNames():
            yield from paragraphs(element.getCellByName(name), f"{prefix}[{name}] ")


def without_lead(lines: list[str]) -> list[str]:
    """Leave out an empty line before a first table: LibreOffice 7 adds one when such a document has comments."""
    return lines[1:] if lines[:1] == [""] and lines[1:2] and lines[1].startswith("[") else lines


def notes(collection: Any) -> list[str]:
    """Return the paragraphs of all foot- or endnotes."""
    return [line for index in range(collection.getCount()) for line in paragraphs(collection.getByIndex(index))]


def page_texts(document: Any) -> dict[str, list[str]]:
    """Return the headers and footers that are switched on, of every page style in use."""
    styles = document.StyleFamilies.getByName("PageStyles")
    used = {name: styles.getByName(name) for name in styles.ElementNames if styles.getByName(name).isInUse()}
    return {
        f"{name} {part}": list(paragraphs(getattr(style, part)))
        for name, style in used.items()
        for part in PAGE_PARTS
        if getattr(style, f"{part[:6]}IsOn") and getattr(style, part) is not None
    }


def boxes(document: Any) -> list[str]:
    """Return the texts of frames and of shapes, sorted because their order on the page is not a reading order."""
    frames = map(document.TextFrames.getByName, document.TextFrames.ElementNames)
    shapes = map(document.DrawPage.getByIndex, range(document.DrawPage.getCount()))
    return sorted(filter(None, map(box_text, [*frames, *shapes])))


def box_text(box: Any) -> str:
    """Return a frame's or shape's text; LibreOffice 7 has none for a frame that is tracked as inserted."""
    try:
        return str(box.getString())
    except (AttributeError, RuntimeException):
        return ""


def comments(document: Any) -> list[str]:
    """Return `author: text` of every comment, sorted."""
    fields = (
        field
        for field in items(document.getTextFields())
        if field.supportsService("com.sun.star.text.TextField.Annotation")
    )
    return sorted(f"{field.Author}: {field.Content}" for field in fields)


def texts(document: Any) -> dict[str, list[str]]:
    """Return every story of the document."""
    return {
        "body": without_lead(list(paragraphs(document.Text))),
        **page_texts(document),
        "footnotes": notes(document.Footnotes),
        "endnotes": notes(document.Endnotes),
        "boxes": boxes(document),
        "comments": comments(document),
        "revisions": [f"{change.RedlineAuthor}: {change.RedlineType}" for change in items(document.Redlines)],
    }


def resolve(context: Any, document: Any, action: str) -> None:
    """Accept or reject all revisions, protected or not."""
    document.RedlineProtectionKey = uno.ByteSequence(b"")
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    dispatcher.executeDispatch(document.CurrentController.Frame, COMMANDS[action], "", 0, ())


def answer(context: Any, path: Path, action: str | None, save_as: str | None) -> dict[str, Any]:
    """Open one file, do what is asked and return what LibreOffice reads."""
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    hidden = (prop("Hidden", True), prop("MacroExecutionMode", 0), prop("UpdateDocMode", 0), prop("AsTemplate", False))
    document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, hidden)
    if document is None:
        return {"error": "LibreOffice does not open the file"}
    try:
        if not document.supportsService("com.sun.star.text.TextDocument"):
            return {"error": "LibreOffice does not take the file for a text document"}
        if action:
            resolve(context, document, action)
        if save_as:
            document.storeToURL(Path(save_as).as_uri(), (prop("FilterName", FILTERS[Path(save_as).suffix]),))
        return {"texts": texts(document)}
    finally:
        document.close(True)


def main() -> None:
    """Answer requests until standard input ends."""
    process, context = start(Path(sys.argv[1]))
    try:
        for line in sys.stdin:
            request = json.loads(line)
            try:
                reply = answer(context, Path(request["path"]), request["action"], request["save_as"])
            except Exception as error:
                reply = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(reply), flush=True)
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    main()
