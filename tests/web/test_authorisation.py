"""Nobody gets at somebody else's document: every route there is, asked by others.

A new route that the walk does not know how to fill makes it fail: say below what its parts are, or why it is for all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from httpx2 import Response

from cxify import store
from cxify.store import decisions, lists, papers, tokens, voices
from cxify.store.moment import now
from cxify.store.people import Person, Role
from cxify.store.tokens import Scope
from tests.web.organisation import Organisation, open_page, organised
from tests.web.test_api import ready
from tests.web.uploads import JSON

PUBLIC: Final = {
    "/healthz": "says only that the page answers",
    "/login": "how to sign in",
    "/login/oidc": "leads to the sign-in service",
    "/login/callback": "comes back from it; it opens nothing without what the service has signed",
    "/logout": "ends a session, if there is one",
    "/start": "local mode; it opens nothing without the token",
    "/preferences": "language and colours, kept in the browser",
    "/help": "the same for everybody",
    "/api/v1/openapi.json": "describes the API and holds nothing of anybody",
}
"""Routes without sign-in, each with its reason."""
FOR_ADMINS: Final = ("/journal", "/journal/check", "/journal.jsonl", "/people", "/retention/purge", "/framework/edit")
OF_ALL: Final[dict[str, str]] = {}
"""Routes with a part that is the whole organisation's and nobody's own, each with its reason."""
WITH: Final[dict[str, dict[str, Any]]] = {
    "POST /documents/{paper_id}/decisions": {"data": {"suggestion": 0, "action": "accept"}},
    "POST /documents/{paper_id}/approval": {"data": {"verdict": "asked"}},
    "POST /documents/{paper_id}/kind": {"data": {"kind": "job_advert"}},
    "POST /documents/{paper_id}/language": {"data": {"language": "de"}},
    "POST /documents/{paper_id}/returned": {"files": {"file": ("nurse.docx", b"PK")}},
    "POST /batches/{batch_id}/correction": {"data": {"language": "de"}},
    "POST /batches/{batch_id}/delete": {"data": {"sure": "true"}},
    "POST /api/v1/documents/{id}/decisions": {"json": {"suggestion": 0, "action": "accept"}},
    "POST /api/v1/documents/{id}/approval": {"json": {"verdict": "asked"}},
    "PUT /api/v1/documents/{id}/kind": {"json": {"kind": "job_advert"}},
    "PUT /api/v1/documents/{id}/language": {"json": {"language": "de"}},
}
"""What has to be sent so that the answer is about the document and not about what is missing."""
LAST: Final = re.compile(r"DELETE |/delete$|/cancel$")
"""What ends something: the owner does it after all others."""


@dataclass(frozen=True)
class Asked:
    """A route as somebody may ask for it."""

    method: str
    path: str

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parts(self) -> list[str]:
        return re.findall(r"{(\w+)(?::\w+)?}", self.path)


@dataclass
class Scene:
    """Kim's document, and somebody else."""

    page: Organisation
    kim: Person
    paper: str
    batch: str
    voice: str

    @property
    def filled(self) -> dict[str, str]:
        """What stands for each part of a path."""
        filled = {"paper_id": self.paper, "id": self.paper, "batch_id": self.batch, "form": "tracked"}
        return filled | {"voice_id": self.voice}

    def ask(self, browser: TestClient, route: Asked, **more: Any) -> Response:
        path = route.path
        for part in route.parts:
            path = re.sub(rf"{{{part}(?::\w+)?}}", self.filled[part], path)
        headers = {**browser.headers, **{name.lower(): value for name, value in more.pop("headers", {}).items()}}
        return browser.request(route.method, path, headers=headers, **WITH.get(route.name, {}), **more)

    def browser(self, person: Person, route: Asked) -> TestClient:
        """Return a browser of a person, or for the API a program with a token."""
        if not route.path.startswith("/api/"):
            return self.page.signed_in(person)
        with store.writing(self.page.here.engine) as connection:
            secret = tokens.issue(connection, person.id, "walk", Scope.WRITE, now() + timedelta(days=1))
        program = self.page.browser()
        program.headers = {"Authorization": f"Bearer {secret}"}  # type: ignore[assignment]
        return program

    def state(self) -> tuple[Any, ...]:
        """Return everything of Kim's that somebody could have changed."""
        paper = papers.mine(self.page.here.engine, self.kim, self.paper)
        return paper, decisions.of(self.page.here.engine, self.paper), self.page.here.engine.url


def routes_of(app: FastAPI) -> list[Asked]:
    """Return all routes but the files that everybody gets (/static)."""
    return [
        Asked(method, route.path or "")
        for route in iter_route_contexts(app.routes)
        for method in sorted((route.methods or set()) - {"HEAD"})
    ]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Scene]:
    with open_page(organised(tmp_path_factory.mktemp("walk"))) as page:
        scene = Scene(page, page.person("kim"), "", "", "")
        program = scene.browser(scene.kim, Asked("GET", "/api/v1/documents"))
        scene.paper = ready(program, (samples / "job_description_nurse_uk.docx").read_bytes())
        scene.batch = papers.mine(page.here.engine, scene.kim, scene.paper).batch_id
        with store.writing(page.here.engine) as connection:
            told = {"rows": 1, "masked": 0, "minimum": 5, "themes": []}
            scene.voice = voices.add(connection, scene.kim.id, "c.csv", b"comment", told, now() + timedelta(days=1))
        yield scene


