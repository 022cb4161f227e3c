"""Print what PostgreSQL and the queue add to a document: `python -m bench.queue` from the top of the checkout.

The same documents are done by `cxify rewrite` alone and through one worker process; the difference by document is the
queue's. Then each step is timed by itself: handing over, taking and storing.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from cxify import queue
from cxify.queue import Priority, jobs
from cxify.store import Database, New, documents
from tests.postgres import cluster, database
from tests.test_storm import written
from tests.worker.processes import Site

T = TypeVar("T")


def main() -> None:
    """Run both ways and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.queue", description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    number = parser.parse_args().documents
    with cluster() as server, tempfile.TemporaryDirectory() as folder:
        with database(server) as url:
            _steps(url, number)
        with database(server) as url:
            _whole(Site(Path(folder), url), number)


def _steps(url: str, number: int) -> None:
    """Time what the database does for a document of 40 kB, without anything of cxify's own work."""
    engine, body = queue.connect(url), b"x" * 40_000
    handed = [New(f"{each}.docx", body, sha256(f"{each}".encode()).hexdigest(), "s", None, 0) for each in range(number)]

    def hand_over() -> list[int]:
        with engine.begin() as connection:
            documents.start(connection, run="r", edition="e", settings={}, fingerprint="f", files=[])
            ids = documents.add(connection, "r", handed)
            jobs.defer(connection, "e", Priority.BATCH, ids)
        return ids

    ids = _timed("handing over, with its job", number, hand_over)
    _timed("taking", number, lambda: [documents.take(engine, id) for id in ids])
    _timed("storing", number, lambda: [_finish(engine, id, body) for id in ids])
    engine.dispose()


def _finish(engine: Database, id: int, body: bytes) -> bool:
    return documents.finish(engine, id, output=body, page="page", outcome={"changed": True, "details": {}})


def _whole(site: Site, number: int) -> None:
    (site.folder / "in").mkdir()
    for each in range(number):
        written(site.folder / "in", each)
    with site.worker("--concurrency", 1):
        # A first document, so that neither way pays for loading what it works with.
        (site.folder / "warm").mkdir()
        written(site.folder / "warm", 0)
        site.run("rewrite", "warm", "-o", "warm-queue", "--queue")
        site.run("rewrite", "warm", "-o", "warm-local")
        local = _timed_run(site, "alone", "rewrite", "in", "-o", "local", "--jobs", 1, number=number)
        shared = _timed_run(site, "through the queue", "rewrite", "in", "-o", "out", "--queue", number=number)
    print(f"  difference                   {(shared - local) / number * 1000:8.1f} ms a document")


def _timed_run(site: Site, name: str, *arguments: object, number: int) -> float:
    begun = time.perf_counter()
    code = site.run(*arguments)
    seconds = time.perf_counter() - begun
    print(f"  {name:28} {seconds / number * 1000:8.1f} ms a document (exit code {code})", flush=True)
    return seconds


def _timed(name: str, number: int, work: Callable[[], T]) -> T:
    begun = time.perf_counter()
    made = work()
    print(f"  {name:28} {(time.perf_counter() - begun) / number * 1000:8.2f} ms a document", flush=True)
    return made


if __name__ == "__main__":
    main()
