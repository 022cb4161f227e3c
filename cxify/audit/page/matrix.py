"""The coverage matrix as a picture: where its cells stand and how dark they are."""

from dataclasses import dataclass
from typing import Final

from cxify.audit.survey import Audit

LABEL: Final = 226
HEAD: Final = 150
CELL: Final = 66
ROW: Final = 40
_STEPS: Final = 4


@dataclass(frozen=True, slots=True)
class Box:
    """One cell: the documents that hold the competency, those of the kind, and its place in the picture."""

    kind: str
    competency: str
    count: int
    total: int
    x: int
    y: int

    @property
    def shade(self) -> int:
        """0 for none to 4 for nearly all."""
        return -(-self.count * _STEPS // self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of competencies, columns of kinds."""

    rows: tuple[tuple[str, int], ...]
    """Competency and the middle of its row."""
    columns: tuple[tuple[str, int], ...]
    """Kind and the middle of its column."""
    boxes: tuple[Box, ...]
    width: int
    height: int


def matrix(audit: Audit) -> Matrix:
    """Lay out the matrix of kinds and competencies."""
    kinds = [kind for kind in audit.kinds if audit.of_kind(kind)]
    boxes = tuple(
        Box(kind, id, len(audit.having(kind, id)), len(audit.of_kind(kind)), LABEL + CELL * column, HEAD + ROW * row)
        for row, id in enumerate(audit.competencies)
        for column, kind in enumerate(kinds)
    )
    return Matrix(
        rows=tuple((id, HEAD + ROW * row + ROW // 2) for row, id in enumerate(audit.competencies)),
        columns=tuple((kind, LABEL + CELL * column + CELL // 2) for column, kind in enumerate(kinds)),
        boxes=boxes,
        width=LABEL + CELL * len(kinds) + HEAD // 2,
        height=HEAD + ROW * len(audit.competencies) + 8,
    )
