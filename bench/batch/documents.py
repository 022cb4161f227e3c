"""Ordinary job descriptions in any number: a page of headings, paragraphs and bullets, each of another role."""

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Final

import docx

_TEXT: Final = "word/document.xml"
_UNITS = ("Housing", "Finance", "Stores", "Transport", "Libraries", "Laboratory", "Payroll", "Reception", "Planning")
_TRADES = ("Officer", "Assistant", "Technician", "Adviser", "Coordinator", "Clerk", "Analyst", "Inspector")
_DUTIES = (
    "Answer telephone calls and letters from residents and pass on what others have to do.",
    "Prepare the weekly figures of {unit} and explain them to the managers.",
    "Work closely with other departments so that requests are dealt with.",
    "Keep the records of {unit} complete and up to date.",
    "Order materials and check deliveries against the order.",
    "Help new colleagues to find their way.",
    "Report faults and follow them up until they are put right.",
    "Take part in meetings and write the minutes.",
)


def written(folder: Path, count: int) -> None:
    """Write job descriptions below a folder, a hundred in each."""
    for number in range(count):
        others, unit = divmod(number, len(_UNITS))
        grade, trade = divmod(others, len(_TRADES))
        path = folder / f"{number // 100:03}" / f"{number:05}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_one(f"{_UNITS[unit]} {_TRADES[trade]} {_letters(grade)}", _UNITS[unit], number))


def _letters(number: int) -> str:
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))


def _one(role: str, unit: str, number: int) -> bytes:
    """Fill a document in: building each with python-docx would take longer than rewriting it."""
    parts = _parts(number % len(_DUTIES))
    filled = parts[_TEXT].replace(b"ROLE", role.encode()).replace(b"UNIT", unit.encode())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (parts | {_TEXT: filled}).items():
            package.writestr(name, content)
    return buffer.getvalue()


@cache
def _parts(first: int) -> dict[str, bytes]:
    """Return the parts of a job description whose duties begin with the one of this number."""
    document = docx.Document()
    document.add_heading("Job description: ROLE", 0)
    document.add_paragraph("Department: UNIT")
    document.add_heading("Purpose of the job", 1)
    document.add_paragraph("The ROLE keeps UNIT running and answers residents' questions about it.")
    document.add_heading("Main duties", 1)
    for turn in range(len(_DUTIES)):
        duty = _DUTIES[(turn + first) % len(_DUTIES)]
        document.add_paragraph(duty.format(unit="UNIT"), style="List Bullet")
    document.add_heading("Person specification", 1)
    for wanted in ("Good written English.", "Able to use a spreadsheet.", "Able to work as part of a team."):
        document.add_paragraph(wanted, style="List Bullet")
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}
