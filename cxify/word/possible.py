"""Of several edits, those that can be written: one that Word's structure cannot take does not stop the others."""

from collections.abc import Sequence

from cxify.errors import BadEdits, CxifyError, RedlineError
from cxify.proposal import Operation
from cxify.provenance import Record
from cxify.word.package import Package, opened
from cxify.word.redline import Redliner, redline, stamped


def redline_possible(source: bytes | Package, record: Record) -> tuple[bytes, dict[int, CxifyError]]:
    """Write the record's edits, leaving out those that cannot be written faithfully.

    Returns the file and the refused edits by index, each with its reason. When no edit is left, the file is the source
    with the record alone.
    """
    package = opened(source)
    refused: dict[int, CxifyError] = {}
    while left := [index for index in range(len(record.edits)) if index not in refused]:
        kept = _only(record, left)
        redliner = Redliner(package, kept)
        try:
            return redliner.proved(_operations(kept)), refused
        except (BadEdits, RedlineError):
            suspects = [index for index in left if record.edits[index].operation.block == redliner.block]
            refused |= _refused(package, record, suspects) or _refused(package, record, left)
    return stamped(package, _only(record, ())), refused


def _refused(package: Package, record: Record, suspects: Sequence[int]) -> dict[int, CxifyError]:
    """Return those of the suspects that cannot be written beside the suspects before them."""
    refused: dict[int, CxifyError] = {}
    kept: list[int] = []
    for index in suspects:
        trial = _only(record, [*kept, index])
        try:
            redline(package, _operations(trial), record=trial)
            kept.append(index)
        except (BadEdits, RedlineError) as error:
            refused[index] = error
    return refused


def _only(record: Record, indexes: Sequence[int]) -> Record:
    return record.model_copy(update={"edits": tuple(record.edits[index] for index in indexes)})


def _operations(record: Record) -> list[Operation]:
    return [edit.operation for edit in record.edits]
