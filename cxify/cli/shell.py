"""What all commands share: --json and --debug, where output goes, how an error becomes a sentence and an exit code."""

import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from cxify.errors import CxifyError, InputError, SettingsInvalid

INTERRUPTED = 130
INTERNAL = 1
STDOUT = Path("-")
DEBUG = "cxify.debug"
_EXTRAS = {
    "worker": ("sqlalchemy", "alembic", "procrastinate", "psycopg"),
    "web": ("fastapi", "starlette", "uvicorn", "authlib", "python_multipart"),
    "evals": ("pydantic_evals", "numpy", "scipy"),
    "mcp": ("mcp",),
}
_OPTIONAL = {package: extra for extra, packages in _EXTRAS.items() for package in packages}
"""Packages that not everybody installs, and the extra that brings them."""
Function = TypeVar("Function", bound=Callable[..., Any])


class Command(click.Command):
    """A command that ends with a sentence and an exit code, whatever happens."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn every exception into a message."""
        _never_fail_to_print()
        if ctx.meta.get(DEBUG):
            logging.basicConfig(format="%(name)s: %(message)s")
            logging.getLogger("cxify").setLevel(logging.DEBUG)
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            say("Interrupted.")
            ctx.exit(INTERRUPTED)
        except CxifyError as error:
            _fail(ctx, error, error.exit_code)
        except OSError as error:
            named = f"{error.filename}: " if error.filename else ""
            why = (error.strerror or str(error)).lower()
            _fail(ctx, InputError(f"{named}{why}.", "Check the path, its rights and the space that is left."), 10)
        except Exception as error:
            if missing := _missing(error):
                _fail(ctx, missing, missing.exit_code)
            about = ctx.params.get("file") or ctx.command_path
            message = f"cxify itself failed on {about} ({type(error).__name__})."
            _fail(ctx, CxifyError(message, "Run it again with --debug and report what it says."), INTERNAL)


class Group(click.Group):
    """A group whose commands are Commands."""

    command_class = Command


def common(function: Function) -> Function:
    """Add the options that every command has."""
    debug = click.option(
        "--debug", is_flag=True, expose_value=False, callback=_keep, help="Show the details of a fault."
    )
    as_json = click.option("--json", "as_json", is_flag=True, help="Print machine-readable JSON to stdout.")
    return as_json(debug(function))


def say(text: str) -> None:
    """Print a message for the person at the terminal, to stderr."""
    click.echo(text, err=True)


def show(text: str) -> None:
    """Print a result, to stdout."""
    click.echo(text)


def show_json(data: Any) -> None:
    """Print a result as JSON, to stdout."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def now() -> str:
    """Return the time as Word writes it, ISO 8601 in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Put the file's name in front of what a CxifyError says about it."""
    try:
        yield
    except CxifyError as error:
        if str(file) not in error.message:
            error.message = f"{file}: {error.message}"
        raise


def deliver(data: bytes, out: Path, *, source: Path) -> None:
    """Write a document to `out`, or to stdout when it is `-`. Raises InputError, also for writing over the source."""
    from cxify import files

    if out == STDOUT:
        click.echo(data, nl=False)
        return
    if out.is_dir():
        raise InputError(f"{out} is a folder.", f"Give a file name, for example -o {out / source.name}.")
    if out.resolve() == source.resolve():
        raise InputError(f"{source} would be overwritten by its own result.", "Give another name with -o.")
    files.write_atomically(out, data)


def _keep(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.meta[DEBUG] = value


def _fail(ctx: click.Context, error: CxifyError, code: int) -> NoReturn:
    if ctx.meta.get(DEBUG):
        say(traceback.format_exc())
    say(f"Error: {error}")
    if ctx.params.get("as_json"):
        told = {"type": type(error).__name__, "message": error.message, "remedy": error.remedy, "exit_code": code}
        show_json({"error": told})
    ctx.exit(code)


def _missing(error: Exception) -> SettingsInvalid | None:
    """Return what to install when a package is missing that not everybody needs."""
    extra = _OPTIONAL.get((error.name or "").partition(".")[0]) if isinstance(error, ModuleNotFoundError) else None
    return SettingsInvalid(f"{error}.", f"Install cxify[{extra}].") if extra else None


def _never_fail_to_print() -> None:
    """Show what a terminal's encoding lacks as an escape instead of failing after the work is done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
