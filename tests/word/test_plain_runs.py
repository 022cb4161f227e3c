"""The shortcut for ordinary paragraphs says what the full projection says, or leaves the paragraph to it."""

from pathlib import Path

import pytest

from cxify.errors import CxifyError
from cxify.word.package import open_package
from cxify.word.paragraph import project
from cxify.word.stories import shared_stories
from tests import hostile
from tests.word.build import control, doc, field, ins, link, moved, p, r, ruby, simple_field


def test_every_paragraph_of_real_files_reads_the_same(corpus: Path) -> None:
    assert sum(_compared(path.read_bytes()) for path in corpus.glob("*__*.do[ct][xm]")) > 1000


@pytest.mark.parametrize("make", hostile.HARMLESS.values(), ids=hostile.HARMLESS)
def test_every_paragraph_of_unusual_files_reads_the_same(make: hostile.Maker) -> None:
    _compared(make())


def test_what_is_more_than_runs_is_left_to_the_projection() -> None:
    wrapped = (link("a"), control("a"), ins("a"), moved("m", "a", to=False), ruby("a", "b"))
    others = (field("PAGE", "1"), simple_field("PAGE", "1"), r(raw="<w:tab/>"), r(raw="<w:br/>"), r(raw="<w:cr/>"))
    for content in (*wrapped, *others):
        entry = shared_stories(open_package(doc(p("Before ", content, " after.")))).entries[0]
        assert entry.plain_runs is None


def _compared(data: bytes) -> int:
    """Compare all paragraphs of a file and return how many took the shortcut."""
    try:
        entries = shared_stories(open_package(data)).entries
    except CxifyError:
        return 0
    count = 0
    for entry in entries:
        plain = entry.plain_runs
        if plain is not None:
            full = project(entry.element, [])
            assert "".join(text for _, text in plain) == full.text
            assert [run for run, text in plain if text] == [piece.run for piece in full.pieces]
            assert not any(piece.context.lock for piece in full.pieces)
            count += 1
    return count
