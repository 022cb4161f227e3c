"""What was looked at is not read a second time, and what comes out is the same byte for byte."""

from dataclasses import replace
from pathlib import Path

from cxify import batch, pipeline, word
from cxify.batch import Kept, Making
from cxify.settings import Settings
from cxify.writers.library import LibraryWriter
from tests.test_golden_thread import FILES
from tests.worddoc import put, word_file

DATE = "2026-11-22T08:00:00Z"
SEEN_APART = Making.of(Settings(), LibraryWriter(), kind=None, date=DATE)


def keeping() -> Making:
    return replace(SEEN_APART, kept=Kept())


def test_a_document_that_was_looked_at_is_rewritten_to_the_same_bytes() -> None:
    by = keeping()
    for data in FILES.values():
        assert by.look(data) == SEEN_APART.look(data)
        assert by.rewrite(data, None).data == SEEN_APART.rewrite(data, None).data


def test_it_is_kept_until_it_is_rewritten_and_given_out_once() -> None:
    by, source = keeping(), FILES["advert.docx"]
    by.look(source)
    assert by.kept is not None
    read = by.kept.take(source)
    assert isinstance(read, pipeline.Read)
    assert read.package.data == source
    assert by.kept.take(source) is None


def test_only_the_last_few_are_kept_and_none_that_is_large() -> None:
    kept = Kept()
    sources = [word_file(f"Job title: Clerk {number}.") for number in range(20)]
    opened = word.open_package(sources[0])
    read = pipeline.Read(opened, word.read(opened))
    for source in sources:
        kept.put(source, read)
    assert [kept.take(source) is not None for source in sources] == [False] * 12 + [True] * 8
    kept.put(bytes(2 * 2**20), read)
    assert kept.take(bytes(2 * 2**20)) is None


def test_a_file_that_changed_between_look_and_rewriting_is_read_again(tmp_path: Path) -> None:
    by = keeping()
    for name in ("a.docx", "b.docx"):
        put(tmp_path / "in" / name, FILES["description.docx"])

    def weave(_: object) -> dict[str, object]:
        put(tmp_path / "in/b.docx", FILES["senior.docx"])
        return {}

    batch.prepare(tmp_path / "out")
    done = batch.run(
        batch.plan([tmp_path / "in"], tmp_path / "out"),
        by.rewrite,
        settings=by.fingerprint,
        thread=batch.Thread(by.look, weave, by.glance),  # type: ignore[arg-type]
    )
    assert [outcome.status for outcome in done.outcomes] == ["rewritten", "rewritten"]
    for name in ("a.docx", "b.docx"):
        assert word.verify((tmp_path / "in" / name).read_bytes(), (tmp_path / "out" / name).read_bytes()).ok
    assert (tmp_path / "out/a.docx").read_bytes() != (tmp_path / "out/b.docx").read_bytes()
