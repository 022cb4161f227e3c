"""What the review page knows beside the document: which cards are shown, where each belongs, what was refused."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from cxify.document import Finding
from cxify.review import Decision, Line, Node, Suggestion, TableNode, View
from cxify.review.nodes import lines_of
from cxify.web.said import Speaker

_DEEPEST: Final = 6
_FIRST: Final = 3
"""The level of the document's first heading on the page, below the page's own."""
_SORTS: Final = {"replace": "replace", "append": "append", "insert_after": "insert", "insert_row_after": "row"}
_STORIES: Final = ("header", "footer", "footnotes", "endnotes", "comments", "textbox")


@dataclass(frozen=True)
class Wanted:
    """Which suggestions a person wants to see; "" is all of them."""

    standing: str = ""
    competency: str = ""
    certainty: str = ""

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.standing or self.competency or self.certainty)

    def holds(self, suggestion: Suggestion) -> bool:
        """Return whether a suggestion is one of those."""
        served = {each.id for each in suggestion.competencies}
        return (
            self.standing in ("", suggestion.standing.state)
            and self.certainty in ("", suggestion.certainty)
            and (not self.competency or self.competency in served)
        )


@dataclass(frozen=True)
class Refused:
    """A person's wording that the rules do not let through, with what they say."""

    number: int
    text: str
    cells: tuple[str, ...]
    message: str
    remedy: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Chunk:
    """Pieces of paper that are written anew together when something in them was decided."""

    name: str
    nodes: tuple[Node, ...]
    numbers: frozenset[int]

    def followed_by(self, node: Node, lines: tuple[Line, ...]) -> "Chunk":
        """Return the chunk with one more node."""
        return Chunk(self.name, (*self.nodes, node), self.numbers | numbers(lines))


@dataclass
class Desk:
    """One document on the table, while its page is being written."""

    view: View
    decisions: tuple[Decision, ...]
    action: str
    interface: str
    spoken: Speaker
    """Tells what the core says: findings, reasons of locks."""
    wanted: Wanted = Wanted()
    kept: Collection[int] = ()
    """Numbers that are shown although they are not wanted: the one that was just decided on."""
    refused: Refused | None = None
    mine: bool = True
    """Whether the person may decide; who approves a document reads it."""
    asked: int | None = None
    """The suggestion for which other wordings were asked."""
    marked: set[int] = field(default_factory=set)
    placed: set[int] = field(default_factory=set)
    levels: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.levels = levels(self.view)
        self.shown = {s.number for s in self.suggestions if self.wanted.holds(s) or s.number in self.kept}

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """All suggestions, by their numbers."""
        return self.view.suggestions

    @property
    def language(self) -> str:
        """The document's language, for assistive technology and hyphenation."""
        return self.view.language if self.view.language != "und" else ""

    @property
    def total(self) -> int:
        """How many suggestions there are."""
        return len(self.suggestions)

    @property
    def filtered(self) -> bool:
        """Whether some may be hidden."""
        return bool(self.wanted)

    @property
    def decided(self) -> int:
        """How many have been decided on."""
        return sum(s.standing.state != "open" for s in self.suggestions)

    def next_open(self, after: int | None = None) -> int | None:
        """Return the next open suggestion that is shown, from the start again behind the last."""
        order = [n for n in self.order if n in self.shown and self.state(n) == "open"]
        place = 0 if after is None else self.label[after]
        return next((n for n in order if self.label[n] > place), order[0] if order else None)

    @cached_property
    def order(self) -> list[int]:
        """The suggestions in the order of the document."""
        found = [number for line in self.view.lines() for number in in_order(line)]
        return list(dict.fromkeys([*found, *range(self.total)]))

    @cached_property
    def label(self) -> Mapping[int, int]:
        """The number that people see: suggestions are counted from the top of the document."""
        return {number: place for place, number in enumerate(self.order, start=1)}

    def state(self, number: int) -> str:
        """Return how a suggestion stands."""
        return self.suggestions[number].standing.state

    def mark(self, number: int) -> str:
        """Note that a suggestion has its number in the text; nothing is written here."""
        self.marked.add(number)
        return ""

    def place(self, number: int) -> bool:
        """Return whether a card has no place yet, and take this one."""
        new = number not in self.placed
        self.placed.add(number)
        return new

    def here(self, line: Line) -> list[int]:
        """Return whose cards belong behind a line; a new paragraph's card stands behind the new paragraph."""
        own = [] if line.suggestion is None else [line.suggestion]
        later = {n for n in line.suggestions if n not in own and n in self._new}
        return list(dict.fromkeys(n for n in (*own, *in_order(line)) if n not in later))

    def inside(self, table: TableNode) -> list[int]:
        """Return whose cards belong behind a table."""
        return list(dict.fromkeys(n for line in lines_of((table,)) for n in line.suggestions))

    def left(self) -> list[int]:
        """Return whose cards have found no place; every suggestion can be decided on."""
        return [n for n in range(self.total) if n not in self.placed]

    @cached_property
    def _new(self) -> set[int]:
        """The suggestions that have a paragraph of their own, behind which their card stands."""
        return {line.suggestion for line in self.view.lines() if line.suggestion is not None and line.id is None}

    @cached_property
    def chunks(self) -> list[Chunk]:
        """The main text in chunks that keep their names whatever is decided: new paragraphs follow an old one."""
        made: list[Chunk] = []
        for node in self.view.body:
            lines = tuple(lines_of((node,)))
            name = next((line.id for line in lines if line.id), None)
            if name is None and made:
                made[-1] = made[-1].followed_by(node, lines)
            else:
                made.append(Chunk(f"at-{name or 'start'}-on", (node,), numbers(lines)))
        return made

    def chunk_of(self, number: int) -> Chunk | None:
        """Return the chunk that a suggestion's card stands in."""
        return next((each for each in self.chunks if number in each.numbers), None)

    def closed(self, line: Line) -> bool:
        """Return whether nothing in a line may change, so that its words need no marks of their own."""
        return bool(line.pieces) and all(piece.sort == "locked" for piece in line.pieces)

    def sort(self, suggestion: Suggestion) -> str:
        """Return what kind of thing a suggestion is, as the texts name it."""
        if suggestion.sort != "edit":
            return suggestion.sort
        gone = suggestion.op == "replace" and not suggestion.after.strip()
        return "remove" if gone else _SORTS[suggestion.op]

    def wording(self, suggestion: Suggestion) -> str:
        """Return the words that a person may change."""
        operation = suggestion.operation
        return str(getattr(operation, "new", None) or getattr(operation, "text", "")).strip()

    def history(self, number: int) -> list[Decision]:
        """Return what was decided on a suggestion, oldest first."""
        return [each for each in self.decisions if each.suggestion == number]

    def said(self, decision: Decision, _: Callable[..., str]) -> str:
        """Return who did what and when, in words."""
        at = datetime.fromisoformat(decision.at) if decision.at else None
        when = _("time", at=at) if at else ""
        return f"{decision.person}: {_('review.did.' + decision.action)}, {when}".rstrip(", ")

    def story(self, name: str) -> str:
        """Return what a part beside the main text is called in the texts."""
        return next((each for each in _STORIES if name.startswith(each.rstrip("s"))), "textbox")


