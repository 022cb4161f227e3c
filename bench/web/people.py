"""What one person does all day: look at the list, upload, start, open the suggestions, decide on one."""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx2

from bench.web.servers import Page

ASKED_EVERY = 1.2
"""Seconds, as the page's own script asks how far an upload is."""


@dataclass
class Watch:
    """What was measured, by what was done. Thread-safe."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    uploaded: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    """The page is being killed: what fails from now on fails for that."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def over(self, what: str) -> Iterator[None]:
        """Measure what is done in the block; a failure is counted and goes on."""
        begun = time.perf_counter()
        try:
            yield
        except (httpx2.HTTPError, AssertionError, KeyError, ValueError):
            with self._lock:
                self.failed[what] += not self.ended.is_set()
            raise
        with self._lock:
            self.seconds[what].append(time.perf_counter() - begun)

    def note(self, batch: str) -> None:
        """Remember an upload that was answered: it must never be lost."""
        with self._lock:
            self.uploaded.append(batch)


def work(page: Page, watch: Watch, stop: threading.Event, name: str, content: bytes, think: float) -> None:
    """Be a person until told to stop, who thinks for up to so many seconds before the next document."""
    dice = random.Random(name)  # noqa: S311  the same day each time
    with page.browser() as browser:
        while not stop.is_set():
            try:
                _round(browser, watch, stop, f"{name} {dice.randrange(10**6)}.docx", content)
            except (httpx2.HTTPError, AssertionError, KeyError, ValueError):
                stop.wait(1)
            stop.wait(dice.uniform(think / 4, think))


def _round(browser: httpx2.Client, watch: Watch, stop: threading.Event, name: str, content: bytes) -> None:
    with watch.over("page"):
        assert browser.get("/", headers={"Accept": "text/html"}).status_code == 200
    with watch.over("upload"):
        answer = browser.post("/upload", files=[("files", (name, content))])
        assert answer.status_code == 201
    batch, begun = str(answer.json()["batch"]), time.perf_counter()
    watch.note(batch)
    with watch.over("start"):
        assert browser.post(f"/batches/{batch}/start").status_code == 303
    with watch.over("until in work"):
        _until(browser, batch, ("working", "ready", "failed"), stop)
    with watch.over("until ready"):
        told = _until(browser, batch, ("ready", "failed"), stop)
    if stop.is_set():
        return
    watch.seconds["upload to suggestions"].append(time.perf_counter() - begun)
    paper = told["files"][0]["id"]
    with watch.over("review"):
        assert browser.get(f"/documents/{paper}", headers={"Accept": "text/html"}).status_code == 200
    with watch.over("decide"):
        given = {"suggestion": "0", "action": "accept"}
        assert browser.post(f"/documents/{paper}/decisions", data=given).status_code in (200, 303)


def _until(
    browser: httpx2.Client, batch: str, states: tuple[str, ...], stop: threading.Event
) -> dict[str, list[dict[str, str]]]:
    while True:
        told: dict[str, list[dict[str, str]]] = browser.get(f"/batches/{batch}/state").json()
        if told["files"][0]["state"] in states or stop.is_set():
            return told
        stop.wait(ASKED_EVERY)
