"""Sign-in by OpenID Connect: what a browser brings back is believed only when all of it fits."""

import base64
import hmac
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc import jwt
from pydantic import SecretStr

from cxify.store.people import Role
from cxify.web.sign_in import (
    Begun,
    Client,
    Mapping,
    Provider,
    Returned,
    SignInRefused,
    SignInUnavailable,
    Visitor,
    begin,
    finish,
    role_of,
)
from tests.web.sign_in_service import CLIENT, SECRET, Claims, Service, new_key, running

pytestmark = pytest.mark.long

BACK = "http://127.0.0.1:8765/login/callback"


@pytest.fixture
def service() -> Iterator[Service]:
    with running() as service:
        yield service


@pytest.fixture
def provider(service: Service) -> Provider:
    return Provider(Client(service.issuer, CLIENT, SecretStr(SECRET)))


def went(address: str) -> Returned:
    """Go where a browser is sent, and return what it brings back."""
    answer = httpx2.get(address, follow_redirects=False)
    back = urlsplit(answer.headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == BACK
    return Returned(**{name: values[0] for name, values in parse_qs(back.query).items()})


def signed_in(provider: Provider) -> Visitor:
    address, begun = begin(provider, BACK)
    return finish(provider, BACK, begun, went(address))


def test_a_sign_in_says_who_it_is(provider: Provider, service: Service) -> None:
    visitor = signed_in(provider)
    assert (visitor.issuer, visitor.subject) == (service.issuer, "kim")
    assert (visitor.name, visitor.email) == ("Kim Meyer", "kim@example.org")


def test_what_is_remembered_survives_a_session(provider: Provider) -> None:
    address, begun = begin(provider, BACK, "/documents/abc")
    kept = Begun.of(begun.data)
    assert kept == begun
    assert finish(provider, BACK, kept, went(address)).subject == "kim"
    assert Begun.of({"state": "only"}) is None


def test_every_sign_in_has_its_own_state_nonce_and_verifier(provider: Provider) -> None:
    first, second = begin(provider, BACK)[1], begin(provider, BACK)[1]
    assert len({first.state, first.nonce, first.verifier, second.state, second.nonce, second.verifier}) == 6


def test_the_verifier_never_travels_through_the_browser(provider: Provider) -> None:
    address, begun = begin(provider, BACK)
    assert begun.verifier not in address
    assert SECRET not in address


# --- what the browser brings back -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda returned: replace(returned, state="another"), "does not belong to the sign-in that you began"),
        (lambda returned: replace(returned, state=""), "does not belong to the sign-in that you began"),
        (lambda returned: replace(returned, state="ä"), "does not belong to the sign-in that you began"),
        (lambda returned: replace(returned, iss="https://evil.example"), "comes from another sign-in service"),
        (lambda returned: replace(returned, code=""), "sent nothing back"),
        (lambda returned: replace(returned, code="guessed"), "does not accept its own answer"),
        (lambda returned: replace(returned, code="", error="access_denied"), "declined"),
        (lambda returned: replace(returned, code="", error="<b>pay here</b>"), "did not sign you in"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(
    provider: Provider, change: Callable[[Returned], Returned], sentence: str
) -> None:
    address, begun = begin(provider, BACK)
    with pytest.raises(SignInRefused, match=sentence) as refused:
        finish(provider, BACK, begun, change(went(address)))
    assert "<b>" not in str(refused.value)


def test_an_answer_for_no_sign_in_is_refused(provider: Provider) -> None:
    address, _ = begin(provider, BACK)
    with pytest.raises(SignInRefused, match="another window"):
        finish(provider, BACK, None, went(address))


def test_a_sign_in_that_took_too_long_is_refused(provider: Provider) -> None:
    address, begun = begin(provider, BACK)
    with pytest.raises(SignInRefused, match="too long"):
        finish(provider, BACK, replace(begun, at=time.time() - 3600), went(address))


def test_a_code_works_once(provider: Provider) -> None:
    address, begun = begin(provider, BACK)
    returned = went(address)
    finish(provider, BACK, begun, returned)
    with pytest.raises(SignInRefused, match="does not accept its own answer"):
        finish(provider, BACK, begun, returned)


def test_a_stolen_code_is_worth_nothing_without_the_verifier(provider: Provider) -> None:
    address, _ = begin(provider, BACK)
    stolen = went(address)
    _, own = begin(provider, BACK)
    with pytest.raises(SignInRefused, match="does not accept its own answer"):
        finish(provider, BACK, own, replace(stolen, state=own.state))


def test_a_service_that_promises_its_name_in_the_answer_must_give_it(provider: Provider, service: Service) -> None:
    service.described = lambda told: told | {"authorization_response_iss_parameter_supported": True}
    service.sent_back = lambda back: {name: value for name, value in back.items() if name != "iss"}
    with pytest.raises(SignInRefused, match="another sign-in service"):
        signed_in(provider)


# --- the proof --------------------------------------------------------------------------------------------------------


def without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


@pytest.mark.parametrize(
    ("claimed", "sentence"),
    [
        (lambda claims: claims | {"nonce": "another"}, "does not belong to this sign-in"),
        (without("nonce"), "does not belong to this sign-in"),
        (lambda claims: claims | {"iss": "https://evil.example"}, "another sign-in service"),
        (without("iss"), "another sign-in service"),
        (lambda claims: claims | {"aud": "another program"}, "another program"),
        (lambda claims: claims | {"aud": ["another program", "a third"]}, "another program"),
        (without("aud"), "another program"),
        (lambda claims: claims | {"aud": [CLIENT, "another"], "azp": "another"}, "another program"),
        (lambda claims: claims | {"exp": int(time.time()) - 3600}, "too old"),
        (without("exp"), "has no end"),
        (lambda claims: claims | {"iat": int(time.time()) + 3600}, "time that cannot be"),
        (lambda claims: claims | {"nbf": int(time.time()) + 3600}, "not valid yet|time that cannot be"),
        (without("sub"), "lacks what cxify needs"),
        (lambda claims: claims | {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "does not fit the rest"),
    ],
)
def test_a_proof_that_does_not_fit_is_refused(
    provider: Provider, service: Service, claimed: Callable[[Claims], Claims], sentence: str
) -> None:
    service.claimed = claimed
    with pytest.raises(SignInRefused, match=sentence):
        signed_in(provider)


def by_hand(header: Claims, claims: Claims, secret: bytes | None) -> str:
    """Make a proof that no library would make."""
    parts = [base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in (header, claims)]
    signature = hmac.digest(secret, b".".join(parts), "sha256") if secret else b""
    return b".".join((*parts, base64.urlsafe_b64encode(signature).rstrip(b"="))).decode()


def unsigned(claims: Claims) -> str:
    return by_hand({"alg": "none"}, claims, None)


def with_the_secret(claims: Claims) -> str:
    return by_hand({"alg": "HS256"}, claims, SECRET.encode())


def with_another_key(claims: Claims) -> str:
    return jwt.encode({"alg": "RS256"}, claims, new_key())


@pytest.mark.parametrize(
    ("signed", "sentence"),
    [
        (unsigned, "not signed in a way that can be believed"),
        (with_the_secret, "not signed in a way that can be believed"),
        (with_another_key, "not signed by it"),
        (lambda _: "nonsense", "cannot be read"),
        (lambda _: "a.b.c", "cannot be read"),
        (lambda _: "", "cannot be read"),
    ],
)
def test_a_proof_without_the_services_own_signature_is_refused(
    provider: Provider, service: Service, signed: Callable[[Claims], str], sentence: str
) -> None:
    service.signed = signed
    with pytest.raises(SignInRefused, match=sentence):
        signed_in(provider)


def test_a_proof_signed_with_the_public_key_as_a_secret_is_refused(provider: Provider, service: Service) -> None:
    header = {"alg": "HS256", "kid": service.key.kid}
    service.signed = lambda claims: by_hand(header, claims, service.key.as_pem(private=False))
    with pytest.raises(SignInRefused, match="not signed in a way that can be believed"):
        signed_in(provider)


def test_an_answer_without_a_proof_is_refused(provider: Provider, service: Service) -> None:
    service.answered = without("id_token")
    with pytest.raises(SignInRefused, match="no proof"):
        signed_in(provider)


def test_new_keys_of_the_service_are_read_and_nobody_can_make_cxify_read_them_all_day(service: Service) -> None:
    clock = [1000.0]
    provider = Provider(Client(service.issuer, CLIENT, SecretStr(SECRET)), lambda: clock[0])
    signed_in(provider)
    service.key = new_key()
    for _ in range(3):
        with pytest.raises(SignInRefused, match="not signed by it"):
            signed_in(provider)
    assert service.asked.count("/keys") == 1
    clock[0] += 61
    assert signed_in(provider).subject == "kim"
    assert service.asked.count("/keys") == 2


# --- the service ------------------------------------------------------------------------------------------------------


def test_a_service_that_is_away_is_said() -> None:
    away = Provider(Client("http://127.0.0.1:9", CLIENT))
    with pytest.raises(SignInUnavailable, match=r"does not answer as it should .* Try again") as told:
        begin(away, BACK)
    assert "127.0.0.1:9/" not in str(told.value)


@pytest.mark.parametrize(
    ("described", "sentence"),
    [
        (lambda told: told | {"issuer": "https://evil.example"}, "calls itself"),
        (lambda told: told | {"token_endpoint": "http://evil.example/token"}, "not https"),
        (lambda told: told | {"jwks_uri": "file:///etc/passwd"}, "not https"),
        (without("token_endpoint"), "token_endpoint"),
        (lambda told: told | {"jwks_uri": told["issuer"] + "/nothing"}, "HTTPStatusError"),
    ],
)
def test_a_service_that_describes_itself_wrongly_is_not_trusted(
    provider: Provider, service: Service, described: Callable[[Claims], Claims], sentence: str
) -> None:
    service.described = described
    with pytest.raises(SignInUnavailable, match=sentence):
        signed_in(provider)


def test_the_service_is_not_asked_what_it_is_at_every_sign_in(provider: Provider, service: Service) -> None:
    for _ in range(3):
        signed_in(provider)
    assert service.asked == ["/.well-known/openid-configuration", "/keys"]


def test_a_service_that_fails_is_not_asked_again_by_everybody_who_comes(service: Service) -> None:
    clock = [1000.0]
    provider = Provider(Client(service.issuer, CLIENT, SecretStr(SECRET)), lambda: clock[0])
    service.described = without("token_endpoint")
    for _ in range(5):
        with pytest.raises(SignInUnavailable, match="token_endpoint"):
            begin(provider, BACK)
    assert len(service.asked) == 1
    service.described, clock[0] = lambda told: told, clock[0] + 11
    assert signed_in(provider).subject == "kim"


def test_an_unencrypted_service_elsewhere_is_not_asked() -> None:
    with pytest.raises(SignInUnavailable, match="not https"):
        begin(Provider(Client("http://sign-in.example", CLIENT)), BACK)


# --- who it is, and what they may do ----------------------------------------------------------------------------------


def test_groups_that_are_only_told_besides_the_proof_count(provider: Provider, service: Service) -> None:
    service.userinfo = {"sub": "kim", "groups": ["hr"], "iss": "https://evil.example"}
    visitor = signed_in(provider)
    assert visitor.claims["groups"] == ["hr"]
    assert visitor.issuer == service.issuer


def test_what_is_told_of_somebody_else_is_refused(provider: Provider, service: Service) -> None:
    service.userinfo = {"sub": "lee", "groups": ["hr-admins"]}
    with pytest.raises(SignInRefused, match="two different people"):
        signed_in(provider)


def test_an_address_that_nobody_verified_is_not_shown(provider: Provider, service: Service) -> None:
    service.person |= {"email_verified": False}
    assert signed_in(provider).email == ""


def test_a_name_cannot_draw_on_the_page(provider: Provider, service: Service) -> None:
    service.person |= {"name": "Kim\n\u202e\x00Meyer" + "!" * 500}
    name = signed_in(provider).name
    assert name.startswith("Kim Meyer!")
    assert len(name) == 200


ROLES = Mapping("groups", {"hr": "editor", "hr-leads": "approver", "it": "admin"})


@pytest.mark.parametrize(
    ("claims", "mapping", "role"),
    [
        ({"groups": ["hr"]}, ROLES, Role.EDITOR),
        ({"groups": ["hr", "it", "hr-leads"]}, ROLES, Role.ADMIN),
        ({"groups": "hr hr-leads"}, ROLES, Role.APPROVER),
        ({"groups": "hr,it"}, ROLES, Role.ADMIN),
        ({"realm_access": {"roles": ["it"]}}, replace(ROLES, claim="realm_access.roles"), Role.ADMIN),
        ({"https://example.org/groups": ["hr"]}, replace(ROLES, claim="https://example.org/groups"), Role.EDITOR),
        ({"groups": ["sales"]}, replace(ROLES, others_welcome=True), None),
        ({}, replace(ROLES, others_welcome=True), None),
    ],
)
def test_groups_give_roles(claims: dict[str, Any], mapping: Mapping, role: Role | None) -> None:
    assert role_of(claims, mapping) is role


@pytest.mark.parametrize("claims", [{}, {"groups": []}, {"groups": ["HR"]}, {"groups": None}, {"groups": {"hr": 1}}])
def test_who_is_in_no_group_stays_outside(claims: dict[str, Any]) -> None:
    with pytest.raises(SignInRefused, match="has not given you access"):
        role_of(claims, ROLES)
