"""Children ask their parent for what only it may do; whatever becomes of a child, nothing is asked twice."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from cxify.batch import Answers, Children, Limits, Parent, Stopped
from cxify.errors import AnswerAwaited, CxifyError, InputError, ModelRefused

pytestmark = pytest.mark.long


class Servant:
    """Asks its parent, and suffers on request."""

    def __init__(self, parent: Parent) -> None:
        self.parent = parent

    def ask(self, payload: str) -> Any:
        """Return the parent's answer."""
        return self.parent.ask("answer", payload, payload)

    def ask_twice(self, payload: str) -> Any:
        """Return both answers to the same question."""
        return self.ask(payload), self.ask(payload)

    def ask_and_die(self, payload: str) -> Any:
        """End the process when the answer has come, for as long as the file is there."""
        answer = self.ask(payload)
        deadly = Path(payload)
        if deadly.exists():
            deadly.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    def die(self, _: str) -> None:
        """End the process always."""
        os.kill(os.getpid(), signal.SIGKILL)

    def refuse(self, payload: str) -> None:
        """Meet an error that was paid for."""
        error = ModelRefused(payload, "Do this.")
        error.spent = (3, 2, 1)
        raise error

    def priorities(self, _: str) -> list[int]:
        """Return how far each thread stands back."""
        return [os.getpriority(os.PRIO_PROCESS, int(thread)) for thread in os.listdir("/proc/self/task")]

    def sleep(self, seconds: float) -> float:
        """Hold the floor."""
        time.sleep(seconds)
        return seconds


def unloadable(_: Parent) -> Any:
    raise InputError("It cannot be loaded.", "Mend it.")


@contextmanager
def children(
    answer: Callable[[str], Any] = str.upper, *, jobs: int = 1, seats: int = 4, limits: Limits | None = None
) -> Iterator[Children]:
    answers = Answers({"answer": answer}, 8)
    with closing(Children(Servant, jobs, seats, limits or Limits(), answers)) as made:
        yield made


def test_children_ask_their_parent_and_wait_without_holding_others_up() -> None:
    together = threading.Barrier(4, timeout=60)

    def answer(text: str) -> str:
        together.wait()
        return text.upper()

    with children(answer) as made, ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: made.ask("ask", text), "abcd")) == list("ABCD")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="told by Linux")
def test_a_child_stands_back_with_all_its_threads_when_it_has_asked_and_not_before() -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    with children(limits=Limits(nice=3)) as made:
        assert set(made.ask("priorities", "")) == {own}
        made.ask("ask", "a")
        assert set(made.ask("priorities", "")) == {own + 3}


def test_a_question_that_is_meant_twice_is_asked_twice() -> None:
    asked: list[str] = []
    with children(lambda text: (asked.append(text), len(asked))[1]) as made:
        assert made.ask("ask_twice", "a") == (1, 2)


def test_errors_cross_whole() -> None:
    with children() as made, pytest.raises(ModelRefused) as met:
        made.ask("refuse", "It was refused.")
    assert (met.value.message, met.value.remedy, met.value.spent) == ("It was refused.", "Do this.", (3, 2, 1))
    assert met.value.exit_code == 12


def test_what_the_parent_meets_is_met_in_the_child() -> None:
    def answer(_: str) -> str:
        raise ModelRefused("No.", "Ask another.")

    with children(answer) as made, pytest.raises(ModelRefused, match="Ask another"):
        made.ask("ask", "a")


def test_a_fault_of_the_parent_reaches_the_task_as_a_sentence() -> None:
    with children(lambda _: 1 // 0) as made, pytest.raises(CxifyError, match="ZeroDivisionError"):
        made.ask("ask", "a")


def test_the_one_that_kills_is_named_and_the_others_are_done() -> None:
    with children(lambda text: (time.sleep(0.3), text.upper())[1]) as made, ThreadPoolExecutor(4) as pool:
        others = [pool.submit(made.ask, "ask", text) for text in "abc"]
        time.sleep(0.1)
        killer = pool.submit(made.ask, "die", "")
        assert [other.result() for other in others] == list("ABC")
        with pytest.raises(Stopped, match="was killed"):
            killer.result()


def test_an_answer_that_was_given_once_is_never_asked_for_again(tmp_path: Path) -> None:
    asked: list[str] = []
    deadly = tmp_path / "deadly"
    deadly.touch()

    def answer(text: str) -> str:
        asked.append(text)
        time.sleep(1 if text == str(deadly) else 4)  # the others are still under way when it ends their child
        return text.upper()

    with children(answer) as made, ThreadPoolExecutor(4) as pool:
        texts = ["a", "b", str(deadly)]
        tasks = [pool.submit(made.ask, "ask_and_die", text) for text in texts]
        assert [task.result() for task in tasks] == [text.upper() for text in texts]
    assert sorted(asked) == sorted(texts)


def test_the_clock_of_the_limit_runs_only_while_a_task_computes() -> None:
    def answer(text: str) -> str:
        time.sleep(3)
        return text

    with children(answer, limits=Limits(seconds=1.5)) as made:
        assert made.ask("ask", "patient") == "patient"
        with pytest.raises(Stopped, match=r"longer than 1\.5 seconds"):
            made.ask("sleep", 30)
        assert made.ask("sleep", 0.1) == 0.1, "a new child takes its place"


def test_when_a_run_is_stopped_what_was_asked_is_finished_and_nothing_else_begins() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def answer(text: str) -> str:
        begun.set()
        go_on.wait(60)
        return text

    with children(answer) as made, ThreadPoolExecutor(2) as pool:
        first = pool.submit(made.ask, "ask_twice", "a")
        assert begun.wait(60)
        made.stop()
        second = pool.submit(made.ask, "ask", "b")
        with pytest.raises(AnswerAwaited):
            second.result()
        go_on.set()
        assert first.result() == ("a", "a"), "what was paid for once is worth the rest"


def test_a_child_that_cannot_be_loaded_says_why() -> None:
    with closing(Children(unloadable)) as made, pytest.raises(InputError, match="Mend it"):
        made.ask("ask", "a")


class Slow:
    """A connection that takes its time to close."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    def close(self) -> None:
        """Close at last."""
        time.sleep(0.3)
        self.connection.close()


def test_nobody_hears_of_a_death_while_the_line_is_open() -> None:
    """Another child may get the same descriptor, and would be sent what was meant for the dead one."""
    with children() as made:
        (child,) = made._crowded.children
        assert made.ask("ask", "a") == "A"
        child.connection = Slow(child.connection)  # type: ignore[assignment]
        with pytest.raises(Stopped):
            made.ask("die", "b")
        assert child.connection.closed
