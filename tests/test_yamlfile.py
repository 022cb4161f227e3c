"""YAML is read fast when it is right, and explained when it is wrong; both see the same."""

from importlib import resources
from pathlib import Path

import pytest

from cxify import yamlfile

SHIPPED = sorted(Path(str(resources.files("cxify"))).rglob("*.yaml"))
ODD = {
    "an anchor": "a: &x 1\nb: *x",
    "a tag": "a: !!str 1",
    "a key twice": "a: 1\na: 2",
    "numbers and words": "a: 0x10\nb: 1_000\nc: .inf\nd: yes\ne: ~\nf: 2026-01-01\ng: null\nh: -.5e3\n1: x\n~: y",
    "a merge": "<<: {a: 1}\nb: 2",
    "two documents": "a: 1\n---\nb: 2",
    "nothing": "# only a remark",
    "a block": "a: |\n  one\n  two\nb: >\n  folded\n  text\n",
    "a list as a key": "? [a, b]\n: c",
    "an end": "a: 1\n...\n",
    "empty values": "- ''\n-\n- {}\n- []\n- ~",
    "no end of a quotation": 'a: "b',
}


def read(text: str) -> tuple[str, dict[yamlfile.Key, int], tuple[yamlfile.Problem, ...]]:
    """Read as every caller does, and look at the lines, too."""
    found = yamlfile.parse(text)
    return repr(found.data), dict(found.lines), found.problems


def slowly(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, dict[yamlfile.Key, int], object]:
    """Read as where libyaml is not installed."""
    with monkeypatch.context() as without:
        without.setattr("yaml.__with_libyaml__", False)
        return read(text)


@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_reads_the_same_without_libyaml(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(ODD[odd]) == slowly(ODD[odd], monkeypatch)


def test_a_list_as_a_key_is_a_mistake_with_its_line() -> None:
    (problem,) = yamlfile.parse("a: 1\n[target]: b").problems
    assert (problem.line, problem.message) == (2, "A list or table stands where a key belongs.")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
@pytest.mark.long
def test_every_file_that_ships_reads_the_same_without_libyaml(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text("utf-8-sig")
    assert read(text) == slowly(text, monkeypatch)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_file_that_ships_is_read_the_fast_way(path: Path) -> None:
    assert yamlfile._fast(path.read_text("utf-8-sig")) is not None
