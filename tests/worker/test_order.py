"""What travels to a worker: everything that decides a result, nothing that is secret."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cxify import queue
from cxify import settings as configuration
from cxify.errors import SettingsInvalid
from cxify.queue.order import Order, Parcel, packed, unpacked
from cxify.settings import Settings

DATE = "2026-11-22T08:00:00Z"


def own_files(folder: Path) -> Settings:
    """Write one of everything that an organisation may own, and return the settings that name it."""
    (folder / "ours.yaml").write_text(
        "extends: cxify-default\nframework: {id: ours, name: Ours, version: '3', locale: en, status: draft}\n", "utf-8"
    )
    (folder / "wording/en").mkdir(parents=True)
    (folder / "wording/en/duties.yaml").write_text("{}\n", "utf-8")
    (folder / "kinds").mkdir()
    (folder / "voice.csv").write_text("comment\n" + "Nobody called back.\n" * 12, "utf-8")
    (folder / "texts").mkdir()
    return configuration.load(
        {},
        framework=folder / "ours.yaml",
        wording=folder / "wording",
        kinds=folder / "kinds",
        voice=folder / "voice.csv",
        author="HR",
        intensity="full",
        queue="postgresql://u:geheim@h/x",
        concurrency=32,
        api_key_env="OUR_KEY",
    )


def test_a_worker_comes_to_the_same_fingerprint_without_the_files_of_the_submitter(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    order = Order(own_files(tmp_path / "here"), "library", "job_description", DATE)
    parcel = packed(order)
    again = unpacked(Parcel(json.loads(json.dumps(parcel.told)), parcel.contents), tmp_path / "there", Settings())
    assert again.settings.framework == tmp_path / "there/framework/ours.yaml"
    assert queue.making(again).fingerprint == queue.making(order).fingerprint
    assert queue.making(again).options == queue.making(order).options


def test_neither_keys_nor_addresses_of_databases_travel(tmp_path: Path) -> None:
    parcel = packed(Order(own_files(tmp_path), "library", None, DATE))
    told = json.dumps(parcel.told)
    assert "geheim" not in told
    assert "OUR_KEY" not in told
    assert "concurrency" not in told
    own = configuration.load({}, concurrency=3, api_key_env="THEIRS")
    again = unpacked(parcel, tmp_path / "there", own).settings
    assert (again.concurrency, again.api_key_env, again.queue) == (3, "THEIRS", None)


@pytest.mark.parametrize("name", ["../../evil.yaml", "/etc/evil", "a\\..\\evil", ""])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    parcel = packed(Order(own_files(tmp_path), "library", None, DATE))
    ((_, sha),) = parcel.told["files"]["framework"]["files"].items()
    parcel.told["files"]["framework"]["files"] = {name: sha}
    with pytest.raises(SettingsInvalid, match="outside"):
        unpacked(parcel, tmp_path / "there", Settings())


def test_a_file_that_was_changed_on_its_way_is_refused(tmp_path: Path) -> None:
    parcel = packed(Order(own_files(tmp_path), "library", None, DATE))
    changed = Parcel(parcel.told, dict.fromkeys(parcel.contents, b"changed"))
    with pytest.raises(SettingsInvalid, match="not as it was"):
        unpacked(changed, tmp_path / "there", Settings())


@pytest.mark.long
def test_the_edition_is_the_same_in_every_process() -> None:
    ask = "from cxify import queue; print(queue.edition())"
    told = {
        subprocess.run(
            [sys.executable, "-c", ask], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
