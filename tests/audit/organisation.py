"""A small organisation of real Word files: departments that hand work to each other, and answer or do not."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx

Table = Sequence[Sequence[str]]


def word(title: str, facts: Mapping[str, str], sections: Mapping[str, Sequence[str]], table: Table = ()) -> bytes:
    """Return a Word file with a header of facts, headed lists, and a table."""
    document = docx.Document()
    document.add_paragraph(title, style="Title")
    for label, value in facts.items():
        document.add_paragraph(f"{label}: {value}")
    for heading, items in sections.items():
        document.add_paragraph(heading, style="Heading 1")
        for item in items:
            document.add_paragraph(item, style="List Bullet")
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, texts in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def job(title: str, unit: str, *duties: str, purpose: str = "To do the work of the post in full and on time.") -> bytes:
    """Return a job description."""
    facts = {"Job title": title, "Department": unit, "Reports to": "Head of department"}
    return word("Job description", facts, {"Purpose of the post": [purpose], "Main duties": duties})


def organisation(folder: Path) -> Path:
    """Write the organisation's documents and return their folder."""
    files = {
        "sales/sales-clerk.docx": job(
            "Sales Clerk",
            "Sales",
            "Hands over signed contracts to Finance with the agreed dates.",
            "Hands over delayed orders to the Dispatch team.",
            "Passes questions on to the relevant department.",
            "Asks what the customer needs to achieve before starting work on a request.",
        ),
        "finance/accountant.docx": job(
            "Accountant",
            "Finance Dept.",
            "Receives signed contracts from the Sales team and confirms them the same day.",
            "This is a back-office position and is not customer-facing.",
        ),
        "dispatch/dispatcher.docx": job("Dispatcher", "Dispatch", "Plans the routes of the day and loads the vans."),
        "finance/kpi.docx": word(
            "KPI sheet 2026",
            {"Team": "Finance Department", "Role": "Accountant"},
            {},
            [
                ["KPI", "Target", "Weight", "Source"],
                ["Invoices paid on time without a query", "", "30%", "Ledger"],
                ["Customer satisfaction score", "4.5", "30%", "Survey"],
                ["Work returned or corrected", "", "40%", "Ledger"],
            ],
        ),
    }
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
