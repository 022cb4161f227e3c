"""Text that would be markup stays text on every page: in documents, names of files and people, tokens and decisions."""

from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cxify import store
from cxify.store import journal, voices
from cxify.store.moment import now
from cxify.store.people import Role
from tests.web.organisation import Organisation, open_page, organised
from tests.web.test_api import program, ready, sent
from tests.web.test_authorisation import PUBLIC, Asked, Scene, all_routes
from tests.worddoc import word_file

EVIL = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>"
    "{{ 7 * 191919191919 }}{% raw %}"
)
OWN = ("/static/cxify.js",)


class Found(HTMLParser):
    """Collects what could run."""

    def __init__(self) -> None:
        super().__init__()
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and values.get("src") not in OWN:
            self.running.append(f"script {values}")
        if tag in ("iframe", "object", "embed", "style", "base") or (tag == "img" and values.get("src") == "x"):
            self.running.append(f"{tag} {values}")
        for name, value in attrs:
            if name.startswith("on") or name == "style" or (value or "").strip().lower().startswith("javascript:"):
                self.running.append(f"{tag} {name}={value}")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with open_page(organised(tmp_path_factory.mktemp("evil"))) as page:
        yield evil(page)


def evil(page: Organisation) -> Scene:
    """Put hostile text wherever somebody can put text."""
    kim = page.person(EVIL, Role.ADMIN)
    asking = program(page, kim)
    heading = "Main duties"
    paragraphs = ("Job description: Nurse", heading, f"Answer letters from patients {EVIL}.", f"{EVIL} calls wards.")
    paper = ready(asking, word_file(*paragraphs))
    path = f"/api/v1/documents/{paper}"
    assert asking.get(f"{path}/suggestions").json()["suggestions"], "nothing was proposed, so nothing is shown"
    asking.post(f"{path}/decisions", json={"suggestion": 0, "action": "comment", "text": EVIL})
    sent(asking, (f"{EVIL}.docx", b"no document"))
    page.signed_in(kim).post("/tokens", data={"name": EVIL[:80], "days": 1})
    with store.writing(page.here.engine) as connection:
        journal.append(connection, kim.id, EVIL[:40], EVIL, {EVIL: EVIL})
        told = {"rows": 1, "masked": 0, "minimum": 5, "themes": [{"theme": EVIL, "praise": False, "mentions": 9}]}
        voice = voices.add(connection, kim.id, EVIL, b"comment", told, now() + timedelta(days=1))
    batch = asking.get(path).json()["upload"]
    return Scene(page, kim, paper, batch, voice)


def pages(scene: Scene) -> list[Asked]:
    routes = [route for route in all_routes(scene) if route.method == "GET" and not route.path.startswith("/api/")]
    return [route for route in routes if set(route.parts) <= scene.filled.keys()]


def test_no_page_runs_what_somebody_wrote(scene: Scene) -> None:
    seen = {}
    for route in pages(scene):
        answer = scene.ask(scene.page.signed_in(scene.kim), route)
        if answer.headers.get("content-type", "").startswith("text/html"):
            found = Found()
            found.feed(answer.text)
            # A page that is saved and opened elsewhere brings its style along.
            saved = answer.headers.get("content-disposition", "").startswith("attachment")
            assert [each for each in found.running if not (saved and each == "style {}")] == [], route.path
            assert "1343434343433" not in answer.text, route.path
            seen[route.path] = "alert(1)" in answer.text.lower()
    assert {"/", "/batches/{batch_id}", "/documents/{paper_id}", "/journal", "/people", "/tokens"} <= seen.keys()
    # The text was there, and shown as text.
    shown = ("/documents/{paper_id}", "/journal", "/people", "/tokens")
    assert [path for path in shown if not seen[path]] == []


def test_no_page_shows_back_what_an_address_says(scene: Scene) -> None:
    browser = scene.page.signed_in(scene.kim)
    for path in [*PUBLIC, "/", "/journal", "/nothing-of-the-kind", f"/documents/{EVIL[:40]}", f"/login?next={EVIL}"]:
        answer = browser.get(path, params={} if "?" in path else dict.fromkeys(("next", "q", "token", "before"), EVIL))
        found = Found()
        found.feed(answer.text if "html" in answer.headers.get("content-type", "") else "")
        assert found.running == [], path


def test_what_the_script_is_told_is_json_and_never_markup(scene: Scene) -> None:
    for path in (f"/batches/{scene.batch}/state", f"/api/v1/documents/{scene.paper}/suggestions"):
        asked = program(scene.page, scene.kim) if path.startswith("/api") else scene.page.signed_in(scene.kim)
        answer = asked.get(path)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_test_itself_sees_what_would_run() -> None:
    found = Found()
    found.feed(EVIL.partition(">")[2])
    assert len(found.running) == 4


def test_static_files_are_ours(scene: Scene) -> None:
    for path in OWN:
        shipped = Path(__file__).parents[2] / "cxify" / "web" / path.removeprefix("/")
        assert scene.page.browser().get(path).content == shipped.read_bytes()
