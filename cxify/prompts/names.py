"""The variables that a prompt and its pieces make use of, against those that it declares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from jinja2 import meta, nodes

from cxify.prompts import front as front_matter
from cxify.prompts.fault import Fault, Faults, short
from cxify.prompts.model import FrontMatter
from cxify.prompts.pieces import Pieces

_INCLUDING = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_ROLE = re.compile(r"^(?:system|user|assistant):[ \t]*$", re.MULTILINE)


@dataclass
class Names:
    """What was found in the templates of one prompt, and what is wrong with them."""

    environment: jinja2.Environment
    pieces: Pieces
    included: dict[str, str] = field(default_factory=dict)
    used: dict[str, tuple[Path, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def add(self, path: Path, source: str, above: int = 0, within: tuple[str, ...] = ()) -> None:
        """Note what a template uses, and go on into what it includes."""
        try:
            tree = self.environment.parse(source)
        except jinja2.TemplateSyntaxError as error:
            self._note(path, above + error.lineno, f"The template is broken: {short(error)}.", "Mend the line.")
            return
        except RecursionError:
            self._note(path, above + 1, "The template is nested too deeply.", "Write it in simpler steps.")
            return
        for name in sorted(meta.find_undeclared_variables(tree)):
            line = next((node.lineno for node in tree.find_all(nodes.Name) if node.name == name), 1)
            self.used.setdefault(name, (path, above + line))
        for including in tree.find_all(_INCLUDING):
            for piece in _named(including):
                self._follow(path, piece, above + including.lineno, within)

    def differences(self, path: Path, text: str, front: FrontMatter) -> Iterator[Fault]:
        """Yield where declared and used variables differ."""
        for name in sorted(set(self.used) - set(front.inputs)):
            yield Fault(*self.used[name], f"{name} is used and not declared.", "Declare it under inputs.")
        if self.faults:
            return  # what a broken or missing piece uses is not known
        for name in sorted(set(front.inputs) - set(self.used)):
            line = front_matter.line(text, "inputs", name)
            yield Fault(path, line, f"Input {name} is declared and never used.", "Use it or take it out.")

    def _follow(self, path: Path, piece: str | None, line: int, within: tuple[str, ...]) -> None:
        if piece is None:
            self._note(path, line, "An include must name its piece.", "Write the file's name in quotes.")
        elif piece in within:
            self._note(path, line, f"{piece} includes itself.", "Take one of the includes out.")
        elif piece not in self.included:
            self._read(path, piece, line, within)

    def _read(self, path: Path, piece: str, line: int, within: tuple[str, ...]) -> None:
        file = self.pieces.path(piece)
        if file is None:
            self._note(path, line, f"There is no piece {piece}.", "Put it into the folder _parts.")
            return
        try:
            self.included[piece] = self.pieces.text(file)
        except Faults as unreadable:
            self.faults += unreadable.faults
            return
        for role in _ROLE.finditer(self.included[piece]):
            said = f"A piece cannot begin a part: “{role[0].strip()}” would be plain text here."
            at = self.included[piece].count("\n", 0, role.start()) + 1
            self._note(file, at, said, "Write the line into the prompt itself.")
        self.add(file, self.included[piece], within=(*within, piece))

    def _note(self, path: Path, line: int, said: str, remedy: str) -> None:
        self.faults.append(Fault(path, line, said, remedy))


def _named(including: nodes.Node) -> list[str | None]:
    """Return the pieces that a statement names, None where it computes the name."""
    template = including.template  # type: ignore[attr-defined]
    if isinstance(template, nodes.Const):
        listed = template.value if isinstance(template.value, list | tuple) else [template.value]
        return [name if isinstance(name, str) else None for name in listed]
    if isinstance(template, nodes.List | nodes.Tuple):
        return [item.value if isinstance(item, nodes.Const) else None for item in template.items]
    return [None]
