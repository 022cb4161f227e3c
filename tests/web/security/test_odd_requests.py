"""Requests that no browser sends: characters that databases refuse, and documents that go away in between."""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from io import BytesIO

import pytest
from fastapi.testclient import TestClient

from cxify import settings, store
from cxify.errors import NotFound, StoreUnavailable
from cxify.review import Decision
from cxify.store import decisions, lists, looks, papers, people
from cxify.web.config import Config
from cxify.web.desk import deciding, deleting, looking, opening, returning, uploading
from cxify.web.desk.uploading import Received
from tests import postgres
from tests.web.conftest import client, config_of, context, signed_in
from tests.web.uploads import JSON, done, read, send, until
from tests.worddoc import word_file

pytestmark = pytest.mark.long

ODD = ("\x00", "a\x00b", "\ud800", "\udcff", "\u202e", "\r\nX-Evil: 1", "%00", "%ff%fe", "9" * 400, "-1", "\U0010ffff")

ODD_NAMES: dict[str, int] = {}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def web(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    given = config_of(tmp_path_factory.mktemp("odd") / "data")
    with ExitStack() as stack:
        if request.param == "postgresql":
            own = settings.load({"USER": "Ada", "CXIFY_CONFIG": os.devnull})
            url = stack.enter_context(postgres.database(request.getfixturevalue("postgresql")))
            given = Config(given.serve, own, url, port=8765)
        yield signed_in(stack.enter_context(client(given)))


@pytest.fixture(scope="module")
def paper(web: TestClient) -> str:
    lines = ("Job description: Nurse", "Main duties", "Answer letters from patients.", "Calls wards and residents.")
    told = done(web, ("nurse.docx", word_file(*lines)))
    assert told["files"][0]["suggestions"], told
    return str(told["files"][0]["id"])


def quoted(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))


def test_no_character_is_a_fault(web: TestClient, paper: str) -> None:
    batch = send(web, ("more.docx", word_file()))["batch"]
    faults = []
    for odd in ODD:
        text = quoted(odd)
        asked = [("GET", f"/?q={text}&state={text}&page_number={text}", "")]
        asked += [("POST", "/preferences", f"language={text}")]
        asked += [("GET", f"/documents/{text}", ""), ("GET", f"/batches/{text}/state", "")]
        asked += [("GET", f"/documents/{paper}?standing={text}&competency={text}&certainty={text}", "")]
        asked += [("GET", f"/documents/{paper}/download/{text}", ""), ("GET", f"/batches/{batch}/{text}.zip", "")]
        asked += [("POST", f"/documents/{paper}/{what}", f"{what}={text}") for what in ("kind", "language")]
        asked += [("POST", f"/batches/{batch}/choices", f"framework={text}&intensity={text}&writer={text}")]
        asked += [("POST", f"/batches/{batch}/start", f"confirmed={text}&framework={text}")]
        asked += [("POST", "/tokens", f"name={text}&days=1&scope={text}"), ("POST", "/tokens", f"name={text}&days=1")]
        asked += [
            ("POST", f"/documents/{paper}/decisions", f"suggestion={number}&action={action}&text={text}&cells={text}")
            for number, action in (("0", "comment"), ("0", "edit"), ("0", text), (text, "accept"))
        ]
        for method, address, body in asked:
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            answer = web.request(method, address, content=body.encode(), headers=headers)
            if answer.status_code >= 500 or "x-evil" in answer.headers:
                faults.append((answer.status_code, method, address[:80], body[:80]))
    assert faults == []


def test_no_character_in_json_is_a_fault(web: TestClient, paper: str) -> None:
    token = web.post("/tokens", data={"name": "odd", "days": "1", "scope": "write"}, headers=JSON)
    assert token.status_code < 400
    (secret,) = set(re.findall(r"\bcxify_[\w-]+", token.text))
    program = TestClient(web.app, base_url=str(web.base_url), headers={"Authorization": f"Bearer {secret}"})
    faults = []
    for odd in (r"\u0000", r"a\u0000b", r"\ud800", r"\udcff", "9" * 400):
        for body in (
            f'{{"suggestion": 0, "action": "comment", "text": "{odd}"}}',
            f'{{"suggestion": 0, "action": "edit", "text": "{odd}", "cells": ["{odd}"]}}',
            f'{{"suggestion": {"9" * 30}, "action": "accept"}}',
        ):
            headers = {"Content-Type": "application/json"}
            answer = program.post(f"/api/v1/documents/{paper}/decisions", content=body, headers=headers)
            if answer.status_code >= 500:
                faults.append((answer.status_code, body[:80]))
    assert faults == []
    assert web.get(f"/documents/{paper}").status_code == 200
    answer = web.get(f"/documents/{paper}/download/tracked?open=yes", headers=JSON)
    assert answer.status_code == 200, answer.text


