"""From --model to a writer."""

from typing import TYPE_CHECKING

from cxify import settings as configuration

if TYPE_CHECKING:
    from cxify.settings import Settings
    from cxify.writers import Writer

LIBRARY = "library"


def writer_for(model: str, settings: "Settings") -> "Writer":
    """Return the writer that --model names. Raises SettingsInvalid, PromptInvalid or ModelUnavailable."""
    if model == LIBRARY:
        from cxify.writers.library import LibraryWriter

        return LibraryWriter()
    from cxify.llm import ModelChat
    from cxify.writers.llm import LLMWriter

    chat = ModelChat(model, base_url=settings.base_url, api_key=configuration.api_key(settings, model))
    return LLMWriter(chat)
