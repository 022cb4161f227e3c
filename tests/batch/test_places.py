"""What a run takes, where it takes it from, and what people read afterwards."""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from cxify import batch, convert, word
from cxify.batch.report import Report
from cxify.cli.progress import pace
from cxify.errors import InputError, NotWordDocument
from tests.batch.runs import ended, inbox, proved, report, started
from tests.worddoc import put, word_file

pytestmark = pytest.mark.long

RTF = rb"{\rtf1\ansi Job description: Cleaner\par\par Main duties\par Answer letters from residents.\par Empty bins.}"
needs_libreoffice = pytest.mark.skipif(
    convert.program() is None and not os.environ.get("CXIFY_REQUIRE_LIBREOFFICE"), reason="LibreOffice is missing"
)


@needs_libreoffice
@pytest.mark.libreoffice
def test_other_formats_are_converted_once_and_skipped_when_done(tmp_path: Path) -> None:
    put(tmp_path / "in/old.rtf", RTF)
    put(tmp_path / "in/fake.doc", b"no document at all")
    put(tmp_path / "in/both.rtf", RTF)
    put(tmp_path / "in/both.docx")
    done = ended("rewrite", tmp_path / "in", "-o", tmp_path / "out", "--kind", "job_description")
    told = {Path(file).name: line for file, line in report(tmp_path / "out").items()}
    assert {name: line["status"] for name, line in told.items()} == {
        "old.rtf": "rewritten", "fake.doc": "failed", "both.rtf": "skipped", "both.docx": "rewritten",
    }, done.stderr  # fmt: skip
    assert "is something else" in told["fake.doc"]["message"]
    record = word.provenance_of((tmp_path / "out/old.docx").read_bytes())
    assert record is not None
    assert record["converted"]["format"] == "rtf"
    assert record["converted"]["sha256"] == told["old.rtf"]["sha256"]
    kept = list((tmp_path / "out/.cxify/converted").glob("*.docx"))
    assert [path.stem for path in kept] == [told["old.rtf"]["sha256"]]
    assert word.verify(kept[0].read_bytes(), (tmp_path / "out/old.docx").read_bytes()).ok
    converted = kept[0].stat().st_mtime_ns
    again = ended("rewrite", tmp_path / "in", "-o", tmp_path / "out", "--kind", "job_description")
    assert again.stdout.count("Done before") == 2
    assert list((tmp_path / "out/.cxify/converted").glob("*.docx")) == kept
    assert kept[0].stat().st_mtime_ns == converted, "it is not converted again"


def test_without_libreoffice_other_formats_are_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    convert.program.cache_clear()
    try:
        with pytest.raises(InputError, match="Install LibreOffice"):
            convert.Converter(tmp_path).word(Path("a.rtf"), RTF)
        skipped = batch.plan(
            [put(tmp_path / "in/b.docx").parent, put(tmp_path / "in/a.rtf", RTF).parent], tmp_path / "o"
        )
        assert "install LibreOffice" in skipped.skipped[0].message
    finally:
        convert.program.cache_clear()


@pytest.mark.skipif(convert.program() is None, reason="LibreOffice is missing")
def test_what_merely_has_the_name_of_a_document_never_reaches_libreoffice(tmp_path: Path) -> None:
    with pytest.raises(NotWordDocument):
        convert.Converter(tmp_path).word(Path("a.odt"), b"#!/bin/sh")


@pytest.mark.parametrize("between", [b"\n", b"\0"])
def test_paths_are_read_from_stdin(tmp_path: Path, between: bytes) -> None:
    files = [put(tmp_path / "in" / name) for name in ("a.docx", "b with space.docx")]
    listed = put(tmp_path / "list", between.join(os.fsencode(file) for file in files) + between)
    with listed.open("rb") as stdin:
        done = ended("rewrite", "-", "-o", tmp_path / "out", stdin=stdin)
    assert done.returncode == 0, done.stderr
    assert proved(tmp_path / "in", tmp_path / "out") == 2


