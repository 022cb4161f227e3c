"""The page as a running server: a socket first, so that the address is known before anything answers."""

import logging
import signal
import socket
from collections.abc import Callable

import uvicorn

from cxify import machine
from cxify.errors import SettingsInvalid
from cxify.settings import Serve, Settings
from cxify.web import config as config_
from cxify.web.app import create_app
from cxify.web.config import Config

_PATIENCE = 10
"""Seconds that requests in work have to finish when the server is stopped."""


def serve(serve: Serve, settings: Settings, tell: Callable[[Config], None]) -> None:
    """Answer requests until SIGTERM or Ctrl-C; `tell` hears where. Raises SetupError."""
    config_.check(serve)
    machine.share_heaps(2)
    with _listening(serve) as listening:
        port = listening.getsockname()[1]
        config = Config(serve, settings, config_.database(serve, settings), port)
        app = create_app(config)
        server = uvicorn.Server(_plain(app, serve))
        # uvicorn heeds both signals while it runs, and then passes them on to whoever heeded them before: nobody.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        tell(config)
        server.run(sockets=[listening])


def _listening(serve: Serve) -> socket.socket:
    family = socket.AF_INET6 if ":" in serve.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((serve.host, serve.port))
        listening.listen(2048)  # who opens the address before the page is ready waits, and is not turned away
    except OSError as error:
        listening.close()
        message = f"Nobody can listen at {serve.host}, port {serve.port}: {(error.strerror or str(error)).lower()}."
        remedy = "Perhaps cxify runs already. Stop it, or give another --port; 0 takes a free one."
        raise SettingsInvalid(message, remedy) from None
    return listening


def _plain(app: object, serve: Serve) -> uvicorn.Config:
    """Return uvicorn's settings: no banner, no log of addresses, and proxies believed only where they are named."""
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # FastAPI is an ASGI application
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(serve.trusted_proxies),
        forwarded_allow_ips=list(serve.trusted_proxies),
        timeout_keep_alive=20,
        timeout_graceful_shutdown=_PATIENCE,
    )
