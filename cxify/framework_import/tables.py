"""From grids to records: which row is the header, which columns mean what, levels as rows or as columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from cxify.framework_import.grid import Grid
from cxify.framework_import.vocabulary import column, level, plain

_NAMES: Final = ("competency", "standard")
_LOOK_FOR_HEADER: Final = 15


@dataclass(frozen=True)
class Said:
    """One cell's text and its place."""

    text: str
    place: str


@dataclass
class Record:
    """One competency or one standard, as far as the table tells."""

    kind: str
    name: Said
    fields: dict[str, Said] = field(default_factory=dict)
    levels: dict[int, list[Said]] = field(default_factory=dict)


@dataclass(frozen=True)
class Note:
    """Something that was not taken over, where it stands, and why."""

    place: str
    text: str
    why: str


@dataclass
class Found:
    """What the grids hold. Nothing that stands in them is in neither list."""

    records: list[Record] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Header:
    """The columns of a table by role and by level; `rows` is how many rows the header takes."""

    row: int
    rows: int
    roles: Mapping[int, str]
    levels: Mapping[int, int]

    @property
    def names(self) -> int | None:
        return next((number for number, role in self.roles.items() if role in _NAMES), None)

    @property
    def kind(self) -> str:
        return self.roles[self.names] if self.names is not None else "competency"

    @property
    def is_one(self) -> bool:
        """Whether these columns say what they hold without anything else."""
        others = {*self.roles.values()} - {*_NAMES, "id"}
        by_row = "level" in others and "indicators" in others
        return by_row or (self.names is not None and bool(others or self.levels))


def read(grids: list[Grid], names: Mapping[str, int]) -> Found:
    """Read every grid; `names` are the names of levels."""
    found = Found()
    for grid in grids:
        _Reader(grid, names, found).read()
    return found


