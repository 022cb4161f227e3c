"""Numbers as people read them."""

import pytest

from cxify.evaluation.metrics import metric
from cxify.evaluation.report import figures
from cxify.evaluation.report.forest import Dot, Estimate, forest


@pytest.mark.parametrize(
    ("id", "value", "low", "high", "shown"),
    [
        ("points", 3.14, 0.42, 5.83, "+3.1 (0.4 to 5.8)"),
        ("points", -0.04, -1.0, 0.96, "0.0 (−1.0 to 1.0)"),
        ("grounded", -0.034, -0.08, 0.012, "−3.4 (−8.0 to 1.2)"),
        ("points", 2.0, None, None, "+2.0"),
        ("points", None, None, None, "–"),
        ("cost_usd", -0.0012, -0.002, 0.0004, "−$0.0012 (−$0.0020 to $0.0004)"),
        ("tokens", 1200.0, -300.0, 2700.0, "+1,200 (−300 to 2,700)"),
        ("seconds", 0.5, 0.25, 0.75, "+0.5\u00a0s (0.2\u00a0s to 0.8\u00a0s)"),
    ],
)
def test_a_difference_has_its_sign_unit_and_interval(
    id: str, value: float | None, low: float | None, high: float | None, shown: str
) -> None:
    assert figures.estimate(metric(id), value, low, high) == shown


def test_means_are_shown_in_their_unit() -> None:
    assert figures.score(metric("points"), 93.25) == "93.2"
    assert figures.score(metric("grounded"), 0.987) == "98.7\u00a0%"
    assert figures.score(metric("cost_usd"), 1234.5) == "$1,234.50"
    assert figures.score(metric("repairs"), None) == "–"


@pytest.mark.parametrize(("p", "shown"), [(0.0004, "< 0.001"), (0.05, "0.050"), (None, "–")])
def test_a_tiny_probability_is_only_called_tiny(p: float | None, shown: str) -> None:
    assert figures.probability(p) == shown


def test_a_minus_before_a_number_is_one_and_a_hyphen_stays() -> None:
    assert figures.typeset("gpt-6 is at -3.1 (-4.0 to 2), 2026-11-22") == "gpt-6 is at −3.1 (−4.0 to 2), 2026-11-22"


def row(value: float | None, low: float | None, high: float | None, *dots: float, margin: float = 2.0) -> Estimate:
    shown = tuple(Dot(dot, "#", "") for dot in dots)
    return Estimate("Points", "#", value, low, high, margin, "better", "", shown)


def test_the_scale_is_symmetric_round_and_holds_everything() -> None:
    picture = forest([row(3.1, 0.4, 5.8), row(-12.0, -31.0, 7.0, -40.0)])
    assert [text for _, text in picture.ticks] == ["−40", "−20", "0", "+20", "+40"]
    assert picture.zero == picture.left + (picture.ticks[-1][0] - picture.left) / 2
    low, point, high = picture.rows[0].low, picture.rows[0].point, picture.rows[0].high
    assert low is not None
    assert point is not None
    assert high is not None
    assert picture.zero < low < point < high
    assert picture.rows[0].margin < picture.zero
    assert picture.rows[1].dots[0][0] == picture.left


@pytest.mark.parametrize(
    "rows", [[], [row(0.0, 0.0, 0.0, margin=0.0)], [row(None, None, None)], [row(0.0004, None, None)]]
)
def test_nothing_to_show_is_a_picture_too(rows: list[Estimate]) -> None:
    picture = forest(rows)
    assert len(picture.rows) == len(rows)
    assert len(picture.ticks) >= 3
    assert len({x for x, _ in picture.ticks}) == len(picture.ticks)
