"""What differs between two prompts: what is said about them, and what reaches the model, includes expanded."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import unified_diff

from cxify.prompts import front
from cxify.prompts import text as texts
from cxify.prompts.model import Prompt

_INCLUDE = re.compile(r"""\{%-?\s*include\s+["']([^"']+)["'][^%]*%\}""")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=\S)")
_CONTEXT = 2


@dataclass(frozen=True)
class Difference:
    """Two prompts side by side; both differences are unified diffs, empty where nothing differs."""

    old: Prompt
    new: Prompt
    front: str
    """Of the front matter."""
    sent: str
    """Of what reaches the model, one sentence a line."""


def difference(old: Prompt, new: Prompt) -> Difference:
    """Compare two prompts."""
    return Difference(old, new, _diff(old, new, _about), _diff(old, new, _sent))


def expanded(source: str, prompt: Prompt) -> str:
    """Return a template with the pieces that it includes in their places."""
    return _INCLUDE.sub(lambda found: expanded(prompt.pieces[found[1]].rstrip("\n"), prompt), source)


def _about(prompt: Prompt) -> Iterator[str]:
    yield from front.lines(texts.read(prompt.path)).splitlines()


def _sent(prompt: Prompt) -> Iterator[str]:
    yield f"answer schema: {prompt.front.shape}"
    yield from (f"{name}: {value}" for name, value in prompt.front.model)
    for part in prompt.parts:
        yield from ("", f"{part.role}:")
        for line in expanded(part.source, prompt).splitlines():
            yield from _SENTENCE.split(line)


def _diff(old: Prompt, new: Prompt, seen: Callable[[Prompt], Iterator[str]]) -> str:
    before, after = (f"{prompt.name}/{prompt.version}" for prompt in (old, new))
    return "\n".join(unified_diff([*seen(old)], [*seen(new)], before, after, lineterm="", n=_CONTEXT))
