"""The writer that asks a language model: a whole proposal from a strong one, single sentences from a small one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from cxify import prompts
from cxify.document import Finding
from cxify.llm import Chat
from cxify.prompts import Message, Prompt, Selection, folders
from cxify.proposal import Proposal
from cxify.writers import Task, Writer, Written
from cxify.writers.library import LibraryWriter
from cxify.writers.llm.request import parts_of
from cxify.writers.llm.sentence import Rewording
from cxify.writers.llm.structured import Structured

Route = Literal["structured", "sentence", "auto"]


@dataclass(frozen=True)
class LLMWriter:
    """Proposes edits with a chat model. Thread-safe as long as the chat is."""

    chat: Chat
    prompts_root: Path | None = None
    """An organisation's own prompts; what it lacks is taken from the bundled ones."""
    path: Route = "auto"
    """"structured" for strong models, "sentence" for small ones; "auto": sentences from a model on this machine."""
    library: Writer | None = None
    """Who plans for a small model and comments on forms that are filled in; None is LibraryWriter."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Prompts to be used in a version of one's choice, by name: a draft that is being evaluated."""

    @property
    def revises(self) -> bool:
        """Both paths can do something about a blocked edit."""
        return True

    @property
    def chosen(self) -> Literal["structured", "sentence"]:
        """The path that is taken."""
        if self.path == "auto":
            return "sentence" if self.chat.local else "structured"
        return self.path

    @property
    def identity(self) -> dict[str, str]:
        """Say which model and which prompts were in use, with the prompts' hashes."""
        return {
            "name": "llm",
            "path": self.chosen,
            "model": self.chat.model,
            "where": "this machine" if self.chat.local else "remote",
            "prompts": ", ".join(f"{prompt.name}@{prompt.version}:{prompt.sha256[:12]}" for prompt in self.prompts),
        }

    @cached_property
    def prompts(self) -> tuple[Prompt, ...]:
        """The prompts that this writer may use, by name."""
        return self._selection.used("sentence" if self.chosen == "sentence" else "proposal")

    def write(self, task: Task, previous: Proposal | None = None, findings: Sequence[Finding] = ()) -> Written:
        """Propose edits, or revise `previous` after `findings`. Raises ModelError and PromptInvalid."""
        if task.document.state != "blank" or task.kind.id not in prompts.names(self.prompts_root):
            # What somebody filled in or signed is no model's business; the library knows which comments it may get.
            return self._planner.write(task, previous, findings)
        if self.chosen == "sentence":
            return self._rewording.write(task, previous, findings)
        return self._structured.write(task, previous, findings)

    def requests(self, task: Task) -> tuple[Message, ...]:
        """Return what the structured path would send for a document, part by part, without sending it."""
        return tuple(message for part in parts_of(task) for message in self._structured.messages(task, part))

    @cached_property
    def _selection(self) -> Selection:
        """Kept as long as the writer: a prompt is read once a run, and what is named in outputs is what was sent."""
        if self.prompts_root is None and not self.versions:
            return _bundled(folders.bundled())
        return Selection(self.prompts_root, self.versions)

    @cached_property
    def _structured(self) -> Structured:
        return Structured(self.chat, self._selection)

    @cached_property
    def _rewording(self) -> Rewording:
        return Rewording(self.chat, self._planner, self._selection)

    @cached_property
    def _planner(self) -> Writer:
        return self.library or LibraryWriter()


@cache
def _bundled(_: Path) -> Selection:
    """Keep the prompts that come with cxify as long as the process: children that are forked from it find them read."""
    return Selection()
