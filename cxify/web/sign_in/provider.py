"""The sign-in service: what it says of itself, read once in a while."""

import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from cxify.web.sign_in.refusal import ASK, SignInUnavailable

_FRESH: Final = 3600.0
_PATIENCE: Final = 60.0
"""Seconds between two readings of the keys when a token names one that is not known: nobody makes cxify ask all day."""
_PAUSE: Final = 10.0
"""Seconds for which a service that has failed is not asked again."""
TIMEOUT: Final = 10.0
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Client:
    """What the service knows cxify as."""

    issuer: str
    id: str
    secret: SecretStr | None = None


class Metadata(BaseModel):
    """The parts of OpenID Connect Discovery that sign-in needs."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False

    @property
    def endpoints(self) -> tuple[str, ...]:
        """Every address that it names."""
        named = (self.authorization_endpoint, self.token_endpoint, self.jwks_uri)
        return (*named, *filter(None, (self.userinfo_endpoint, self.end_session_endpoint)))


@dataclass
class _Kept:
    failure: SignInUnavailable | None = None
    failed: float = 0.0
    metadata: Metadata | None = None
    read: float = 0.0
    keys: KeySet | None = None
    keys_read: float = 0.0


@dataclass(frozen=True)
class Provider:
    """One sign-in service, for all threads of the web page."""

    client: Client
    clock: Callable[[], float] = time.monotonic
    _kept: _Kept = field(default_factory=_Kept, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def name(self) -> str:
        """What people may call it: the host of its address."""
        return urlsplit(self.client.issuer).hostname or self.client.issuer

    def metadata(self) -> Metadata:
        """Return what the service says of itself. Raises SignInUnavailable."""
        with self._lock:
            kept = self._kept
            if kept.metadata is None or self.clock() - kept.read > _FRESH:
                kept.metadata, kept.read = self._asked(), self.clock()
            return kept.metadata

    def keys(self, *, renewed: bool = False) -> KeySet:
        """Return the service's public keys; `renewed` when a token names one that was not among them."""
        address = self.metadata().jwks_uri
        with self._lock:
            kept = self._kept
            age = self.clock() - kept.keys_read
            if kept.keys is None or age > (_PATIENCE if renewed else _FRESH):
                kept.keys, kept.keys_read = self._imported(self.get(address)), self.clock()
            return kept.keys

    def get(self, address: str, token: str | None = None) -> Mapping[str, Any]:
        """Return the JSON object at one of the service's addresses. Raises SignInUnavailable."""
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        try:
            with http() as client:
                answer = client.get(address, headers=headers)
            answer.raise_for_status()
            content = answer.json()
        except httpx2.HTTPError as error:
            raise self.away(type(error).__name__) from None
        except ValueError:
            raise self.away("no JSON") from None
        if not isinstance(content, dict):
            raise self.away("no JSON object")
        return content

    def away(self, why: str) -> SignInUnavailable:
        """Return what is said when the service does not answer as it should."""
        message = f"The sign-in service {self.name} does not answer as it should ({why})."
        return SignInUnavailable(message, f"Try again in a few minutes. If it stays so: {ASK[0].lower()}{ASK[1:]}")

    def _asked(self) -> Metadata:
        """Ask the service, unless it has just failed: who comes meanwhile must not wait for it one after the other."""
        kept = self._kept
        if kept.failure and self.clock() - kept.failed < _PAUSE:
            raise SignInUnavailable(kept.failure.message, kept.failure.remedy)
        try:
            found = self._discovered()
        except SignInUnavailable as error:
            kept.failure, kept.failed = error, self.clock()
            raise
        kept.failure = None
        return found

    def _discovered(self) -> Metadata:
        self._checked(self.client.issuer)
        found = self.get(f"{self.client.issuer.rstrip('/')}/.well-known/openid-configuration")
        try:
            metadata = Metadata.model_validate(found)
        except ValidationError as error:
            lacking = str(error.errors(include_url=False)[0]["loc"][0])
            raise self.away(f"{lacking} in its description cannot be used") from None
        # OpenID Connect Discovery 4.3: the issuer must be exactly the address that was asked.
        if metadata.issuer != self.client.issuer:
            raise self.away(f"it calls itself {metadata.issuer}, and cxify was told {self.client.issuer}")
        for endpoint in metadata.endpoints:
            self._checked(endpoint)
        return metadata

    def _checked(self, address: str) -> None:
        """Refuse an address that is neither encrypted nor on this machine."""
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise self.away("an address of it is not https")

    def _imported(self, found: Mapping[str, Any]) -> KeySet:
        try:
            return KeySet.import_key_set({"keys": found.get("keys", [])})
        except (JoseError, ValueError, TypeError, KeyError):
            raise self.away("its keys cannot be read") from None


@cache
def trust() -> ssl.SSLContext:
    """Return the certificates that are believed; reading them takes longer than asking."""
    return httpx2.create_ssl_context()


def http() -> httpx2.Client:
    """Return a client that waits little and follows no one elsewhere."""
    return httpx2.Client(timeout=TIMEOUT, follow_redirects=False, verify=trust())
