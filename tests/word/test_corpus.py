"""The same promises on Word files from the wild: every edit faithful, or refused."""

import random
from pathlib import Path

import pytest

from cxify import word
from cxify.document import Document
from cxify.errors import EditNotApplicable, InputError
from cxify.proposal import Operation
from tests.conftest import CORPUS
from tests.word.judge import problems
from tests.word.redlines import after, append, new_errors, replace, row_after, written

pytestmark = pytest.mark.long

FILES = sorted(path.name for path in CORPUS.glob("*.do[ct][xm]")) if CORPUS.is_dir() else []
MOST_BLOCKS = 150
"""Longer documents are left to the slow test."""


def operations(document: Document, blocks: int, seed: str) -> list[Operation]:
    """Return edits of every kind on some blocks of a document."""
    chance = random.Random(seed)  # noqa: S311 - the same blocks in every run
    made: list[Operation] = []
    for block in chance.sample(document.blocks, min(blocks, len(document.blocks))):
        made += [append(block.id, " Zusatz added."), after(block.id, "New paragraph.")]
        if words := block.text.split():
            at = chance.randrange(len(words))
            made += [replace(block.id, words[at], "customers"), replace(block.id, block.text, f"{block.text} At last.")]
            phrase = " ".join(words[at : at + 3])
            made += [replace(block.id, phrase, "entirely other words")] if phrase in block.text else []
        if block.place:
            row = document.tables[block.place.table - 1].rows[block.place.row - 1]
            made.append(row_after(block.id, "x", *[""] * (len(row.cells) - 1)))
    return made


def check(path: Path, blocks: int, longest: int) -> None:
    source = path.read_bytes()
    try:
        document = word.read(source)
    except InputError:
        pytest.skip("refused at the gate")
    if len(document.blocks) > longest:
        pytest.skip("long; see the slow test")
    done: list[Operation] = []
    for operation in operations(document, blocks, path.name):
        try:
            redline = written(source, operation)
        except EditNotApplicable:
            continue
        done.append(operation)
        assert problems(source, redline) == [], operation
    assert done
    one_a_block = list({(o.block, o.op): o for o in done if o.op != "replace"}.values())
    together = written(source, *one_a_block)
    assert problems(source, together) == []
    assert new_errors(source, together) == []


@pytest.mark.parametrize("name", FILES)
def test_edits_on_a_file_from_the_wild_are_faithful(corpus: Path, name: str) -> None:
    check(corpus / name, blocks=1, longest=MOST_BLOCKS)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_many_edits_on_a_file_from_the_wild_are_faithful(corpus: Path, name: str) -> None:
    check(corpus / name, blocks=25, longest=100_000)
