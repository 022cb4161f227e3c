"""The proof of who somebody is: signature, issuer, audience, times, nonce. OpenID Connect Core 3.1.3.7."""

from collections.abc import Mapping
from typing import Any, Final

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import (
    BadSignatureError,
    ExpiredTokenError,
    InvalidClaimError,
    InvalidKeyIdError,
    JoseError,
    MissingClaimError,
    UnsupportedAlgorithmError,
)

from cxify.web.sign_in.provider import Provider
from cxify.web.sign_in.refusal import AGAIN, ASK, SignInRefused

ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "Ed25519",
    "EdDSA",
)
"""Signatures with a private key that only the service has; never `none`, never one made with a shared secret."""
LEEWAY: Final = 60
_CLAIMS: Final = {
    "iss": "comes from another sign-in service",
    "aud": "was made for another program",
    "azp": "was made for another program",
    "nonce": "does not belong to this sign-in",
    "iat": "carries a time that cannot be",
    "nbf": "is not valid yet",
    "exp": "has no end",
    "at_hash": "does not fit the rest of the answer",
}


def checked(provider: Provider, token: str, *, nonce: str, access_token: str | None, now: float) -> Mapping[str, Any]:
    """Return the claims of an id_token that can be believed. Raises SignInRefused for every other."""
    client = provider.client
    try:
        read = _decoded(provider, token)
        options = {"iss": {"essential": True, "value": client.issuer}, "aud": {"essential": True, "value": client.id}}
        known = {"nonce": nonce, "client_id": client.id, "access_token": access_token}
        CodeIDToken(read.claims, read.header, options, known).validate(now=int(now), leeway=LEEWAY)
    except JoseError as error:
        raise _refused(error) from None
    return read.claims


def _decoded(provider: Provider, token: str) -> jwt.Token:
    try:
        return jwt.decode(token, provider.keys(), algorithms=list(ALGORITHMS))
    except (InvalidKeyIdError, BadSignatureError):
        # The service may have changed its keys since they were read.
        return jwt.decode(token, provider.keys(renewed=True), algorithms=list(ALGORITHMS))
    except ValueError:
        raise SignInRefused("The proof from the sign-in service cannot be read.", ASK) from None


def _refused(error: JoseError) -> SignInRefused:
    match error:
        case ExpiredTokenError():
            return SignInRefused("The proof from the sign-in service is too old.", AGAIN)
        case BadSignatureError() | InvalidKeyIdError():
            return SignInRefused("The proof from the sign-in service is not signed by it.", ASK)
        case UnsupportedAlgorithmError():
            return SignInRefused("The proof from the sign-in service is not signed in a way that can be believed.", ASK)
        case InvalidClaimError(claim=claim) | MissingClaimError(claim=claim):
            why = _CLAIMS.get(claim, f"lacks what cxify needs ({claim})")
            return SignInRefused(f"The proof from the sign-in service {why}.", AGAIN if claim == "nonce" else ASK)
    return SignInRefused("The proof from the sign-in service cannot be read.", ASK)
