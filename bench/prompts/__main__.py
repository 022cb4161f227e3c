"""Print how much of each request is constant: `python -m bench.prompts` from the top of the checkout.

Providers bill the beginning of a request at a fraction when it is the same, letter by letter, as that of an earlier one
and has 1,024 tokens or more. Measured over the samples and the gold cases, per kind of document, and over the parts of
one long document made of the documents of the kind. Tokens are characters / 4.

constant   what all requests begin with
reused     what a request begins with that an earlier one began with, on average, none below 1,024 tokens
schema     the same where the schema of the answer stands in front of the first message, as at OpenAI
parts      requests for the long document, and what all of them begin with
"""

import argparse
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import cycle
from pathlib import Path
from statistics import mean

import docx

from cxify import evaluation, framework, kinds, pipeline, prompts, word
from cxify.cli.prompts_render import SENTENCE, rehearse
from cxify.evaluation.wordfile import word_file
from cxify.llm import wire
from cxify.llm.rehearsal import Request
from cxify.prompts import Reference
from cxify.settings import Settings

TOP = Path(__file__).parents[2]
SETTINGS = Settings()
LEAST = 1024
"""Tokens from which a beginning is kept by OpenAI, Anthropic and others."""
LONG = 60_000
"""Characters of the long document, at least: three parts or more."""
HEAD = "| prompt | requests | tokens | constant | share | reused | share | schema | parts | constant | share |"


@dataclass(frozen=True)
class Row:
    """One prompt over its documents."""

    name: str
    requests: Sequence[Request]
    parts: Sequence[Request]

    def __str__(self) -> str:
        same, again = tokens(constant(self.requests)), reused(self.requests)
        cells = [self.name, len(self.requests), size(self.requests), same, share(same, self.requests)]
        cells += [again, share(again, self.requests), reused(self.requests, schema=True), len(self.parts)]
        if len(self.parts) > 1:
            of_parts = tokens(constant(self.parts))
            cells += [of_parts, share(of_parts, self.parts)]
        else:
            cells += ["-", "-"]
        return "| " + " | ".join(map(str, cells)) + " |"


def told(request: Request, *, schema: bool = False) -> str:
    """Return a request as the row of characters that a provider sees."""
    front = json.dumps(wire.strict(request.schema or {})) if schema else ""
    return front + "".join(f"<{message.role}>{message.text}" for message in request.messages)


def constant(requests: Sequence[Request]) -> str:
    """Return what all requests begin with."""
    return reduce(same_start, [told(request) for request in requests])


def same_start(one: str, other: str) -> str:
    pairs = zip(one, other, strict=False)
    return one[: next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))]


def reused(requests: Sequence[Request], *, schema: bool = False) -> int:
    """Return how many tokens of a request an earlier one began with, on average over all but the first."""
    texts = [told(request, schema=schema) for request in requests]
    longest = [max(tokens(same_start(text, before)) for before in texts[:n]) for n, text in enumerate(texts) if n]
    return round(mean(same if same >= LEAST else 0 for same in longest)) if longest else 0


def tokens(text: str) -> int:
    return len(text) // 4


def size(requests: Sequence[Request]) -> int:
    return round(mean(tokens(told(request)) for request in requests))


def share(same: int, requests: Sequence[Request]) -> str:
    return f"{same / size(requests):.0%}{' (too short)' if 0 < same < LEAST else ''}"


def documents(given: Sequence[Path]) -> Iterator[bytes]:
    """Yield the Word files that are measured."""
    paths = [*given] or sorted((TOP / "samples").glob("*.docx"))
    yield from (path.read_bytes() for path in paths)
    if not given:
        yield from (word_file(case) for case in evaluation.load_all(TOP / "evals" / "cases"))


def joined(sources: Sequence[bytes]) -> bytes:
    """Return one long document with the text of all, again and again until it is long enough."""
    long = docx.Document()
    written = 0
    for source in cycle(sources):
        if written > LONG:
            break
        for block in word.read(source).body:
            written += len(block.text)
            if block.type == "heading":
                long.add_heading(block.text, block.level or 1)
            elif block.text.strip():
                long.add_paragraph(block.text, "List Bullet" if block.type == "list_item" else None)
    out = io.BytesIO()
    long.save(out)
    return out.getvalue()


def rows(sources: Sequence[bytes], wanted: Reference | None) -> Iterator[Row]:
    """Yield a row for every prompt that a document was found for, and for the one of small models."""
    for kind, of_kind in sorted(by_kind(sources).items()):
        if wanted in (None, Reference(kind, wanted and wanted.version)):
            found = [rehearse(source, SETTINGS, kind, wanted) for source in of_kind]
            long = rehearse(joined(of_kind), SETTINGS, kind, wanted)
            yield Row(kind, [request for one in found for request in one.requests], long.requests)
    if wanted is None:
        found = [rehearse(source, SETTINGS, None, Reference(SENTENCE)) for source in sources]
        yield Row(SENTENCE, [request for one in found for request in one.requests], ())


def by_kind(sources: Sequence[bytes]) -> dict[str, list[bytes]]:
    """Return the documents that a model would be asked about."""
    found: dict[str, list[bytes]] = defaultdict(list)
    known, loaded = kinds.load(), framework.load(None)
    for source in sources:
        document = pipeline.inspect(source, framework=loaded, kinds=known).document
        if document.state == "blank" and document.kind in prompts.names():
            found[document.kind].append(source)
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path, help="other documents than samples and gold cases")
    options.add_argument("--prompt", help="only this prompt, in this version: job_description/1.1.0")
    given = options.parse_args()
    print(HEAD + "\n" + "|---" * (HEAD.count("|") - 1) + "|")
    for row in rows(list(documents(given.files)), given.prompt and Reference.of(given.prompt)):
        print(row, flush=True)


if __name__ == "__main__":
    main()
