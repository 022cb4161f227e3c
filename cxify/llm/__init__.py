"""Everything that talks to a language model, and the only package that imports LangChain or openai.

`chat` is the one seam: messages and a schema in, text out. `reask` turns text into checked data, `tape` records and
replays calls, `usage` counts tokens and money, `failures` says in plain words what went wrong.
"""

from cxify.llm.answer import Answer, Chat
from cxify.llm.chat import ModelChat
from cxify.llm.meter import Meter
from cxify.llm.reask import Asked, ask
from cxify.llm.tape import Tape
from cxify.llm.usage import Tokens

__all__ = ["Answer", "Asked", "Chat", "Meter", "ModelChat", "Tape", "Tokens", "ask"]
