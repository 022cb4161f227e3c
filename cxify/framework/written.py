"""Change whole sections of a framework file and leave every other line of it, comments included, as it stands."""

from collections.abc import Mapping
from typing import Any, Final

import yaml

_WIDTH: Final = 116


class _Dumper(yaml.SafeDumper):
    """Indents list entries below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)


def with_sections(text: str, sections: Mapping[str, Any]) -> str:
    """Return the file with these sections in place of its own; new ones stand at the end. The file must be YAML."""
    spans = _spans(text)
    for name in sorted(spans.keys() & sections.keys(), key=lambda name: spans[name][0], reverse=True):
        begin, end = spans[name]
        text = text[:begin] + _dumped(name, sections[name]) + text[end:]
    added = [_dumped(name, data) for name, data in sections.items() if name not in spans and data]
    return "\n\n".join([text.rstrip("\n"), *added]) + "\n"


def _spans(text: str) -> dict[str, tuple[int, int]]:
    """Return where each section begins and where its last own line ends; comments after it belong to what follows."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return {}
    return {
        key.value: (
            key.start_mark.index,
            key.start_mark.index + _own(text[key.start_mark.index : value.end_mark.index]),
        )
        for key, value in root.value
    }


def _own(text: str) -> int:
    lines = text.splitlines(keepends=True)
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines.pop()
    return len("".join(lines).rstrip("\n"))


def _dumped(name: str, data: Any) -> str:
    text: str = yaml.dump({name: data}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text.rstrip("\n")
