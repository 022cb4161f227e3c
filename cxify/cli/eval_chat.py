"""From --model and --tape to a chat: a model, a recording that is made, or one that is played back."""

from decimal import Decimal
from pathlib import Path

from cxify.cli.writer import LIBRARY, chat_for
from cxify.errors import SettingsInvalid
from cxify.llm import Chat, Tape
from cxify.settings import Settings

Recording = tuple[Path, str]
"""A file, and record or replay."""


def chat_of(model: str, tape: Recording | None, chosen: Settings, dollars: Decimal | None = None) -> Chat:
    """Return what answers. Raises SettingsInvalid for a tape that is not there, or that nobody could record."""
    if tape is None:
        return chat_for(model, chosen, dollars)
    file, mode = tape
    if mode == "replay":
        if not file.exists():
            raise SettingsInvalid(f"There is no tape {file}.", "Record it first, with --tape FILE record.")
        return Tape(file, "replay", model_name="" if model == LIBRARY else model)
    if model == LIBRARY:
        raise SettingsInvalid("The built-in writer asks no model that could be recorded.", "Name one with --model.")
    return Tape(file, "record", chat_for(model, chosen, dollars))
