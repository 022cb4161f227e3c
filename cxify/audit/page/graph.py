"""The handover map as a picture: givers on the left, receivers on the right, one line for each pair and answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cxify.rules import units
from cxify.rules.handovers import Answer, Handover

MOST: Final = 40
"""Connections in the picture; more would be a ball of wool, and all of them stand in the table."""
PORT: Final = 30
GAP: Final = 14
TOP: Final = 34
LEFT: Final = 200
RIGHT: Final = 470
BOX: Final = 200
_FLAT: Final = 150
"""The last stretch of a line is level, so that the words above it never lie on another line."""
_URGENT: tuple[Answer, ...] = ("unanswered", "unnamed", "outside", "answered")


@dataclass(frozen=True, slots=True)
class Node:
    """A department on one side."""

    name: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What one department hands to another, and whether it is answered."""

    giver: str
    receiver: str
    answer: Answer
    count: int
    start: int
    end: int

    @property
    def path(self) -> str:
        """The line as SVG draws it."""
        level = RIGHT - _FLAT
        middle = (LEFT + level) // 2
        curve = f"C{middle} {self.start} {middle} {self.end} {level} {self.end}"
        return f"M{LEFT} {self.start} {curve} L{RIGHT - 6} {self.end}"


@dataclass(frozen=True, slots=True)
class Graph:
    """The picture, and how many connections are left to the table."""

    givers: tuple[Node, ...]
    receivers: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int
    height: int
    width: int = RIGHT + BOX


Pair = tuple[str, str, Answer]


def graph(handovers: Sequence[Handover]) -> Graph:
    """Lay out the handovers; the same handovers always give the same picture."""
    names = _names(handovers)
    counted = Counter(
        (names[units.key(one.giver)], one.receiver and names[one.receiver_key], one.answer) for one in handovers
    )
    ordered = sorted(counted, key=lambda pair: (_URGENT.index(pair[2]), -counted[pair], pair))
    shown = ordered[:MOST]
    givers = sorted({giver for giver, _, _ in shown}, key=str.casefold)
    receivers = _near_their_givers(shown, givers)
    left = _ports(sorted(shown, key=lambda pair: (givers.index(pair[0]), receivers.index(pair[1]), pair)), 0)
    right = _ports(sorted(shown, key=lambda pair: (receivers.index(pair[1]), givers.index(pair[0]), pair)), 1)
    edges = tuple(Edge(*pair, counted[pair], left[pair], right[pair]) for pair in shown)
    bottom = max((*left.values(), *right.values()), default=TOP) + PORT
    return Graph(_nodes(givers, left, 0), _nodes(receivers, right, 1), edges, len(ordered) - len(shown), bottom)


def _names(handovers: Sequence[Handover]) -> dict[str, str]:
    """Return one spelling for each department."""
    names: dict[str, str] = {}
    for one in handovers:
        names.setdefault(units.key(one.giver), one.giver)
    for one in handovers:
        names.setdefault(one.receiver_key, one.receiver)
    return names


def _near_their_givers(pairs: Sequence[Pair], givers: Sequence[str]) -> list[str]:
    """Order the receivers by the average place of those who hand work to them; nobody comes last."""
    places: dict[str, list[int]] = {}
    for giver, receiver, _ in pairs:
        places.setdefault(receiver, []).append(givers.index(giver))
    return sorted(places, key=lambda name: (not name, sum(places[name]) / len(places[name]), name.casefold()))


def _ports(pairs: Sequence[Pair], side: int) -> dict[Pair, int]:
    """Give every line its own height; a gap stands between two departments."""
    heights: dict[Pair, int] = {}
    y = TOP + PORT // 2
    before = None
    for pair in pairs:
        y += GAP if before is not None and before != pair[side] else 0
        heights[pair] = y
        y += PORT
        before = pair[side]
    return heights


def _nodes(names: Sequence[str], ports: Mapping[Pair, int], side: int) -> tuple[Node, ...]:
    nodes = []
    for name in names:
        own = [y for pair, y in ports.items() if pair[side] == name]
        nodes.append(Node(name, min(own) - PORT // 2, max(own) - min(own) + PORT - 4))
    return tuple(nodes)
