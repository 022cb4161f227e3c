"""The main job on real files: each comes back redlined and proved, or is refused in a sentence; none is damaged."""

from pathlib import Path

import pytest

from cxify import framework, kinds, pipeline, word
from cxify.errors import InputError
from cxify.pipeline import Redline
from cxify.writers.library import LibraryWriter
from tests.conftest import CORPUS, ROOT
from tests.libreoffice import Referee

OPTIONS = pipeline.Options(date="2026-11-22T08:00:00Z")
SAMPLES = sorted((ROOT / "samples").glob("*.docx"))
REAL = sorted(path for path in CORPUS.glob("*.do[ct]?")) if CORPUS.is_dir() else []
REFUSED = {"officeParser__oversized", "poi__ExternalEntity", "poi__protected-agile", "poi__truncated"}
BEYOND_LIBREOFFICE = {
    "Docxodus__DD001": "does not open the source itself",
    "Aspose-Words-for-NET__Cell-revisions": "knows no tracked cells",
    "Open-XML-SDK__ProjectChange": "loses the text of a bound control beside a comment",
}
"""Files on which LibreOffice 7.4 cannot be the referee, and why."""
READ_ALIKE = ("body", "footnotes", "endnotes", "boxes")


def rewritten(source: bytes) -> Redline:
    """Do the main job with the built-in writer."""
    return pipeline.rewrite(
        source, framework=framework.load(None), kinds=kinds.load(), writer=LibraryWriter(), options=OPTIONS
    )


def is_refused(path: Path) -> bool:
    """Tell whether the file is one of the corpus's broken or hostile ones."""
    return any(path.name.startswith(name) for name in REFUSED)


def usable() -> list[Path]:
    """Return every file that must come back."""
    return [*SAMPLES, *(path for path in REAL if not is_refused(path))]


def judged() -> list[Path]:
    """Return the files on which LibreOffice's word counts."""
    return [path for path in usable() if not path.name.startswith(tuple(BEYOND_LIBREOFFICE))]


@pytest.mark.parametrize("path", usable(), ids=lambda path: path.stem[:60])
def test_a_real_file_comes_back_redlined_and_proved(path: Path) -> None:
    source = path.read_bytes()
    result = rewritten(source)
    if not result.changed:
        assert result.data == source
        assert result.declined, "a document without edits must say why"
        return
    report = word.verify(source, result.data)
    assert report.ok, report
    assert word.provenance_of(result.data) is not None


@pytest.mark.parametrize("path", [path for path in REAL if is_refused(path)], ids=lambda path: path.stem[:60])
def test_a_broken_or_hostile_file_is_refused_with_a_remedy(path: Path) -> None:
    with pytest.raises(InputError) as refusal:
        rewritten(path.read_bytes())
    assert refusal.value.message.endswith(".")
    assert refusal.value.remedy


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_gets_something_worth_a_review(path: Path) -> None:
    result = rewritten(path.read_bytes())
    assert result.changed
    if result.document.state == "signed":
        assert all(proposed.operation.op == "comment" for proposed in result.accepted)


@pytest.mark.parametrize("path", judged(), ids=lambda path: path.stem[:60])
def test_libreoffice_agrees_with_accepting_and_rejecting(path: Path, referee: Referee, tmp_path: Path) -> None:
    source = path.read_bytes()
    result = rewritten(source)
    if not result.changed:
        assert result.data == source
        return
    redlined, accepted = tmp_path / f"redlined{path.suffix}", tmp_path / f"accepted{path.suffix}"
    redlined.write_bytes(result.data)
    accepted.write_bytes(word.resolve(result.data, accept=True))
    assert read_alike(referee.texts(redlined, "reject")) == read_alike(referee.texts(path, "reject"))
    assert read_alike(referee.texts(redlined, "accept")) == read_alike(referee.texts(accepted))


def read_alike(texts: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the stories that do not depend on pagination.

    LibreOffice shows an empty first paragraph when a document begins with a table and carries a comment.
    """
    stories = {name: list(texts.get(name, [])) for name in READ_ALIKE}
    if stories["body"] and not stories["body"][0]:
        stories["body"].pop(0)
    return stories
