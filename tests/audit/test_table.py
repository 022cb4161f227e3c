"""CSV for Excel and JSON for programs."""

import csv
import io
import json
from dataclasses import replace

import pytest

from cxify import audit as audits
from cxify import framework
from cxify.audit import Audit, Unread

KEYS = ["purpose", "summary", "documents", "unread", "departments", "matrix", "handovers", "portfolio", "plan"]


def rows(audit: Audit) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(audits.table(audit).decode("utf-8-sig"))))


def test_one_row_a_document_with_the_mark_that_excel_needs(audit: Audit) -> None:
    assert audits.table(audit).startswith(b"\xef\xbb\xbf")
    assert [row["file"] for row in rows(audit)] == [facts.file for facts in audit.documents]
    sales = rows(audit)[-1]
    assert (sales["department"], sales["handovers nobody answers"], sales["handovers without a named receiver"]) == (
        "Sales",
        "1",
        "1",
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_no_cell_is_a_formula(audit: Audit, start: str) -> None:
    name = f"{start}HYPERLINK(1).docx"
    facts = replace(audit.documents[0], file=name, role=name, unit=name)
    (row,) = rows(audits.survey([facts], [], framework.load()))
    assert row["file"].startswith("'")
    assert row["role"].startswith("'")


def test_what_could_not_be_read_is_a_row_with_the_reason(audit: Audit) -> None:
    unread = [Unread("x.docx", "It is damaged.", "Ask again.", 10)]
    row = rows(audits.survey(audit.documents, unread, framework.load()))[-1]
    assert (row["file"], row["status"], row["message"]) == ("x.docx", "not read", "It is damaged. Ask again.")


def test_json_keeps_its_keys_and_is_the_same_every_time(audit: Audit) -> None:
    once = json.dumps(audits.data(audit), ensure_ascii=False)
    assert once == json.dumps(
        audits.data(audits.survey(reversed(audit.documents), [], framework.load())), ensure_ascii=False
    )
    assert list(json.loads(once)) == KEYS
    assert json.loads(once)["summary"]["documents"] == len(audit.documents)
