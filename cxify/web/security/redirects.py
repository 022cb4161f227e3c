"""Where a person goes after signing in: only to a page of ours."""

from typing import Final
from urllib.parse import quote, urlsplit

from fastapi import Request

HOME: Final = "/"


def inside(address: str | None) -> str:
    """Return a path of this page, or the first page for anything that leads elsewhere."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return HOME
    if any(ord(character) < 32 or character == "\\" for character in address):
        return HOME
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else HOME


def sign_in_address(request: Request) -> str:
    """Return the address of the sign-in that leads back to what was asked for."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return "/login" if asked == HOME else f"/login?next={quote(asked, safe='/')}"
