"""The verdict on a proposal."""

from dataclasses import dataclass

from cxify.document import Finding
from cxify.proposal import Proposed


@dataclass(frozen=True, slots=True)
class Dropped:
    """An edit that the rules did not let through, and why."""

    proposed: Proposed
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The edits that may be written, those that may not, and all findings (`Finding.edit` indexes the proposal)."""

    accepted: tuple[Proposed, ...]
    dropped: tuple[Dropped, ...]
    findings: tuple[Finding, ...]
