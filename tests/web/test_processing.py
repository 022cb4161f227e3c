"""Strangers' files are read where they can do no harm: no network, no programs, bounded memory and time."""

import os
import pickle
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from cxify.document import Finding
from cxify.errors import CxifyError, EncryptedDocument, ModelUnavailable
from cxify.llm import Answer
from cxify.queue import Order
from cxify.settings import Settings
from cxify.web.processing import tasks, wire
from cxify.web.processing.children import Children
from cxify.web.processing.confined import Limits, Network
from cxify.web.processing.wire import Ended, Stopped
from tests import hostile
from tests.llm.scripted import Scripted
from tests.worddoc import word_file

pytestmark = pytest.mark.long

ORDER = Order(Settings(), "library", None, "2026-11-22T08:00:00Z")


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    made = Children(2)
    yield made
    made.close()


def test_a_child_that_tries_to_connect_fails(children: Children) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.2)
        with pytest.raises(CxifyError, match="NotAllowed"):
            children.ask(socket.create_connection, listening.getsockname())
        with pytest.raises(CxifyError, match="NotAllowed"):
            children.ask(socket.getaddrinfo, "localhost", 80)
        with pytest.raises(TimeoutError):
            listening.accept()


def test_where_the_kernel_allows_it_a_child_has_no_network_device_but_its_own(children: Children) -> None:
    devices = children.ask(Path.read_text, Path("/proc/self/net/dev"))
    if children.network is not Network.NAMESPACE:
        pytest.skip("no network namespaces on this machine")
    assert [line.partition(":")[0].strip() for line in devices.splitlines()[2:]] == ["lo"]


def test_a_child_starts_no_program_and_writes_no_file(children: Children, tmp_path: Path) -> None:
    for task, arguments in ((os.system, ("true",)), (subprocess.run, (["true"],)), (os.fork, ())):
        with pytest.raises(CxifyError, match="NotAllowed"):
            children.ask(task, *arguments)  # type: ignore[arg-type]  # of several shapes
    with pytest.raises(CxifyError, match="OSError"):
        children.ask(Path.write_bytes, tmp_path / "file", bytes(100))


def test_a_child_knows_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    one = Children(1)
    assert one.ask(os.getenv, "OPENAI_API_KEY") is None
    one.close()


def test_what_takes_too_long_or_too_much_ends_a_child_and_the_next_one_works() -> None:
    strict = Children(1, Limits(memory=200, seconds=3))
    with pytest.raises(Stopped, match=r"longer than 3 seconds|processor time"):
        strict.ask(time.sleep, 60)
    with pytest.raises(CxifyError, match="memory"):
        strict.ask(bytes, 400 * 2**20)
    with pytest.raises(Stopped, match="ended"):
        strict.ask(os._exit, 3)
    assert strict.ask(len, "still there") == 11
    strict.close()


def test_an_error_crosses_with_its_words_and_its_class(children: Children) -> None:
    with pytest.raises(EncryptedDocument) as met:
        children.ask(tasks.look, ORDER, hostile.password_protected())
    assert met.value.message.startswith("The file is protected by a password")
    assert met.value.exit_code == 10


def test_a_child_that_was_taken_over_cannot_make_its_parent_run_anything() -> None:
    class Evil:
        def __reduce__(self) -> object:
            return os.system, ("touch /tmp/taken",)

    ours, theirs = Pipe()
    for content in (Evil(), os.system, subprocess.Popen, Path("/"), word_file):
        theirs.send_bytes(pickle.dumps(content))
        with pytest.raises(Stopped, match="no answer that can be read"):
            wire.heard(ours)
    told = (Finding("CXL-1", "warn", None, "A", "B"), {"a": [1, b"x"]})
    wire.send(theirs, told)
    assert wire.heard(ours) == told


def test_a_model_is_asked_by_the_parent_and_its_errors_reach_the_child(children: Children) -> None:
    order = replace(ORDER, model="openai:nobody")
    nothing = '{"edits": [], "questions": [], "declined": [{"reason": "Nothing fits.", "block": null}]}'
    asked = Scripted([nothing] * 5)
    made = children.ask(tasks.rewritten, order, word_file(), "a.docx", None, chat=asked)
    assert made.outcome["details"]["writer"]["model"] == "openai:nobody"
    assert asked.seen
    away = ModelUnavailable("The model does not answer.", "Try again later.")
    away.spent = (7, 3, 0)
    with pytest.raises(ModelUnavailable) as met:
        children.ask(tasks.rewritten, order, word_file(), "a.docx", None, chat=Scripted([away]))
    assert met.value.spent == (7, 3, 0)


class Held(Scripted):
    """A model that thinks until it is released."""

    def __init__(self, said: str) -> None:
        super().__init__([said] * 20)
        self.asked, self.released = Event(), Event()

    def complete(self, *request: Any) -> Answer:
        """Answer when the test allows it."""
        self.asked.set()
        assert self.released.wait(300)
        return super().complete(*request)


def test_a_person_does_not_wait_behind_background_work() -> None:
    order = replace(ORDER, model="openai:nobody")
    held = Held('{"edits": [], "questions": [], "declined": [{"reason": "Nothing fits.", "block": null}]}')
    with closing(Children(2)) as children, ThreadPoolExecutor(3) as pool:
        paper = (tasks.rewritten, order, word_file(), "a.docx", None)
        background = [pool.submit(children.ask, *paper, chat=held, patient=True) for _ in range(2)]
        try:
            assert held.asked.wait(300), "a child is at work and will not come to its end"
            assert pool.submit(children.ask, len, "abc").result(timeout=300) == 3
            assert not any(task.done() for task in background)
        finally:
            held.released.set()
        assert all(task.result() for task in background)


def test_after_the_end_nothing_is_asked_any_more() -> None:
    children = Children(1)
    children.close()
    with pytest.raises(Ended):
        children.ask(len, "")
