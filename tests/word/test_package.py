"""The gate for files from strangers: refused with a plain sentence, or opened and reported, and never a traceback."""

import contextlib
import io
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from cxify import word
from cxify.errors import CxifyError, InputError
from cxify.proposal import Append, Replace
from cxify.word.package import open_package
from tests import hostile
from tests.conftest import ROOT
from tests.word.build import doc, p

DATE = "2026-11-22T08:00:00Z"
REFUSED_IN_CORPUS = ("oversized-archive", "ExternalEntityInText", "protected-agile", "truncated62886")
SECONDS = 15.0
"""Of processor time, that reading any hostile file may take; two are usual for the worst."""

# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.long) if name == "a_million_paragraphs" else name
        for name in hostile.REFUSED
    ],
)
def test_a_hostile_file_is_refused_in_plain_words(name: str) -> None:
    make, error = hostile.REFUSED[name]
    data = make()
    begun = time.process_time()
    with pytest.raises(InputError) as caught:
        word.read(data)
    assert time.process_time() - begun < SECONDS
    assert type(caught.value) is error
    assert caught.value.exit_code == 10
    for sentence in (caught.value.message, caught.value.remedy):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert not any(jargon in sentence for jargon in ("Error", "Traceback", "lxml", "zlib", "0x"))


@pytest.mark.parametrize("name", ["middle_overwritten", "entities_that_multiply", "script_link", "nested_too_deep"])
def test_every_way_in_leads_through_the_gate(name: str) -> None:
    data, good = hostile.REFUSED[name][0](), doc(p("Text"))
    edit = Append(op="append", block="b1", text=" More.")
    for use in (
        lambda: word.apply(data, [edit], author="Clara Xu", date=DATE),
        lambda: word.resolve(data, accept=True),
        lambda: word.verify(good, data),
        lambda: word.verify(data, good),
        lambda: word.provenance_of(data),
    ):
        with pytest.raises(InputError):
            use()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of a process's memory")
