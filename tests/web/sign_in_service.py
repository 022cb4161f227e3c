"""A sign-in service of our own that keeps to OpenID Connect to the letter, and can be told to break it in one place."""

import base64
import hashlib
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote_plus, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "cxify-test", "a secret: with % and /"
Claims = dict[str, Any]


def new_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)})


usual_key = cache(new_key)
"""Made once, because it takes long."""


def _same(claims: Claims) -> Claims:
    return claims


@dataclass
class Service:
    """The service, whom it signs in, and what it does wrong."""

    issuer: str
    person: Claims = field(default_factory=lambda: {"sub": "kim", "name": "Kim Meyer", "email": "kim@example.org"})
    userinfo: Claims | None = None
    """What is told besides the proof; None tells nothing."""
    described: Callable[[Claims], Claims] = _same
    claimed: Callable[[Claims], Claims] = _same
    signed: Callable[[Claims], str] | None = None
    """Makes the proof instead of the service's own key."""
    answered: Callable[[Claims], Claims] = _same
    sent_back: Callable[[Claims], Claims] = _same
    """Changes what the browser takes back."""
    key: RSAKey = field(default_factory=usual_key)
    codes: dict[str, Claims] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The addresses that were asked for, in their order."""

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._describe),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
                Route("/userinfo", self._userinfo),
            ]
        )

    def proof(self, claims: Claims) -> str:
        """Sign claims as the service does."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    async def _describe(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        told: Claims = {"issuer": self.issuer, "token_endpoint_auth_methods_supported": ["client_secret_basic"]}
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        places |= {"end_session_endpoint": "end"} | ({"userinfo_endpoint": "userinfo"} if self.userinfo else {})
        return JSONResponse(self.described(told | {name: f"{self.issuer}/{path}" for name, path in places.items()}))

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        assert len(asked["state"]) >= 32
        assert len(asked["nonce"]) >= 32
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        back = self.sent_back({"code": code, "state": asked["state"], "iss": self.issuer})
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 302)

    async def _token(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
        asked = self.codes.pop(form.get("code", ""), None)
        if scheme != "Basic" or _credentials(credentials) != (CLIENT, SECRET):
            return JSONResponse({"error": "invalid_client"}, 401)
        if asked is None or form["redirect_uri"] != asked["redirect_uri"] or not _proves(form, asked):
            return JSONResponse({"error": "invalid_grant"}, 400)
        access, now = secrets.token_urlsafe(), int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        proof = (self.signed or self.proof)(self.claimed({**claims, **self.person}))
        return JSONResponse(self.answered({"access_token": access, "token_type": "Bearer", "id_token": proof}))

    async def _keys(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        return JSONResponse({"keys": [self.key.as_dict(private=False) | {"use": "sig", "alg": "RS256"}]})

    async def _userinfo(self, request: Request) -> Response:
        assert request.headers["authorization"].startswith("Bearer ")
        return JSONResponse(self.userinfo)


@contextmanager
def running() -> Iterator[Service]:
    """Run a service on a free port of this machine."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        service = Service(f"http://127.0.0.1:{listening.getsockname()[1]}")
        server = uvicorn.Server(uvicorn.Config(service.app(), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield service
        server.should_exit = True
        thread.join(10)


def _credentials(encoded: str) -> tuple[str, str]:
    # RFC 6749 2.3.1: both are form-encoded before they are joined; clients that leave it out are common.
    id, _, secret = base64.b64decode(encoded).decode().partition(":")
    return unquote_plus(id), secret if secret == SECRET else unquote_plus(secret)


def _proves(form: Claims, asked: Claims) -> bool:
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
