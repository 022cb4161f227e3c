"""Sign-in through an organisation's own service: OpenID Connect, authorization code with PKCE.

    Provider   what the service says of itself: addresses and keys
    begin      where the browser is sent, and what must be remembered until it comes back
    finish     what it brings back, checked → who it is
    role_of    what this person may do, by the groups the service names

Everything that is refused is refused with a sentence for the person at the browser: SignInRefused, SignInUnavailable.
"""

from cxify.web.sign_in.flow import Begun, Returned, begin, finish
from cxify.web.sign_in.provider import Client, Provider
from cxify.web.sign_in.refusal import SignInRefused, SignInUnavailable
from cxify.web.sign_in.roles import Mapping, role_of
from cxify.web.sign_in.who import Visitor

__all__ = [
    "Begun",
    "Client",
    "Mapping",
    "Provider",
    "Returned",
    "SignInRefused",
    "SignInUnavailable",
    "Visitor",
    "begin",
    "finish",
    "role_of",
]
