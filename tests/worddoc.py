"""Small Word files for tests that are about something else than Word."""

import functools
import io
from pathlib import Path

import docx

JOB = ("Job description: Cleaner", "Main duties", "Answer letters from residents.", "Empty the bins every evening.")


@functools.cache
def word_file(*paragraphs: str) -> bytes:
    """Return a .docx with the paragraphs; those that end without a full stop are headings.

    The same paragraphs give the same bytes, although a package holds the time at which it was packed.
    """
    document = docx.Document()
    for text in paragraphs or JOB:
        document.add_paragraph(text, style=None if text.endswith(".") else "Heading 1")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def put(path: Path, data: bytes | None = None) -> Path:
    """Write the data, or a small job description, and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(word_file() if data is None else data)
    return path
