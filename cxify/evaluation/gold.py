"""Score a proposal against a gold case: 0 to 100, and gates that no number makes good.

    40  required edits at the right place, with the right competency and level (one level off is allowed)
    25  everything untouchable is intact                                           gate
    15  no forbidden words, and no edit that a block rule objects to               gate
    10  the number of edits and of new words is within the case's limits
    10  optional edits, or the restraint not to make more edits than an expert would

Whether an edit *says* what the expert expects is a judgement. `conveys` only approximates it: the share of the content
words of `must_convey` or of the example, whichever is larger, that the new text shares. It is printed beside the score
and is no part of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cxify.document import Document, Finding
from cxify.evaluation.case import Case, Untouchable
from cxify.evaluation.matching import Matched, conveyed, matched
from cxify.proposal import Proposed, Question
from cxify.rules.passages import Edit
from cxify.rules.plain import words


@dataclass(frozen=True, slots=True)
class Score:
    """The verdict on one proposal."""

    case: str
    required: float
    untouched: float
    clean: float
    size: float
    judgement: float
    conveys: float
    """0 to 1, an approximation; see the module's text."""
    missed: tuple[str, ...]
    """Ids of expected edits that nobody proposed."""
    unexpected: int
    """Edits of the text that no expert expected."""
    failures: tuple[str, ...]
    """Gates that were not passed, in words."""

    @property
    def total(self) -> float:
        """The sum of the points; a failed gate has lost its own."""
        return self.required + self.untouched + self.clean + self.size + self.judgement

    @property
    def passed(self) -> bool:
        """Tell whether every gate was passed."""
        return not self.failures


def score(
    case: Case,
    source: Document,
    accepted: Sequence[Proposed],
    result: Document,
    *,
    questions: Sequence[Question] = (),
    findings: Sequence[Finding] = (),
) -> Score:
    """Score the accepted edits of a proposal.

    `result` is the document after acceptance; questions count as comments at their block; `findings` are those of the
    rules on the accepted edits (a block finding among them means that something slipped through).
    """
    edits = [
        Edit(number, proposed, source.by_id.get(proposed.operation.block)) for number, proposed in enumerate(accepted)
    ]
    pairs = matched(case, case.blocks(source), accepted, questions)
    gone = list(lost(case, result))
    dirty = list(_dirty(case, edits, findings))
    texts = {edit.index for edit in edits if edit.changes_text}
    unexpected = len(texts - {pair.edit for pair in pairs})
    if case.restraint and texts:
        dirty.append(f"{len(texts)} edits of a text that must not change")
    return Score(
        case=case.id,
        required=40 * _share(case, pairs, required=True),
        untouched=0 if gone else 25,
        clean=0 if dirty else 15,
        size=_size(case, source, edits),
        judgement=10 * max(_share(case, pairs, required=False), _restraint(case, pairs, len(texts), unexpected)),
        conveys=_conveys(case, pairs),
        missed=tuple(
            expected.id for expected in case.expected if expected.id not in {pair.expected.id for pair in pairs}
        ),
        unexpected=unexpected,
        failures=(*gone, *dirty),
    )


def _share(case: Case, pairs: Sequence[Matched], *, required: bool) -> float:
    wanted = [expected for expected in case.expected if expected.required == required]
    met = [pair for pair in pairs if pair.expected.required == required]
    return len(met) / len(wanted) if wanted else float(required)


def _restraint(case: Case, pairs: Sequence[Matched], texts: int, unexpected: int) -> float:
    """Return the share of edits that are not surplus; one that misses its mark has cost its 40 points already."""
    wanted = sum(expected.required and expected.op != "comment" for expected in case.expected)
    met = sum(pair.expected.required and pair.expected.op != "comment" for pair in pairs)
    return 1 - max(0, unexpected - (wanted - met)) / texts if texts else 1.0


def lost(case: Case, result: Document) -> Iterator[str]:
    """Name every untouchable that the result does not have."""
    texts = [block.text for block in result.blocks]
    rows = [_row(cells, result) for cells in _rows(result)]
    for item in case.untouchable:
        if not _survives(item, case.labels[item.at], texts, rows):
            yield f"{item.at} is not intact"


def _survives(item: Untouchable, wanted: tuple[str, ...], texts: list[str], rows: list[tuple[str, ...]]) -> bool:
    if item.text:
        return any(item.text in text for text in texts)
    return wanted in rows if item.at.startswith("T") else wanted[0] in texts


def _rows(result: Document) -> Iterator[list[tuple[str, ...]]]:
    for table in result.tables:
        yield from ([cell.blocks for cell in row.cells] for row in table.rows)


def _row(cells: list[tuple[str, ...]], result: Document) -> tuple[str, ...]:
    return tuple("\n".join(result.by_id[id].text for id in blocks) for blocks in cells)


def _dirty(case: Case, edits: Sequence[Edit], findings: Sequence[Finding]) -> Iterator[str]:
    """Name forbidden words in what was added, and block findings."""
    added = "\n".join(edit.added for edit in edits)
    for pattern in case.forbidden:
        if hit := re.search(pattern, added, re.IGNORECASE):
            yield f"“{hit.group()}” is forbidden here"
    yield from (f"{finding.rule}: {finding.message}" for finding in findings if finding.severity == "block")


def _size(case: Case, source: Document, edits: Sequence[Edit]) -> float:
    before = sum(len(words(block.text)) for block in source.blocks)
    new = sum(len(words(edit.added)) for edit in edits)
    fits = new <= case.limits.max_insert_share * before
    return 5.0 * fits + 5.0 * (len(edits) <= case.limits.max_edits)


def _conveys(case: Case, pairs: Sequence[Matched]) -> float:
    shares = [conveyed(pair.expected, pair.text) for pair in pairs]
    return sum(shares) / len(shares) if shares else float(not case.expected)
