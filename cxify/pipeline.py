"""The table of contents: what happens to one document, top to bottom. Bytes in, bytes out.

No path, clock, environment or database here: the shells (cli, web, worker, evaluation) own those.
"""

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cxify import kinds as kinds_module
from cxify import profile, rules, voice, word
from cxify.document import Document, Finding
from cxify.errors import CxifyError
from cxify.framework import Framework
from cxify.kinds import Kinds
from cxify.profile import Glance, RoleProfile, Seen
from cxify.proposal import Comment, Declined, Operation, Proposal, Proposed, Question
from cxify.provenance import Converted, Record, RecordedEdit, RecordedRole
from cxify.rules import Checked, Dropped, RuleBook
from cxify.writers import Intensity, Task, Usage, Writer
from cxify.writers.remark import question, remark, unapproved

if TYPE_CHECKING:
    from cxify.voice import Digest

T = TypeVar("T")

MAX_REVISIONS: Final = 2
"""How often blocked edits go back to a writer that can use the findings."""
MAX_QUESTIONS: Final = 5


@dataclass(frozen=True)
class Options:
    """What the person or program that starts a run decides."""

    date: str
    """When, as ISO 8601 in UTC ending in Z: it stands beside every tracked change."""
    kind: str | None = None
    language: str | None = None
    """BCP 47, such as de or en-US; None lets the text tell."""
    intensity: Intensity = "standard"
    author: str = "cxify"
    user: str = ""
    tool_version: str = ""


