"""All that the documents of a run are made with: loaded once, used by the threads of a run, a client or a worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cxify import __version__, files, framework, kinds, packet, pipeline, profile, rules, voice
from cxify.batch.kept import Kept
from cxify.errors import CxifyError

if TYPE_CHECKING:
    from cxify.framework import Framework
    from cxify.kinds import Kinds
    from cxify.packet import Sheet
    from cxify.profile import Glance, RoleProfile, Seen
    from cxify.provenance import Converted
    from cxify.rules import RuleBook
    from cxify.settings import Settings
    from cxify.voice import Digest
    from cxify.writers import Writer


@dataclass(frozen=True)
class Making:
    """Framework, kinds, rules, voice, writer and pages of a run."""

    framework: "Framework"
    kinds: "Kinds"
    book: "RuleBook"
    digest: "Digest | None"
    writer: "Writer"
    options: pipeline.Options
    sheet: "Sheet | None"
    """What makes the pages for manager and employee."""
    kept: Kept | None = None
    """Documents between the look and the rewriting, in a process that does both for one run."""

    @classmethod
    def of(cls, settings: "Settings", writer: "Writer", *, kind: str | None, date: str) -> "Making":
        """Load what the settings name. Raises SetupError for what cannot be used."""
        chosen, known = framework.load(settings.framework), kinds.load(settings.kinds)
        kinds.check_named(kind, known)
        options = pipeline.Options(
            kind=kind,
            language=settings.language,
            intensity=settings.intensity,
            author=settings.author,
            user=settings.user,
            date=date,
            tool_version=__version__,
        )
        sheet = packet.Sheet(chosen, packet.load(settings.what_changed_texts)) if settings.what_changed else None
        return cls(chosen, known, rules.load(settings.rules), heard(settings, chosen), writer, options, sheet)

    @property
    def _given(self) -> dict[str, Any]:
        return {"framework": self.framework, "kinds": self.kinds, "options": self.options, "digest": self.digest}

    @property
    def fingerprint(self) -> str:
        """What decides the results besides the sources and the shared profiles."""
        return pipeline.fingerprint(**self._given, writer=self.writer, book=self.book)

    def rewrite(
        self, source: bytes, shared: "RoleProfile | None", converted: "Converted | None" = None
    ) -> pipeline.Redline:
        """Rewrite one document. Raises CxifyError."""
        given = {**self._given, "writer": self.writer, "book": self.book}
        read = self.kept.take(source) if self.kept else None
        return pipeline.rewrite(read or source, **given, shared=shared, converted=converted)

    def glance(self, source: bytes) -> "Glance":
        """Say which roles a document may be about. Raises CxifyError."""
        return pipeline.glance(source, kinds=self.kinds, options=self.options)

    def look(self, source: bytes) -> "Seen":
        """Say what must be known of a document to find the others of its role. Raises CxifyError."""
        if self.kept is None:
            return pipeline.look(source, **self._given)
        read = pipeline.read(source, framework=self.framework, kinds=self.kinds, options=self.options)
        self.kept.put(source, read)
        return pipeline.look(read, **self._given)

    def weave(self, seen: "Mapping[str, Seen]") -> "Mapping[str, RoleProfile]":
        """Return the profile that each document shares with others of its role."""
        return profile.weave(seen, self.framework)


def heard(settings: "Settings", chosen: "Framework") -> "Digest | None":
    """Read the voice file that the settings name, if they do. Raises InputError and SettingsInvalid naming it."""
    file = settings.voice
    if file is None:
        return None
    try:
        return voice.read(files.read(file), chosen, minimum=settings.voice_minimum)
    except CxifyError as error:
        if str(file) not in error.message:
            error.message = f"{file}: {error.message}"
        raise
