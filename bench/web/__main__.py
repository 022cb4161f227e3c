"""Print how the page holds up: `python -m bench.web` from the top of the checkout.

People upload, start and review by HTTP while a large batch runs on the same database. In the middle the page is killed
and started again. Times are given as ratios to the same FastAPI and uvicorn answering with nothing in the same minutes.
"""

import argparse
import tempfile
import threading
import time
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

import httpx2

from bench.web import kept
from bench.web.documents import documents
from bench.web.people import Watch, work
from bench.web.servers import Page, floor

SAMPLE = Path(__file__).parents[2] / "samples/job_description_retail_assistant.docx"
AT_ONCE = 50


@dataclass
class Figures:
    """What is printed at the end."""

    watch: Watch = field(default_factory=Watch)
    base: Watch = field(default_factory=Watch)
    memory: list[list[tuple[float, float]]] = field(default_factory=list)
    """Megabytes of the page's own process and of all, every half second, before the kill and after it."""
    sent: float = 0
    done: int = 0
    lost: dict[str, int] = field(default_factory=dict)
    twice: dict[str, int] = field(default_factory=dict)


def main() -> None:
    """Run everything and print the figures."""
    options = _options()
    begun, figures = time.monotonic(), Figures()
    with tempfile.TemporaryDirectory() as folder, floor() as nothing:
        page, file = Page(Path(folder) / "data"), Path(folder) / "data" / "web.db"
        page.start()
        _warm(page)
        batch = _large(page, options.batch, figures)
        _minutes(page, figures, nothing, options)
        ended = kept.before(file)
        page.start()
        _warm(page)
        _minutes(page, figures, nothing, options)
        page.start()
        kept.settled(file, batch, options.patience)
        figures.lost = kept.lost(file, ended, figures.watch.uploaded, batch, options.batch)
        figures.twice, figures.done = kept.twice(file, ended), kept.done(file, batch)
        _print(options, figures)
        _alone(page, batch, nothing, options)
        page.kill()
    print(f"\nthe whole took {(time.monotonic() - begun) / 60:.1f} minutes")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--batch", type=int, default=10_000, help="documents in work at the same time")
    parser.add_argument("--think", type=float, default=2, help="seconds, at most, from a decision to the next upload")
    parser.add_argument("--seconds", type=float, default=90, help="before the kill, and once more after it")
    parser.add_argument("--patience", type=float, default=120, help="seconds for what people have started to be done")
    return parser.parse_args()


def _warm(page: Page) -> None:
    """Wait until the page has read a document: what comes before is the start, which is measured by itself."""
    begun = time.perf_counter()
    with page.browser() as browser:
        answer = browser.post("/upload", files=[("files", ("first.docx", SAMPLE.read_bytes()))])
        batch = str(answer.json()["batch"])
        while browser.get(f"/batches/{batch}/state").json()["files"][0]["state"] == "reading":
            time.sleep(0.1)
    print(f"from the start to the first document that was read: {time.perf_counter() - begun:.1f} s", flush=True)


def _large(page: Page, count: int, figures: Figures) -> str:
    """Upload and start the batch; return its number."""
    files, batch, begun = documents(count), "", time.perf_counter()
    with page.browser() as browser:
        while part := list(islice(files, AT_ONCE)):
            sent = [("files", each) for each in part]
            answer = browser.post("/upload", files=sent, data={"batch": batch})
            batch = str(answer.json()["batch"])
        assert browser.post(f"/batches/{batch}/start").status_code == 303
    figures.sent = time.perf_counter() - begun
    print(f"the batch was uploaded, {count / figures.sent:.0f} files a second", flush=True)
    return batch


