"""Load what the first call of a model takes, while something else is done: two seconds, most of it imports."""

import logging
from typing import TYPE_CHECKING, Final

from cxify.llm.chat import NO_KEY, ModelChat
from cxify.llm.retry import Patience
from cxify.prompts import Message, Options

if TYPE_CHECKING:
    from httpx2 import Request, Response

_SAID: Final = {
    "id": "none",
    "object": "chat.completion",
    "created": 0,
    "model": "none",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "{}"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
}
_SCHEMA: Final = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
log = logging.getLogger(__name__)


def preload() -> None:
    """Make a call that leaves this process for nowhere; what is missing, the first true call will tell."""
    try:
        from cxify.llm.transport import trusted

        trusted()
        _unconnected().complete([Message("user", "Nothing.")], _SCHEMA, Options(max_output_tokens=16))
    except Exception:
        log.debug("preloading", exc_info=True)


def _unconnected() -> ModelChat:
    from httpx2 import Response

    from cxify.llm.transport import answering

    def answer(_: "Request") -> "Response":
        return Response(200, json=_SAID)

    patience, extra = Patience(attempts=1), {"http_client": answering(answer)}
    return ModelChat("openai:none", base_url="http://localhost/v1", api_key=NO_KEY, patience=patience, extra=extra)
