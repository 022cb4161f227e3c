"""An earlier proposal and what the rules found in it, cut to the part of the document that is asked about again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cxify.document import Finding
from cxify.prompts import Message
from cxify.proposal import Proposal
from cxify.writers.llm import mapping


@dataclass(frozen=True)
class Revision:
    """What was proposed for a part, if anything, and the findings on it; `finding.edit` counts within the proposal."""

    proposal: Proposal | None
    findings: tuple[Finding, ...]

    def messages(self) -> tuple[Message, ...]:
        """Return the earlier answer and the complaint about it."""
        if self.proposal is None:
            return ()
        said = json.dumps(mapping.wire(self.proposal), ensure_ascii=False)
        return Message("assistant", said), Message("user", _complaint(self.findings))


def within(previous: Proposal | None, findings: Sequence[Finding], blocks: frozenset[str]) -> Revision | None:
    """Return what of an earlier proposal concerns these blocks, or None when there is no earlier one."""
    if previous is None:
        return None
    numbers = [n for n, edit in enumerate(previous.edits) if edit.operation.block in blocks]
    places = {old: new for new, old in enumerate(numbers)}
    edits = tuple(previous.edits[number] for number in numbers)
    questions = tuple(q for q in previous.questions if q.block is None or q.block in blocks)
    declined = tuple(d for d in previous.declined if d.block is None or d.block in blocks)
    own = Proposal(edits=edits, questions=questions, declined=declined) if edits or questions or declined else None
    found = (f if f.edit is None else replace(f, edit=places[f.edit]) for f in findings if f.edit in {None, *places})
    return Revision(own, tuple(found))


def joined(proposals: Sequence[Proposal]) -> Proposal:
    """Return the proposals of a document's parts, one or more, as one; what several parts say alike is said once."""
    return Proposal(
        edits=tuple(edit for proposal in proposals for edit in proposal.edits),
        questions=tuple(dict.fromkeys(q for proposal in proposals for q in proposal.questions)),
        declined=tuple(dict.fromkeys(d for proposal in proposals for d in proposal.declined)),
    )


def _complaint(findings: Sequence[Finding]) -> str:
    listed = "\n".join(f"- {_place(finding)}{finding.message} {finding.remedy}" for finding in findings)
    return (
        f"These edits cannot be accepted:\n{listed}\n"
        "Give the whole answer again. Keep the other edits as they are. Mend these, or leave them out and say so under "
        "`declined`."
    )


def _place(finding: Finding) -> str:
    where = f"edits.{finding.edit}: " if finding.edit is not None else ""
    return where + (f"“{finding.quote}”: " if finding.quote else "")
