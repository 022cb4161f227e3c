"""Who somebody is, as the sign-in service says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cxify.web.sign_in.refusal import ASK, SignInRefused

_LONGEST: Final = 200


@dataclass(frozen=True)
class Visitor:
    """A person whom the service vouches for. `issuer` and `subject` never change; the rest may."""

    issuer: str
    subject: str
    name: str
    email: str
    claims: Mapping[str, Any]

    @classmethod
    def of(cls, claims: Mapping[str, Any]) -> "Visitor":
        """Read who it is from checked claims. Raises SignInRefused when they do not say it."""
        subject = claims.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:
            raise SignInRefused("The sign-in service did not say who you are.", ASK)
        email = _text(claims, "email") if claims.get("email_verified", True) is True else ""
        name = _text(claims, "name") or _text(claims, "preferred_username") or email or subject
        return cls(str(claims["iss"]), subject, name, email, claims)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str):
        return ""
    # Names come from a directory that cxify does not know: no line breaks or control characters on our pages.
    return " ".join("".join(each if each.isprintable() else " " for each in value).split())[:_LONGEST]
