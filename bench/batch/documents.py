"""Ordinary job descriptions in any number: a page of headings, paragraphs and bullets, each of another role."""

import io
from pathlib import Path

import docx

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
    document = docx.Document()
    document.add_heading(f"Job description: {role}", 0)
    document.add_paragraph(f"Department: {unit}")
    document.add_heading("Purpose of the job", 1)
    document.add_paragraph(f"The {role} keeps {unit} running and answers residents' questions about it.")
    document.add_heading("Main duties", 1)
    for turn in range(len(_DUTIES)):
        duty = _DUTIES[(turn + number) % len(_DUTIES)]
        document.add_paragraph(duty.format(unit=unit), style="List Bullet")
    document.add_heading("Person specification", 1)
    for wanted in ("Good written English.", "Able to use a spreadsheet.", "Able to work as part of a team."):
        document.add_paragraph(wanted, style="List Bullet")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
