"""Many workers on one queue: every document done once, whoever is killed and whenever."""

import itertools
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from cxify import batch, convert, queue, word
from cxify.batch import Outcome
from cxify.queue import Order, Priority
from cxify.queue.client import Client
from cxify.queue.note import handed
from cxify.settings import Settings
from cxify.store import Standing, State
from tests import postgres
from tests.storm_endpoint import Ledger, storm
from tests.test_storm import written
from tests.worker.deadly_endpoint import DEADLY, deadly
from tests.worker.processes import Site

pytestmark = pytest.mark.long

MODEL = ("--model", "openai:storm-1")
RTF = rb"{\rtf1\ansi Job description: Cleaner\par\par Main duties\par Answer letters from residents.\par Empty bins.}"


@pytest.fixture
def site(tmp_path: Path, queue_url: str) -> Iterator[Site]:
    (tmp_path / "in").mkdir()
    made = Site(tmp_path, queue_url)
    yield made
    made.database.dispose()


@pytest.fixture(scope="module")
def attended(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a queue that a worker attends to."""
    with postgres.database(postgresql) as url, Site(tmp_path_factory.mktemp("worker"), url).worker():
        yield url


@pytest.fixture
def place(tmp_path: Path, attended: str) -> Iterator[Site]:
    """Yield a folder of one's own, at that queue."""
    made = Site(tmp_path, attended)
    yield made
    made.database.dispose()


def fill(site: Site, number: int, folder: str = "in", word: str = "") -> None:
    (site.folder / folder).mkdir(exist_ok=True)
    for each in range(number):
        written(site.folder / folder, each, word)


def rewrite(site: Site, *options: object) -> int:
    return site.run("rewrite", "in", "-o", "out", "--queue", *options)


def outcomes(site: Site, out: str = "out") -> dict[str, str]:
    lines = map(json.loads, (site.folder / out / batch.REPORT).read_text("utf-8").splitlines())
    return {Path(line["file"]).name: line["status"] for line in lines if line.get("file")}


def done(number: int) -> Callable[[Standing], bool]:
    return lambda standing: standing.counts.get(State.DONE, 0) >= number


@pytest.fixture
def weather() -> Iterator[tuple[str, Ledger]]:
    """Yield an endpoint that takes its time, under an address that is not known as this machine's."""
    with storm(0.0, latency=0.4) as endpoint:
        yield endpoint.base_url.replace("127.0.0.1", "0.0.0.0"), endpoint.ledger  # noqa: S104  nothing is bound


def test_a_run_on_many_machines_leaves_what_a_run_on_one_leaves(place: Site) -> None:
    fill(place, 4)
    (place.folder / "in/broken.docx").write_bytes(b"no document")
    assert rewrite(place) == 10
    assert place.run("rewrite", "in", "-o", "local") == 10
    assert outcomes(place) == outcomes(place, "local")
    assert written_to(place, "out") == written_to(place, "local")
    for page in (place.folder / "local").glob("*.md"):
        assert (place.folder / "out" / page.name).read_text("utf-8") == page.read_text("utf-8")
    assert place.run("rewrite", "in", "-o", "out") == 10, "a run on this machine finds done what workers did"
    assert set(outcomes(place).values()) == {"done before", "failed"}


@pytest.mark.skipif(
    convert.program() is None and not os.environ.get("CXIFY_REQUIRE_LIBREOFFICE"), reason="LibreOffice is missing"
)
@pytest.mark.libreoffice
def test_other_formats_are_converted_here_and_done_by_workers_with_the_same_record(place: Site) -> None:
    (place.folder / "in").mkdir()
    (place.folder / "in/old.rtf").write_bytes(RTF)
    (place.folder / "in/fake.doc").write_bytes(b"no document at all")
    assert rewrite(place, "--kind", "job_description") == 10
    assert outcomes(place) == {"old.rtf": "rewritten", "fake.doc": "failed"}
    record = word.provenance_of((place.folder / "out/old.docx").read_bytes())
    assert record is not None
    assert (record["converted"]["format"], record["converted"]["sha256"]) == ("rtf", sha256(RTF).hexdigest())
    assert place.run("rewrite", "in", "-o", "out", "--kind", "job_description") == 10
    assert outcomes(place)["old.rtf"] == "done before", "a run on this machine knows it for its own"


def test_what_would_be_done_is_said_without_the_queue(site: Site) -> None:
    fill(site, 2)
    assert rewrite(site, "--dry-run") == 0
    assert rewrite(site, *MODEL, "--show-request") == 0
    assert site.standings() == []
    assert not (site.folder / "out").exists()


def written_to(site: Site, out: str) -> set[str]:
    return {path.name for path in (site.folder / out).iterdir() if not path.name.startswith(".")}


def test_a_client_that_is_killed_goes_on_with_the_same_run(place: Site) -> None:
    fill(place, 6)
    client = place.start("rewrite", "in", "-o", "out", "--queue")
    first = place.until(lambda standing: standing.total == 6)
    client.send_signal(signal.SIGKILL)
    client.wait()
    assert rewrite(place) == 0
    last = place.until(done(6))
    assert (last.id, last.total) == (first.id, 6)
    assert set(outcomes(place).values()) <= {"rewritten", "done before"}


def test_detached_documents_are_fetched_by_the_same_command_later(place: Site) -> None:
    fill(place, 3)
    assert rewrite(place, "--detach") == 0
    assert set(outcomes(place).values()) == {"waiting"}
    place.until(done(3))
    assert rewrite(place) == 0
    assert set(outcomes(place).values()) == {"rewritten"}


def test_a_cancelled_run_stops_and_the_same_command_begins_a_new_one(site: Site) -> None:
    fill(site, 3)
    client = site.start("rewrite", "in", "-o", "out", "--queue")
    run = site.until(lambda standing: standing.total == 3).id
    assert site.run("queue", "cancel", run) == 0
    assert client.wait(120) == 130
    assert "was cancelled" in site.text()
    assert site.until(lambda standing: standing.total == 3).counts == {State.CANCELLED: 3}
    assert rewrite(site, "--detach") == 0
    assert len(site.standings()) == 2
    assert site.run("queue", "delete", run) == 0
    assert len(site.standings()) == 1


def test_an_upload_never_waits_behind_a_batch(site: Site, weather: tuple[str, Ledger]) -> None:
    fill(site, 30)
    with site.worker("--concurrency", 1, CXIFY_BASE_URL=weather[0]):
        assert rewrite(site, *MODEL, "--base-url", weather[0], "--detach") == 0
        site.until(done(1))
        begun = time.monotonic()
        uploaded = upload(site)
        seconds = time.monotonic() - begun
        standing = next(each for each in site.standings() if each.total == 30)
    assert uploaded.status == "rewritten"
    assert standing.open > 0, f"the batch was over after {seconds:.1f} s"


def upload(site: Site) -> Outcome:
    """Hand one document over as a web page does, and wait for it."""
    fill(site, 1, "upload")
    plan = batch.plan([site.folder / "upload"], site.folder / "uploaded")
    batch.prepare(plan.out)
    order = Order(Settings(), "library", None, "2026-11-22T08:00:00Z")
    making = queue.making(order)
    run = handed(site.database, plan.out, order, making)
    client = Client(site.database, plan, making, run, lambda _: None, Priority.UPLOAD)
    client.hand_over()
    (outcome,) = client.follow().outcomes
    return outcome


def test_a_document_that_ends_every_worker_is_given_up_and_the_others_are_done(site: Site) -> None:
    fill(site, 6)
    written(site.folder / "in", 3, DEADLY)
    with deadly() as endpoint:
        base = endpoint.base_url.replace("127.0.0.1", "0.0.0.0")  # noqa: S104
        known = {"CXIFY_BASE_URL": base}
        first, second = (site.start("worker", log=f"{name}.log", **known) for name in ("one", "two"))
        try:
            assert rewrite(site, *MODEL, "--base-url", base) == 13
        finally:
            for each in (first, second):
                each.terminate()
                each.wait(60)
    assert endpoint.ledger.faults["death"] == 3
    assert sorted((first.returncode, second.returncode)) == [-signal.SIGKILL, 0], "one worker died, and no more"
    told = outcomes(site)
    assert told.pop("job003.docx") == "failed"
    assert set(told.values()) == {"rewritten"}
    assert "none came to an end with it" in site.text()


def test_a_worker_leaves_documents_of_another_edition_and_says_so(site: Site) -> None:
    fill(site, 2)
    assert rewrite(site, "--detach") == 0
    with site.database.begin() as connection:
        connection.exec_driver_sql("UPDATE runs SET edition = '9.9.9-abc'")
        connection.exec_driver_sql("UPDATE procrastinate_jobs SET queue_name = '9.9.9-abc/batch'")
    with site.worker():
        given_up = time.monotonic() + 120
        while "2 documents wait for workers with cxify 9.9.9-abc" not in (told := site.text("worker.log")):
            assert time.monotonic() < given_up, told
            time.sleep(0.2)
        assert site.until(lambda _: True).counts == {State.WAITING: 2}


def test_a_key_is_given_to_no_address_that_only_the_run_names(site: Site, weather: tuple[str, Ledger]) -> None:
    fill(site, 1)
    with site.worker(CXIFY_API_KEY="geheim"):
        assert rewrite(site, *MODEL, "--base-url", weather[0]) == 11
    assert "not meant for that address" in site.text()
    assert weather[1].requests == 0
    assert "geheim" not in site.text() + site.text("worker.log")


@pytest.mark.parametrize("number", [60, pytest.param(300, marks=pytest.mark.slow)])
def test_two_of_three_workers_are_killed_and_every_document_is_done_once(
    site: Site, weather: tuple[str, Ledger], number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    at_once = 4
    fill(site, number)
    base, ledger = weather
    options = ("worker", "--concurrency", at_once)
    workers = [site.start(*options, log=f"w{each}.log", CXIFY_BASE_URL=base) for each in range(3)]
    try:
        client = site.start("rewrite", "in", "-o", "out", "--queue", *MODEL, "--base-url", base)
        for worker, part in itertools.zip_longest(workers[:2], (0.2, 0.5)):
            site.until(done(int(part * number)), 500)
            os.kill(worker.pid, signal.SIGKILL)
        assert client.wait(600) == 0
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait(60)
    repeated = sum(ledger.answered.values()) - len(ledger.answered)
    with capsys.disabled():
        print(
            f"\n{number} documents, 2 of 3 workers killed: {ledger.requests} model calls, {repeated} of them repeated"
        )
    standing = site.until(done(number))
    assert standing.counts == {State.DONE: number}
    assert set(outcomes(site).values()) == {"rewritten"}
    assert len(outcomes(site)) == number
    assert repeated <= 2 * at_once
