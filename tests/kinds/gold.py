"""The gold cases as Documents in their worst form: nothing but plain paragraphs and tables."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cxify import kinds
from cxify.document import Block, Document
from tests.documents import Labelled, labelled

CASES = Path(__file__).parent.parent.parent / "evals" / "cases"
KINDS = kinds.load()


@cache
def case(id: str) -> dict[str, Any]:
    """Return a case as it is written."""
    data: dict[str, Any] = yaml.safe_load((CASES / f"{id}.yaml").read_text(encoding="utf-8"))
    return data


@cache
def source(id: str) -> Labelled:
    """Return the case's document and which blocks its labels mean."""
    lines = []
    for item in case(id)["source"]:
        rows = item.get("rows")
        if rows is None:
            lines.append(f"[{item['id']}] {item['text']}")
        else:
            lines += [f"[{item['id']}R{number}] {' | '.join(row)}" for number, row in enumerate(rows)]
    return labelled("\n".join(lines))


@cache
def classified(id: str) -> Document:
    """Return the case's document as `classify` sees it."""
    return kinds.classify(source(id).document, KINDS)


def blocks(id: str, label: str) -> list[Block]:
    """Return the blocks behind a label of the case."""
    return [classified(id).by_id[block] for block in source(id).ids[label]]
