"""From a model's name to a writer; whoever starts a run chooses it here."""

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cxify import settings as configuration
from cxify.errors import SettingsInvalid

if TYPE_CHECKING:
    from cxify.llm import Chat
    from cxify.settings import Settings
    from cxify.writers import Writer

LIBRARY: Final = "library"


def writer_for(model: str, settings: "Settings", max_cost: Decimal | None = None) -> "Writer":
    """Return the writer that --model names. Raises SettingsInvalid for what does not go together."""
    if model == LIBRARY:
        from cxify.writers.library import LibraryWriter

        if max_cost is not None:
            raise SettingsInvalid("--model library costs nothing.", "Leave --max-cost out, or name a model.")
        return LibraryWriter(settings.wording)
    from cxify.writers.llm import LLMWriter

    return LLMWriter(chat_for(model, settings, max_cost), settings.prompts)


def chat_for(model: str, settings: "Settings", max_cost: Decimal | None) -> "Chat":
    """Return the chat that --model names, within --max-cost."""
    from cxify.llm import ModelChat
    from cxify.llm.budget import Budget
    from cxify.llm.pace import Pace

    chat = ModelChat(
        model,
        base_url=settings.base_url,
        api_key=configuration.api_key(settings, model),
        timeout=settings.timeout,
        pace=Pace(
            requests_per_minute=settings.requests_per_minute,
            tokens_per_minute=settings.tokens_per_minute,
        ),
    )
    return chat if max_cost is None else Budget(chat, max_cost)
