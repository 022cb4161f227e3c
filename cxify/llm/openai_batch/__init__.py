"""OpenAI's Batch API: answers within a day at half the price.

A run asks a BatchChat, which answers from results on disk and remembers what is missing; the Desk submits that and
fetches what has been answered. So a run is repeated until nothing is missing, and every answer takes the live path.

    notes     what was submitted and what came back, on disk        results   the provider's result files, line by line
    standing  what is known of one request                          chat      the Chat that answers from it
    service   the provider's routes                                 desk      submits, fetches, recovers from a crash
    bill      what it may cost and has cost                         lock      one process a folder
"""

from cxify.llm.openai_batch.chat import BatchChat
from cxify.llm.openai_batch.desk import Desk
from cxify.llm.openai_batch.lock import alone
from cxify.llm.openai_batch.notes import BatchNote, Notes
from cxify.llm.openai_batch.service import Service

__all__ = ["BatchChat", "BatchNote", "Desk", "Notes", "Service", "alone"]
