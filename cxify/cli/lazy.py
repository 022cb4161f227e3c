"""A group of commands whose modules are imported when one of them is called, not when help is asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """Each command is the object `command` in the module of its name; the one-line help stands in the table given.

    `homes` names module and object for commands that share a module: {"gate": "eval_compare:gate"}.
    """

    def __init__(
        self,
        *args: Any,
        package: str,
        commands_help: Mapping[str, str],
        homes: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.package = package
        self.commands_help = commands_help
        self.homes = homes or {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the signature is click's
        """Return the names in the order of the table: the main job first."""
        return list(self.commands_help)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module and return the command."""
        if cmd_name not in self.commands_help:
            return None
        home = self.homes.get(cmd_name, f"{cmd_name.replace('-', '_')}:command")
        module, _, name = home.partition(":")
        command: click.Command = getattr(import_module(f"{self.package}.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the table without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.commands_help.items()))
