"""What all requests share, reached through the dependency `Here`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from jinja2 import Environment

from cxify import pages, queue, store
from cxify.settings import Settings
from cxify.store import Database
from cxify.web import said
from cxify.web.config import Config
from cxify.web.desk.auditing import Shelf
from cxify.web.desk.proving import Kept
from cxify.web.processing import Processing
from cxify.web.said import Sayings, Speaker
from cxify.web.security.rates import Rates
from cxify.web.security.start import StartToken
from cxify.web.texts import Texts

TEMPLATES = Path(__file__).with_name("templates")


@dataclass
class Context:
    """What all requests share."""

    config: Config
    engine: Database
    templates: Environment
    texts: Texts
    sayings: Mapping[str, Sayings]
    """What the core says, in other languages than English."""
    start: StartToken
    people: Rates
    """How fast one person may ask."""
    addresses: Rates
    """How fast one address may ask."""
    processing: Processing
    """What works on documents behind the page."""
    facts: Shelf = field(default_factory=Shelf)
    """What the audit has read of documents."""
    proved: Kept = field(default_factory=Kept)
    """How far the journal is known to be as it was written."""

    @classmethod
    def of(cls, config: Config) -> "Context":
        """Open the database and read what is read once. Raises SetupError."""
        often, engine = config.serve.requests_per_minute, _connected(config)
        return cls(
            config=config,
            engine=engine,
            templates=pages.environment(TEMPLATES),
            texts=Texts.load(),
            sayings=said.load(),
            start=StartToken(config.start_token),
            people=Rates(often),
            addresses=Rates(3 * often),
            processing=_processing(config, engine),
        )

    @property
    def settings(self) -> Settings:
        """The settings that documents are made with."""
        return self.config.settings

    def speaker(self, language: str) -> Speaker:
        """Return who tells a person in this language what the core says."""
        return Speaker(language, self.sayings.get(language))

    def close(self) -> None:
        """Let children and the database go."""
        self.processing.stop()
        self.engine.dispose()


def context_of(request: Request) -> Context:
    """Return what all requests share."""
    context: Context = request.app.state.context
    return context


Here = Annotated[Context, Depends(context_of)]


def _processing(config: Config, engine: Database) -> Processing:
    return Processing(engine, config.settings, config.serve.models, queue=config.settings.queue is not None)


def _connected(config: Config) -> Database:
    if config.settings.queue is not None:
        return queue.connect(config.database, at_once=16)
    return store.connect(config.database, at_once=16)