def test_only_what_failed_is_done_again(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in", 3), tmp_path / "out"
    broken = put(folder / "broken.docx", b"PK\x03\x04")
    assert ended("rewrite", folder, "-o", out).returncode == 10
    shutil.copy(folder / "0/000.docx", broken)
    put(folder / "new.docx")
    done = ended("rewrite", folder, "-o", out, "--retry-failed")
    assert (done.returncode, done.stdout.count("Done before")) == (0, 0), done.stderr
    told = {Path(file).name: line["status"] for file, line in report(out).items()}
    assert told["broken.docx"] == "rewritten"
    assert "new.docx" not in told
    assert len(told) == 4


@pytest.mark.long
def test_a_drop_folder_is_watched_until_ctrl_c(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    process = started("rewrite", folder, "-o", out, "--watch")
    for name in ("first.docx", "second.docx"):
        growing = folder / name
        data = word_file("Job description: Clerk", "Main duties", "Answer letters.", name)
        growing.write_bytes(data[:100])
        put(folder / f"broken-{name}", b"PK\x03\x04 nonsense")
        time.sleep(1)
        growing.write_bytes(data)
        _until(lambda name=name: (out / name).exists())
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert process.returncode in (10, 130)
    assert word.verify((folder / "second.docx").read_bytes(), (out / "second.docx").read_bytes()).ok
    assert {Path(file).name for file in report(out)} >= {"first.docx", "second.docx", "broken-first.docx"}


def _until(happened: object) -> None:
    for _ in range(600):
        if happened():  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen within a minute")


def test_the_page_tells_failures_first_and_needs_nothing_else(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in", 2)
    put(folder / "<b>broken.docx", b"")
    ended("rewrite", folder, "-o", tmp_path / "out")
    page = (tmp_path / "out/report.html").read_text("utf-8")
    assert "&lt;b&gt;broken.docx" in page
    assert "<b>broken" not in page
    assert page.index("Not done, and what to do") < page.index("000.docx")
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)
    for link in re.findall(r'href="([^"#]+)"', page):
        assert (tmp_path / "out" / link).exists()


def test_a_torn_report_harms_only_its_last_line(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in", 2), tmp_path / "out"
    ended("rewrite", folder, "-o", out)
    path = out / "report.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    kept = Report(out)
    assert kept.noted(str(folder / "0/000.docx")) is not None
    kept.add(batch.Outcome("another", "skipped"))
    assert report_line(path, -1) == "another"


def report_line(path: Path, index: int) -> str:
    import json

    return str(json.loads(path.read_text("utf-8").splitlines()[index])["file"])


def test_the_pace_is_told_in_words() -> None:
    assert pace(120, 1000, 101, 10.0) == "120 of 1000 documents, 10.0 a second, 1 min 28 s left"
    assert pace(2, 1000, 2, 20.0) == "2 of 1000 documents, 3.0 a minute, 5 h 32 min left"
    assert pace(1, 9, 1, 0.0) == "1 of 9 documents"


@pytest.mark.skipif(shutil.which("mount") is None or os.geteuid() != 0, reason="only root mounts a small disk")
@pytest.mark.long
def test_a_disk_that_is_full_and_one_that_is_read_only(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in", 3), tmp_path / "disk"
    out.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", out], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        full = ended("rewrite", folder, "-o", out)
        assert full.returncode == 10
        assert "no space left" in full.stderr
        assert "Traceback" not in full.stderr
        subprocess.run(["mount", "-o", "remount,size=10m", out], check=True)
        assert ended("rewrite", folder, "-o", out).returncode == 0
        assert proved(folder, out) == 3
        subprocess.run(["mount", "-o", "remount,ro", out], check=True)
        refused = ended("rewrite", folder, "-o", out)
        assert refused.returncode == 10
        assert "Nothing can be written" in refused.stderr
    finally:
        subprocess.run(["umount", out], check=True)
