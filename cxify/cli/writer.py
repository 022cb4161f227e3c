"""From --model to a writer that sends nothing; those that work are chosen in `cxify.writers.choice`."""

from typing import TYPE_CHECKING

from cxify.writers.choice import LIBRARY, chat_for, writer_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxify.llm.unsent import Request, Unsent
    from cxify.settings import Settings
    from cxify.writers import Writer

__all__ = ["LIBRARY", "chat_for", "unsent_writer", "writer_for"]


def unsent_writer(
    model: str, settings: "Settings", shown: "Callable[[Request], None] | None"
) -> "tuple[Writer, Unsent]":
    """Return a writer that sends nothing, and the chat that counts what it would send."""
    from cxify.llm import ModelChat
    from cxify.llm.unsent import Unsent
    from cxify.writers.llm import LLMWriter

    chat = Unsent(ModelChat(model, base_url=settings.base_url), shown)
    return LLMWriter(chat, settings.prompts), chat
