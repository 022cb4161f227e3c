"""cxify prompts: what a language model is told, and how a new version of it comes into use."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxify.cli import prompts_render, say, shell

if TYPE_CHECKING:
    from cxify.prompts import Difference, Prompt

DIFFERS = 1
own = click.option("--prompts", "root", type=click.Path(path_type=Path), help="Folder with your own prompts.")


@click.group(cls=shell.Group)
def command() -> None:
    """Show, compare, check and release the prompts that a language model is given; --model library uses none.

    \b
    Examples:
      cxify prompts list
      cxify prompts render nurse.docx
      cxify prompts new job_description
      cxify prompts diff job_description/1.0.0 job_description/1.1.0
      cxify prompts release job_description/1.1.0 --evaluation gate.json
    """


command.add_command(prompts_render.command, "render")


@command.command(name="list")
@own
@shell.common
def list_(root: Path | None, as_json: bool) -> None:
    """List every prompt with its versions."""
    from cxify import prompts

    found = prompts.listing(_root(root))
    if as_json:
        shell.show_json([_facts(prompt) for prompt in found])
    else:
        for prompt in found:
            shell.show(f"{prompt.name} {prompt.version} ({prompt.front.status})  {prompt.front.description}")


@command.command()
@click.argument("name")
@click.argument("version", required=False)
@own
@shell.common
def show(name: str, version: str | None, root: Path | None, as_json: bool) -> None:
    """Show a prompt: the newest released version, or the one given."""
    from cxify import prompts

    named = prompts.Reference.of(name)
    prompt = prompts.find(named.name, version or named.version, _root(root))
    if as_json:
        shell.show_json(_facts(prompt) | {"parts": [{"role": part.role, "text": part.source} for part in prompt.parts]})
        return
    shell.show(f"{prompt.name} {prompt.version} ({prompt.front.status}, sha256 {prompt.sha256})")
    for part in prompt.parts:
        shell.show(f"\n{part.role}:\n{part.source.strip()}")


@command.command()
@click.argument("old")
@click.argument("new")
@click.option("--exit-code", "by_code", is_flag=True, help="End with 1 when something differs that reaches the model.")
@own
@shell.common
@click.pass_context
def diff(ctx: click.Context, old: str, new: str, by_code: bool, root: Path | None, as_json: bool) -> None:
    """Show what differs between two prompts: in the front matter, and in what reaches the model.

    Pieces that a prompt includes are shown in their places; texts are compared sentence by sentence.

    \b
    Examples:
      cxify prompts diff job_description/1.0.0 job_description/1.1.0
      cxify prompts diff policy social_media_policy
    """
    from cxify import prompts

    before, after = (prompts.find(*prompts.Reference.of(text), _root(root)) for text in (old, new))
    found = prompts.difference(before, after)
    if as_json:
        shell.show_json(_difference(found))
    else:
        shell.show("\n".join(_told(found)))
    if by_code and found.sent:
        ctx.exit(DIFFERS)


@command.command()
@click.argument("name")
@click.option(
    "--from", "origin", help="The version to copy, or another prompt.  [default: the newest released version]"
)
@click.option("--version", help="Of the new draft.  [default: the next minor version]")
@own
@shell.common
def new(name: str, origin: str | None, version: str | None, root: Path | None, as_json: bool) -> None:
    """Start a new version of a prompt as a draft: a copy that names its parent. Nothing is overwritten.

    \b
    Examples:
      cxify prompts new job_description
      cxify prompts new job_description --from 1.0.0 --version 2.0.0
      cxify prompts new exit_interview --from interview_guide --prompts our-prompts
    """
    from cxify import prompts

    made = prompts.new(name, _origin(name, origin), version, _root(root))
    if as_json:
        shell.show_json(_facts(made))
    else:
        shell.say(
            f"Wrote {made.path}. Say in its changelog what changes and why, change it, and compare:\n"
            f"  cxify prompts diff {(made.front.parent or '').replace('@', '/')} {made.name}/{made.version}"
        )


@command.command()
@click.argument("prompt")
@click.option(
    "--evaluation",
    required=True,
    type=click.Path(path_type=Path),
    help="What `cxify eval gate` wrote; with --first, what `cxify eval run` wrote.",
)
@click.option("--first", is_flag=True, help="No version was ever released: there is nothing to compare with.")
@own
@shell.common
def release(prompt: str, evaluation: Path, first: bool, root: Path | None, as_json: bool) -> None:
    """Release a draft: it is used from now on and never edited again.

    PROMPT is NAME/VERSION. Its hash and the evaluation that it passed are pinned in prompts.lock. Without a passed
    evaluation of exactly this text nothing is released.

    \b
    Examples:
      cxify prompts release job_description/1.1.0 --evaluation gate.json
      cxify prompts release exit_interview/1.0.0 --first --evaluation evals/runs/1/run.json
    """
    from cxify import prompts

    named = prompts.Reference.of(prompt)
    if named.version is None:
        raise click.UsageError(f"Say which version: {named.name}/1.1.0.")
    released = prompts.release(named.name, named.version, evaluation, _root(root), first=first)
    if as_json:
        shell.show_json(_facts(released))
    else:
        shell.show(f"{released.name} {released.version} is released (sha256 {released.sha256}).")


@command.command()
@own
@shell.common
@click.pass_context
def check(ctx: click.Context, root: Path | None, as_json: bool) -> None:
    """List every mistake in all prompts and in prompts.lock, with file and line.

    Every prompt for a known kind of document is also filled in once, with a small document. Nothing is sent.
    """
    from cxify import prompts
    from cxify.cli import prompts_trial
    from cxify.errors import PromptInvalid

    looked, faults = prompts.check(_root(root))
    faults += tuple(prompts_trial.faults(_root(root), {fault.path for fault in faults}))
    if as_json:
        problems = [{"file": str(f.path), "line": f.line, "message": f.said, "remedy": f.remedy} for f in faults]
        shell.show_json({"files": list(map(str, looked)), "ok": not faults, "problems": problems})
    else:
        for fault in faults:
            shell.show(f"{fault.path}:{fault.line}: {fault.said} {fault.remedy}")
        files = say.count(len(looked), "file")
        shell.show(f"{files}, {say.count(len(faults), 'mistake')}." if faults else f"{files} in order.")
    if faults:
        ctx.exit(PromptInvalid.exit_code)


def _root(given: Path | None) -> Path | None:
    from cxify import settings

    return settings.load(prompts=given).prompts


def _origin(name: str, text: str | None) -> Any:
    """Read --from: a version of the same prompt, or another prompt."""
    from cxify.prompts import Reference

    if text is None:
        return None
    return Reference.of(f"{name}/{text}" if text[:1].isdigit() else text)


def _facts(prompt: "Prompt") -> dict[str, Any]:
    return prompt.front.model_dump(mode="json", by_alias=True) | {"sha256": prompt.sha256, "file": str(prompt.path)}


def _difference(found: "Difference") -> dict[str, Any]:
    return {
        "old": _facts(found.old),
        "new": _facts(found.new),
        "same": not (found.front or found.sent),
        "reaches_model": bool(found.sent),
        "front_diff": found.front,
        "sent_diff": found.sent,
    }


def _told(found: "Difference") -> Iterator[str]:
    for sign, prompt in (("-", found.old), ("+", found.new)):
        yield f"{sign} {prompt.name}/{prompt.version} ({prompt.front.status}, sha256 {prompt.sha256})"
    yield "\nThe front matter is the same." if not found.front else f"\nFront matter\n{found.front}"
    yield "\nA model is told the same." if not found.sent else f"\nWhat a model is told\n{found.sent}"
