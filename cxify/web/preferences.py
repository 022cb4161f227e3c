"""How a person wants the page: language, colours, keys of the keyboard. Cookies hold nothing else about anybody."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from fastapi import Request, Response

from cxify.web.context import Context
from cxify.web.texts import ENGLISH

CHOICES: Final = {"theme": ("auto", "light", "dark"), "keys": ("on", "off")}
_YEAR: Final = 365 * 24 * 3600


@dataclass(frozen=True)
class Preferences:
    """How a person wants the page."""

    language: str
    theme: str
    keys: str

    @classmethod
    def of(cls, request: Request, here: Context) -> "Preferences":
        """Return what the cookies say, or what the browser asks for."""
        known = here.texts.spoken
        asked = _kept(request, "language", known)
        language = asked or preferred(request.headers.get("accept-language", ""), known)
        ours = here.config.serve.language
        language = language or (ours if ours in known else None) or ENGLISH
        theme, keys = (_kept(request, name, CHOICES[name]) or CHOICES[name][0] for name in ("theme", "keys"))
        return cls(language, theme, keys)


def keep(response: Response, here: Context, name: str, value: str) -> bool:
    """Remember one choice; False when there is no such choice."""
    if value not in (here.texts.spoken if name == "language" else CHOICES.get(name, ())):
        return False
    secure = here.config.secure
    response.set_cookie(f"cxify-{name}", value, max_age=_YEAR, httponly=True, secure=secure, samesite="lax")
    return True


def preferred(header: str, known: Collection[str]) -> str | None:
    """Return the language of an Accept-Language header that is wanted most among those known."""
    wanted: list[tuple[float, str]] = []
    for part in header.split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        language = tag.partition("-")[0].lower()
        if language in known:
            wanted.append((_weight(weight), language))
    return max(wanted, key=lambda each: each[0])[1] if wanted else None


def _weight(text: str) -> float:
    try:
        return float(text or "1")
    except ValueError:
        return 0.0


def _kept(request: Request, name: str, allowed: Collection[str]) -> str | None:
    value = request.cookies.get(f"cxify-{name}")
    return value if value in allowed else None
