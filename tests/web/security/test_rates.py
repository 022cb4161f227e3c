"""Nobody can keep the page busy for everybody else, and remembering who asks costs bounded memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from cxify.web.security.rates import Rates, address_of
from cxify.web.signed_in import Person
from tests.web.conftest import client, config_of, context


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[TestClient]:
    """Yield a page on which a person may ask thirty times a minute."""
    browser = client(config_of(tmp_path, requests_per_minute=30))

    @browser.app.get("/trial")  # type: ignore[attr-defined]  # a FastAPI application
    def trial(person: Person) -> str:
        return person.id

    yield browser
    context(browser).close()


def test_a_bucket_holds_what_may_be_asked_at_once_and_fills_evenly(clock: Clock) -> None:
    rates = Rates(60, clock=clock)
    assert [rates.take("a") for _ in range(10)] == [0.0] * 10
    assert rates.take("a") == pytest.approx(1.0)
    clock.now = 1.0
    assert rates.take("a") == 0
    assert rates.take("a") > 0


def test_everyone_has_a_bucket_of_their_own(clock: Clock) -> None:
    rates = Rates(60, clock=clock)
    while not rates.take("a"):
        pass
    assert rates.take("b") == 0


def test_the_memory_for_buckets_is_bounded(clock: Clock) -> None:
    rates = Rates(60, most=100, clock=clock)
    for number in range(10_000):
        rates.take(str(number))
    assert len(rates) == 100


def test_a_person_who_asks_too_fast_waits(slow: TestClient) -> None:
    slow.get("/start", params={"token": context(slow).config.start_token})
    answers = [slow.get("/trial") for _ in range(8)]
    assert [answer.status_code for answer in answers][:5] == [200] * 5
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_an_address_that_asks_too_fast_waits_before_anything_is_read(slow: TestClient) -> None:
    statuses = [slow.get("/start", params={"token": "guess"}).status_code for _ in range(20)]
    assert statuses[0] == 403
    assert statuses[-1] == 429


def test_the_sign_of_life_is_always_given(slow: TestClient) -> None:
    assert {slow.get("/healthz").status_code for _ in range(40)} == {200}


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("testclient", "testclient"),
    ],
)
def test_one_subscriber_counts_once(host: str, counted: str) -> None:
    assert address_of({"type": "http", "client": (host, 1)}) == counted
