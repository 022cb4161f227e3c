"""docs/fidelity.md and docs/word name their tests; the names must be right."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TESTS = Path(__file__).parent
ROWS = [line for line in (ROOT / "docs/fidelity.md").read_text(encoding="utf-8").splitlines() if "`test_" in line]
PAGES = sorted((ROOT / "docs/word").glob("*.md"))


@pytest.mark.parametrize("line", ROWS, ids=lambda line: line.split("|")[1].strip()[:50])
def test_every_row_of_the_fidelity_table_names_tests_that_exist(line: str) -> None:
    cell = line.rstrip(" |").rpartition("|")[2]
    file, _, named = cell.partition("`")[2].partition("`")
    source = (TESTS / file).read_text(encoding="utf-8")
    for name in filter(None, re.split(r"[,\s]+", named)):
        assert re.search(rf"^def test_\w*{name}", source, re.MULTILINE), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_about_word_names_test_files_that_exist(page: Path) -> None:
    named = re.findall(r"`(?:tests/word/)?(test_\w+\.py)`", page.read_text(encoding="utf-8"))
    assert named
    assert all((TESTS / file).is_file() for file in named)
