"""A prompt as data: front matter, parts by role, the messages it renders to, and what is wrong with it."""

import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import jinja2
from pydantic import Field, StringConstraints

from cxify.errors import PromptInvalid
from cxify.prompts.fault import invalid, short
from cxify.proposal import Strict

Role = Literal["system", "user", "assistant"]
Status = Literal["draft", "released", "retired"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
VERSION = r"^(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}$"
Version = Annotated[str, StringConstraints(pattern=VERSION)]
Origin = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*@[0-9]+\.[0-9]+\.[0-9]+$")]

TEMPLATE_FAULTS = (
    jinja2.TemplateError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    MemoryError,
)
"""What a template can do wrong when it is filled in."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message for a chat model."""

    role: Role
    text: str


class Reference(NamedTuple):
    """Which prompt is meant, as people write it: `name` or `name/version`."""

    name: str
    version: str | None = None

    @classmethod
    def of(cls, text: str) -> "Reference":
        """Read `name/version`; `name@version`, as it stands in front matter, is the same."""
        found = re.fullmatch(r"([a-z][a-z0-9_]*)(?:[/@]([0-9]+\.[0-9]+\.[0-9]+))?", text)
        if not found:
            said = f"{text[:80]} names no prompt."
            raise PromptInvalid(said, "Write the name and, where needed, the version: job_description/1.0.0.")
        return cls(found[1], found[2])

    def __str__(self) -> str:
        return f"{self.name}/{self.version}" if self.version else self.name


class Input(Strict):
    """A variable that the prompt expects."""

    kind: Literal["string", "object", "array"]
    description: str


class Options(Strict):
    """Model settings that the prompt was tuned for; None leaves the choice to the provider."""

    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    max_output_tokens: Annotated[int, Field(ge=16, le=100_000)]


class FrontMatter(Strict):
    """What stands between the `---` lines of a .prompty file."""

    name: Name
    version: Version
    description: str
    parent: Origin | None
    """The prompt this one was made from, as name@version."""
    status: Status
    """Drafts are used when they are named, released ones by themselves, retired ones no more."""
    changelog: Annotated[tuple[str, ...], Field(min_length=1)]
    """What changed and why, one entry a version, newest first: "1.1.0: …"."""
    shape: Annotated[Literal["proposal", "sentence", "judgement", "preference"], Field(alias="schema")]
    """Which schema the answer must follow."""
    model: Options
    inputs: dict[Name, Input]


@dataclass(frozen=True)
class Part:
    """The text of one role, as written and compiled."""

    role: Role
    source: str
    line: int
    """Where the text begins in the file."""
    template: jinja2.Template = field(compare=False, repr=False)


@dataclass(frozen=True)
class Prompt:
    """A prompt that passed every check."""

    front: FrontMatter
    path: Path
    parts: tuple[Part, ...]
    pieces: Mapping[str, str]
    """The texts that it includes, by file name."""
    sha256: str
    """Hash of what reaches the model: roles, texts, included pieces, answer schema, model settings."""

    @property
    def name(self) -> str:
        """What the prompt is for; also the name of its folder."""
        return self.front.name

    @property
    def version(self) -> str:
        """Three numbers; also the name of its file."""
        return self.front.version

    @property
    def order(self) -> tuple[int, ...]:
        """The version as numbers, for sorting."""
        return numbers(self.version)

    def render(self, **variables: object) -> tuple[Message, ...]:
        """Fill in the variables; raises PromptInvalid when one is missing, unknown or breaks the template."""
        given, wanted = set(variables), set(self.front.inputs)
        if missing := sorted(wanted - given):
            raise invalid(self.path, 1, f"No value was given for {', '.join(missing)}.", "Give one for each input.")
        if unknown := sorted(given - wanted):
            raise invalid(self.path, 1, f"There is no input {', '.join(unknown)}.", "Declare and use it, or drop it.")
        return tuple(Message(part.role, self._fill(part, variables)) for part in self.parts)

    def _fill(self, part: Part, variables: Mapping[str, object]) -> str:
        try:
            return part.template.render(variables).strip()
        except TEMPLATE_FAULTS as error:
            path, line = _place_of(error, self.path)
            raise invalid(path, line, f"The template cannot be filled: {short(error)}.", "Mend the line.") from None


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers, so that 1.10.0 is newer than 1.9.0."""
    return tuple(int(number) for number in version.split("."))


def _place_of(error: Exception, path: Path) -> tuple[Path, int]:
    """Return the template file and line that the error came from; Jinja puts both into the traceback."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(_SUFFIXES)]
    return (Path(frames[-1].filename), frames[-1].lineno or 1) if frames else (path, 1)


_SUFFIXES = (".prompty", ".jinja")
