"""Read YAML that people write by hand, and remember on which line each thing stands."""

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import yaml

Key = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One mistake in a YAML file: where it is, what is wrong, and what to do about it."""

    line: int
    path: str
    message: str
    remedy: str
    file: str = ""
    """Where the mistake is in another file than the one that was asked about."""


@dataclass(frozen=True)
class Marked:
    """The data of a YAML file, the line of every entry, and mistakes of the YAML itself."""

    data: Any
    lines: Mapping[Key, int]
    problems: tuple[Problem, ...] = ()

    def line(self, key: Key) -> int:
        """Return the line of the entry, or of the nearest entry above it."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)


class _Loader(yaml.SafeLoader):
    """YAML without surprises: dates and "yes"/"no" stay the words that were written."""

    yaml_implicit_resolvers = {  # noqa: RUF012  PyYAML reads it from the class
        first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith((":timestamp", ":bool"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


if yaml.__with_libyaml__:

    class _FastLoader(yaml.CSafeLoader):
        """The same on libyaml, ten times as fast; what is wrong it explains poorly, so it only reads what is right."""

        yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers


_UNUSUAL: Final = frozenset({"tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"})


def dotted(key: Key) -> str:
    """Return the path as people write it: `competencies[2].name`."""
    text = ""
    for part in key:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read(path: Path) -> Marked:
    """Read a UTF-8 YAML file. Raises OSError and UnicodeDecodeError."""
    return parse(path.read_text(encoding="utf-8-sig"))


def parse(text: str) -> Marked:
    """Parse YAML; what is wrong with the YAML itself becomes a Problem and never an exception."""
    return _fast(text) or _explaining(text)


def _fast(text: str) -> Marked | None:
    """Parse YAML; None when anything is wrong or odd, so that it can be explained."""
    if not yaml.__with_libyaml__ or "\t" in text:
        return None
    loader = None
    try:
        loader = _FastLoader(text)
        return Marked(_Events(loader).document(), _Lines(text))
    except (yaml.YAMLError, UnicodeError, _OddError):
        return None
    finally:
        if loader is not None:
            loader.dispose()


def _explaining(text: str) -> Marked:
    try:
        loader = _Loader(text)
    except yaml.YAMLError as error:
        return _unreadable(text, error)
    try:
        node = loader.get_single_node()
        if node is None:
            return Marked({}, {(): 1})
        walker = _Walker(loader)
        return Marked(walker.value(node, ()), walker.lines, tuple(walker.problems))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problems = _tabs(text) or (Problem(line, "", *_explained(error, line, text.splitlines())),)
        return Marked({}, {(): problems[0].line}, problems)
    finally:
        loader.dispose()


def not_utf8(error: UnicodeDecodeError) -> Problem:
    """Explain a file that was saved in another encoding than UTF-8."""
    data = bytes(error.object)
    line = data.count(b"\n", 0, error.start) + 1
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        line = 1
    remedy = "Save the file again and choose UTF-8 as its encoding; in Windows Notepad that is in “Save as”."
    return Problem(line, "", "The file is not saved as UTF-8: umlauts and accents cannot be read.", remedy)


def _unreadable(text: str, error: yaml.YAMLError) -> Marked:
    line = text.count("\n", 0, getattr(error, "position", 0)) + 1
    remedy = "Write the line anew: such a character is copied from elsewhere and not typed."
    return Marked({}, {(): line}, (Problem(line, "", "This line holds a character that no text has.", remedy),))


def _tabs(text: str) -> tuple[Problem, ...]:
    """Name every line that is indented with a tab: YAML takes none, and an editor shows it like spaces."""
    tabbed = (number for number, line in enumerate(text.splitlines(), 1) if re.match(r" *\t", line) and line.strip())
    remedy = "Replace the tab by spaces, two for each level."
    return tuple(Problem(line, "", "This line is indented with a tab.", remedy) for line in tabbed)


def _explained(error: yaml.MarkedYAMLError, line: int, lines: list[str]) -> tuple[str, str]:
    """Return message and remedy for the mistakes that people make when they write YAML by hand."""
    here = lines[line - 1] if line <= len(lines) else ""
    before = next((above for above in reversed(lines[: line - 1]) if above.strip()), "")
    said = error.problem or error.context or ""
    if "end of stream" in said and "quoted" in (error.context or ""):
        opened = error.context_mark.line + 1 if error.context_mark else line
        return f"The quotation mark of line {opened} is never closed.", "Write the same mark at the end of the text."
    if "mapping values" in said and re.match(r"\s*(?:- )?[^:]+:\s.*:(?:\s|$)", here):
        return "There are two colons in this line.", 'Put the text after the first colon into quotation marks: "…".'
    if ("mapping values" in said or "block" in said) and _indent(here) != _indent(before):
        return "This line is not indented like its neighbours.", "Keys that belong together begin in the same column."
    if "expected ':'" in said:
        return (
            "A colon is missing in this line or in the one above.",
            "Write a colon and a space after the key: “why: …”.",
        )
    remedy = "Check the indentation, the colon after the key, and quotes around texts that hold a colon."
    return f"This is not valid YAML: {said}.", remedy


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


class _Walker:
    """Turns YAML nodes into plain data while noting lines and double keys."""

    def __init__(self, loader: "_Loader | _FastLoader") -> None:
        self.loader = loader
        self.lines: dict[Key, int] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, key: Key) -> Any:
        self.lines.setdefault(key, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*key, index)) for index, item in enumerate(node.value)]
        return self.loader.construct_object(node)

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[Hashable, Any]:
        data: dict[Hashable, Any] = {}
        for name_node, value_node in node.value:
            if not isinstance(name_node, yaml.ScalarNode):
                message, remedy = "A list or table stands where a key belongs.", "Put the key into quotation marks."
                self.problems.append(Problem(name_node.start_mark.line + 1, dotted(key), message, remedy))
                continue
            name = self.loader.construct_object(name_node)
            line = name_node.start_mark.line + 1
            inner = (*key, name)
            if name in data:
                remedy = f"Keep one of the two; the first stands in line {self.lines[inner]}."
                self.problems.append(Problem(line, dotted(inner), f"The key “{name}” occurs twice.", remedy))
                continue
            self.lines[inner] = line
            data[name] = self.value(value_node, inner)
        return data


