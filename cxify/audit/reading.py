"""Read one document for the audit: bytes in, a few frozen facts out. Nothing is changed and no model is called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cxify import kinds as kinds_module
from cxify import pipeline, profile
from cxify.audit import signs
from cxify.audit.facts import DOUBTFUL, Evidence, Facts, Held
from cxify.document import Document, Finding
from cxify.framework import Framework
from cxify.kinds import Kind, Kinds
from cxify.pipeline import Inspection
from cxify.provenance import RecordedEdit
from cxify.rules import RuleBook, handovers
from cxify.rules.handovers import Exchange
from cxify.rules.plain import squeezed

_EDITS = TypeAdapter(tuple[RecordedEdit, ...])
_KEPT = ("CXL-1", "CXL-2", "CXL-7")
"""Findings on the customer, on measures and on placement; the others are for the person who edits the document."""
_LONGEST_UNIT = 80


def facts_of(
    source: bytes,
    file: str,
    folder: str,
    *,
    framework: Framework,
    kinds: Kinds,
    book: RuleBook | None = None,
    kind: str | None = None,
    language: str | None = None,
) -> Facts:
    """Return what the audit keeps of a Word file. Raises a CxifyError as `pipeline.inspect` does.

    `folder` is the department when the document does not name one; `kind` and `language` are what somebody says.
    """
    inspection = pipeline.inspect(source, framework=framework, kinds=kinds, kind=kind, language=language, book=book)
    document = inspection.document
    its = kinds[document.kind]
    role = profile.of(document, its, framework)
    stated = _unit(document)
    personal = its.describes == "person" and document.state != "blank"
    edits = () if personal else tuple(_standing(inspection.provenance, document))
    # A form tells people where to hand it in; that is no handover of work between departments.
    form = its.describes == "person"
    exchange = Exchange(file, stated or folder) if form else handovers.of(document, file, stated or folder)
    return Facts(
        file=file,
        kind=document.kind,
        language=document.language,
        state=document.state,
        role="" if personal else role.role,
        unit=stated or folder,
        unit_stated=bool(stated),
        reaches=role.relationship[0],
        concerns=bool(its.slots),
        personal=personal,
        needs=signs.needs(its.id),
        readable=_readable(document.language, framework),
        held=Held() if personal else _with_edits(_held(inspection, its, framework, exchange), edits, framework),
        findings=() if personal else _findings(inspection),
        exchange=exchange,
        sha256=sha256(source).hexdigest(),
        written=tuple(dict.fromkeys(id for edit, _ in edits for id in edit.competencies)),
    )


def _held(inspection: Inspection, kind: Kind, framework: Framework, exchange: Exchange) -> Held:
    doubtful = {finding.block for finding in inspection.findings if finding.rule in DOUBTFUL and finding.block}
    return signs.held(inspection.document, kind, framework, exchange, doubtful)


def _findings(inspection: Inspection) -> tuple[Finding, ...]:
    return tuple(_light(finding) for finding in inspection.findings if finding.rule.startswith(_KEPT))


def _readable(language: str, framework: Framework) -> bool:
    base = language.partition("-")[0]
    known = signs.languages() | {"und", framework.framework.locale.partition("-")[0], *framework.locales}
    return base in known or language in known


def _unit(document: Document) -> str:
    """Return the department that the document's header states, on one line."""
    stated = " ".join(kinds_module.facts(document).get("unit", "").split())
    return stated if len(stated) <= _LONGEST_UNIT else ""


def _light(finding: Finding) -> Finding:
    return replace(finding, quote=finding.quote[: signs.MAX_QUOTE])


# ---- what cxify wrote ----


def _standing(provenance: Mapping[str, Any] | None, document: Document) -> Iterator[tuple[RecordedEdit, str]]:
    """Yield the recorded edits whose words stand in the document: accepted, or still waiting for a decision."""
    try:
        edits = _EDITS.validate_python((provenance or {}).get("edits", ()))
    except ValidationError:  # of another version of cxify
        return
    text = squeezed("\n".join(block.text for block in document.blocks))
    for edit in edits:
        words = _words_of(edit)
        if words and squeezed(words) in text:
            yield edit, words


def _words_of(edit: RecordedEdit) -> str:
    """Return the new words of an edit, for a row those of its longest cell."""
    operation = edit.operation
    match operation.op:
        case "replace":
            return operation.new
        case "append" | "insert_after":
            return operation.text.strip()
        case "insert_row_after":
            return max(operation.cells, key=len, default="")
        case _:
            return ""


def _with_edits(held: Held, edits: Sequence[tuple[RecordedEdit, str]], framework: Framework) -> Held:
    """Put the edits before what was found in the text: their ids were given by whoever proposed them."""
    standards = {standard.id for standard in framework.service_standards}
    competencies = {competency.id for competency in framework.competencies}
    behaviours: list[Evidence] = []
    named: list[Evidence] = []
    for edit, words in edits:
        quote = " ".join(words.split())[: signs.MAX_QUOTE]
        block = edit.operation.block
        ids = (id.partition("@")[0] for id in edit.competencies)
        behaviours += [Evidence(id, block, quote, by_cxify=True) for id in ids if id in competencies]
        named += [Evidence(id, block, quote, by_cxify=True) for id in edit.standards if id in standards]
    return replace(
        held,
        behaviours=_without_doubles((*behaviours, *held.behaviours)),
        standards=_without_doubles((*named, *held.standards)),
    )


def _without_doubles(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    kept: dict[tuple[str, str], Evidence] = {}
    for one in found:
        kept.setdefault((one.id, one.quote), one)
    return tuple(kept.values())
