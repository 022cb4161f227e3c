"""What a person may do, by the groups that the sign-in service names."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from cxify.store.people import Role
from cxify.web.sign_in.refusal import SignInRefused


@dataclass(frozen=True)
class Mapping:
    """The organisation's decision: `[serve] oidc_claim`, `oidc_roles` and `oidc_others`."""

    claim: str = "groups"
    """Where the groups stand in the claims; dots lead into objects, as in `realm_access.roles`."""
    roles: AnyMapping[str, str] = field(default_factory=dict)
    others_welcome: bool = False
    """Whether somebody in none of these groups may come in as an editor."""


def role_of(claims: AnyMapping[str, Any], mapping: Mapping) -> Role | None:
    """Return the highest role of a person's groups; None leaves the role that cxify has for somebody in none of them.

    Raises SignInRefused where only members of groups may come in.
    """
    groups = groups_of(claims, mapping.claim)
    held = [Role(role) for group, role in mapping.roles.items() if group in groups]
    if held:
        return max(held, key=list(Role).index)
    if mapping.others_welcome:
        return None
    raise SignInRefused(
        "Your organisation has not given you access to cxify.",
        "Ask whoever runs cxify to add you to a group that may use it.",
    )


def groups_of(claims: AnyMapping[str, Any], claim: str) -> AbstractSet[str]:
    """Return a person's groups; the claim may be a list or one text with blanks or commas."""
    # A claim may be named by an address (https://example.org/groups), whose dots lead nowhere.
    value: Any = claims.get(claim)
    if value is None:
        value = claims
        for step in claim.split("."):
            value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, str):
        return {value, *value.replace(",", " ").split()}
    return {each for each in value if isinstance(each, str)} if isinstance(value, list) else set()
