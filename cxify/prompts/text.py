"""The text of prompt files: UTF-8 with or without a byte order mark, lines ended as on any system, never huge."""

from pathlib import Path

from cxify.errors import PromptInvalid
from cxify.prompts.fault import Fault, Faults

LARGEST = 1_000_000
"""Bytes. The longest prompt that comes with cxify has 3,000, with its pieces 14,000."""
_MARK = "\ufeff"


def read(path: Path) -> str:
    r"""Return a file's text with \n at the ends of lines. Raises Faults."""
    return _decoded(path).replace("\r\n", "\n").replace("\r", "\n").removeprefix(_MARK)


def like(path: Path, text: str) -> bytes:
    r"""Return a new text of a file as bytes, with the byte order mark and the line ends that the file has."""
    old = _decoded(path)
    text = text.replace("\n", "\r\n") if "\r\n" in old else text
    return (_MARK * old.startswith(_MARK) + text).encode()


def _decoded(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            said = f"The file has more than {LARGEST // 1000:,} kB."
            raise Faults(Fault(path, 1, said, "A prompt is a page or two: check what was saved here."))
        data = path.read_bytes()
    except OSError as error:
        said = f"{path} cannot be read: {(error.strerror or type(error).__name__).lower()}."
        raise PromptInvalid(said, "Check the file and its rights.") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = 1 if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.count(b"\n", 0, error.start) + 1
        raise Faults(Fault(path, line, "This is not UTF-8 text.", "Save the file as UTF-8.")) from None