@dataclass(frozen=True)
class Redline:
    """The rewritten document with everything a reviewer needs; without a change, the source with its provenance."""

    data: bytes
    changed: bool
    document: Document
    profile: RoleProfile
    proposal: Proposal
    accepted: tuple[Proposed, ...]
    dropped: tuple[Dropped, ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    declined: tuple[Declined, ...]
    usage: Usage
    provenance: dict[str, Any]


@dataclass(frozen=True)
class Read:
    """A Word file that was read once for several of the steps below; only with the same framework, kinds and kind."""

    package: word.Package
    document: Document


@dataclass(frozen=True)
class Inspection:
    """What cxify sees in a document without proposing anything."""

    document: Document
    findings: tuple[Finding, ...]
    provenance: dict[str, Any] | None


def read(source: bytes, *, framework: Framework, kinds: Kinds, options: Options) -> Read:
    """Read a Word file and say what HR sees in it. Raises a CxifyError for this document."""
    package = word.open_package(source)
    return Read(package, classified(word.read(package), framework, kinds, options.kind, options.language))


def rewrite(
    source: bytes | Read,
    *,
    framework: Framework,
    kinds: Kinds,
    writer: Writer,
    options: Options,
    book: RuleBook | None = None,
    shared: RoleProfile | None = None,
    digest: "Digest | None" = None,
    converted: Converted | None = None,
) -> Redline:
    """Propose customer experience in one Word file and return it with tracked changes.

    `shared` is the profile that the documents of the role have in common (`profile.weave`), `digest` what customers or
    employees say (`voice.read`), `converted` what the Word file was made from. Raises a CxifyError for this document;
    see `cxify.errors`.
    """
    book = book or rules.load()
    opened = source if isinstance(source, Read) else read(source, framework=framework, kinds=kinds, options=options)
    package, document = opened.package, opened.document
    kind = kinds[document.kind]
    heard = voice.hear(digest, document, kind, framework)
    role = profile.fitted(shared, kind, framework) if shared else profile.of(document, kind, heard.framework)
    task = Task(document, kind, role, heard.framework, options.intensity)
    proposal, checked, usage = _written(task, writer, book)
    settings = fingerprint(framework=framework, kinds=kinds, writer=writer, options=options, book=book, digest=digest)
    settings = profile.joined(settings, shared)
    made = _record(package.data, task, writer, options, settings, book, checked.accepted, proposal, usage)
    record = heard.told(made, role)
    record = record.model_copy(update={"converted": converted})
    data, refused = word.redline_possible(package, record)
    record = record.model_copy(update={"edits": _without(record.edits, refused)})
    return Redline(
        data=data,
        changed=bool(record.edits),
        document=document,
        profile=task.profile,
        proposal=proposal,
        accepted=_without(checked.accepted, refused),
        dropped=(*checked.dropped, *_refusals(checked.accepted, refused)),
        findings=(*rules.source(document, kind, framework, book=book), *checked.findings, *heard.findings(role)),
        questions=proposal.questions,
        declined=proposal.declined,
        usage=usage,
        provenance=record.model_dump(mode="json"),
    )


def glance(source: bytes, *, kinds: Kinds, options: Options) -> Glance:
    """Say soon which roles a Word file may be about: who has none in common with others need not be looked at."""
    return profile.glance(word.skim(source), kinds, options.kind, options.language)


def look(
    source: bytes | Read, *, framework: Framework, kinds: Kinds, options: Options, digest: "Digest | None" = None
) -> Seen:
    """Say what a run has to know of a Word file to find the others of its role."""
    opened = source if isinstance(source, Read) else read(source, framework=framework, kinds=kinds, options=options)
    kind = kinds[opened.document.kind]
    return profile.see(opened.document, kind, voice.hear(digest, opened.document, kind, framework).framework)


def inspect(
    source: bytes,
    *,
    framework: Framework,
    kinds: Kinds,
    kind: str | None = None,
    language: str | None = None,
    book: RuleBook | None = None,
) -> Inspection:
    """Say what a Word file is, what is locked in it and what deserves attention."""
    package = word.open_package(source)
    document = classified(word.read(package), framework, kinds, kind, language)
    findings = rules.source(document, kinds[document.kind], framework, book=book)
    return Inspection(document, findings, word.provenance_of(package))


def fingerprint(
    *,
    framework: Framework,
    kinds: Kinds,
    writer: Writer,
    options: Options,
    book: RuleBook | None = None,
    digest: "Digest | None" = None,
) -> str:
    """Return a hash of everything that decides the result besides the source; when and by whom is no part of it."""
    decisive = {
        "framework": framework.sha256,
        "kinds": kinds.sha256,
        "rules": (book or rules.load()).sha256,
        "writer": dict(writer.identity),
        "options": {key: value for key, value in asdict(options).items() if key not in ("date", "user")},
    }
    if digest is not None:
        decisive["voice"] = digest.fingerprint
    return sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()


def classified(
    document: Document, framework: Framework, kinds: Kinds, kind: str | None, language: str | None = None
) -> Document:
    """Return the document with what HR sees in it, and with what the organisation protects."""
    protected = (*framework.protected.phrases, *framework.organisation.legal_names)
    sections = framework.protected.sections
    return kinds_module.classify(
        document, kinds, kind=kind, language=language, protected=protected, protected_sections=sections
    )


def _written(task: Task, writer: Writer, book: RuleBook) -> tuple[Proposal, Checked, Usage]:
    """Let the writer propose, check it, and give blocked edits back while the writer can use that."""
    written = writer.write(task)
    proposal, usage = written.proposal, written.usage
    checked = _checked(task, proposal, book)
    for _ in range(MAX_REVISIONS if writer.revises else 0):
        if not checked.dropped:
            break
        blocked = [finding for finding in checked.findings if finding.severity == "block"]
        written = writer.write(task, proposal, blocked)
        usage += written.usage
        revised = _checked(task, written.proposal, book)
        if len(revised.accepted) < len(checked.accepted):
            break
        proposal, checked = written.proposal, revised
    return proposal, checked, usage


def _checked(task: Task, proposal: Proposal, book: RuleBook) -> Checked:
    return rules.check(
        task.document, proposal, kind=task.kind, profile=task.profile, framework=task.framework, book=book
    )


def _without(items: Sequence[T], left_out: Container[int]) -> tuple[T, ...]:
    return tuple(item for index, item in enumerate(items) if index not in left_out)


def _refusals(accepted: Sequence[Proposed], refused: Mapping[int, CxifyError]) -> list[Dropped]:
    """Report the accepted edits that Word's structure cannot take."""
    return [
        Dropped(
            proposed,
            (Finding("WORD", "block", proposed.operation.block, refused[index].message, refused[index].remedy),),
        )
        for index, proposed in enumerate(accepted)
        if index in refused
    ]


def _with_remark(proposed: Proposed, task: Task) -> Operation:
    operation = proposed.operation
    if isinstance(operation, Comment):
        return operation
    language = task.document.language
    said = remark(proposed, task.framework.localised(language), language)
    # A writer's own comment (the weight of a new row is open) stands before the standard remark.
    return operation.model_copy(update={"comment": "\n".join(filter(None, (operation.comment, said)))})


def _with_status(edits: Sequence[RecordedEdit], task: Task) -> tuple[RecordedEdit, ...]:
    """Let the first comment of the document say that nobody has approved the framework."""
    said = unapproved(task.framework, task.document.language)
    if not (edits and said):
        return tuple(edits)
    first, *others = edits
    comment = "\n".join(filter(None, (first.operation.comment, said)))
    return first.model_copy(update={"operation": first.operation.model_copy(update={"comment": comment})}), *others


def _questions(task: Task, questions: Sequence[Question]) -> list[Operation]:
    """Turn questions into comments; one without a place stands on the first line of text."""
    body = {block.id: block for block in task.document.body if block.text.strip() and not block.closed}
    language = task.document.language
    placed = [(asked.block if asked.block in body else next(iter(body), None), asked.text) for asked in questions]
    return [
        Comment(op="comment", block=block, comment=question(text, language))
        for block, text in placed[:MAX_QUESTIONS]
        if block is not None
    ]


def _role(of: RoleProfile) -> RecordedRole:
    return RecordedRole(
        title=of.role,
        level=of.level,
        competencies=of.competencies,
        standards=of.standards,
        served=of.served,
        shared_with=of.shared_with,
    )


def _record(
    source: bytes,
    task: Task,
    writer: Writer,
    options: Options,
    settings: str,
    book: RuleBook,
    accepted: Sequence[Proposed],
    proposal: Proposal,
    usage: Usage,
) -> Record:
    document, framework = task.document, task.framework
    edits = [
        RecordedEdit.of(proposed).model_copy(update={"operation": _with_remark(proposed, task)})
        for proposed in accepted
    ]
    asked = [RecordedEdit(operation=operation) for operation in _questions(task, proposal.questions)]
    return Record(
        date=options.date,
        author=options.author,
        source_sha256=sha256(source).hexdigest(),
        document={"kind": document.kind, "language": document.language, "state": document.state},
        writer=dict(writer.identity),
        framework={
            "id": framework.framework.id,
            "version": framework.framework.version,
            "status": framework.framework.status,
            "sha256": framework.sha256,
        },
        rules={"version": book.version, "sha256": book.sha256},
        role=_role(task.profile),
        settings=settings,
        usage=asdict(usage) if usage.calls else {},
        edits=_with_status((*edits, *asked), task),
        declined=tuple(dict.fromkeys(declined.reason for declined in proposal.declined)),
    )


__all__ = [
    "Inspection",
    "Options",
    "Read",
    "Redline",
    "classified",
    "fingerprint",
    "glance",
    "inspect",
    "look",
    "read",
    "rewrite",
]
