"""What the README says is so: every command, option, exit code and setting exists, and none is missing."""

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from cxify import errors
from cxify.cli import COMMANDS, main
from cxify.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PURPOSE = (
    "edits the text of HR documents for human approval; never scores, ranks, filters, monitors or evaluates people."
)


def mentioned() -> list[str]:
    """Return every `cxify …` command line of the README."""
    inline = re.findall(r"`(?:[A-Z_]+=… )?(cxify [^`]+)`", README)
    indented = re.findall(r"^    (cxify .+)$", README, re.MULTILINE)
    return inline + indented


def leaves(group: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(group, click.Group):
        yield path, group
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from leaves(command, (*path, name))


ALL = dict(leaves(main))


def named(line: str) -> tuple[str, ...]:
    words = tuple(line.split()[1:])
    return words[:2] if words[:2] in ALL else words[:1]


@pytest.mark.parametrize("line", mentioned())
def test_every_command_of_the_readme_exists_with_its_options(line: str) -> None:
    command = ALL[named(line)]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in line.split() if re.fullmatch(r"--?[a-z-]+", word)} <= known


def test_every_command_is_in_the_readme() -> None:
    assert {named(line) for line in mentioned()} == set(ALL)


def test_the_exit_codes_are_those_of_the_errors() -> None:
    table = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    families = errors.CxifyError.__subclasses__()
    assert table == {0, 1, 2, 130} | {family.exit_code for family in families}


def test_every_setting_is_in_the_readme() -> None:
    block = README.split("```toml")[1].split("```")[0]
    shown = set(re.findall(r"^(\w+) = ", block, re.MULTILINE))
    assert shown == set(Settings.model_fields) - {"user"}
    assert {f"CXIFY_{name.upper()}" for name in shown - {"author"}} <= set(re.findall(r"CXIFY_\w+", block))


def test_the_intended_purpose_is_printed_word_for_word() -> None:
    assert PURPOSE in " ".join(README.split())
    assert PURPOSE[:-1] in " ".join((main.help or "").split()).replace("it never", "never")


@pytest.mark.parametrize("path", list(ALL), ids=" ".join)
def test_help_answers_and_offers_json(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0
    assert "--json" in result.output


def test_the_table_of_commands_is_short_enough_to_read_at_a_glance() -> None:
    assert max(len(text) for text in COMMANDS.values()) < 80


def test_links_of_the_readme_lead_somewhere() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert [target for target in targets if not (ROOT / target).exists()] == []
