"""What a run does first and what waits for what: the profiles are the same, whatever comes to its end sooner."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxify.batch import GLANCE, LOOK, REWRITE, Agenda, Job, Plan, Step, Thread
from cxify.profile import Glance, RoleProfile, Seen

NURSE, CLERK, BUYER = Glance.of((1,)), Glance.of((2,)), Glance.of((3,))
FORM = Glance.of((), (1, 2))
"""A document without a title that may be of the nurse's role or the clerk's."""


def seen(role: str) -> Seen:
    return Seen("job_description", "en", "", (), 1, RoleProfile(role, (), 2, "", (), (), ()))


def weave(found: Mapping[str, Seen]) -> dict[str, RoleProfile]:
    """Let all that are looked at together share a profile that names them."""
    profile = RoleProfile("+".join(sorted(found)), (), 2, "", (), (), ())
    return dict.fromkeys(found, profile) if len(found) > 1 else {}


THREAD = Thread(lambda _: seen(""), weave, lambda _: NURSE)


def plan(names: str, beside: str = "") -> Plan:
    jobs, others = (tuple(Job.of(Path("in"), name, Path("out")) for name in each) for each in (names, beside))
    return Plan(jobs, (), Path("out"), others)


def done(
    agenda: Agenda, glances: Mapping[str, Glance | None], *, blind: str = "", dice: random.Random | None = None
) -> list[tuple[str, str, str]]:
    """Go through an agenda, with several steps under way that end in any order; return what was done in which order."""
    steps: list[tuple[str, str, str]] = []
    under_way: list[Step] = []
    while True:
        while len(under_way) < 3 and (step := agenda.next()):
            under_way.append(step)
        if not under_way:
            return steps
        step = under_way.pop(dice.randrange(len(under_way)) if dice else 0)
        name = step.job.target.name
        steps.append((step.what, name, step.shared.role if step.shared else ""))
        look = None if name in blind else seen("Nurse")
        agenda.told(step, {GLANCE: glances.get(name), LOOK: look, REWRITE: None}[step.what])


def rewritten(steps: list[tuple[str, str, str]]) -> dict[str, str]:
    return {name: shared for what, name, shared in steps if what == REWRITE}


def test_who_shares_with_nobody_is_never_looked_at_and_goes_first() -> None:
    steps = done(Agenda(plan("abcd"), THREAD), {"a": NURSE, "b": CLERK, "c": NURSE, "d": BUYER})
    assert [what for what, _, _ in steps[:4]] == [GLANCE] * 4, "any of them may be of the first one's role"
    assert [step[:2] for step in steps[4:8]] == [(REWRITE, "b"), (REWRITE, "d"), (LOOK, "a"), (LOOK, "c")]
    assert rewritten(steps) == {"a": "a+c", "b": "", "c": "a+c", "d": ""}


def test_a_small_group_does_not_wait_for_a_large_one() -> None:
    glances = dict.fromkeys("acegh", NURSE) | dict.fromkeys("bd", CLERK)
    steps = [step[:2] for step in done(Agenda(plan("abcdegh"), THREAD), glances)]
    assert steps.index((REWRITE, "b")) < steps.index((LOOK, "h"))


def test_a_document_without_a_title_waits_for_all_that_it_may_be_about() -> None:
    steps = done(Agenda(plan("abc"), THREAD), {"a": NURSE, "b": CLERK, "c": FORM})
    assert [what for what, _, _ in steps] == [GLANCE] * 3 + [LOOK] * 3 + [REWRITE] * 3
    assert set(rewritten(steps).values()) == {"a+b+c"}


def test_what_cannot_be_glanced_or_looked_at_shares_nothing_and_is_done() -> None:
    steps = done(Agenda(plan("abcd"), THREAD), dict.fromkeys("abc", NURSE), blind="b")
    assert rewritten(steps) == {"a": "a+c", "b": "", "c": "a+c", "d": ""}


def test_a_role_that_its_glance_did_not_foresee_shares_nothing() -> None:
    woven: list[Mapping[str, Seen]] = []
    thread = Thread(THREAD.look, lambda found: (woven.append(found), {})[1], THREAD.glance)
    done(Agenda(plan("ab"), thread), dict.fromkeys("ab", NURSE))
    assert [one.profile.role for one in woven[0].values()] == ["", ""], "its number is not that of a nurse"


def test_documents_beside_the_plan_are_looked_at_and_not_done() -> None:
    steps = done(Agenda(plan("a", beside="bcd"), THREAD), {"a": NURSE, "b": NURSE, "c": CLERK, "d": CLERK})
    assert rewritten(steps) == {"a": "a+b"}
    assert [name for what, name, _ in steps if what == LOOK] == ["a", "b"], "nobody asks for the clerk's"


def test_without_glances_all_are_looked_at_before_the_first_is_done() -> None:
    steps = done(Agenda(plan("ab"), Thread(THREAD.look, weave)), {})
    assert [what for what, _, _ in steps] == [LOOK, LOOK, REWRITE, REWRITE]


@pytest.mark.parametrize("names", ["a", "abc"])
def test_without_a_thread_or_company_nothing_is_looked_at(names: str) -> None:
    steps = done(Agenda(plan(names), THREAD if len(names) == 1 else None), {})
    assert steps == [(REWRITE, name, "") for name in names]


@given(st.lists(st.sampled_from([NURSE, CLERK, BUYER, FORM, None]), min_size=1, max_size=10), st.integers())
def test_the_order_in_which_steps_end_changes_nothing(drawn: list[Glance | None], seed: int) -> None:
    names = "abcdefghij"[: len(drawn)]
    glances = dict(zip(names, drawn, strict=True))
    dice = random.Random(seed)  # noqa: S311  orders are to be repeated, not unguessable
    steps = done(Agenda(plan(names), THREAD), glances, dice=dice)
    assert sorted(rewritten(steps)) == sorted(names)
    assert rewritten(steps) == rewritten(done(Agenda(plan(names), THREAD), glances))
    assert len({step[:2] for step in steps}) == len(steps), "each step is given out once"
