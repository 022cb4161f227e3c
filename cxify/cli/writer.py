"""From --model to a writer."""

from decimal import Decimal
from typing import TYPE_CHECKING

from cxify import settings as configuration
from cxify.errors import SettingsInvalid

if TYPE_CHECKING:
    from cxify.llm import Chat
    from cxify.settings import Settings
    from cxify.writers import Writer

LIBRARY = "library"


def writer_for(model: str, settings: "Settings", max_cost: Decimal | None = None) -> "Writer":
    """Return the writer that --model names. Raises SettingsInvalid for what does not go together."""
    if model == LIBRARY:
        from cxify.writers.library import LibraryWriter

        if max_cost is not None:
            raise SettingsInvalid("--model library costs nothing.", "Leave --max-cost out, or name a model.")
        return LibraryWriter(settings.wording)
    from cxify.writers.llm import LLMWriter

    return LLMWriter(_chat(model, settings, max_cost), settings.prompts)


def _chat(model: str, settings: "Settings", max_cost: Decimal | None) -> "Chat":
    from cxify.llm import ModelChat
    from cxify.llm.budget import Budget

    chat = ModelChat(model, base_url=settings.base_url, api_key=configuration.api_key(settings, model))
    return chat if max_cost is None else Budget(chat, max_cost)
