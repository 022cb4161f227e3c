"""Nobody can fill memory or disk by sending more than is taken."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import Request
from fastapi.testclient import TestClient
from starlette.types import Message

from cxify.web.config import Config
from cxify.web.errors import Unreadable
from cxify.web.security import bodies
from tests.web.conftest import client, config_of, context

MEGABYTE = 2**20


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return config_of(tmp_path, largest_file=1, largest_upload=3, most_files=3)


@pytest.fixture
def web(config: Config) -> Iterator[TestClient]:
    browser = client(config)

    @browser.app.post("/framework/a/trial")  # type: ignore[attr-defined]  # a FastAPI application
    async def upload(request: Request) -> dict[str, Any]:
        form = await bodies.form(request, config)
        files: list[Any] = form.getlist("files")
        for file in files:
            bodies.within(file, config)
        return {"files": len(files)}

    @browser.app.post("/trial")  # type: ignore[attr-defined]
    async def ordinary(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    yield browser
    context(browser).close()


def chunks(megabytes: int) -> Iterator[bytes]:
    for _ in range(megabytes * 16):
        yield bytes(MEGABYTE // 16)


def files(number: int, size: int = 10) -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", (f"{each}.docx", bytes(size))) for each in range(number)]


def test_what_is_announced_as_too_much_is_refused_at_once(web: TestClient) -> None:
    answer = web.post("/trial", content=b"x", headers={"Content-Length": str(10**12)})
    assert answer.status_code == 413


def test_what_is_announced_as_little_and_is_much_is_refused_while_it_arrives(web: TestClient) -> None:
    unannounced = web.post("/trial", content=chunks(4))
    assert unannounced.status_code == 413
    assert "2 MB" in unannounced.text


def test_a_form_is_refused_while_it_arrives(web: TestClient) -> None:
    lines = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.docx"\r\n\r\n'

    def arriving() -> Iterator[bytes]:
        yield lines
        yield from chunks(5)

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = web.post("/framework/a/trial", content=arriving(), headers=headers)
    assert answer.status_code == 413


def test_what_fits_is_taken(web: TestClient) -> None:
    assert web.post("/trial", content=chunks(1)).json() == {"bytes": MEGABYTE}
    assert web.post("/framework/a/trial", files=files(3)).json() == {"files": 3}


def test_one_file_that_is_too_large_is_refused(web: TestClient) -> None:
    answer = web.post("/framework/a/trial", files=files(1, MEGABYTE + 1))
    assert (answer.status_code, "more than 1 MB" in answer.text) == (413, True)


@pytest.mark.parametrize("number", [4, 50])
def test_too_many_files_are_refused(web: TestClient, number: int) -> None:
    answer = web.post("/framework/a/trial", files=files(number))
    assert answer.status_code in (413, 422)
    assert "more than 3 files" in answer.text.lower()


@pytest.mark.parametrize("length", ["-1", "many", "1e3"])
def test_a_length_that_is_no_number_is_refused(web: TestClient, length: str) -> None:
    assert web.post("/trial", content=b"x", headers={"Content-Length": length}).status_code == 413


def test_a_sender_who_stops_in_the_middle_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_SLOW", 0.05)

    async def never() -> Message:
        await asyncio.sleep(60)
        raise AssertionError("too late")

    async def read() -> Message:
        return await bodies.counted(never, MEGABYTE)()

    with pytest.raises(Unreadable):
        asyncio.run(read())


def test_a_sender_who_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_GRACE", 0.5)

    async def drop() -> Message:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def read() -> int:
        counted = bodies.counted(drop, MEGABYTE)
        for number in range(1000):
            try:
                await counted()
            except Unreadable:
                return number
        raise AssertionError("never given up")

    assert 1 <= asyncio.run(read()) < 50


def test_who_waits_for_the_answer_is_not_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_SLOW", 0.05)
    messages: list[Message] = [{"type": "http.request", "body": b"x"}, {"type": "http.disconnect"}]

    async def later() -> Message:
        if len(messages) == 1:
            await asyncio.sleep(0.2)
        return messages.pop(0)

    async def both() -> list[str]:
        counted = bodies.counted(later, MEGABYTE)
        return [(await counted())["type"] for _ in range(2)]

    assert asyncio.run(both()) == ["http.request", "http.disconnect"]


@pytest.mark.parametrize(
    ("path", "megabytes"),
    [
        ("/upload", 3),
        ("/api/v1/documents", 3),
        ("/documents/x/returned", 3),
        ("/documents/x/decisions", 2),
        ("/api/v1/documents/x/decisions", 2),
        ("/login", 2),
    ],
)
def test_much_is_taken_only_where_files_are_sent(config: Config, path: str, megabytes: int) -> None:
    assert bodies.most_bytes(path, config) == megabytes * MEGABYTE


def test_fields_beside_the_files_are_short(web: TestClient) -> None:
    answer = web.post("/framework/a/trial", data={"name": "x" * 20_000}, files=files(1))
    assert answer.status_code == 422
