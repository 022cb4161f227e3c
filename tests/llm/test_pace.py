"""How fast an endpoint is asked: within its limits, slower when it complains, faster again when it does not."""

import threading
import time

import pytest

from cxify.llm.pace import Pace, seconds


class Clock:
    """Time that a test moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def calls(pace: Pace, number: int, tokens: int = 10) -> None:
    for _ in range(number):
        with pace.turn(tokens) as settle:
            settle(tokens)


def blocked(pace: Pace, tokens: int = 10) -> bool:
    """Tell whether a call has to wait now."""
    return pace._wait(tokens) is not None


def test_requests_a_minute() -> None:
    clock = Clock()
    pace = Pace(requests_per_minute=3, now=clock)
    calls(pace, 3)
    assert blocked(pace)
    clock.now += 60
    assert not blocked(pace)


def test_tokens_a_minute_count_as_they_turned_out() -> None:
    clock = Clock()
    pace = Pace(tokens_per_minute=100, now=clock)
    with pace.turn(90) as settle:
        settle(20)
    assert not blocked(pace, 80)
    assert blocked(pace, 81)
    clock.now += 60
    assert not blocked(pace, 81)


def test_one_call_beyond_the_limit_is_not_held_back_for_ever() -> None:
    assert not blocked(Pace(tokens_per_minute=100, now=Clock()), 5000)


def test_a_complaint_slows_down_once_for_all_that_were_on_their_way_and_success_speeds_up() -> None:
    clock = Clock()
    pace = Pace(at_once=20, now=clock)
    entries = [pace.turn(1) for _ in range(20)]
    for entry in entries:
        entry.__enter__()
    clock.now += 2
    pace.complained(None, begun=1000.0)
    pace.complained(None, begun=1000.0)
    for entry in entries[:6]:
        entry.__exit__(None, None, None)
    assert blocked(pace)
    entries[6].__exit__(None, None, None)
    assert not blocked(pace)
    assert pace.slowest == 14
    pace.complained(None, begun=1002.0)
    assert pace.slowest < 14
    for _ in range(100):
        pace.went_well()
    assert pace._allowed == 20


def test_after_a_complaint_nobody_calls_before_the_time_that_was_asked_for() -> None:
    clock = Clock()
    pace = Pace(now=clock)
    pace.complained(30, begun=1000.0)
    clock.now += 29
    assert blocked(pace)
    clock.now += 1
    assert not blocked(pace)


def test_an_empty_limit_in_the_headers_is_waited_for() -> None:
    clock = Clock()
    pace = Pace(now=clock)
    pace.told({"x-ratelimit-remaining-requests": "5", "x-ratelimit-reset-requests": "9s"})
    assert not blocked(pace)
    pace.told({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "1m2.5s"})
    clock.now += 59
    assert blocked(pace)
    clock.now += 2  # never longer than a minute, whatever a header says
    assert not blocked(pace)


def test_a_call_that_fails_gives_its_place_back() -> None:
    pace = Pace(at_once=1)
    with pytest.raises(ValueError, match="no"), pace.turn(1):
        raise ValueError("no")
    assert not blocked(pace)


def test_who_waits_goes_on_when_a_place_is_free() -> None:
    pace = Pace(at_once=1)
    order: list[str] = []
    first = pace.turn(1)
    first.__enter__()
    waiting = threading.Thread(target=lambda: (calls(pace, 1), order.append("second")))
    waiting.start()
    time.sleep(0.05)
    order.append("first")
    first.__exit__(None, None, None)
    waiting.join(60)
    assert order == ["first", "second"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1m2.5s", 62.5), ("320ms", 0.32), ("7", 7.0), ("6m0s", 360.0), ("1h", 3600.0), ("", None), ("soon", None)],
)
def test_durations_in_headers(text: str, value: float | None) -> None:
    assert seconds(text) == value
