"""cxify rewrite --openai-batch and --collect: submit what a model is to be asked, and fetch what it answered."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from cxify import __version__, batch
from cxify import settings as configuration
from cxify.batch import Done, Plan
from cxify.cli import say, say_batch, shell
from cxify.cli.local import as_data, rewritten
from cxify.errors import CxifyError, InputError, SettingsInvalid
from cxify.files import read
from cxify.llm.openai_batch import BatchChat, BatchNote, Desk, Notes, Service, alone
from cxify.llm.openai_batch.bill import Bill
from cxify.settings import Settings
from cxify.writers.llm import LLMWriter
from cxify.writers.llm.accountable import Accountable

FOLDER: Final = ".cxify-openai-batch"
_INDIFFERENT = {"author", "user", "concurrency", "api_key_env", "what_changed", "what_changed_texts", "queue"}
"""Settings that decide nothing of what a model is asked."""
_FIRST_WAIT, _LONGEST_WAIT, _SHARE = 2.0, 300.0, 0.1
"""Seconds between two looks at a batch: a tenth of the time waited so far, within limits."""


@dataclass(frozen=True)
class Order:
    """What the command line asks for."""

    plan: Plan
    settings: Settings
    model: str
    kind: str | None
    max_cost: Decimal | None
    collect: bool
    wait: bool
    dry_run: bool
    as_json: bool

    @property
    def folder(self) -> Path:
        """Where the notes of the batches are."""
        return self.plan.out / FOLDER

    @property
    def decisive(self) -> dict[str, str]:
        """What the requests depend on besides the documents; of files their content."""
        chosen = self.settings.model_dump(exclude=_INDIFFERENT)
        given = {"model": self.model, "kind": self.kind, "version": __version__, **chosen}
        return {name: _told(value) for name, value in given.items() if value is not None}


def work(order: Order) -> int:
    """Do one order and return the exit code. Raises InputError, SettingsInvalid and ModelUnavailable."""
    if order.dry_run:
        return _Run(order, Notes.load(order.folder)).tried()
    batch.prepare(order.plan.out)
    with alone(order.folder):
        run = _Run(order, Notes.load(order.folder))
        run.begin()
        return run.go_on()


@dataclass
class _Run:
    """One call of the command: rounds of asking documents, submitting what is missing, and waiting."""

    order: Order
    notes: Notes
    chat: BatchChat = field(init=False)
    bill: Bill = field(init=False)
    desk: Desk = field(init=False)
    done: Done | None = None
    submitted: list[BatchNote] = field(default_factory=list)
    error: CxifyError | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be asked through a batch before anything is read."""
        order = self.order
        self.chat = self._new_chat()
        self.bill = Bill(order.model, self.chat.local)
        if not order.dry_run:
            key = configuration.api_key(order.settings, order.model)
            service = Service(order.model, order.settings.base_url, key)
            self.desk = Desk(self.notes, service, self.bill, order.max_cost)

    def begin(self) -> None:
        """Check that the settings are those of the submission, and settle what a crash left open."""
        if self.order.collect:
            self._refuse_other_settings()
        self.desk.settle()
        if not self.order.collect:
            self._refuse_another_address()
            self.notes.put_run(self.notes.run.model_copy(update={"settings": self.order.decisive}))
            self.notes.ask_anew(self.notes.run.failed)

    def go_on(self) -> int:
        """Work in rounds until nothing can be done now, or with --wait until nothing is open."""
        started = time.monotonic()
        while True:
            self.desk.refresh()
            if self._worth_a_round():
                self._round()
            stopped = self.error or (self.done and self.done.interrupted)
            if stopped or not (self.order.wait and self.notes.open):
                return self._show()
            shell.say("\n".join(map(say_batch.progress, self.notes.open)))
            time.sleep(min(_LONGEST_WAIT, max(_FIRST_WAIT, _SHARE * (time.monotonic() - started))))

    def tried(self) -> int:
        """Say what would be submitted."""
        self.done = self._rewritten(write=False)
        wanted = self.chat.wanted.values()
        if self.order.as_json:
            told = {"would_submit": len(wanted), "at_most_usd": self.bill.at_most(wanted)}
            shell.show_json(as_data(self.order.plan, self.done) | {"openai_batch": told})
        else:
            shell.show(say.summary(self.done, self.order.plan))
            shell.show(say_batch.would_submit(len(wanted), self.chat.endpoint, self.bill.at_most(wanted)))
        return self.done.exit_code

    def _worth_a_round(self) -> bool:
        first = self.done is None and not self.order.collect
        return first or self.desk.unused or not self.notes.open

    def _round(self) -> None:
        """Run all documents on the answers that are there, and submit what is missing."""
        self.chat = self._new_chat()
        self.done = self._rewritten(write=True)
        failed = tuple(sorted({*self.notes.run.failed, *self.chat.failed}))
        self.notes.put_run(self.notes.run.model_copy(update={"failed": failed}))
        if self.done.interrupted:
            return
        try:
            self.submitted += self.desk.submit(self.chat.wanted.values())
            self.desk.worked()
        except CxifyError as error:
            self.error = error

    def _rewritten(self, *, write: bool) -> Done:
        order = self.order
        writer = Accountable(LLMWriter(self.chat, order.settings.prompts), self.chat)
        return rewritten(order.plan, order.settings, writer, order.kind, write=write, as_json=order.as_json)

    def _new_chat(self) -> BatchChat:
        return BatchChat(self.order.model, self.order.settings.base_url, self.notes)

    def _show(self) -> int:
        done = self.done or Done(())
        if self.order.as_json:
            shell.show_json(as_data(self.order.plan, done) | self._as_data())
        else:
            shell.show(say_batch.closing(self._summary(), self.submitted, self.notes, self.chat.endpoint, self.bill))
        if self.error:
            shell.say(f"Error: {self.error}")
        return max(done.exit_code, self.error.exit_code if self.error else 0)

    def _summary(self) -> str:
        return say.summary(self.done, self.order.plan) if self.done else ""

    def _as_data(self) -> dict[str, Any]:
        told: dict[str, Any] = {"openai_batch": say_batch.as_data(self.submitted, self.notes, self.bill)}
        if error := self.error:
            named = {"type": type(error).__name__, "exit_code": error.exit_code}
            told["error"] = named | {"message": error.message, "remedy": error.remedy}
        return told

    def _refuse_other_settings(self) -> None:
        """Raise before other requests than those submitted are made and paid."""
        if not self.notes.exist:
            message = f"Nothing was submitted from {self.order.plan.out}."
            raise InputError(message, "Give the folder of the submission with -o, or submit with --openai-batch first.")
        if changed := _differences(self.notes.run.settings, self.order.decisive):
            remedy = "Give what was given then; or submit again with --openai-batch, which pays only for what is new."
            raise SettingsInvalid(f"The documents were submitted with other settings: {changed}.", remedy)

    def _refuse_another_address(self) -> None:
        """Raise before open batches are looked for where they are not."""
        before = self.notes.run.settings.get("base_url")
        if self.notes.open and before != self.order.decisive.get("base_url"):
            message = f"Batches of this folder are under way at {before or 'OpenAI'}."
            raise SettingsInvalid(message, "Collect them first, or give another folder with -o.")


def _told(value: object) -> str:
    if not isinstance(value, Path):
        return str(value)
    files = [value] if value.is_file() else sorted(path for path in value.rglob("*") if path.is_file())
    return sha256(b"".join(read(path) for path in files)).hexdigest()


def _differences(then: Mapping[str, str], now: Mapping[str, str]) -> str:
    names = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    return ", ".join(f"{name} was {_short(then.get(name))} and is {_short(now.get(name))}" for name in names)


def _short(value: str | None) -> str:
    return "not given" if value is None else value[:40]
