"""Whether the framework is approved is said wherever people look."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxify import word
from tests.cli.conftest import Run, cxify, cxify_json, here
from tests.packet.test_commands import JOB
from tests.worddoc import put

__all__ = ["cxify", "cxify_json", "here"]

HEAD = 'schema_version: "1.0"\nextends: cxify-default\n'
DRAFT = "framework: {id: ours, name: Ours, version: '3', status: draft}\n"
APPROVED = """framework:
  id: ours
  name: Ours
  version: '3'
  status: approved
  owners: {hr: Ada, cx: Ben}
  approved_by: [{name: Ada, role: HR, date: 2026-01-31}]
"""


@pytest.mark.parametrize(("text", "closing"), [(DRAFT, "a draft"), (APPROVED, "approved"), ("", "a template")])
def test_summary_first_comment_page_and_record(
    here: Path, cxify: Run, cxify_json: Callable[..., Any], text: str, closing: str
) -> None:
    put(here / "officer.docx", JOB)
    (here / "f.yaml").write_text(HEAD + text, "utf-8")
    given = ("--framework", "f.yaml") if text else ()
    printed = cxify("rewrite", "officer.docx", "-o", "out", *given).stdout
    id = "ours 3" if text else "cxify-default 1.0.0"
    assert f"Framework: {id}, {closing}" in printed
    assert ("CXL-906" in printed) == (text != APPROVED)
    comments = [remark.text for remark in word.remarks_of((here / "out" / "officer.docx").read_bytes())]
    said = sum("has not been approved" in each or "has not approved" in each for each in comments)
    assert said == (text != APPROVED)
    page = (here / "out" / "officer.what-changed.md").read_text("utf-8")
    assert closing.removeprefix("a ") in page.partition("##")[0]
    status = closing.removeprefix("a ")
    assert cxify_json("inspect", "out/officer.docx")["provenance"]["framework"]["status"] == status
    details = cxify_json("rewrite", "officer.docx", "-o", "out", *given)["documents"][0]["details"]
    assert details["framework"]["status"] == status
