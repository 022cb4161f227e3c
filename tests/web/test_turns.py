"""Nobody waits behind somebody else's thousands: people's files are looked at in turn."""

from concurrent.futures import wait
from threading import Event

from cxify.web.processing.turns import Turns


def test_each_person_is_served_in_turn() -> None:
    order, begin = list[str](), Event()
    turns = Turns(1, "test")
    first = turns.put("ada", lambda: begin.wait(20) and None)
    many = [turns.put("ada", lambda n=n: order.append(f"ada {n}")) for n in range(50)]  # type: ignore[misc]
    kim = [turns.put("kim", lambda n=n: order.append(f"kim {n}")) for n in range(2)]  # type: ignore[misc]
    begin.set()
    wait([first, *many, *kim], 20)
    assert [each for each in order if each.startswith("ada")] == [f"ada {n}" for n in range(50)]
    assert {order.index("kim 0"), order.index("kim 1")} <= {0, 1, 2, 3}
    turns.stop()


def test_what_fails_stops_nobody() -> None:
    turns, done = Turns(1, "test"), list[int]()
    bad = turns.put("ada", lambda: [][1])
    good = turns.put("ada", lambda: done.append(1))
    wait([bad, good], 20)
    assert isinstance(bad.exception(), IndexError)
    assert done == [1]
    turns.stop()


def test_what_waits_at_the_end_is_let_go() -> None:
    turns, begin = Turns(1, "test"), Event()
    first = turns.put("ada", lambda: begin.wait(20) and None)
    waiting = turns.put("ada", lambda: None)
    turns.stop()
    assert waiting.cancelled()
    begin.set()
    wait([first], 20)
    assert turns.put("ada", lambda: None).cancelled(), "nobody waits for what is never done"