def test_a_document_that_goes_away_in_between_is_told_and_nothing_is_left(web: TestClient) -> None:
    here = context(web)
    (ada,) = people.all_of(here.engine)
    told = done(
        web, ("nurse.docx", word_file("Job description: Nurse", "Main duties", "Answer letters from patients."))
    )
    id = told["files"][0]["id"]
    found = opening.opened(here, ada, id)
    tracked = web.get(f"/documents/{id}/download/tracked?open=yes").content
    deleting.delete_paper(here, ada, id)
    with pytest.raises(NotFound):
        deciding.decide(here, ada, found, Decision(0, "comment", "Too late."))
    with pytest.raises(NotFound):
        returning.returned(here, ada, id, BytesIO(tracked))
    assert decisions.of(here.engine, id) == []


@pytest.mark.parametrize("moment", ["decide", "look", "relook"])
def test_a_document_that_is_deleted_at_the_worst_moment(
    web: TestClient, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The deletion falls between the question whose it is, and the writing."""
    here = context(web)
    (ada,) = people.all_of(here.engine)
    lines = ("Job description: Nurse", "Main duties", "Answer letters from patients.", moment)
    if moment == "decide":
        id = done(web, ("nurse.docx", word_file(*lines)))["files"][0]["id"]
        found = opening.opened(here, ada, id)
    else:
        sent = uploading.upload(here, ada, [Received("nurse.docx", BytesIO(word_file(*lines)))])
        until(web, sent.batch, read)
        (id,) = sent.papers
    if moment == "look":  # it is to be looked at anew, and nobody does so yet
        with store.writing(here.engine) as connection:
            assert looks.correct_all(connection, sent.batch, {"kind": "policy"}) == 1
    writing = store.writing

    def too_late(engine: store.Database) -> object:
        monkeypatch.setattr(store, "writing", writing)
        deleting.delete_paper(here, ada, id)
        return writing(engine)

    monkeypatch.setattr(store, "writing", too_late)
    if moment == "decide":
        with pytest.raises(NotFound):
            deciding.decide(here, ada, found, Decision(0, "accept"))
    elif moment == "relook":
        with pytest.raises(NotFound):
            looking.relook(here, ada, id, kind=None)
    else:
        looking.look_at(here, id)
    assert papers.behind(here.engine, id) is None
    assert decisions.of(here.engine, id) == []


def test_of_two_who_decide_at_once_nothing_is_lost_and_the_last_one_stands(web: TestClient, paper: str) -> None:
    here = context(web)
    before = len(decisions.of(here.engine, paper))
    actions = ["accept", "reject"] * 8

    def decide(action: str) -> int:
        return web.post(f"/documents/{paper}/decisions", data={"suggestion": "0", "action": action}).status_code

    with ThreadPoolExecutor(8) as people_:
        assert set(people_.map(decide, actions)) == {303}
    kept = decisions.of(here.engine, paper)[before:]
    assert sorted(each.action for each in kept) == sorted(actions)
    remark = {"suggestion": "0", "action": "comment", "text": "x"}
    told = web.post(f"/documents/{paper}/decisions", data=remark, headers=JSON)
    assert told.json()["standing"] == ("accepted" if kept[-1].action == "accept" else "rejected")


@pytest.mark.parametrize(
    "name",
    [
        'filename="a%22; filename=%22b.html"',
        'filename="a\\\\\\"; x=\\".docx"',
        "filename=\"x.docx\"; filename*=UTF-8''a%0D%0ASet-Cookie:%20x=1%0D%0A.docx",
        "filename*=UTF-8''a%0D%0ASet-Cookie:%20x=1%0D%0A.docx",
        "filename*=UTF-8''a%C2%85b%E2%80%A8%ED%A0%80c.docx",
        'filename="a\x85b\u2028.docx"',
        'filename="\x00.docx"',
    ],
)
def test_a_file_name_stays_a_file_name(web: TestClient, name: str) -> None:
    document = word_file("Job description: Nurse", str(ODD_NAMES.setdefault(name, len(ODD_NAMES))))
    head = f'--b\r\nContent-Disposition: form-data; name="files"; {name}\r\nContent-Type: text/plain\r\n\r\n'.encode()
    headers = {"Content-Type": "multipart/form-data; boundary=b", **JSON}
    sent = web.post("/upload", content=head + document + b"\r\n--b--\r\n", headers=headers)
    assert sent.status_code in (201, 400, 422), sent.text
    if sent.status_code != 201:
        return
    (file,) = until(web, sent.json()["batch"], read)["files"]
    assert file["name"].isprintable(), repr(file["name"])
    answer = web.get(f"/documents/{file['id']}/download/original")
    assert answer.status_code == 200, answer.text
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-disposition"].isprintable()
    assert answer.headers["content-disposition"].count('"') == 2


def test_a_database_that_does_not_answer_is_said_without_saying_where_it_is(
    web: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise StoreUnavailable("The database hr on db.internal.example cannot be reached.", "Check its user.")

    monkeypatch.setattr(lists, "counts", busy)
    for headers in ({}, JSON):
        answer = web.get("/", headers=headers)
        assert answer.status_code == 503
        assert "internal.example" not in answer.text
        assert "Try again in a minute" in answer.text
    monkeypatch.undo()
    assert web.get("/").status_code == 200
