"""Read YAML that people write by hand, and remember on which line each thing stands."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Key = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One mistake in a YAML file: where it is, what is wrong, and what to do about it."""

    line: int
    path: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Marked:
    """The data of a YAML file, the line of every entry, and mistakes of the YAML itself."""

    data: Any
    lines: dict[Key, int]
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
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Marked({}, {(): 1})
        walker = _Walker(loader)
        return Marked(walker.value(node, ()), walker.lines, tuple(walker.problems))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        message = f"This is not valid YAML: {error.problem or error.context}."
        remedy = "Check the indentation, the colon after the key, and quotes around texts that hold a colon."
        return Marked({}, {(): line}, (Problem(line, "", message, remedy),))
    finally:
        loader.dispose()


class _Walker:
    """Turns YAML nodes into plain data while noting lines and double keys."""

    def __init__(self, loader: _Loader) -> None:
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
