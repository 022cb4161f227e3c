"""People are known by their sign-in service, and tokens by a hash."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import StatementError

from cxify import store
from cxify.store import people, sessions, tokens
from cxify.store.moment import now
from cxify.store.people import Identity, Role
from cxify.store.sessions import Lifetime
from cxify.store.tokens import Scope
from tests.store.uploaded import person

LIFETIME = Lifetime(timedelta(hours=1), timedelta(hours=12))


def test_a_person_who_comes_again_is_the_same_with_a_new_name(database: Engine) -> None:
    first = person(database, "Ada")
    with store.writing(database) as connection:
        again = people.welcome(connection, Identity(first.issuer, first.subject, "Ada King", "ada@example.org"))
    assert (again.id, again.name, again.email) == (first.id, "Ada King", "ada@example.org")
    assert again.created == first.created
    assert again.seen >= first.seen


def test_the_same_name_at_another_service_is_somebody_else(database: Engine) -> None:
    with store.writing(database) as connection:
        one, two = (people.welcome(connection, Identity(issuer, "1", "Ada")) for issuer in ("a", "b"))
    assert one.id != two.id


def test_a_role_given_here_stays_unless_the_service_says_another(database: Engine) -> None:
    ada = person(database)
    assert ada.role is Role.EDITOR
    with store.writing(database) as connection:
        assert people.appoint(connection, ada.id, Role.ADMIN)
    assert person(database).role is Role.ADMIN
    assert person(database, role=Role.APPROVER).role is Role.APPROVER


def test_a_role_includes_the_ones_before_it() -> None:
    assert [role for role in Role if role.may(Role.APPROVER)] == [Role.APPROVER, Role.ADMIN]


def test_a_token_is_found_by_its_secret_which_is_kept_nowhere(database: Engine) -> None:
    ada = person(database)
    with store.writing(database) as connection:
        secret = tokens.issue(connection, ada.id, "HR system", Scope.READ, now() + timedelta(days=1))
    found = tokens.find(database, secret)
    assert found is not None
    assert (found.person_id, found.name, found.scope) == (ada.id, "HR system", Scope.READ)
    with database.connect() as connection:
        assert secret not in str(connection.execute(text("SELECT * FROM tokens")).all())
    assert tokens.find(database, secret + "x") is None


def test_a_revoked_or_old_token_is_none(database: Engine) -> None:
    ada, eve = person(database, "Ada"), person(database, "Eve")
    with store.writing(database) as connection:
        old = tokens.issue(connection, ada.id, "old", Scope.WRITE, now() - timedelta(seconds=1))
        new = tokens.issue(connection, ada.id, "new", Scope.WRITE, now() + timedelta(days=1))
    assert tokens.find(database, old) is None
    id = next(token.id for token in tokens.of(database, ada.id) if token.name == "new")
    with store.writing(database) as connection:
        assert not tokens.revoke(connection, eve.id, id)
    assert tokens.find(database, new)
    with store.writing(database) as connection:
        assert tokens.revoke(connection, ada.id, id)
    assert tokens.find(database, new) is None


def test_all_sessions_of_a_person_can_be_ended(database: Engine) -> None:
    ada, eve = person(database, "Ada"), person(database, "Eve")
    with store.writing(database) as connection:
        secrets = [sessions.begin(connection, who.id, LIFETIME) for who in (ada, ada, eve)]
        assert sessions.end_all(connection, ada.id) == 2
    assert [bool(sessions.find(database, secret, LIFETIME)) for secret in secrets] == [False, False, True]


def test_a_session_remembers_what_a_sign_in_needs(database: Engine) -> None:
    with store.writing(database) as connection:
        secret = sessions.begin(connection, None, LIFETIME, {"state": "x"})
    found = sessions.find(database, secret, LIFETIME)
    assert found is not None
    assert (found.person_id, found.data) == (None, {"state": "x"})


def test_times_come_back_with_their_zone(database: Engine) -> None:
    at = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    with store.writing(database) as connection:
        assert people.welcome(connection, Identity("a", "1", "Ada"), at=at).created == at
        assert people.all_of(connection)[0].created == at


def test_a_time_without_a_zone_is_refused(database: Engine) -> None:
    with pytest.raises(StatementError, match="without its zone"), database.begin() as connection:
        people.welcome(connection, Identity("a", "1", "Ada"), at=datetime(2026, 1, 1))
