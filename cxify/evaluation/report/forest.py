"""Differences with their intervals as a picture: a row a metric or a family, zero in the middle, the margin drawn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Final

LEFT: Final = 230
WIDTH: Final = 560
RIGHT: Final = 200
TOP: Final = 46
ROW: Final = 30
_STEPS: Final = (1, 2, 2.5, 5, 10)
_TICKS: Final = 3
"""Ticks on each side of zero, about."""


@dataclass(frozen=True, slots=True)
class Dot:
    """The difference in one case."""

    value: float
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """One row before it is laid out; all values on one scale."""

    label: str
    href: str
    value: float | None
    low: float | None
    high: float | None
    margin: float
    shape: str
    text: str
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """One row of the picture; x in its units, None where there is no interval."""

    of: Estimate
    y: int
    point: float | None
    low: float | None
    high: float | None
    margin: float
    dots: tuple[tuple[float, Dot], ...]


@dataclass(frozen=True, slots=True)
class Forest:
    """The picture."""

    rows: tuple[Placed, ...]
    ticks: tuple[tuple[float, str], ...]
    zero: float
    height: int
    width: int = LEFT + WIDTH + RIGHT
    left: int = LEFT
    right: int = LEFT + WIDTH + 14


def forest(estimates: Sequence[Estimate]) -> Forest:
    """Lay the rows out on one scale, symmetric around zero."""
    step, reach = _scale([value for one in estimates for value in _values(one)])

    def x(value: float) -> float:
        return round(LEFT + WIDTH * (max(-reach, min(reach, value)) + reach) / (2 * reach), 1)

    rows = tuple(_placed(one, TOP + ROW * number, x) for number, one in enumerate(estimates))
    count = round(reach / step)
    ticks = tuple((x(n * step), _tick(n * step)) for n in range(-count, count + 1))
    return Forest(rows, ticks, x(0), TOP + ROW * len(rows) + 8)


def _values(one: Estimate) -> Iterator[float]:
    yield from (value for value in (one.value, one.low, one.high, one.margin) if value is not None)
    yield from (dot.value for dot in one.dots)


def _scale(values: Sequence[float]) -> tuple[float, float]:
    """Return a round step between ticks, and how far the scale reaches to either side."""
    farthest = min(100.0, max((abs(value) for value in values), default=0.0)) or 1.0
    power = 10.0 ** floor(log10(farthest / _TICKS))
    step = next(factor * power for factor in _STEPS if factor * power * _TICKS >= farthest * 0.999)
    return step, step * -(-farthest // step)


def _placed(one: Estimate, y: int, x: Callable[[float], float]) -> Placed:
    return Placed(
        of=one,
        y=y,
        point=None if one.value is None else x(one.value),
        low=None if one.low is None else x(one.low),
        high=None if one.high is None else x(one.high),
        margin=x(-one.margin),
        dots=tuple((x(dot.value), dot) for dot in one.dots),
    )


def _tick(value: float) -> str:
    return "0" if not value else f"{'+' if value > 0 else '−'}{abs(value):.3g}"