def in_order(line: Line) -> list[int]:
    """Return the suggestions of a line as a reader meets them; a new paragraph behind it comes last."""
    found = list(line.comments)
    for piece in line.pieces:
        found += [*([] if piece.suggestion is None else [piece.suggestion]), *piece.comments]
    return list(dict.fromkeys([*found, *line.suggestions]))


def numbers(lines: Iterable[Line]) -> frozenset[int]:
    """Return the suggestions of some lines."""
    own = {line.suggestion for line in lines if line.suggestion is not None}
    return frozenset(own.union(*(line.suggestions for line in lines)))


def levels(view: View) -> dict[str, int]:
    """Return the level of each heading on the page: none is skipped, because people jump from heading to heading."""
    found: dict[str, int] = {}
    above: list[int] = []
    for line in view.lines():
        level = getattr(line, "level", None)
        if line.sort != "heading" or line.id is None or level is None:
            continue
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        found[line.id] = min(_FIRST + len(above) - 1, _DEEPEST)
    return found


def locks(view: View) -> list[tuple[str, list[str]]]:
    """Return why passages may not change, with their blocks, the reason that holds most often first."""
    held: dict[str, list[str]] = {}
    for line in view.lines():
        reasons = {line.lock} if line.lock else {p.reason for p in line.pieces if p.sort == "locked" and p.reason}
        for reason in sorted(each for each in reasons if each and line.id):
            held.setdefault(reason, []).append(line.id or "")
    return sorted(held.items(), key=lambda each: -len(each[1]))


def findings(view: View) -> list[Finding]:
    """Return the remarks on the text as it is, each once."""
    return each_once([*view.findings, *(each for line in view.lines() for each in line.findings)])


def each_once(found: Iterable[Finding]) -> list[Finding]:
    """Return findings without those that say the same of the same place, as of an edit alone and beside others."""
    return list({(each.rule, each.block, each.message, each.quote): each for each in found}.values())


def competencies(view: View) -> list[tuple[str, str]]:
    """Return the competencies that suggestions serve, by id and name."""
    return list({each.id: (each.id, each.name) for s in view.suggestions for each in s.competencies}.values())
