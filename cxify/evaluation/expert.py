"""The proposal that an expert would make: the expected edits of a case in the expert's own words."""

from collections.abc import Sequence
from typing import Any

from cxify.document import Block, Document
from cxify.evaluation.case import Case, Expected
from cxify.proposal import Proposed

_CONTINUES = (",", ";", ":")


def proposal(case: Case, document: Document) -> tuple[Proposed, ...]:
    """Return the expected edits of the case, in its order, for the document made from it."""
    blocks = case.blocks(document)
    return tuple(_proposed(expected, blocks[expected.at]) for expected in case.expected)


def _proposed(expected: Expected, cells: Sequence[Block]) -> Proposed:
    quoted = [cell for cell in cells if expected.replace and expected.replace in cell.text]
    block = quoted[0] if quoted else max(cells, key=lambda cell: len(cell.text))
    return Proposed.model_validate(
        {
            "operation": {"op": expected.op, "block": block.id} | _words(expected, block.text),
            "reason": expected.must_convey,
            "competencies": expected.competencies,
            "standards": expected.standards,
            "evidence": block.text,
            "evidence_block": block.id,
        }
    )


def _words(expected: Expected, text: str) -> dict[str, Any]:
    match expected.op:
        case "replace":
            return {"old": expected.replace, "new": expected.example}
        case "append":
            return {"text": _continued(text, expected.example)}
        case "insert_row_after":
            cells = [cell.strip() for cell in expected.example.split("|")]
            return {"cells": cells, "comment": "Weights, averages and what people fill in stay as they are."}
        case "comment":
            return {"comment": expected.example}
        case _:
            return {"text": expected.example}


def _continued(text: str, words: str) -> str:
    """Begin a new sentence, or continue the old one where the words begin with a comma, semicolon or colon."""
    if words.startswith(_CONTINUES):
        return words
    return f"{'' if text.endswith(('.', '?', '!')) else '.'} {words}"
