"""Imported besides `cxify.batch.warm` where a model writes: prompts are read, and the schema of an answer is built."""

from typing import Final

from cxify.batch.warm import warm_up
from cxify.llm import rehearsal, relay
from cxify.writers.llm import LLMWriter

_LOADED: Final = relay
"""What children need besides."""

warm_up(LLMWriter(rehearsal.Rehearsal(), path="structured"))
