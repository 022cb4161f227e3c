"""The tools side by side: each takes a case and returns the bytes of its result, or raises when it refuses."""

import importlib.util
import io
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.redline.cases import Case
from bench.redline.judge import same
from cxify import word
from cxify.document import Document
from cxify.proposal import Append, InsertAfter, InsertRowAfter, Operation, Replace
from tests.word.judge import AUTHOR

DATE = "2026-11-22T08:00:00Z"


class NotOfferedError(Exception):
    """The tool has no operation for this kind of edit."""


@dataclass(frozen=True)
class Tool:
    """A tool: `package` is what must be importable, `write` makes the tracked edit."""

    name: str
    package: str
    write: Callable[[Case], bytes]

    @property
    def missing(self) -> bool:
        """True when the tool is not installed."""
        return any(importlib.util.find_spec(name) is None for name in self.package.split())


# --- cxify ------------------------------------------------------------------------------------------------------------


def with_cxify(case: Case) -> bytes:
    """Read, apply (which proves its result), and verify once more, as three separate calls."""
    document = word.read(case.source)
    data = word.apply(case.source, [operation(case, document)], author=AUTHOR, date=DATE)
    if not word.verify(case.source, data).ok:
        raise AssertionError("the proof failed")
    return data


def operation(case: Case, document: Document) -> Operation:
    """Return the case as cxify's operation."""
    block = next(b.id for b in document.blocks if b.text == case.at)
    match case.kind:
        case "replace":
            return Replace(op="replace", block=block, old=case.old, new=case.new, occurrence=case.occurrence)
        case "append":
            return Append(op="append", block=block, text=case.new)
        case "paragraph":
            return InsertAfter(op="insert_after", block=block, text=case.new)
        case "row":
            return InsertRowAfter(op="insert_row_after", block=block, cells=case.cells)


# --- python-docx, the floor -------------------------------------------------------------------------------------------


def with_python_docx(case: Case) -> bytes:
    """Open and save, nothing else: what any tool has to spend."""
    import docx

    buffer = io.BytesIO()
    docx.Document(io.BytesIO(case.source)).save(buffer)
    return buffer.getvalue()


# --- peers ------------------------------------------------------------------------------------------------------------


def with_docx_editor(case: Case) -> bytes:
    from docx_editor import Document as Editor

    if case.kind == "row":
        raise NotOfferedError
    with _on_disk(case.source) as path:
        editor = Editor.open(path, author=AUTHOR)
        try:
            paragraph = next(i.ref for i in editor.list_paragraphs_structured(limit=None) if same(i.text, case.at))
            if case.kind == "replace":
                editor.replace(case.old, case.new, paragraph=paragraph, occurrence=case.occurrence - 1)
            elif case.kind == "append":
                editor.insert_after(case.at, case.new, paragraph=paragraph)
            else:
                editor.insert_after(case.at, f"\n{case.new}", paragraph=paragraph)
            editor.save()
        finally:
            editor.close()
        return path.read_bytes()


def with_doc_control(case: Case) -> bytes:
    from doc_control import api

    with _on_disk(case.source) as path:
        os.environ["DOC_CONTROL_AUTHOR"] = AUTHOR
        with api.open(path) as opened:
            listed = opened.run("para.list", {"stories": ["body", "notes", "headers"]})["paragraphs"]
            found = next(item for item in listed if same(item["text"], case.at))
            opened.run(*_doc_control_request(case, found))
        return path.read_bytes()


def _doc_control_request(case: Case, found: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    at = found["at"]
    if case.kind == "replace":
        start = -1
        for _ in range(case.occurrence):
            start = case.at.index(case.old, start + 1)
        return "text.replace", {"at": f"{at}:{start}-{start + len(case.old)}", "text": case.new}
    if case.kind == "append":
        last = case.at[-1]
        return "text.replace", {"at": f"{at}:{len(case.at) - 1}-{len(case.at)}", "text": last + case.new}
    if case.kind == "paragraph":
        return "para.insert", {"after": at, "text": case.new}
    cell = found["cell"]
    return "table.row.insert", {"table": cell["table"], "after_row": cell["row"], "cells": list(case.cells)}


def with_python_redlines(case: Case) -> bytes:
    """Compare the source with the finished document, which cxify's accepted edit provides."""
    from python_redlines import DocxodusEngine

    if case.must_refuse:
        raise NotOfferedError  # it is never told what the edit was, only what the result is
    document = word.read(case.source)
    edited = word.apply(case.source, [operation(case, document)], author=AUTHOR, date=DATE)
    finished = word.resolve(edited, accept=True, author=AUTHOR)
    os.environ.setdefault("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
    data, _, _ = DocxodusEngine().run_redline(AUTHOR, original=case.source, modified=finished)
    return data


class _on_disk:  # noqa: N801 - reads as a function
    """A temporary file, in a folder of its own, that holds the source."""

    def __init__(self, data: bytes) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "document.docx"
        self.path.write_bytes(data)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()


FLOOR = Tool("python-docx open+save", "docx", with_python_docx)
TOOLS = (
    Tool("cxify", "cxify", with_cxify),
    Tool("docx-editor", "docx_editor", with_docx_editor),
    Tool("doc-control", "doc_control", with_doc_control),
    Tool("python-redlines", "python_redlines python_redlines_docxodus", with_python_redlines),
)
