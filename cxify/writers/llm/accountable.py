"""Knows which requests a document rests on, so that those of a document that came to nothing can be asked anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxify.document import Finding
from cxify.errors import AnswerAwaited, ModelError
from cxify.llm.openai_batch import BatchChat
from cxify.proposal import Proposal
from cxify.writers import Task, Writer, Written


@dataclass(frozen=True)
class Accountable:
    """A Writer that tells a BatchChat where a document begins, and when its answers led to nothing. Thread-safe."""

    writer: Writer
    chat: BatchChat

    @property
    def identity(self) -> dict[str, str]:
        """The writer's own: how the answers travel decides nothing."""
        return self.writer.identity

    @property
    def revises(self) -> bool:
        """Whether the writer does."""
        return self.writer.revises

    def write(self, task: Task, previous: Proposal | None = None, findings: Sequence[Finding] = ()) -> Written:
        """Let the writer propose."""
        if previous is None:
            self.chat.begin()
        try:
            return self.writer.write(task, previous, findings)
        except AnswerAwaited:
            raise
        except ModelError:
            self.chat.give_up()
            raise
