"""What programs are told about a document: the stable JSON form of what cxify sees."""

from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cxify.document import Block
    from cxify.pipeline import Inspection, Redline


def seen(file: str, source: bytes, inspection: "Inspection") -> dict[str, Any]:
    """Return an inspection; further keys may be added at the end."""
    document = inspection.document
    return {
        "file": file,
        "sha256": sha256(source).hexdigest(),
        "kind": document.kind,
        "language": document.language,
        "state": document.state,
        "blocks": [_block(block) for block in document.blocks],
        "findings": [asdict(finding) for finding in inspection.findings],
        "provenance": inspection.provenance,
        "kind_evidence": document.kind_evidence,
        "title": document.title,
        "sections": [asdict(section) for section in document.sections],
        "notices": [asdict(notice) for notice in document.notices],
    }


def proposed(file: str, source: bytes, redline: "Redline") -> dict[str, Any]:
    """Return a proposal: edits as EDITS.json holds them, each with its id and its reasons."""
    edits = redline.provenance["edits"]
    return {
        "file": file,
        "sha256": sha256(source).hexdigest(),
        "kind": redline.document.kind,
        "language": redline.document.language,
        "state": redline.document.state,
        "edits": [{"id": f"e{number}", **edit} for number, edit in enumerate(edits, start=1)],
        "questions": [asked.model_dump(mode="json") for asked in redline.questions],
        "declined": [declined.model_dump(mode="json") for declined in redline.declined],
        "dropped": [
            {**dropped.proposed.model_dump(mode="json"), "findings": [asdict(each) for each in dropped.findings]}
            for dropped in redline.dropped
        ],
        "findings": [asdict(finding) for finding in redline.findings],
        "writer": redline.provenance["writer"],
        "framework": redline.provenance["framework"],
    }


def _block(block: "Block") -> dict[str, Any]:
    return {
        "id": block.id,
        "type": block.type,
        "text": block.text,
        "story": block.story,
        "section": block.section,
        "table": asdict(block.place) if block.place else None,
        "lock": block.lock,
        "spans": [asdict(span) for span in block.spans],
    }
