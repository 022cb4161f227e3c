"""How near the built-in writer comes to the experts, and that it never falls behind what it has reached."""

import pytest

from cxify.evaluation import Case
from tests.evaluation.desk import CASES, FLOORS, by_the_library_writer, every_case, falls_short

pytestmark = pytest.mark.long


@every_case
def test_no_gate_fails(case: Case) -> None:
    """Nothing untouchable is lost, nothing forbidden is said, no block rule objects."""
    falls_short(case, "gates", by_the_library_writer(case.id).failures)


@every_case
def test_points_do_not_fall(case: Case) -> None:
    """evals/floors.yaml has what was reached; raise it when the writer gets better."""
    assert round(by_the_library_writer(case.id).total) >= FLOORS["points"][case.id]


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Printed for whoever works on the writer; every case has its row."""
    rows = [_row(case) for case in CASES.values()]
    mean = sum(by_the_library_writer(id).total for id in CASES) / len(CASES)
    with capsys.disabled():
        print("\n" + "\n".join([_HEADER, *rows, f"mean {mean:.1f} of {len(rows)} cases"]))
    assert len(rows) == len(CASES)


_HEADER = f"{'case':4} {'kind':20} {'locale':6} {'points':>6} {'gates':6} {'conveys':>7} {'extra':>5}  missed"


def _row(case: Case) -> str:
    verdict = by_the_library_writer(case.id)
    gates = "passed" if verdict.passed else "FAILED"
    numbers = f"{verdict.total:6.0f} {gates:6} {verdict.conveys:7.2f} {verdict.unexpected:5}"
    return f"{case.id:4} {case.kind:20} {case.locale:6} {numbers}  {' '.join(verdict.missed)}".rstrip()
