"""How much may be sent: counted while it arrives, because what a sender announces need not be so."""

import asyncio
import re
import time
from typing import Final

from fastapi import Request
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cxify.settings.serve import MEGABYTE
from cxify.web.config import Config
from cxify.web.errors import Unreadable, UploadTooLarge

_ORDINARY: Final = 2 * MEGABYTE
_MANY_FILES: Final = re.compile(r"/upload|/api/v1/documents")
_ONE_FILE: Final = re.compile(r"/documents/[^/]+/returned|/framework(?:/.*)?|/voice")
"""To these, files are sent; what is sent to others is read at once, so it must be small."""
_FIELD: Final = 16 * 1024
"""Bytes of a field beside the files: a name, a choice."""
_SLOW: Final = 30.0
"""Seconds without a byte after which a sender is given up."""
_GRACE: Final = 60.0
_SLOWEST: Final = 20_000
"""Bytes a second that must arrive on average once the grace is over; who drips keeps a connection for ever."""


class Bodies:
    """Stop reading when more arrives than is taken."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted. Raises UploadTooLarge."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = most_bytes(scope["path"], scope["app"].state.context.config)
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > most:
            raise too_large(most)
        await self.app(scope, counted(receive, most), send)


def most_bytes(path: str, config: Config) -> int:
    """Return how many bytes may be sent to a path."""
    if _MANY_FILES.fullmatch(path):
        return config.serve.largest_upload * MEGABYTE
    return config.serve.largest_file * MEGABYTE + _ORDINARY if _ONE_FILE.fullmatch(path) else _ORDINARY


def too_large(most: int) -> UploadTooLarge:
    """Return what is said about more bytes than are taken."""
    return UploadTooLarge(f"More than {most // MEGABYTE} MB were sent at once.", "Send fewer files at a time.")


async def form(request: Request, config: Config) -> FormData:
    """Return a form with its files, each within the limits. Raises UploadTooLarge and Unreadable."""
    from starlette.exceptions import HTTPException

    most = config.serve.most_files
    try:
        # One more than is taken, so that it is us who say so.
        found = await request.form(max_files=most + 1, max_fields=2 * most + 20, max_part_size=_FIELD)
    except HTTPException:
        raise Unreadable(f"The form cannot be read, or holds more than {most} files.", "Send fewer at once.") from None
    files = [value for _, value in found.multi_items() if isinstance(value, UploadFile)]
    if len(files) > most:
        raise UploadTooLarge(f"More than {most} files were sent at once.", "Send them in several parts.")
    return found


def within(file: UploadFile, config: Config) -> None:
    """Raise UploadTooLarge for a file that is larger than one may be."""
    most = config.serve.largest_file
    if (file.size or 0) > most * MEGABYTE:
        message = f"The file has more than {most} MB."
        raise UploadTooLarge(message, "Make its pictures smaller in Word (Compress Pictures), and send it again.")


def counted(receive: Receive, most: int) -> Receive:
    """Return what reads a body of so many bytes at most. Raises UploadTooLarge, and Unreadable for a slow sender."""
    arrived, whole, begun = 0, False, time.monotonic()

    async def counting() -> Message:
        nonlocal arrived, whole
        # When all is there, the next message is that the browser is gone, and that may take its time.
        message = await (receive() if whole else _soon(receive))
        arrived += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if arrived > most:
            raise too_large(most)
        if not whole and time.monotonic() - begun > _GRACE + arrived / _SLOWEST:
            raise too_slow()
        return message

    return counting


def too_slow() -> Unreadable:
    """Return what is said to a sender who is given up."""
    return Unreadable("What was sent arrived too slowly.", "Check your connection and send it again.")


async def _soon(receive: Receive) -> Message:
    try:
        return await asyncio.wait_for(receive(), _SLOW)
    except TimeoutError:
        raise too_slow() from None
