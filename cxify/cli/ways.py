"""The ways in which `cxify rewrite` comes to its results: here, watching, elsewhere, in a batch, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxify import settings as configuration
from cxify.cli import local, say, shell
from cxify.writers.choice import LIBRARY, writer_for

if TYPE_CHECKING:
    from cxify.batch import Plan
    from cxify.settings import Settings
    from cxify.writers import Writer


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    settings: "Settings"
    paths: tuple[Path, ...]
    out: Path
    model: str
    kind: str | None
    max_cost: float | None
    openai_batch: bool
    collect: bool
    wait: bool
    queue: str | None
    detach: bool
    jobs: int | None
    isolate: bool | None
    retry_failed: bool
    watch: bool
    dry_run: bool
    show_request: bool
    as_json: bool

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Asked":
        """Return what the options say, with the settings behind them. Raises SettingsInvalid."""
        own = {field.name for field in fields(cls)}
        chosen = {name: value for name, value in given.items() if name not in own}
        settings = configuration.load(**chosen, queue=given["queue"] or None)
        return cls(settings, **{name: value for name, value in given.items() if name in own})

    def done(self) -> int:
        """Do it and return the exit code. Raises CxifyError and click.UsageError."""
        if self.watch:
            return self._watched()
        if self.queue is not None and not self.tries:
            return self._elsewhere()
        if self.detach:
            raise click.UsageError("--detach goes with --queue.")
        if self.openai_batch or self.collect:
            return self._in_a_batch()
        if self.wait:
            raise click.UsageError("--wait goes with --openai-batch or --collect.")
        if self.model != LIBRARY and self.tries:
            return self._unsent()
        if self.show_request:
            raise click.UsageError("--model library sends nothing; --show-request goes with another model.")
        return self._here()

    @cached_property
    def limit(self) -> Decimal | None:
        """US dollars that the model may cost."""
        return None if self.max_cost is None else Decimal(str(self.max_cost))

    @property
    def tries(self) -> bool:
        """Whether it is only to be said what would be done; that is said here, whoever would do it."""
        return self.dry_run or self.show_request

    @property
    def how(self) -> local.How:
        """How a run on this machine is done."""
        return local.How(self.jobs, self.isolate)

    def _plan(self) -> "Plan":
        return local.planned(local.listed(self.paths), self.out, only_failed=self.retry_failed)

    def _writer(self) -> "Writer":
        return writer_for(self.model, self.settings, self.limit)

    def _here(self) -> int:
        plan, write = self._plan(), not self.dry_run
        done = local.rewritten(
            plan, self.settings, self._writer(), self.kind, write=write, as_json=self.as_json, how=self.how
        )
        if self.as_json:
            shell.show_json(local.as_data(plan, done))
        else:
            shell.show(say.summary(done, plan))
        return done.exit_code

    def _watched(self) -> int:
        elsewhere = self.openai_batch or self.collect or self.wait or self.queue is not None
        if elsewhere or self.tries or self.retry_failed or self.as_json:
            raise click.UsageError("--watch goes with folders and files and this machine only.")
        if shell.STDOUT in self.paths:
            raise click.UsageError("--watch goes with folders and files and this machine only.")
        by = self._writer()
        return local.watch(
            lambda: local.planned(self.paths, self.out),
            lambda arrived: local.rewritten(
                arrived, self.settings, by, self.kind, write=True, as_json=False, how=self.how
            ),
        )

    def _elsewhere(self) -> int:
        from cxify.cli.queued import rewrite_elsewhere

        refused = {"--openai-batch": self.openai_batch, "--collect": self.collect, "--wait": self.wait}
        refused |= {"--max-cost": self.max_cost is not None}
        return rewrite_elsewhere(
            self._plan(), self.settings, self.model, self.kind, refused, detach=self.detach, as_json=self.as_json
        )

    def _in_a_batch(self) -> int:
        from cxify.cli.openai_batch import Order, work

        order = (self.model, self.kind, self.limit, self.collect, self.wait, self.dry_run, self.as_json)
        return work(Order(self._plan(), self.settings, *order))

    def _unsent(self) -> int:
        from cxify.cli.unsent import tell_what_would_be_sent

        return tell_what_would_be_sent(
            self._plan(),
            self.settings,
            self.model,
            self.kind,
            show_requests=self.show_request,
            as_json=self.as_json,
        )
