"""Who has signed in becomes a person of cxify, with the role the organisation gave; who lost access loses all of it."""

from cxify import store
from cxify.store import journal, people, sessions, tokens
from cxify.store.people import Identity, Person
from cxify.web.context import Context
from cxify.web.sign_in.refusal import SignInRefused
from cxify.web.sign_in.roles import Mapping, role_of
from cxify.web.sign_in.who import Visitor


def admitted(here: Context, visitor: Visitor, mapping: Mapping) -> Person:
    """Return the person. Raises SignInRefused for somebody to whom the organisation gives no access."""
    try:
        role = role_of(visitor.claims, mapping)
    except SignInRefused:
        _turned_away(here, visitor)
        raise
    identity = Identity(visitor.issuer, visitor.subject, visitor.name, visitor.email)
    with store.writing(here.engine) as connection:
        return people.welcome(connection, identity, role)


def _turned_away(here: Context, visitor: Visitor) -> None:
    """End the sessions and tokens of somebody who had access before."""
    with store.writing(here.engine) as connection:
        known = people.identified(connection, visitor.issuer, visitor.subject)
        if known is not None:
            sessions.end_all(connection, known.id)
            tokens.revoke_all(connection, known.id)
        journal.append(connection, known.id if known else None, "sign-in refused", visitor.issuer)