def _minutes(page: Page, figures: Figures, nothing: httpx2.Client, options: argparse.Namespace) -> None:
    """Let people work for a while, and kill the page while they do."""
    stop, memory, content = threading.Event(), list[tuple[float, float]](), SAMPLE.read_bytes()
    people = [
        threading.Thread(
            target=work, args=(page, figures.watch, stop, f"person {each}", content, options.think), daemon=True
        )
        for each in range(options.people)
    ]
    for person in people:
        person.start()
    until = time.monotonic() + options.seconds
    while time.monotonic() < until:
        with figures.base.over("page"):
            nothing.get("/")
        memory.append(page.megabytes())
        time.sleep(0.5)
    figures.memory.append(memory)
    figures.watch.ended.set()
    page.kill()
    stop.set()
    for person in people:
        person.join(60)
    figures.watch.ended.clear()


def _print(options: argparse.Namespace, figures: Figures) -> None:
    unit, watch = median(figures.base.seconds["page"]), figures.watch
    print(f"\n{options.people} people who think for up to {options.think:g} s, a batch of {options.batch} documents,")
    print("SQLite, killed twice while people work")
    print(f"of the batch {figures.done} documents were done beside it")
    print(f"floor (FastAPI and uvicorn answering with nothing, same minutes): 1 = {unit * 1000:.1f} ms\n")
    print("                         number   failed     median        p95")
    for what, found in watch.seconds.items():
        last = quantiles(found, n=20)[-1] if len(found) > 1 else found[0]
        print(
            f"  {what:22} {len(found):6}   {watch.failed[what]:6}   {median(found) / unit:7.1f}x   {last / unit:7.1f}x"
            f"   ({median(found):.2f} s, {last:.2f} s)"
        )
    print()
    for when, found in zip(("first", "second"), figures.memory, strict=True):
        for whose, values in zip(("of its own", "with children"), zip(*found, strict=True), strict=True):
            part = max(1, len(values) // 3)
            early, late = median(values[:part]), median(values[-part:])
            print(
                f"  memory {whose}, {when} time: {early:.0f} MB in the first third, {late:.0f} MB in the last"
                f" ({late / early - 1:+.0%}), {max(values):.0f} MB at most"
            )
    for name, found in (("lost", figures.lost), ("twice", figures.twice)):
        print(f"  {name}: {', '.join(f'{what} {number}' for what, number in found.items())}")


def _alone(page: Page, batch: str, nothing: httpx2.Client, options: argparse.Namespace) -> None:
    """Print how usable the large batch is for the person who has uploaded it, while it is worked on."""
    base, watch = Watch(), Watch()
    paths = {"overview": "/", "search": "/?q=00012", "batch": f"/batches/{batch}", "state": f"/batches/{batch}/state"}
    with page.browser() as browser:
        for _ in range(20):
            with base.over("page"):
                nothing.get("/")
            for name, path in paths.items():
                with watch.over(name):
                    assert browser.get(path, headers={"Accept": "text/html"}).status_code == 200
        unit = median(base.seconds["page"])
        print(f"\nthe batch of {options.batch} by itself (1 = {unit * 1000:.1f} ms)")
        for name, found in watch.seconds.items():
            print(f"  {name:10} {median(found) / unit:7.1f}x   ({median(found) * 1000:.0f} ms)")
        browser.post(f"/batches/{batch}/cancel")
        _archive(browser, batch)
        begun = time.perf_counter()
        assert browser.post(f"/batches/{batch}/delete", data={"sure": "true"}, timeout=600).status_code == 303
        print(f"  deleted    {options.batch / (time.perf_counter() - begun):.0f} documents a second")


def _archive(browser: httpx2.Client, batch: str) -> None:
    begun, first, size = time.perf_counter(), 0.0, 0
    with browser.stream("GET", f"/batches/{batch}/tracked.zip", timeout=600) as answer:
        for part in answer.iter_bytes():
            first, size = first or time.perf_counter() - begun, size + len(part)
            if time.perf_counter() - begun > 30:
                break
    seconds = time.perf_counter() - begun
    print(f"  archive    first byte after {first:.2f} s, {size / 2**20 / seconds:.2f} MB a second")


if __name__ == "__main__":
    main()
