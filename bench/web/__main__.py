"""Print how the page holds up: `python -m bench.web` from the top of the checkout.

People upload, start and review by HTTP while a large batch runs on the same database. In the middle the page is killed
and started again. Times are given as ratios to the same FastAPI and uvicorn answering with nothing in the same minutes.
"""

import argparse
import sqlite3
import tempfile
import threading
import time
from pathlib import Path
from statistics import median, quantiles

import httpx2

from bench.batch.documents import written
from bench.web.people import Watch, work
from bench.web.servers import Page, floor

SAMPLE = Path(__file__).parents[2] / "samples/job_description_retail_assistant.docx"
AT_ONCE = 50


def main() -> None:
    """Run everything and print the figures."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder, floor() as nothing:
        page, watch, base = Page(Path(folder) / "data"), Watch(), Watch()
        page.start()
        _warm(page)
        batch = _large(page, Path(folder) / "in", options.batch)
        memory = [_minutes(page, watch, base, nothing, options)]
        page.kill()
        page.start()
        _warm(page)
        memory.append(_minutes(page, watch, base, nothing, options))
        lost, twice = _checked(page, watch, batch, options.patience)
        page.kill()
    _print(options, watch, base, memory, lost, twice)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--batch", type=int, default=10_000, help="documents in work at the same time")
    parser.add_argument("--seconds", type=float, default=120, help="before the kill, and once more after it")
    parser.add_argument("--patience", type=float, default=7200, help="seconds for the rest of the batch to be done")
    return parser.parse_args()


def _warm(page: Page) -> None:
    """Wait until the page has read a document: what comes before is the start, which is measured by itself."""
    begun = time.perf_counter()
    with page.browser() as browser:
        answer = browser.post("/upload", files=[("files", ("first.docx", SAMPLE.read_bytes()))])
        batch = str(answer.json()["batch"])
        while browser.get(f"/batches/{batch}/state").json()["files"][0]["state"] == "reading":
            time.sleep(0.1)
    print(f"from the start to the first document that was read: {time.perf_counter() - begun:.1f} s")


def _large(page: Page, folder: Path, count: int) -> str:
    """Upload and start the batch; return its number."""
    written(folder, count)
    files, batch = sorted(folder.rglob("*.docx")), ""
    with page.browser() as browser:
        for first in range(0, len(files), AT_ONCE):
            sent = [("files", (file.name, file.read_bytes())) for file in files[first : first + AT_ONCE]]
            answer = browser.post("/upload", files=sent, data={"batch": batch})
            batch = str(answer.json()["batch"])
        assert browser.post(f"/batches/{batch}/start").status_code == 303
    return batch


def _minutes(page: Page, watch: Watch, base: Watch, nothing: httpx2.Client, options: argparse.Namespace) -> list[float]:
    """Let people work for a while; return the memory, second by second."""
    stop, memory = threading.Event(), []
    content = SAMPLE.read_bytes()
    people = [
        threading.Thread(target=work, args=(page, watch, stop, f"person {each}", content), daemon=True)
        for each in range(options.people)
    ]
    for person in people:
        person.start()
    until = time.monotonic() + options.seconds
    while time.monotonic() < until:
        with base.over("page"):
            nothing.get("/")
        memory.append(page.megabytes())
        time.sleep(0.5)
    stop.set()
    for person in people:
        person.join(60)
    return memory


def _checked(page: Page, watch: Watch, batch: str, patience: float) -> tuple[int, int]:
    """Wait until all is done; return how many uploads were lost and how many documents were done twice."""
    until = time.monotonic() + patience
    file = page.data / "web.db"
    while time.monotonic() < until and _count(
        file, "SELECT count(*) FROM documents WHERE state IN ('waiting','working')"
    ):
        time.sleep(1)
    known = {id for (id,) in sqlite3.connect(file).execute("SELECT id FROM batches")}
    lost = len({batch, *watch.uploaded} - known)
    lost += _count(file, "SELECT count(*) FROM papers WHERE state = 'started' AND document_id IS NULL")
    lost += _count(file, "SELECT count(*) FROM documents WHERE state != 'done'")
    twice = _count(file, "SELECT count(*) - count(DISTINCT document_id) FROM papers WHERE document_id IS NOT NULL")
    return lost, twice


def _count(file: Path, query: str) -> int:
    with sqlite3.connect(file, timeout=60) as connection:
        found: int = connection.execute(query).fetchone()[0]
    return found


def _print(
    options: argparse.Namespace, watch: Watch, base: Watch, memory: list[list[float]], lost: int, twice: int
) -> None:
    unit = median(base.seconds["page"])
    print(f"{options.people} people, a batch of {options.batch} documents, SQLite, one kill in between")
    print(f"floor (FastAPI and uvicorn answering with nothing, same minutes): 1 = {unit * 1000:.1f} ms\n")
    print("                         number   failed     median        p95")
    for what, found in watch.seconds.items():
        last = quantiles(found, n=20)[-1] if len(found) > 1 else found[0]
        print(
            f"  {what:22} {len(found):6}   {watch.failed[what]:6}   {median(found) / unit:7.1f}x   {last / unit:7.1f}x"
            f"   ({median(found):.2f} s, {last:.2f} s)"
        )
    print()
    for when, found in zip(("before the kill", "after it"), memory, strict=True):
        part = max(1, len(found) // 4)
        first, last = median(found[:part]), median(found[-part:])
        print(f"  memory {when}: {first:.0f} MB in the first quarter, {last:.0f} MB in the last")
    print(f"  after kill -9 and a new start: lost {lost}, done twice {twice}")


if __name__ == "__main__":
    main()
