"""Check documents and proposals against the rule book: a block finding drops its edit, every other one rides along."""

from cxify.document import Document, Finding
from cxify.framework import Framework
from cxify.kinds import Kind
from cxify.profile import RoleProfile
from cxify.proposal import Proposal
from cxify.rules import documents, edits, sources
from cxify.rules.book import Rule, RuleBook, load
from cxify.rules.checked import Checked, Dropped
from cxify.rules.passages import Edit
from cxify.rules.review import Review

__all__ = ["Checked", "Dropped", "Rule", "RuleBook", "check", "load", "source"]


def source(
    document: Document, kind: Kind, framework: Framework, *, book: RuleBook | None = None
) -> tuple[Finding, ...]:
    """Return what HR should know about a document as it came; `book` replaces the built-in rules."""
    return sources.check(Review(document, kind, framework, book or load()))


def check(
    document: Document,
    proposal: Proposal,
    *,
    kind: Kind,
    profile: RoleProfile | None,
    framework: Framework,
    book: RuleBook | None = None,
) -> Checked:
    """Sort a proposal's edits into accepted and dropped, with everything the rules found.

    Edits are judged in order, so of two that say the same the first stays. Without a profile nothing is said about
    levels.
    """
    review = Review(document, kind, framework, book or load(), profile)
    accepted: list[Edit] = []
    dropped: list[Dropped] = []
    findings: list[Finding] = []
    for index, proposed in enumerate(proposal.edits):
        edit = Edit(index, proposed, document.by_id.get(proposed.operation.block))
        found = edits.check(edit, accepted, review)
        findings += found
        if any(finding.severity == "block" for finding in found):
            dropped.append(Dropped(proposed, tuple(found)))
        else:
            accepted.append(edit)
    findings += documents.check(documents.Outcome(review, accepted, proposal))
    return Checked(tuple(edit.proposed for edit in accepted), tuple(dropped), tuple(findings))