class _OddError(Exception):
    """What stands here is wrong or rare, and read by the loader that can explain it."""


class _Events:
    """Turns what libyaml reads into plain data at once: without nodes in between, half of the time is saved."""

    def __init__(self, loader: "_FastLoader") -> None:
        self.loader = loader
        self.next = loader.get_event
        self.resolvers = loader.yaml_implicit_resolvers
        self.everywhere = self.resolvers.get(None, [])

    def document(self) -> Any:
        """Return the data of the only document."""
        self._expect(yaml.StreamStartEvent)
        self._expect(yaml.DocumentStartEvent)
        value = self._value(self.next())
        self._expect(yaml.DocumentEndEvent)
        self._expect(yaml.StreamEndEvent)
        return value

    def _expect(self, kind: type[yaml.Event]) -> None:
        if type(self.next()) is not kind:
            raise _OddError

    def _value(self, event: Any) -> Any:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if kind is yaml.AliasEvent or event.anchor or event.tag:
            raise _OddError
        return self._mapping() if kind is yaml.MappingStartEvent else self._sequence()

    def _sequence(self) -> list[Any]:
        data: list[Any] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            data.append(self._value(event))
        return data

    def _mapping(self) -> dict[Hashable, Any]:
        data: dict[Hashable, Any] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent or (name := self._scalar(event)) in data:
                raise _OddError
            data[name] = self._value(self.next())
        return data

    def _scalar(self, event: Any) -> Any:
        if event.anchor or event.tag:
            raise _OddError
        text: str = event.value
        if event.implicit[0]:  # neither quoted nor a block
            for tag, pattern in (*self.resolvers.get(text[:1], ()), *self.everywhere):
                if pattern.match(text):
                    return self._special(tag, text)
        return text

    def _special(self, tag: str, text: str) -> Any:
        """Return a number or nothing."""
        if tag in _UNUSUAL:
            raise _OddError
        return self.loader.construct_object(yaml.ScalarNode(tag, text))


class _Lines(Mapping[Key, int]):
    """The line of every entry, looked up when first asked: of a file without a mistake nobody asks."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _found(self) -> dict[Key, int]:
        loader = _FastLoader(self.text)
        try:
            walker, node = _Walker(loader), loader.get_single_node()
            if node is not None:
                walker.value(node, ())
        finally:
            loader.dispose()
        return walker.lines

    def __getitem__(self, key: Key) -> int:
        return self._found[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