@pytest.mark.parametrize("name", ["bomb_in_the_document", "bomb_in_a_picture", "larger_than_it_says"])
def test_a_bomb_costs_little_time_and_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    path.write_bytes(hostile.REFUSED[name][0]())
    script = (
        "import re, sys, time; from pathlib import Path\n"
        "from cxify import word; from cxify.errors import InputError\n"
        "data = Path(sys.argv[1]).read_bytes(); begun = time.process_time()\n"
        "try: word.read(data)\n"
        "except InputError: seconds = time.process_time() - begun\n"
        "print(seconds, *re.findall(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    seconds, kilobytes = map(float, done.stdout.split())
    assert seconds < 1
    assert kilobytes < 200 * 1024


# --- what is reported, and what is merely unusual ---------------------------------------------------------------------


@pytest.mark.parametrize("name", hostile.REPORTED)
def test_what_a_reader_cannot_see_is_reported(name: str) -> None:
    make, code = hostile.REPORTED[name]
    assert code in [notice.code for notice in word.read(make()).notices]


@pytest.mark.parametrize("name", hostile.HARMLESS)
def test_an_unusual_file_opens_and_can_be_edited(name: str) -> None:
    data = hostile.HARMLESS[name]()
    document = word.read(data)
    assert document.notices == ()
    block = next(block for block in document.blocks if block.text.strip() and not block.lock)
    edit = Append(op="append", block=block.id, text=" Then they ask.")
    redlined = word.apply(data, [edit], author="Clara Xu", date=DATE)
    assert word.verify(data, redlined).ok
    assert _records(redlined, _untouched(data, redlined)) == _records(data, _untouched(data, redlined))


@pytest.mark.parametrize("name", ["macros", "embedded_object", "embedded_web_page", "link_to_a_share"])
def test_what_is_reported_is_kept_byte_for_byte(name: str) -> None:
    data = hostile.REPORTED[name][0]()
    edit = Replace(op="replace", block="b1", old="letters", new="every letter")
    redlined = word.apply(data, [edit], author="Clara Xu", date=DATE)
    kept = _untouched(data, redlined)
    assert {"word/styles.xml", "word/settings.xml"} < set(kept)
    assert {name for name in open_package(data).members if name.endswith((".bin", ".html"))} <= set(kept)
    assert _records(redlined, kept) == _records(data, kept)


def test_replacing_nothing_gives_the_same_file() -> None:
    for make in hostile.HARMLESS.values():
        data = make()
        assert open_package(data).replace({}) == data


def test_edited_and_new_parts_can_be_read_by_others() -> None:
    data = hostile.data_descriptors()
    written = open_package(data).replace({"word/styles.xml": b"<new/>", "word/added-ä.xml": b"<added/>"})
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.testzip() is None
        assert archive.read("word/styles.xml") == b"<new/>"
        assert archive.read("word/added-ä.xml") == b"<added/>"
        assert archive.namelist() == [*open_package(data).members, "word/added-ä.xml"]


def _untouched(before: bytes, after: bytes) -> list[str]:
    old, new = open_package(before), open_package(after)
    return [name for name in old.members if new.read(name) == old.read(name)]


def _records(data: bytes, names: list[str]) -> list[bytes]:
    """Return local header, compressed bytes and data descriptor of the members."""
    members = open_package(data).members
    return [data[members[name].start : members[name].end] for name in names]


# --- the corpus, and accidents ----------------------------------------------------------------------------------------


def test_real_files_open_and_the_broken_ones_are_refused(corpus: Path) -> None:
    refused = set()
    for path in sorted(corpus.glob("*__*.do[ct][xm]")):
        data = path.read_bytes()
        try:
            package = open_package(data)
        except InputError:
            refused.add(next((name for name in REFUSED_IN_CORPUS if name in path.name), path.name))
        else:
            assert package.replace({}) == data
            assert word.read(data).blocks
    assert refused == set(REFUSED_IN_CORPUS)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_file_is_refused_or_read_and_never_crashes(seed: int) -> None:
    for data in _damaged(doc(*[p(f"The team answers letter {number}.") for number in range(40)]), 40, seed):
        _use(data)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_markup_is_refused_or_read_and_never_crashes(seed: int) -> None:
    parts = hostile.parts(hostile.REPORTED["field_code_in_pieces"][0]())
    for name in (hostile.MAIN, hostile.TYPES, hostile.RELS, hostile.MAIN_RELS, "word/styles.xml"):
        for content in _damaged(parts[name], 12, seed):
            _use(hostile.zipped(parts | {name: content}))


def test_a_damaged_real_file_is_refused_or_read_and_never_crashes(corpus: Path) -> None:
    for path in sorted(corpus.glob("*__*.do[ct][xm]")):
        for data in _damaged(path.read_bytes(), 6, 1):
            _use(data)


def _damaged(data: bytes, count: int, seed: int) -> list[bytes]:
    """Return data cut off, with bits flipped, with a stretch wiped out, and with a stretch doubled."""
    dice = random.Random(seed)  # noqa: S311 - the same damage on every machine
    made = []
    for _ in range(count):
        place = dice.randrange(len(data))
        flipped = bytearray(data)
        for _ in range(dice.randint(1, 4)):
            flipped[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        length = dice.randint(1, 40)
        wiped = data[:place] + bytes(length) + data[place + length :]
        doubled = data[: place + length] + data[place:]
        made += [data[:place], bytes(flipped), wiped, doubled]
    return made


def _use(data: bytes) -> None:
    """Read and edit the file; only a CxifyError may come out."""
    with contextlib.suppress(CxifyError):
        document = word.read(data)
        block = next((b for b in document.blocks if b.text and not b.lock), None)
        if block:
            word.apply(data, [Append(op="append", block=block.id, text=" More.")], author="Clara Xu", date=DATE)
        word.resolve(data, accept=True)