@dataclass
class _Reader:
    grid: Grid
    names: Mapping[str, int]
    found: Found

    def read(self) -> None:
        headers = list(self._headers(self.grid))
        if not headers:
            turned = self.grid.turn()
            headers = list(self._headers(turned))
            matrix = self._matrix() if not headers else None
            if matrix is not None:
                return self._read_matrix(matrix)
            if headers:
                self.grid = turned
        if not headers:
            return self._not_understood(
                0, len(self.grid.rows), "No header row names a competency or a service standard."
            )
        title = self._above(headers[0])
        for header, following in zip(headers, [*headers[1:], None], strict=True):
            end = following.row if following else len(self.grid.rows)
            self._read_part(header, end, title)
            title = self.grid.title
        return None

    def _headers(self, grid: Grid) -> Iterator[_Header]:
        """Yield each row that names columns; a repeated header of the same table is one of them."""
        last = -1
        for number in range(len(grid.rows)):
            if number > last and (header := self._header(grid, number)).is_one:
                last = number + header.rows - 1
                yield header

    def _header(self, grid: Grid, number: int) -> _Header:
        row = grid.rows[number]
        roles = {place: role for place, text in enumerate(row) if (role := column(text))}
        levels = {
            place: value for place, text in enumerate(row) if (value := level(text, self.names)) and place not in roles
        }
        below = grid.rows[number + 1] if number + 1 < len(grid.rows) else ()
        lower = {place: value for place, text in enumerate(below) if (value := level(text, self.names))}
        if roles and len(lower) > 1 and not levels and len({*lower.values()}) == len(lower):
            roles = {place: role for place, role in roles.items() if place not in lower}
            roles |= {place: role for place, text in enumerate(below) if place not in roles and (role := column(text))}
            return _Header(number, 2, roles, lower)
        return _Header(number, 1, roles, levels if len(levels) > 1 or self._is_name(roles) else {})

    @staticmethod
    def _is_name(roles: Mapping[int, str]) -> bool:
        return any(role in _NAMES for role in roles.values())

    def _above(self, header: _Header) -> str:
        """Return what stands over the header: a line of its own, or the title of the sheet."""
        title = self.grid.title
        for number in range(header.row):
            texts = [text for text in dict.fromkeys(self.grid.rows[number]) if text]
            named = len(texts) == 1 and header.names is None
            if named:
                title = texts[0].partition(":")[2].strip() or texts[0]
            elif texts:
                self._not_understood(number, number + 1, "It stands above the header row.")
        return title

    def _read_part(self, header: _Header, end: int, title: str) -> None:
        start = header.row + header.rows
        self.found.headers += [text for row in self.grid.rows[header.row : start] for text in row if text]
        self._unknown_columns(header, start, end)
        record: Record | None = None
        for number in range(start, end):
            row = self.grid.rows[number]
            if not any(row):
                continue
            record = self._record(header, number, record, title)
            if record is None:
                self._not_understood(number, number + 1, "The row names no competency or standard.")
            else:
                self._fill(record, header, number)

    def _unknown_columns(self, header: _Header, start: int, end: int) -> None:
        known = {*header.roles, *header.levels}
        width = max((len(row) for row in self.grid.rows[header.row : end]), default=0)
        for place in range(width):
            cells = [number for number in range(start, end) if self._text(number, place)]
            if place not in known and cells:
                heads = (self._text(number, place) for number in range(header.row, start))
                title = " ".join(dict.fromkeys(filter(None, heads))) or "without a header"
                why = f"The column is not understood; it has {len(cells)} filled cells."
                self.found.notes.append(Note(self.grid.place(header.row, place), title, why))

    def _record(self, header: _Header, number: int, last: Record | None, title: str) -> Record | None:
        """Return the record that the row belongs to: its own name's, or the one above when it has none."""
        names = header.names
        if names is None:
            name, place = title, self.grid.place(header.row, 0)
        else:
            name, place = self._text(number, names), self.grid.place(number, names)
        if not name:
            return last if "level" in header.roles.values() or self._continues(header, number) else None
        if last and plain(last.name.text) == plain(name) and ("level" in header.roles.values() or names is None):
            return last
        record = Record(header.kind, Said(name, place))
        self.found.records.append(record)
        return record

    def _continues(self, header: _Header, number: int) -> bool:
        """A row that only has indicators goes on with the levels of the row above."""
        filled = {place for place, text in enumerate(self.grid.rows[number]) if text}
        return bool(filled) and filled <= {*header.levels}

    def _fill(self, record: Record, header: _Header, number: int) -> None:
        here: int | None = None
        for place, role in header.roles.items():
            said = Said(self._text(number, place), self.grid.place(number, place))
            if role == "level" and said.text:
                here = level(said.text, self.names)
                if here is None:
                    self.found.notes.append(Note(said.place, said.text, "It is no level from 1 to 4."))
        for place, role in header.roles.items():
            said = Said(self._text(number, place), self.grid.place(number, place))
            if not said.text or role in ("level", *_NAMES):
                continue
            if role == "indicators":
                self._indicators(record, here, said)
            elif role not in record.fields:
                record.fields[role] = said
            elif plain(record.fields[role].text) != plain(said.text):
                self.found.notes.append(
                    Note(said.place, said.text, f"The {role} of “{record.name.text}” was given before.")
                )
        for place, value in header.levels.items():
            if text := self._text(number, place):
                record.levels.setdefault(value, []).append(Said(text, self.grid.place(number, place)))

    def _indicators(self, record: Record, here: int | None, said: Said) -> None:
        if here is None:
            self.found.notes.append(Note(said.place, said.text, "No level is given for these indicators."))
        else:
            record.levels.setdefault(here, []).append(said)

    def _matrix(self) -> int | None:
        """Return the header row of a table with competencies across and levels down, or None."""
        for number, row in enumerate(self.grid.rows[:_LOOK_FOR_HEADER]):
            below = [level(each[0], self.names) for each in self.grid.rows[number + 1 :] if each and each[0]]
            first = column(row[0]) if row else None
            if (
                first in ("level", "competency", None)
                and len(below) >= 2
                and all(below)
                and sum(map(bool, row[1:])) >= 1
            ):
                return number
        return None

    def _read_matrix(self, header: int) -> None:
        across = self.grid.rows[header]
        self.found.headers.append(across[0])
        records = {
            p: Record("competency", Said(t, self.grid.place(header, p))) for p, t in enumerate(across) if p and t
        }
        self.found.records += records.values()
        self._not_understood(0, header, "It stands above the header row.")
        for number in range(header + 1, len(self.grid.rows)):
            value = level(self._text(number, 0), self.names)
            for place, record in records.items():
                if value and (text := self._text(number, place)):
                    record.levels.setdefault(value, []).append(Said(text, self.grid.place(number, place)))

    def _not_understood(self, start: int, end: int, why: str) -> None:
        for number, place, text in self.grid.filled():
            repeated = place and self.grid.rows[number][place - 1] == text
            if start <= number < end and not repeated and (number, place) not in self.grid.merged_down:
                self.found.notes.append(Note(self.grid.place(number, place), text, why))

    def _text(self, number: int, place: int) -> str:
        row = self.grid.rows[number]
        return row[place] if place < len(row) else ""


__all__ = ["Found", "Note", "Record", "Said", "read"]
