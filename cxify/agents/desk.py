"""What an agent may ask for: bytes from open folders through the core, answers as plain data."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final, get_args

from cxify import __version__, framework, kinds, pipeline, rules, word
from cxify.agents import given, told
from cxify.agents.folders import Folders
from cxify.agents.given import Given
from cxify.document import Document
from cxify.errors import BadEdits, InputError
from cxify.framework import Framework
from cxify.kinds import Kinds
from cxify.pipeline import Inspection
from cxify.provenance import Record, RecordedEdit
from cxify.rules import RuleBook
from cxify.settings import Settings
from cxify.writers import Intensity, Writer

PAGE: Final = 300
"""Blocks of a document in one answer."""
REDLINED: Final = "redlined"


@dataclass(frozen=True)
class Desk:
    """The tools' work, for one set of folders and settings. `now` gives the time as Word writes it."""

    folders: Folders
    settings: Settings
    writer: Writer
    now: Callable[[], str]
    framework: Framework
    kinds: Kinds
    book: RuleBook

    @classmethod
    def of(cls, folders: Folders, settings: Settings, writer: Writer, now: Callable[[], str]) -> "Desk":
        """Load what the settings name. Raises SetupError."""
        known, book = kinds.load(settings.kinds), rules.load(settings.rules)
        return cls(folders, settings, writer, now, framework.load(settings.framework), known, book)

    def inspect(self, file: str, kind: str | None = None, after: str | None = None) -> dict[str, Any]:
        """Say what a document is, PAGE blocks at a time; `next` is what `after` has to be for the rest."""
        source = self.folders.read(file)
        inspection = self._inspected(source, kind)
        seen = told.seen(file, source, inspection)
        seen["blocks"], seen["next"] = _page(seen["blocks"], after)
        return seen

    def propose(self, file: str, kind: str | None = None, intensity: str | None = None) -> dict[str, Any]:
        """Return what the writer would change, and write nothing."""
        source = self.folders.read(file)
        kinds.check_named(kind, self.kinds)
        chosen: Intensity = self.settings.intensity
        if intensity is not None:
            chosen = _intensity(intensity)
        options = pipeline.Options(
            date=self.now(),
            kind=kind,
            language=self.settings.language,
            intensity=chosen,
            author=self.settings.author,
            user=self.settings.user,
            tool_version=__version__,
        )
        redline = pipeline.rewrite(
            source, framework=self.framework, kinds=self.kinds, writer=self.writer, options=options, book=self.book
        )
        return told.proposed(file, source, redline)

    def apply(
        self, file: str, edits: Sequence[Given], sha: str | None = None, kind: str | None = None
    ) -> dict[str, Any]:
        """Write edits as tracked changes into a new file beside the document: all of them, or none."""
        source = self.folders.read(file)
        if not edits:
            raise BadEdits("No edit was given.", "Give at least one; `propose` returns edits that can be given.")
        if sha is not None and sha != sha256(source).hexdigest():
            raise InputError(f"{file} is not what it was when it was read.", "Inspect it again: block ids may differ.")
        record = self._record(source, given.recorded(edits), self._inspected(source, kind).document)
        data = word.redline(source, [edit.operation for edit in record.edits], record=record)
        output = self.folders.put_beside(file, data, REDLINED)
        return {"file": file, "output": str(output), "edits": len(edits), "sha256": sha256(data).hexdigest()}

    def verify(self, original: str, redlined: str) -> dict[str, Any]:
        """Prove that one file is the other plus tracked changes and nothing else."""
        report = word.verify(self.folders.read(original), self.folders.read(redlined))
        checks = [asdict(check) for check in report.checks]
        return {"original": original, "redlined": redlined, "ok": report.ok, "checks": checks}

    def _inspected(self, source: bytes, kind: str | None) -> Inspection:
        kinds.check_named(kind, self.kinds)
        named = {"kind": kind, "language": self.settings.language}
        return pipeline.inspect(source, kinds=self.kinds, framework=self.framework, book=self.book, **named)

    def _record(self, source: bytes, edits: tuple[RecordedEdit, ...], document: Document) -> Record:
        """Return what the output says of its making. Raises EditNotApplicable for what a rule blocks."""
        given.refuse_what_rules_block(edits, document, self.kinds[document.kind], self.framework, self.book)
        identity = self.framework.framework
        return Record(
            date=self.now(),
            author=self.settings.author,
            source_sha256=sha256(source).hexdigest(),
            document={"kind": document.kind, "language": document.language, "state": document.state},
            writer={"name": "agent", "version": __version__},
            framework={"id": identity.id, "version": identity.version, "status": identity.status}
            | {"sha256": self.framework.sha256},
            rules={"version": self.book.version, "sha256": self.book.sha256},
            edits=edits,
        )


def _intensity(given: str) -> Intensity:
    for known in get_args(Intensity):
        if given == known:
            return known  # type: ignore[no-any-return]  # one of the literal's own words
    raise InputError(f"There is no intensity {given}.", f"It may be {', '.join(get_args(Intensity))}.")


def _page(blocks: list[dict[str, Any]], after: str | None) -> tuple[list[dict[str, Any]], str | None]:
    ids = [block["id"] for block in blocks]
    if after is not None and after not in ids:
        raise InputError(f"There is no block {after}.", "Give the `next` of the answer before.")
    start = ids.index(after) + 1 if after else 0
    page = blocks[start : start + PAGE]
    return page, page[-1]["id"] if start + PAGE < len(blocks) else None
