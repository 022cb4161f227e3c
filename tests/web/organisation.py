"""An organisation's page: a sign-in service, and the browsers of several people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import SecretStr

from cxify import store
from cxify.store import people
from cxify.store.people import Identity, Person, Role
from cxify.web.app import create_app
from cxify.web.config import Config
from cxify.web.context import Context
from cxify.web.security import sessions
from tests.web.conftest import FROM_OUR_PAGE, config_of
from tests.web.sign_in_service import CLIENT, SECRET, Service

ROLES = {"hr": "editor", "hr-leads": "approver", "it": "admin"}


def organised(folder: Path, issuer: str = "https://sign-in.example", **serve: Any) -> Config:
    """Return how the page of an organisation is served."""
    given = {"oidc_issuer": issuer, "oidc_client_id": CLIENT, "oidc_secret": SecretStr(SECRET), "oidc_roles": ROLES}
    return config_of(folder, public_url="http://127.0.0.1:8765", **{**given, **serve})


@dataclass(frozen=True)
class Organisation:
    """The page of an organisation, to which several browsers are connected."""

    first: TestClient

    @property
    def here(self) -> Context:
        """What the requests of the page share."""
        found: Context = self.first.app.state.context  # type: ignore[attr-defined]  # a FastAPI application
        return found

    def browser(self) -> TestClient:
        """Return one more browser that nobody has signed in with."""
        return TestClient(
            self.first.app, base_url=self.here.config.origin, headers=FROM_OUR_PAGE, follow_redirects=False
        )

    def person(self, name: str, role: Role = Role.EDITOR) -> Person:
        """Return somebody who has signed in once."""
        with store.writing(self.here.engine) as connection:
            return people.welcome(connection, Identity("https://sign-in.example", name, name.title()), role)

    def signed_in(self, person: Person) -> TestClient:
        """Return a browser with a session of a person."""
        browser = self.browser()
        with store.writing(self.here.engine) as connection:
            secret = store.sessions.begin(connection, person.id, self.here.config.lifetime)
        browser.cookies.set(sessions.cookie_name(self.here.config), secret, domain="127.0.0.1", path="/")
        return browser


@contextmanager
def open_page(config: Config) -> Iterator[Organisation]:
    """Run the page for as long as its browsers are used."""
    app = create_app(config)
    with TestClient(app, base_url=config.origin, headers=FROM_OUR_PAGE, follow_redirects=False) as first:
        yield Organisation(first)


def to_the_service(browser: TestClient, next: str = "/") -> str:
    """Go where the browser is sent, and return the address that the service sends it back to."""
    sent = browser.get("/login/oidc", params={"next": next})
    assert sent.status_code == 303, sent.text
    back = httpx2.get(sent.headers["location"], follow_redirects=False).headers["location"]
    parts = urlsplit(back)
    return f"{parts.path}?{parts.query}"


def sign_in(browser: TestClient, service: Service, next: str = "/", **person: Any) -> Response:
    """Sign in through the service, and return the page's answer."""
    service.person = {"sub": "kim", "name": "Kim Meyer", "email": "kim@example.org", "groups": ["hr"]} | person
    return browser.get(to_the_service(browser, next), headers={"Sec-Fetch-Site": "cross-site"})
