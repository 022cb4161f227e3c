"""What browsers are told on every answer: run only our own script, frame nothing, keep nothing, tell nobody."""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cxify.web.config import Config

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
_FEATURES: Final = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture", "fullscreen",
    "geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: with it browsers send `Origin: null`, and a form of ours would look like a stranger's.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
_STATIC: Final = "/static/"


class SafeHeaders:
    """Put these headers on every answer, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        config = scope["app"].state.context.config
        kept = "no-cache" if scope["path"].startswith(_STATIC) else "no-store"

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(headers_for(config) | {"Cache-Control": kept})
            await send(message)

        await self.app(scope, receive, safe)


def headers_for(config: Config) -> dict[str, str]:
    """Return the headers of every answer."""
    headers = _ALWAYS | {"Content-Security-Policy": policy(config)}
    return headers | ({"Strict-Transport-Security": "max-age=31536000"} if config.secure else {})


def policy(config: Config) -> str:
    """Return the content security policy; signing out may lead to the sign-in service, which counts as sending."""
    issuer = urlsplit(config.serve.oidc_issuer or "")
    return f"{_POLICY} {issuer.scheme}://{issuer.netloc}" if issuer.netloc else _POLICY
