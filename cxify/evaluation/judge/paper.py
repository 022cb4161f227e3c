"""What a judge reads: source, changes, result, framework; documents as JSON strings, so that none can give orders."""

import json
from collections.abc import Sequence

from cxify.document import Block
from cxify.evaluation.trial import Trial
from cxify.proposal import Proposed
from cxify.rules.plain import squeezed


def source(trial: Trial) -> str:
    """Return the document before."""
    return _lines(trial.document.blocks)


def result(trial: Trial) -> str:
    """Return the document with all changes accepted."""
    return _lines(trial.result.blocks)


def changes(trial: Trial) -> str:
    """Return the list of changes, without a word on who made them."""
    return "\n".join(_change(edit, trial) for edit in trial.accepted) or "none"


def framework(trial: Trial) -> str:
    """Return what the organisation calls people, what it asks for, and what it promises."""
    spoken = trial.framework.localised(trial.review.language)
    terms = ", ".join(spoken.organisation.customer_terms.model_dump().values())
    asked = "; ".join(f"{one.id}: {one.name}" for one in spoken.competencies)
    promised = "; ".join(f"{one.id}: {one.statement}" for one in spoken.service_standards)
    return f"Terms: {terms}\nCompetencies: {asked}\nStandards: {promised}"


def stands(quote: str, *trials: Trial) -> bool:
    """Tell whether a quotation is found word for word in what the judge has read."""
    wanted = squeezed(quote.strip(" \"“”'"))
    texts = (text for trial in trials for text in (*_read(trial), *_said(trial.accepted)))
    return len(wanted) > 1 and any(wanted in squeezed(text) for text in texts)


def _read(trial: Trial) -> list[str]:
    return [block.text for document in (trial.document, trial.result) for block in document.blocks]


def _said(edits: Sequence[Proposed]) -> list[str]:
    return [text for edit in edits for text in (edit.inserted, edit.reason, edit.operation.comment or "")]


def _lines(blocks: Sequence[Block]) -> str:
    return "\n".join(json.dumps(block.text, ensure_ascii=False) for block in blocks if block.text.strip())


def _change(edit: Proposed, trial: Trial) -> str:
    operation = edit.operation.model_dump(exclude_none=True, exclude={"block"})
    block = trial.document.by_id.get(edit.operation.block)
    told = operation | {"at": block.text if block else "", "reason": edit.reason, "competencies": edit.competencies}
    return json.dumps(told, ensure_ascii=False)
