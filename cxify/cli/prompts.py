"""cxify prompts: what a language model is told."""

from typing import TYPE_CHECKING, Any

import click

from cxify.cli import shell

if TYPE_CHECKING:
    from cxify.prompts import Prompt


@click.group(cls=shell.Group)
def command() -> None:
    """List or show the prompts that a language model is given; --model library uses none.

    \b
    Example:
      cxify prompts list
      cxify prompts show job_description
    """


@command.command(name="list")
@shell.common
def list_(as_json: bool) -> None:
    """List every prompt with its versions."""
    from cxify import prompts, settings

    found = prompts.listing(settings.load().prompts)
    if as_json:
        shell.show_json([_facts(prompt) for prompt in found])
    else:
        for prompt in found:
            shell.show(f"{prompt.name} {prompt.version} ({prompt.front.status})  {prompt.front.description}")


@command.command()
@click.argument("name")
@click.argument("version", required=False)
@shell.common
def show(name: str, version: str | None, as_json: bool) -> None:
    """Show a prompt: the newest released version, or the one given."""
    from cxify import prompts, settings

    prompt = prompts.find(name, version, settings.load().prompts)
    if as_json:
        shell.show_json(_facts(prompt) | {"parts": [{"role": part.role, "text": part.source} for part in prompt.parts]})
        return
    shell.show(f"{prompt.name} {prompt.version} ({prompt.front.status}, sha256 {prompt.sha256})")
    for part in prompt.parts:
        shell.show(f"\n{part.role}:\n{part.source.strip()}")


def _facts(prompt: "Prompt") -> dict[str, Any]:
    return prompt.front.model_dump(mode="json", by_alias=True) | {"sha256": prompt.sha256, "file": str(prompt.path)}
