"""Lay a document and some edits on the reviewer's desk in one line, so that a test shows what it is about."""

import dataclasses
from typing import Any

from cxify import framework as frameworks
from cxify import rules
from cxify.document import Document, Finding
from cxify.framework import Framework
from cxify.kinds import Kind
from cxify.profile import RoleProfile
from cxify.proposal import Proposal, Proposed
from tests.documents import document

SECTIONS = {"person_spec": {"en": ("person specification",)}, "duties": {"en": ("duties",), "de": ("aufgaben",)}}


def source(text: str, **changes: Any) -> Document:
    """Return a British job description unless `changes` say otherwise; b1 is its first line."""
    return dataclasses.replace(document(text), **{"language": "en-GB", "kind": "job_description", **changes})


def edit(op: str, block: str = "b1", *, evidence: str | None = None, **fields: Any) -> dict[str, Any]:
    """Return a proposed edit with its reasons; keywords that the operation has go there."""
    reasons = {"competencies", "standards", "certainty", "rule", "evidence_block"} & set(fields)
    return {
        "operation": {"op": op, "block": block} | {key: fields[key] for key in fields if key not in reasons},
        "reason": "Says what is done, and for whom.",
        "evidence": evidence,
        "competencies": ("CX-OWN@1",),
    } | {key: fields[key] for key in reasons}


def judged(
    text: str | Document, *edits: dict[str, Any], level: int = 2, framework: Framework | None = None, book: Any = None
) -> rules.Checked:
    """Check the edits against the document; an edit without evidence rests on the text of its block."""
    doc = source(text) if isinstance(text, str) else text
    proposed = []
    for given in edits:
        block = doc.by_id.get(given["operation"]["block"])
        evidence = (
            given["evidence"]
            if given["evidence"] is not None
            else next(text for text in (block and block.text, *(b.text for b in doc.blocks)) if text)
        )
        proposed.append(Proposed.model_validate(given | {"evidence": evidence}))
    return rules.check(
        doc,
        Proposal(edits=tuple(proposed)),
        kind=Kind(id=doc.kind, name={"en": doc.kind}, sections=SECTIONS),
        profile=RoleProfile("", ("internal",), level, "", (), (), ()),
        framework=framework or frameworks.load(),
        book=book,
    )


def blocked(checked: rules.Checked) -> set[str]:
    """Return the ids of the rules that dropped an edit."""
    return {finding.rule for finding in checked.findings if finding.severity == "block"}


def noted(checked: rules.Checked) -> set[str]:
    """Return the ids of the rules that only say something."""
    return {finding.rule for finding in checked.findings if finding.severity != "block"}


def found(text: str | Document, *, framework: Framework | None = None, **changes: Any) -> dict[str, Finding]:
    """Return the findings on a source by rule."""
    doc = source(text, **changes) if isinstance(text, str) else text
    describes = "person" if doc.kind == "review_form" else "role"
    kind = Kind(id=doc.kind, name={"en": doc.kind}, describes=describes)
    return {finding.rule: finding for finding in rules.source(doc, kind, framework or frameworks.load())}
