"""Read one .prompty file: roles, templates, included pieces; every fault with file and line."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cxify.errors import PromptInvalid
from cxify.prompts import front as front_matter
from cxify.prompts import text as texts
from cxify.prompts.fault import Fault, Faults, short
from cxify.prompts.model import FrontMatter, Part, Prompt, Role
from cxify.prompts.names import Names
from cxify.prompts.pieces import Pieces

_ROLE = re.compile(r"^(system|user|assistant):[ \t]*$", re.MULTILINE)
_NEARLY = re.compile(
    r"^[ \t]*(?:system|user|assistant|developer|human|tool)[ \t]*:[ \t]*$", re.MULTILINE | re.IGNORECASE
)


def prompt(path: Path, folders: Sequence[Path]) -> Prompt:
    """Read a prompt file; `folders` are where its pieces are looked up. Raises PromptInvalid for the first fault."""
    try:
        return examined(path, folders)
    except Faults as found:
        raise found.faults[0].error from None


def examined(path: Path, folders: Sequence[Path]) -> Prompt:
    """Read a prompt file, and raise Faults with everything that is wrong with it."""
    if not path.is_file():
        known = ", ".join(sorted(other.stem for other in path.parent.glob("*.prompty"))) or "none"
        raise PromptInvalid(f"There is no {path}.", f"Versions of {path.parent.name}: {known}.")
    text = texts.read(path)
    front, body_at = front_matter.read(path, text)
    pieces = Pieces(folders)
    environment = _environment(pieces)
    parts = tuple(_parts(path, text, body_at, environment))
    names = Names(environment, pieces)
    for part in parts:
        names.add(path, part.source, part.line - 1)
    faults = (*names.faults, *names.differences(path, text, front))
    if faults:
        raise Faults(*faults)
    return Prompt(front, path, parts, names.included, _hash(front, parts, names.included))


def _environment(pieces: Pieces) -> jinja2.Environment:
    return ImmutableSandboxedEnvironment(
        loader=pieces,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # a prompt is not HTML; document text arrives as quoted JSON
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _parts(path: Path, text: str, body_at: int, environment: jinja2.Environment) -> Iterator[Part]:
    """Split by role before anything is filled in, so that a line `assistant:` in a document stays a line of text."""
    marks = list(_ROLE.finditer(text, body_at))
    if faults := list(_misplaced(path, text, body_at, marks)):
        raise Faults(*faults)
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    faults = []
    for mark, end in zip(marks, ends, strict=True):
        written = text[mark.end() : end]
        source = written.strip("\n")
        line = _line(text, mark.end() + written.index(source))
        if not source.strip():
            faults.append(Fault(path, _line(text, mark.start()), f"The part {mark[0].strip()} is empty.", "Fill it."))
            continue
        try:
            yield Part(cast(Role, mark[1]), source, line, _compiled(path, source, line, environment))
        except Faults as broken:
            faults += broken.faults
    if faults:
        raise Faults(*faults)


def _misplaced(path: Path, text: str, body_at: int, marks: Sequence[re.Match[str]]) -> Iterator[Fault]:
    places = {mark.start() for mark in marks}
    for near in _NEARLY.finditer(text, body_at):
        if near.start() not in places:
            said = f"The line “{near[0].strip()}” looks like the beginning of a part and is none."
            remedy = "Write system:, user: or assistant: in small letters at the beginning of the line, or reword it."
            yield Fault(path, _line(text, near.start()), said, remedy)
    if not marks or text[body_at : marks[0].start()].strip():
        yield Fault(path, _line(text, body_at), "The body must begin with `system:` or `user:`.", "Add the line.")
    elif marks[-1][1] != "user":
        remedy = "Put what changes from call to call there."
        yield Fault(path, _line(text, marks[-1].start()), "The last part must be `user:`.", remedy)
    if late := next((mark for mark in marks[1:] if mark[1] == "system"), None):
        yield Fault(path, _line(text, late.start()), "`system:` may only stand first.", "Join the two, or use `user:`.")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _compiled(path: Path, source: str, line: int, environment: jinja2.Environment) -> jinja2.Template:
    # Blank lines in front make the template's line numbers those of the file.
    try:
        code = environment.compile("\n" * (line - 1) + source, name=path.name, filename=str(path))
    except jinja2.TemplateSyntaxError as error:
        said = f"The template is broken: {short(error)}."
        raise Faults(Fault(path, error.lineno, said, "Mend the line.")) from None
    except RecursionError:
        raise Faults(Fault(path, line, "The template is nested too deeply.", "Write it in simpler steps.")) from None
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def _hash(front: FrontMatter, parts: Sequence[Part], pieces: Mapping[str, str]) -> str:
    sent = {
        "parts": [[part.role, part.source] for part in parts],
        "pieces": dict(pieces),
        "schema": front.shape,
        "model": front.model.model_dump(),
    }
    return hashlib.sha256(json.dumps(sent, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
