"""docs/security.md names a test for every line; the names must be right."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
PAGE = (TESTS.parent / "docs" / "security.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| what could happen")]


def named(line: str) -> Iterator[tuple[str, str]]:
    """Yield the file and a part of the name of each test in the last cell of a line."""
    cell = line.rstrip(" |").rpartition("|")[2]
    for file, names in re.findall(r"`([\w/]+\.py)`([^`]*)", cell):
        for name in filter(None, re.split(r"[,\s]+", names)):
            yield file, name


@pytest.mark.parametrize("line", ROWS, ids=lambda line: line.split("|")[1].strip()[:60])
def test_every_line_names_tests_that_exist(line: str) -> None:
    found = list(named(line))
    assert found, "this line is proved by no test"
    for file, name in found:
        source = (TESTS / file).read_text("utf-8")
        assert re.search(rf"^def test_\w*{name}", source, re.MULTILINE), f"{file}: {name}"


def test_the_page_is_about_everything_that_protects() -> None:
    assert len(ROWS) >= 40
    told = {file for line in ROWS for file, _ in named(line)}
    own = {f"web/security/{path.name}" for path in (TESTS / "web" / "security").glob("test_*.py")}
    assert own <= told
