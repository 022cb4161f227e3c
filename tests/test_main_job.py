"""The main job on real files: each comes back redlined and proved, or is refused in a sentence; none is damaged."""

from pathlib import Path

import pytest

from cxify import framework, kinds, pipeline, word
from cxify.errors import InputError
from cxify.pipeline import Redline
from cxify.writers.library import LibraryWriter
from tests.conftest import CORPUS, ROOT

OPTIONS = pipeline.Options(date="2026-11-22T08:00:00Z")
SAMPLES = sorted((ROOT / "samples").glob("*.docx"))
REAL = sorted(path for path in CORPUS.glob("*.do[ct]?")) if CORPUS.is_dir() else []
REFUSED = {"officeParser__oversized", "poi__ExternalEntity", "poi__protected-agile", "poi__truncated"}


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


@pytest.mark.parametrize("path", usable(), ids=lambda path: path.stem[:60])
def test_a_real_file_comes_back_redlined_and_proved(path: Path) -> None:
    source = path.read_bytes()
    result = rewritten(source)
    report = word.verify(source, result.data)
    assert report.ok, report
    assert word.provenance_of(result.data) is not None
    assert result.changed or result.declined, "a document without edits must say why"


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
