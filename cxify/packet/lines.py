"""The page as lines, each with its part in it, before it becomes Markdown or HTML."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Sort = Literal["title", "heading", "text", "point", "more", "number", "gap", "purpose"]
_MARKS: Final[dict[Sort, str]] = {"title": "# ", "heading": "## ", "point": "- ", "more": "  "}


@dataclass(frozen=True)
class Line:
    """One line; a document's words in it are escaped, `**` and `*` are emphasis. `more` belongs to the point before."""

    sort: Sort
    text: str = ""


@dataclass(frozen=True)
class Leaf:
    """The page of one document."""

    language: str
    """Of its sentences, as a tag."""
    parts: tuple[tuple[Line, ...], ...]

    @property
    def title(self) -> str:
        """The first heading, as it is written."""
        return next((line.text for part in self.parts for line in part if line.sort == "title"), "")

    def markdown(self) -> str:
        """Return the page as Markdown that also reads well as plain text."""
        return "\n\n".join("\n".join(_written(part)) for part in self.parts) + "\n"


GAP: Final = Line("gap")


def _written(part: Iterable[Line]) -> Iterable[str]:
    number = 0
    for line in part:
        number += line.sort == "number"
        if line.sort == "number":
            yield f"{number}. {line.text}"
        elif line.sort == "purpose":
            yield f"*{line.text}*"
        else:
            yield f"{_MARKS.get(line.sort, '')}{line.text}"
