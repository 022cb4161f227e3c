"""cxify prompts render: exactly what a model would be told about a document."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxify.cli import say, shell

if TYPE_CHECKING:
    from cxify.document import Document
    from cxify.llm.rehearsal import Request
    from cxify.prompts import Prompt, Reference
    from cxify.settings import Settings

SENTENCE = "sentence"
"""The prompt of small models, which is used for every kind of document."""


@dataclass(frozen=True)
class Rehearsed:
    """What would be sent for a document, or why nothing would be."""

    document: "Document"
    prompt: "Prompt | None"
    requests: "tuple[Request, ...]"
    reasons: tuple[str, ...] = ()


@click.command(cls=shell.Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", help="Take the document for this kind instead of guessing.")
@click.option("--framework", type=click.Path(path_type=Path), help="Your framework.  [default: the built-in template]")
@click.option(
    "--prompt", "named", help="A prompt or version of it: job_description/1.1.0, or sentence for small models."
)
@click.option("--voice", type=click.Path(path_type=Path), help="Comments that rank the competencies (CSV or Excel).")
@click.option(
    "--intensity", type=click.Choice(["light", "standard", "full"]), help="How much is proposed.  [default: standard]"
)
@click.option("--prompts", type=click.Path(path_type=Path), help="Folder with your own prompts.")
@click.option("--schema", is_flag=True, help="Show the schema of the answer as well.")
@shell.common
def command(file: Path, kind: str | None, named: str | None, schema: bool, as_json: bool, **given: Any) -> None:
    """Show exactly what a model would be told about FILE, request by request. Nothing is sent.

    The first request of each part of the document is shown; complaints about an answer follow in the same conversation.

    \b
    Examples:
      cxify prompts render nurse.docx
      cxify prompts render nurse.docx --prompt job_description/1.1.0 --schema
      cxify prompts render nurse.docx --prompt sentence      what a small model on this machine is told
    """
    from cxify import files, settings
    from cxify.prompts import Reference

    chosen = settings.load(**given)
    wanted = Reference.of(named) if named else None
    with shell.naming(file):
        rehearsed = rehearse(files.read(file), chosen, kind, wanted)
    if as_json:
        shell.show_json(_as_data(file, rehearsed))
    else:
        shell.show("\n".join(_as_text(file, rehearsed, schema=schema)))


def rehearse(source: bytes, settings: "Settings", kind: str | None, wanted: "Reference | None") -> Rehearsed:
    """Run the pipeline up to the model. Raises PromptInvalid when the wanted prompt is not for this document."""
    from cxify import framework, kinds, pipeline, prompts, rules
    from cxify.batch import heard
    from cxify.errors import AnswerAwaited
    from cxify.llm.rehearsal import Rehearsal
    from cxify.writers.llm import LLMWriter

    loaded, known, book = framework.load(settings.framework), kinds.load(settings.kinds), rules.load(settings.rules)
    kinds.check_named(kind, known)
    named = {"kind": kind, "language": settings.language}
    document = pipeline.inspect(source, framework=loaded, kinds=known, book=book, **named).document
    small = wanted is not None and wanted.name == SENTENCE
    _check_wanted(wanted, document)
    chat = Rehearsal()
    versions = {wanted.name: wanted.version} if wanted and wanted.version else {}
    writer = LLMWriter(chat, settings.prompts, "sentence" if small else "structured", versions=versions)
    try:
        result = pipeline.rewrite(
            source,
            framework=loaded,
            kinds=known,
            writer=writer,
            options=pipeline.Options(
                date=shell.now(), kind=kind, language=settings.language, intensity=settings.intensity
            ),
            book=book,
            digest=heard(settings, loaded),
        )
    except AnswerAwaited:
        name = SENTENCE if small else document.kind
        prompt = prompts.find(name, versions.get(name), settings.prompts)
        return Rehearsed(document, prompt, tuple(chat.requests))
    reasons = tuple(declined.reason for declined in result.declined)
    return Rehearsed(document, None, (), reasons or ("The built-in writer's proposals are used as they are.",))


def _check_wanted(wanted: "Reference | None", document: "Document") -> None:
    from cxify.errors import PromptInvalid

    if wanted is not None and wanted.name not in (document.kind, SENTENCE):
        said = f"{wanted} is not used for this document, which is taken for: {say.kind(document.kind)}."
        raise PromptInvalid(said, f"Add --kind {wanted.name}, or give --prompt {document.kind}.")


def _as_data(file: Path, rehearsed: Rehearsed) -> dict[str, Any]:
    prompt, document = rehearsed.prompt, rehearsed.document
    return {
        "file": str(file),
        "kind": document.kind,
        "language": document.language,
        "state": document.state,
        "prompt": prompt
        and {
            "name": prompt.name,
            "version": prompt.version,
            "status": prompt.front.status,
            "sha256": prompt.sha256,
            "file": str(prompt.path),
        },
        "requests": [
            {
                "sha256": request.sha256,
                "tokens": request.tokens,
                "messages": [asdict(message) for message in request.messages],
                "options": request.options.model_dump(),
                "schema": request.schema,
            }
            for request in rehearsed.requests
        ],
        "nothing_because": list(rehearsed.reasons),
    }


def _as_text(file: Path, rehearsed: Rehearsed, *, schema: bool) -> Iterator[str]:
    prompt, document, requests = rehearsed.prompt, rehearsed.document, rehearsed.requests
    yield f"{file}: {say.kind(document.kind)}, language {document.language}, {document.state}"
    if prompt is None:
        yield "No model would be asked about this document."
        yield from (f"  {reason}" for reason in rehearsed.reasons)
        return
    yield f"Prompt {prompt.name}/{prompt.version} ({prompt.front.status}, sha256 {prompt.sha256})"
    total = f"about {sum(request.tokens for request in requests):,} tokens with the schema of the answer"
    yield f"{say.count(len(requests), 'request')}, {total}. Nothing was sent."
    for number, request in enumerate(requests, 1):
        yield ""
        yield f"--- request {number} of {len(requests)}: about {request.tokens:,} tokens, sha256 {request.sha256} ---"
        for message in request.messages:
            yield f"{message.role}:\n{message.text}\n"
        yield from (f"{name}: {value}" for name, value in request.options if value is not None)
        if schema:
            yield "schema of the answer:"
            yield json.dumps(request.schema, ensure_ascii=False, indent=1)
