"""Read one .prompty file: front matter, roles, templates, included pieces; every fault with file and line."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import jinja2
from jinja2 import meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import ValidationError

from cxify import yamlfile
from cxify.errors import PromptInvalid
from cxify.prompts.model import FrontMatter, Part, Prompt, Role, invalid, short

_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_ROLE = re.compile(r"^(system|user|assistant):[ \t]*$", re.MULTILINE)


def prompt(path: Path, pieces: Sequence[Path]) -> Prompt:
    """Read a prompt file; `pieces` are the folders that includes are looked up in. Raises PromptInvalid."""
    text = _text(path)
    front, body_at = _front(path, text)
    environment = _environment(pieces)
    parts = tuple(_parts(path, text, body_at, environment))
    names = _Names(environment)
    for part in parts:
        names.add(path, part.source, text.count("\n", 0, text.find(part.source, body_at)))
    names.compare(path, front)
    return Prompt(front, path, parts, _hash(front, parts, names.pieces))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        known = ", ".join(sorted(other.stem for other in path.parent.glob("*.prompty"))) or "none"
        raise PromptInvalid(f"There is no {path}.", f"Versions of {path.parent.name}: {known}.") from None
    except UnicodeDecodeError:
        raise invalid(path, 1, "This is not UTF-8 text.", "Save it as UTF-8.") from None


def _front(path: Path, text: str) -> tuple[FrontMatter, int]:
    """Return the front matter and where the body begins."""
    found = _FRONT.match(text)
    if not found:
        raise invalid(path, 1, "The file must begin with front matter between two --- lines.", "Add it.")
    marked = yamlfile.parse(found[1])
    for problem in marked.problems:
        raise invalid(path, problem.line + 1, problem.message, problem.remedy)
    try:
        front = FrontMatter.model_validate(marked.data)
    except ValidationError as error:
        # A misspelt key also leaves the right one missing: the misspelling is what has to be mended.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        key = tuple(step for step in first["loc"] if step != "[key]")
        said = f"{yamlfile.dotted(key)}: {first['msg']}."
        raise invalid(path, marked.line(key) + 1, said, "Correct or remove the entry.") from None
    if (front.name, front.version) != (path.parent.name, path.stem):
        said = f"It calls itself {front.name} {front.version}."
        raise invalid(path, marked.line(("name",)) + 1, said, "Folder, file name and front matter must agree.")
    return front, found.end()


def _environment(pieces: Sequence[Path]) -> jinja2.Environment:
    return ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in pieces]),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # a prompt is not HTML; document text arrives as quoted JSON
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _parts(path: Path, text: str, body_at: int, environment: jinja2.Environment) -> Iterator[Part]:
    """Split by role before anything is filled in, so that a line `assistant:` in a document stays a line of text."""
    marks = list(_ROLE.finditer(text, body_at))
    first_line = text.count("\n", 0, body_at) + 1
    if not marks or text[body_at : marks[0].start()].strip():
        raise invalid(path, first_line, "The body must begin with `system:` or `user:`.", "Add the line.")
    if marks[-1][1] != "user":
        raise invalid(path, first_line, "The last part must be `user:`.", "Put what changes from call to call there.")
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        source = text[mark.end() : end].strip("\n")
        above = text.count("\n", 0, text.find(source, mark.end()))
        yield Part(cast(Role, mark[1]), source, _compile(path, source, above, environment))


def _compile(path: Path, source: str, above: int, environment: jinja2.Environment) -> jinja2.Template:
    # Blank lines in front make the template's line numbers those of the file.
    try:
        code = environment.compile("\n" * above + source, name=path.name, filename=str(path))
    except jinja2.TemplateSyntaxError as error:
        raise invalid(path, error.lineno, f"The template is broken: {short(error)}.", "Mend the line.") from None
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


@dataclass
class _Names:
    """The variables that a prompt and the pieces it includes make use of."""

    environment: jinja2.Environment
    pieces: dict[str, str] = field(default_factory=dict)
    used: dict[str, tuple[Path, int]] = field(default_factory=dict)

    def add(self, path: Path, source: str, above: int = 0) -> None:
        """Note what a template uses, and go on into what it includes."""
        try:
            tree = self.environment.parse(source)
        except jinja2.TemplateSyntaxError as error:
            raise invalid(path, error.lineno, f"The template is broken: {short(error)}.", "Mend the line.") from None
        for name in sorted(meta.find_undeclared_variables(tree)):
            line = next((node.lineno for node in tree.find_all(nodes.Name) if node.name == name), 1)
            self.used.setdefault(name, (path, above + line))
        include = next(tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)), None)
        for piece in meta.find_referenced_templates(tree):
            self._follow(path, piece, above + include.lineno if include else 1)

    def _follow(self, path: Path, piece: str | None, line: int) -> None:
        if piece is None or self.environment.loader is None:
            raise invalid(path, line, "An include must name its piece.", "Write the file's name in quotes.")
        if piece in self.pieces:
            return
        try:
            text, filename, _ = self.environment.loader.get_source(self.environment, piece)
        except jinja2.TemplateNotFound:
            raise invalid(path, line, f"There is no piece {piece}.", "Put it into the folder _parts.") from None
        self.pieces[piece] = text
        self.add(Path(filename or piece), text)

    def compare(self, path: Path, front: FrontMatter) -> None:
        """Raise PromptInvalid when declared and used variables differ."""
        for name in sorted(set(self.used) - set(front.inputs)):
            raise invalid(*self.used[name], f"{name} is used and not declared.", "Declare it under inputs.")
        for name in sorted(set(front.inputs) - set(self.used)):
            raise invalid(path, 1, f"Input {name} is declared and never used.", "Use it or take it out.")


def _hash(front: FrontMatter, parts: Sequence[Part], pieces: dict[str, str]) -> str:
    sent = {
        "parts": [[part.role, part.source] for part in parts],
        "pieces": pieces,
        "schema": front.shape,
        "model": front.model.model_dump(),
    }
    return hashlib.sha256(json.dumps(sent, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