def all_routes(scene: Scene) -> list[Asked]:
    app = scene.page.first.app
    assert isinstance(app, FastAPI)
    return routes_of(app)


def with_documents(scene: Scene) -> list[Asked]:
    return [route for route in all_routes(scene) if route.parts and route.path not in OF_ALL]


def test_the_walk_knows_every_part_of_every_route(scene: Scene) -> None:
    unknown = {route.name: set(route.parts) - scene.filled.keys() for route in with_documents(scene)}
    assert {name: parts for name, parts in unknown.items() if parts} == {}
    assert len(with_documents(scene)) >= 15


def test_the_walk_sees_every_route_that_answers(scene: Scene) -> None:
    app = scene.page.first.app
    assert isinstance(app, FastAPI)
    described = {
        f"{method.upper()} {path}"
        for path, item in app.openapi()["paths"].items()
        for method in item
        if method != "parameters"
    }
    names = {route.name for route in all_routes(scene)}
    assert described <= names
    assert {"GET /documents/{paper_id}", "POST /upload", "GET /journal"} <= names


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.ADMIN])
def test_for_others_a_document_does_not_exist(scene: Scene, role: Role) -> None:
    """The first person of each role who is not the owner, with session or token, on every route with a document."""
    other = scene.page.person(f"lee-{role}", role)
    before = scene.state()
    told = {route.name: scene.ask(scene.browser(other, route), route, headers=JSON) for route in with_documents(scene)}
    assert {name: answer.status_code for name, answer in told.items() if answer.status_code != 404} == {}
    assert not any("nurse" in answer.text for answer in told.values())
    assert scene.state() == before


def test_what_does_not_exist_is_said_in_the_same_words(scene: Scene) -> None:
    """Nobody learns from the answer that somebody else has a document of this id."""
    other = scene.page.person("lee")
    nothing = Scene(scene.page, scene.kim, *["x" * 22] * 3)
    for route in with_documents(scene):
        browser = scene.browser(other, route)
        there, not_there = (each.ask(browser, route, headers=JSON) for each in (scene, nothing))
        assert there.status_code == not_there.status_code == 404, route.name
        assert there.json() == not_there.json(), route.name


def test_without_sign_in_only_what_is_for_everybody_answers(scene: Scene) -> None:
    told = {}
    for route in all_routes(scene):
        if route.path not in PUBLIC:
            answer = scene.ask(scene.page.browser(), route, headers={"Accept": "text/html"})
            told[route.name] = (answer.status_code, answer.headers.get("location", "").partition("?")[0])
    wrong = {name: each for name, each in told.items() if each not in ((303, "/login"), (401, ""))}
    assert wrong == {}


def test_what_is_for_admins_is_for_admins(scene: Scene) -> None:
    asked = [route for route in all_routes(scene) if route.path in FOR_ADMINS]
    assert {route.path for route in asked} <= set(FOR_ADMINS)
    assert {"/journal", "/journal.jsonl", "/people"} <= {route.path for route in asked}
    for role in (Role.EDITOR, Role.APPROVER):
        browser = scene.page.signed_in(scene.page.person(f"no-admin-{role}", role))
        for route in asked:
            data = {"person": scene.kim.id, "role": "admin"} if route.method == "POST" else None
            answer = browser.request(route.method, route.path, data=data)
            assert answer.status_code == 403, route.name


def test_an_upload_of_somebody_else_takes_no_file(scene: Scene) -> None:
    browser = scene.page.signed_in(scene.page.person("lee"))
    answer = browser.post("/upload", files={"files": ("a.docx", b"PK")}, data={"batch": scene.batch}, headers=JSON)
    assert answer.status_code == 404
    assert len(lists.of_batch(scene.page.here.engine, scene.batch)) == 1


def test_lists_hold_only_what_is_ones_own(scene: Scene) -> None:
    lee = scene.page.person("lee")
    browser = scene.page.signed_in(lee)
    program = scene.browser(lee, Asked("GET", "/api/v1/documents"))
    assert scene.paper not in browser.get("/").text
    assert program.get("/api/v1/documents").json() == {"documents": [], "total": 0}


def test_the_owner_gets_an_answer_everywhere(scene: Scene) -> None:
    """Without this, the walk would also pass when it asked for the wrong things."""
    ordered = sorted(with_documents(scene), key=lambda route: bool(LAST.search(route.name)))
    kept = [route for route in ordered if not LAST.search(route.name)]
    told = {route.name: scene.ask(scene.browser(scene.kim, route), route).status_code for route in kept}
    # 422 is an answer about the document too: work that has begun is not chosen for anew.
    assert {name: status for name, status in told.items() if status not in (200, 201, 202, 303, 400, 422)} == {}
    ended = next(route for route in ordered if route.name == "DELETE /api/v1/documents/{id}")
    assert scene.ask(scene.browser(scene.kim, ended), ended).status_code == 204
