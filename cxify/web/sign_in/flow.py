"""One sign-in: out to the service with a state, a nonce and a PKCE challenge, and back with a code."""

import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlencode

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client

from cxify.web.sign_in import id_token
from cxify.web.sign_in.provider import TIMEOUT, Metadata, Provider, trust
from cxify.web.sign_in.refusal import AGAIN, ASK, SignInRefused
from cxify.web.sign_in.who import Visitor

SCOPE: Final = "openid profile email"
PATIENCE: Final = 900
"""Seconds that somebody may take at the service."""


@dataclass(frozen=True)
class Begun:
    """What is remembered on the server until the browser comes back; it works once."""

    state: str
    nonce: str
    verifier: str
    at: float
    next: str

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Begun | None":
        """Read what `data` has kept; None when it holds no sign-in."""
        try:
            return cls(**{name: data[name] for name in cls.__dataclass_fields__})
        except KeyError:
            return None

    @property
    def data(self) -> dict[str, Any]:
        """What a session keeps of it."""
        return asdict(self)


@dataclass(frozen=True)
class Returned:
    """The query with which the browser comes back."""

    code: str = ""
    state: str = ""
    iss: str = ""
    error: str = ""


def begin(provider: Provider, redirect_uri: str, next: str = "/") -> tuple[str, Begun]:
    """Return the address to send the browser to, and what to remember. Raises SignInUnavailable."""
    begun = Begun(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(64),
        at=time.time(),
        next=next,
    )
    metadata = provider.metadata()
    with _client(provider, metadata, redirect_uri) as client:
        address, _ = client.create_authorization_url(
            metadata.authorization_endpoint, state=begun.state, nonce=begun.nonce, code_verifier=begun.verifier
        )
    return address, begun


def finish(provider: Provider, redirect_uri: str, begun: Begun | None, returned: Returned) -> Visitor:
    """Return who has signed in. Raises SignInRefused or SignInUnavailable."""
    begun = _expected(provider, begun, returned)
    metadata = provider.metadata()
    token = _redeemed(provider, metadata, redirect_uri, begun, returned.code)
    proof, access = token.get("id_token"), token.get("access_token")
    if not isinstance(proof, str):
        raise SignInRefused("The sign-in service gave no proof of who you are.", ASK)
    claims = id_token.checked(provider, proof, nonce=begun.nonce, access_token=access, now=time.time())
    return Visitor.of({**_more(provider, metadata, access, claims), **claims})


def end_address(provider: Provider, after: str) -> str | None:
    """Return where somebody signs out of the service itself, if it has such a place."""
    end = provider.metadata().end_session_endpoint
    if end is None:
        return None
    return f"{end}?{urlencode({'client_id': provider.client.id, 'post_logout_redirect_uri': after})}"


def _expected(provider: Provider, begun: Begun | None, returned: Returned) -> Begun:
    """Refuse an answer that belongs to no sign-in of this browser, or that is none."""
    if begun is None or time.time() - begun.at > PATIENCE:
        raise SignInRefused("This sign-in took too long, or it was begun in another window.", AGAIN)
    if not hmac.compare_digest(begun.state.encode(), returned.state.encode()):
        raise SignInRefused("This answer does not belong to the sign-in that you began.", AGAIN)
    wanted = provider.metadata().authorization_response_iss_parameter_supported
    if (returned.iss or wanted) and returned.iss != provider.client.issuer:  # RFC 9207
        raise SignInRefused("This answer comes from another sign-in service.", AGAIN)
    if returned.error:
        # What the service adds in its own words goes through the browser and could be anybody's.
        denied = returned.error == "access_denied"
        why = "You, or your organisation, have declined it." if denied else "The sign-in service did not sign you in."
        raise SignInRefused(why, AGAIN if denied else ASK)
    if not returned.code:
        raise SignInRefused("The sign-in service sent nothing back.", AGAIN)
    return begun


def _redeemed(provider: Provider, metadata: Metadata, redirect_uri: str, begun: Begun, code: str) -> Mapping[str, Any]:
    try:
        with _client(provider, metadata, redirect_uri) as client:
            token = client.fetch_token(
                metadata.token_endpoint, grant_type="authorization_code", code=code, code_verifier=begun.verifier
            )
    except AuthlibBaseError:
        raise SignInRefused("The sign-in service does not accept its own answer any more.", AGAIN) from None
    except (httpx2.HTTPError, ValueError) as error:
        raise provider.away(type(error).__name__) from None
    return token if isinstance(token, dict) else {}


def _more(provider: Provider, metadata: Metadata, access: object, claims: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the service tells besides the proof; many name groups only there."""
    if not metadata.userinfo_endpoint or not isinstance(access, str):
        return {}
    told = provider.get(metadata.userinfo_endpoint, access)
    # OpenID Connect Core 5.3.2: what is said of somebody else must not be used.
    if told.get("sub") != claims.get("sub"):
        raise SignInRefused("The sign-in service speaks of two different people.", ASK)
    return told


def _client(provider: Provider, metadata: Metadata, redirect_uri: str) -> OAuth2Client:
    secret = provider.client.secret
    methods = metadata.token_endpoint_auth_methods_supported
    known = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
    return OAuth2Client(
        client_id=provider.client.id,
        client_secret=secret.get_secret_value() if secret else None,
        token_endpoint_auth_method=known if secret else "none",
        scope=SCOPE,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        timeout=TIMEOUT,
        follow_redirects=False,
        verify=trust(),
    )
