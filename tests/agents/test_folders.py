"""The folders that an agent may use: nothing leads out of them."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from cxify.agents.folders import MOST, Folders
from cxify.cli import main
from cxify.errors import DocumentTooLarge, InputError, SettingsInvalid
from tests.agents.client import Agent, connected
from tests.worddoc import put


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """Return a folder that is open to agents, beside one that is not."""
    put(tmp_path / "secret" / "pay.docx")
    put(tmp_path / "open-not" / "pay.docx")
    put(tmp_path / "open" / "job.docx")
    (tmp_path / "open" / "link.docx").symlink_to(tmp_path / "secret" / "pay.docx")
    (tmp_path / "open" / "folder").symlink_to(tmp_path / "secret")
    (tmp_path / "open" / "loop.docx").symlink_to(tmp_path / "open" / "loop.docx")
    return tmp_path / "open"


OUTSIDE = (
    "../secret/pay.docx",
    "folder/pay.docx",
    "link.docx",
    "./folder/../../secret/pay.docx",
    "../open-not/pay.docx",
    "/etc/hostname",
    "~/.bashrc",
    "loop.docx",
    "job.docx\0.txt",
    "no-such-file.docx",
)


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_path_leads_out(open_folder: Path, name: str) -> None:
    with pytest.raises(InputError, match="There is no file"):
        Folders.of([open_folder]).read(name)


def test_a_client_is_refused_what_lies_outside_with_the_same_sentence(open_folder: Path) -> None:
    there = str(open_folder.parent / "secret" / "pay.docx")
    missing = str(open_folder.parent / "secret" / "none.docx")

    async def work(agent: Agent) -> list[str]:
        edit = {"op": "append", "block": "b3", "text": " x"}
        told = [await agent.refused("inspect", file=name) for name in (there, missing, "link.docx", "folder/pay.docx")]
        return [*told, await agent.refused("apply", file="link.docx", edits=[edit])]

    said = connected(open_folder, work)
    assert all("There is no file" in each for each in said)
    assert said[0].replace(there, "X") == said[1].replace(missing, "X")
    assert sorted(path.name for path in (open_folder.parent / "secret").iterdir()) == ["pay.docx"]


def test_a_link_inside_the_folder_is_followed(open_folder: Path) -> None:
    (open_folder / "same.docx").symlink_to(open_folder / "job.docx")
    folders = Folders.of([open_folder])
    assert folders.read("same.docx") == (open_folder / "job.docx").read_bytes()
    assert folders.put_beside("same.docx", b"x", "redlined") == (open_folder / "job-redlined.docx").resolve()


def test_a_root_that_is_a_link_is_the_folder_it_names(open_folder: Path) -> None:
    (open_folder.parent / "also").symlink_to(open_folder)
    assert Folders.of([open_folder.parent / "also"]).read("job.docx")


def test_several_roots_are_open_and_absolute_paths_in_them(open_folder: Path) -> None:
    folders = Folders.of([open_folder, open_folder.parent / "secret"])
    assert folders.read("pay.docx")
    assert folders.read(str(open_folder.parent / "secret" / "pay.docx"))


def test_a_pipe_is_no_file_and_nobody_waits_for_it(open_folder: Path) -> None:
    os.mkfifo(open_folder / "pipe.docx")
    with pytest.raises(InputError, match="is no file"):
        Folders.of([open_folder]).read("pipe.docx")


def test_a_huge_file_is_not_read(open_folder: Path) -> None:
    with (open_folder / "huge.docx").open("wb") as file:
        file.truncate(MOST + 1)
    with pytest.raises(DocumentTooLarge):
        Folders.of([open_folder]).read("huge.docx")


def test_a_result_replaces_nothing(open_folder: Path) -> None:
    folders = Folders.of([open_folder])
    mine = open_folder / "job-redlined.docx"
    mine.write_bytes(b"worked on")
    assert folders.put_beside("job.docx", b"new", "redlined").name == "job-redlined-2.docx"
    assert mine.read_bytes() == b"worked on"


def test_a_root_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="is no folder"):
        Folders.of([tmp_path / "none"])


@pytest.mark.parametrize("folder", ["/", str(Path.home())])
def test_nobody_opens_the_whole_disk_or_home_by_leaving_root_out(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, ["mcp"])
    assert result.exit_code == 11
    assert "--root" in result.output
