"""Only our own name is answered: a foreign name that was made to point here would make a foreign page our neighbour."""

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from cxify.web.errors import NotAllowed

_ALWAYS: Final = "/healthz"
"""Asked by machines that know only an address; it tells nothing."""


class Hosts:
    """Refuse requests for another name than ours (DNS rebinding)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is meant for us. Raises NotAllowed."""
        if scope["type"] == "http" and scope["path"] != _ALWAYS:
            config = scope["app"].state.context.config
            if Headers(scope=scope).get("host", "").lower() not in config.hosts:
                raise NotAllowed("This is not the address of this page.", f"Open {config.origin} instead.")
        await self.app(scope, receive, send)
