"""One trial: a case, what a writer made of it, and all that an evaluator may look at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cxify import kinds as kinds_module
from cxify import rules, word
from cxify.document import Document, Finding
from cxify.evaluation import gold
from cxify.evaluation.case import Case
from cxify.evaluation.matching import Matched, matched
from cxify.evaluation.source import Strict
from cxify.evaluation.wordfile import word_file
from cxify.framework import Framework
from cxify.kinds import Kinds
from cxify.profile import RoleProfile
from cxify.proposal import Declined, Proposal, Proposed, Question
from cxify.rules import RuleBook
from cxify.rules.passages import Edit
from cxify.rules.review import Review
from cxify.word import VerifyReport
from cxify.writers import Usage


@dataclass(frozen=True)
class Ground:
    """What is the same for all trials of a run, whatever the writer."""

    framework: Framework
    kinds: Kinds
    book: RuleBook


class Refused(Strict):
    """An edit that did not reach the file, and why."""

    edit: Proposed
    reasons: tuple[str, ...] = ()


class Made(Strict):
    """What a writer proposed and what became of it; stored with a run, so that it can be scored again."""

    accepted: tuple[Proposed, ...] = ()
    dropped: tuple[Refused, ...] = ()
    questions: tuple[Question, ...] = ()
    declined: tuple[Declined, ...] = ()


class Failure(Strict):
    """Why there is no result."""

    exit_code: int
    message: str
    remedy: str = ""
    type: str = ""
    """Name of the error's class."""


@dataclass(frozen=True)
class Known:
    """What the run has at hand already, so that nothing is made or read twice."""

    source: bytes
    framework: Framework
    package: word.Package | None = None
    document: Document | None = None


@dataclass(frozen=True)
class Trial:
    """A case with what a writer made of it."""

    case: Case
    ground: Ground
    made: Made = field(default_factory=Made)
    output: bytes | None = None
    usage: Usage = field(default_factory=Usage)
    cost_usd: float | None = 0.0
    seconds: float = 0.0
    failure: Failure | None = None
    known: Known | None = field(default=None, repr=False, compare=False)

    @cached_property
    def source(self) -> bytes:
        """The Word file of the case."""
        return self.known.source if self.known else word_file(self.case)

    @cached_property
    def framework(self) -> Framework:
        """The framework as the case's organisation would have it."""
        return self.known.framework if self.known else self.case.applied_to(self.ground.framework)

    @cached_property
    def document(self) -> Document:
        """The source as HR sees it."""
        if self.known and self.known.document:
            return self.known.document
        return kinds_module.classify(word.read(self._opened), self.ground.kinds)

    @cached_property
    def result(self) -> Document:
        """The document after all changes were accepted."""
        if self._redlined is None:
            return self.document
        return word.read_accepted(self._redlined)

    @cached_property
    def proof(self) -> VerifyReport:
        """What can be proved of the file that came out."""
        return word.verify(self._opened, self._redlined or self._opened)

    @cached_property
    def _opened(self) -> word.Package:
        """The source, opened once for all that look at it."""
        return self.known.package if self.known and self.known.package else word.open_package(self.source)

    @cached_property
    def _redlined(self) -> word.Package | None:
        """What came out; only what differs from the source is unpacked."""
        return word.open_package(self.output, akin=self._opened) if self.output else None

    @property
    def accepted(self) -> tuple[Proposed, ...]:
        """The edits that reached the file."""
        return self.made.accepted

    @cached_property
    def proposed(self) -> tuple[Proposed, ...]:
        """All edits, those that reached the file first; findings count them in this order."""
        return (*self.accepted, *(refused.edit for refused in self.made.dropped))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say about everything that was proposed, for the role as the expert sees it."""
        return self._checked(self.proposed) if self.made.dropped else self.kept_findings

    @cached_property
    def kept_findings(self) -> tuple[Finding, ...]:
        """What the rules say about the edits that reached the file."""
        return self._checked(self.accepted)

    def _checked(self, edits: Sequence[Proposed]) -> tuple[Finding, ...]:
        if not edits:
            return ()
        case = self.case
        # One level off is allowed, as in the points.
        role = RoleProfile("", case.relationship, min(4, case.level + 1), "", (), (), ())
        return rules.check(
            self.document,
            Proposal(edits=tuple(edits)),
            kind=self.review.kind,
            profile=role,
            framework=self.framework,
            book=self.ground.book,
        ).findings

    def against(self, *ids: str, kept: bool = True) -> dict[int, list[Finding]]:
        """Return the findings of some rules by the edit they are about; `kept`: only on what reached the file."""
        found: dict[int, list[Finding]] = {}
        for finding in self.kept_findings if kept else self.findings:
            if finding.edit is not None and finding.rule in ids:
                found.setdefault(finding.edit, []).append(finding)
        return found

    @cached_property
    def review(self) -> Review:
        """The document on the reviewer's desk."""
        document = self.document
        return Review(document, self.ground.kinds[document.kind], self.framework, self.ground.book)

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The accepted edits at their places."""
        blocks = self.document.by_id
        return tuple(Edit(n, edit, blocks.get(edit.operation.block)) for n, edit in enumerate(self.accepted))

    @cached_property
    def texts(self) -> tuple[Edit, ...]:
        """Those of the accepted edits that change the text."""
        return tuple(edit for edit in self.edits if edit.changes_text)

    @cached_property
    def labels(self) -> dict[str, str]:
        """The case's label of each block."""
        return {block.id: label for label, blocks in self.case.blocks(self.document).items() for block in blocks}

    @cached_property
    def pairs(self) -> list[Matched]:
        """Which expected edit was met by which proposed one."""
        return matched(self.case, self.case.blocks(self.document), self.accepted, self.made.questions)

    @cached_property
    def score(self) -> gold.Score:
        """The points against the expert's edits."""
        return gold.score(
            self.case,
            self.document,
            self.accepted,
            self.result,
            questions=self.made.questions,
            findings=self.kept_findings,
        )
