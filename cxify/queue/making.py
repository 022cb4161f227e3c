"""All that makes documents under one order: loaded once, used by the threads of a client or a worker."""

from collections.abc import Mapping
from dataclasses import dataclass

from cxify import __version__, files, framework, kinds, packet, pipeline, profile, rules, voice
from cxify.framework import Framework
from cxify.kinds import Kinds
from cxify.packet import Sheet
from cxify.profile import RoleProfile, Seen
from cxify.queue.order import Order
from cxify.rules import RuleBook
from cxify.settings import Settings
from cxify.voice import Digest
from cxify.writers import Writer
from cxify.writers.choice import writer_for


@dataclass(frozen=True)
class Making:
    """Framework, kinds, rules, writer and pages of one order."""

    framework: Framework
    kinds: Kinds
    book: RuleBook
    digest: Digest | None
    writer: Writer
    options: pipeline.Options
    sheet: Sheet | None

    @property
    def fingerprint(self) -> str:
        """Everything that decides a result besides the source and the shared profile."""
        return pipeline.fingerprint(
            framework=self.framework,
            kinds=self.kinds,
            writer=self.writer,
            options=self.options,
            book=self.book,
            digest=self.digest,
        )

    def rewrite(self, source: bytes, shared: RoleProfile | None) -> pipeline.Redline:
        """Rewrite one document. Raises CxifyError."""
        return pipeline.rewrite(
            source,
            framework=self.framework,
            kinds=self.kinds,
            writer=self.writer,
            options=self.options,
            book=self.book,
            shared=shared,
            digest=self.digest,
        )

    def look(self, source: bytes) -> Seen:
        """Say what must be known of a document to find the others of its role. Raises CxifyError."""
        return pipeline.look(
            source, framework=self.framework, kinds=self.kinds, options=self.options, digest=self.digest
        )

    def weave(self, seen: Mapping[str, Seen]) -> Mapping[str, RoleProfile]:
        """Return the profile that each document shares with others of its role."""
        return profile.weave(seen, self.framework)


def making(order: Order) -> Making:
    """Load all that an order names. Raises SetupError for what cannot be used."""
    settings = order.settings
    chosen, known = framework.load(settings.framework), kinds.load(settings.kinds)
    kinds.check_named(order.kind, known)
    return Making(
        framework=chosen,
        kinds=known,
        book=rules.load(settings.rules),
        digest=_heard(settings, chosen),
        writer=writer_for(order.model, settings),
        options=_options(order),
        sheet=Sheet(chosen, packet.load(settings.what_changed_texts)) if settings.what_changed else None,
    )


def _heard(settings: Settings, chosen: Framework) -> Digest | None:
    if settings.voice is None:
        return None
    return voice.read(files.read(settings.voice), chosen, minimum=settings.voice_minimum)


def _options(order: Order) -> pipeline.Options:
    return pipeline.Options(
        kind=order.kind,
        intensity=order.settings.intensity,
        author=order.settings.author,
        user=order.settings.user,
        date=order.date,
        tool_version=__version__,
    )
