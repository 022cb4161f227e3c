"""No other web site may act for a person: Sec-Fetch-Site and Origin on everything that changes something.

A browser sends both by itself and no page can forge them. A program with a token is not a browser: it has no cookie
that another site could use, and the API looks at tokens only.
"""

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from cxify.web.config import Config
from cxify.web.errors import NotAllowed

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OUR_OWN: Final = frozenset({"same-origin", "none"})
"""`none` is a person's own doing, such as loading a page again; no site can cause it."""
_API: Final = "/api/"


class Origins:
    """Refuse what another site's page sends."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from our own pages. Raises NotAllowed."""
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            headers = Headers(scope=scope)
            program = scope["path"].startswith(_API) and "authorization" in headers
            if not program and not _ours(headers, scope["app"].state.context.config):
                message = "This came from another web site, so nothing was done."
                raise NotAllowed(message, "Open the page of cxify itself and do it there.")
        await self.app(scope, receive, send)


def _ours(headers: Headers, config: Config) -> bool:
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in _OUR_OWN:
        return False
    if origin is not None:
        return origin in config.origins
    return site is not None
