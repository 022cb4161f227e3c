"""How fast one person or one address may ask: a bucket of tokens for each, in bounded memory."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from cxify.web.errors import TooManyRequests

_MOST: Final = 10_000
_ALWAYS: Final = ("/healthz",)


class Rates:
    """A bucket for everyone who asked lately; it fills evenly and holds what may be asked in ten seconds at once."""

    def __init__(self, per_minute: int, *, most: int = _MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_minute / 60
        self._holds = max(5.0, per_minute / 6)
        self._most = most
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, who: str) -> float:
        """Return 0 when `who` may ask now, or else the seconds to wait."""
        with self._lock:
            now = self._clock()
            left, at = self._buckets.pop(who, (self._holds, now))
            left = min(self._holds, left + (now - at) * self._per_second)
            granted = left >= 1
            self._buckets[who] = (left - 1 if granted else left, now)
            while len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            return 0.0 if granted else (1 - left) / self._per_second

    def __len__(self) -> int:
        return len(self._buckets)


class AddressRates:
    """Refuse an address that asks too fast, before anything is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes slowly enough. Raises TooManyRequests."""
        if scope["type"] == "http" and scope["path"] not in _ALWAYS:
            rates: Rates = scope["app"].state.context.addresses
            if wait := rates.take(address_of(scope)):
                raise TooManyRequests(wait)
        await self.app(scope, receive, send)


def address_of(scope: Scope) -> str:
    """Return whose requests count together: one address, or the network that one IPv6 subscriber has."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)
