"""A command takes from the disk and compiles what its document needs, and does neither twice.

Times say little on a busy machine, so the tests count: modules that are imported, patterns that are compiled.
"""

import gc
import json
import re._compiler as compiler  # type: ignore[import-not-found]  # every way to compile a pattern ends there
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cxify import framework, kinds, packet, pipeline, rules
from cxify.writers.library import LibraryWriter

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.docx"))
ENGLISH = next(path for path in SAMPLES if path.name == "job_description_nurse_uk.docx")
RUN = """
import gc, json, sys
import re._compiler as compiler
compiled, compile = [], compiler.compile
compiler.compile = lambda pattern, flags=0: compiled.append(str(pattern)) or compile(pattern, flags)
from cxify.cli import main
main(sys.argv[1:], standalone_mode=False)
modules = [name for name in sys.modules if name in sys.stdlib_module_names or not name.startswith("_")]
print(json.dumps({"modules": modules, "patterns": compiled}), file=sys.stderr)
"""
HEAVY = {
    *("alembic", "asyncio", "authlib", "fastapi", "httpx", "httpx2", "langchain", "langchain_core", "langsmith", "mcp"),
    *("numpy", "openai", "openpyxl", "psycopg", "py3langid", "pydantic_evals", "pytest", "requests", "rich", "scipy"),
    *("sqlalchemy", "ssl", "starlette", "tenacity", "tiktoken", "uvicorn"),
}
OF_OTHERS = {f"cxify.{name}" for name in ("agents", "audit", "evaluation", "llm", "queue", "store", "web", "worker")}
"""What other commands are for."""
FEW_PATTERNS = 600
"""A third of these are other packages'. All patterns of all kinds and languages would be more than three thousand."""
FEW_LETTERS = 250_000
FEW_MODULES = 700


def told(command: str, *arguments: str) -> dict[str, list[str]]:
    """Return what a command imports and compiles in a process of its own."""
    done = subprocess.run([sys.executable, "-c", RUN, command, *arguments], capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = json.loads(done.stderr.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def rewriting(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return told("rewrite", str(ENGLISH), "-o", str(tmp_path_factory.mktemp("out") / "out"))


def test_rewriting_an_english_document_imports_nothing_that_it_does_not_need(rewriting: dict[str, list[str]]) -> None:
    assert {name.partition(".")[0] for name in rewriting["modules"]} & HEAVY == set()
    assert {".".join(name.split(".")[:2]) for name in rewriting["modules"]} & OF_OTHERS == set()
    assert "cxify.voice.masking" not in rewriting["modules"]
    assert len(rewriting["modules"]) < FEW_MODULES


def test_only_patterns_that_the_document_may_match_are_compiled(rewriting: dict[str, list[str]]) -> None:
    assert len(rewriting["patterns"]) < FEW_PATTERNS
    assert sum(map(len, rewriting["patterns"])) < FEW_LETTERS


def test_inspecting_imports_no_writer_and_no_model() -> None:
    modules = told("inspect", str(ENGLISH))["modules"]
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
    assert "cxify.writers.library" not in modules


def test_help_imports_neither_pydantic_nor_lxml() -> None:
    modules = {name.partition(".")[0] for name in told("--help")["modules"]}
    assert modules & (HEAVY | {"pydantic", "lxml", "yaml", "jinja2", "docx"}) == set()


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note each pattern that is compiled."""
    compiled: list[str] = []
    compile_ = compiler.compile

    def noted(pattern: Any, flags: int = 0) -> Any:
        compiled.append(str(pattern))
        return compile_(pattern, flags)

    with monkeypatch.context() as patched:
        patched.setattr(compiler, "compile", noted)
        yield compiled


def rewritten(paths: list[Path]) -> None:
    """Do what a run does with each document."""
    chosen, known, book = framework.load(), kinds.load(), rules.load()
    options = pipeline.Options("1970-01-01T00:00:00Z")
    sheet = packet.Sheet(chosen, packet.load())
    for path in paths:
        source = path.read_bytes()
        pipeline.look(source, framework=chosen, kinds=known, options=options)
        done = pipeline.rewrite(
            source, framework=chosen, kinds=known, writer=LibraryWriter(), options=options, book=book
        )
        sheet.of_redline(path.name, done)


@pytest.mark.long
def test_no_pattern_is_compiled_again_for_documents_of_kinds_and_languages_that_were_met(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python itself remembers 512 patterns that are given as texts; more of them in turn would be compiled for ever."""
    for _ in range(2):
        rewritten(SAMPLES)
    with counting(monkeypatch) as compiled:
        rewritten(SAMPLES)
    assert compiled == []


def test_a_document_leaves_no_rings_in_memory_that_somebody_would_have_to_look_for() -> None:
    """A ring around a tree of XML would keep megabytes until then."""
    rewritten([ENGLISH])
    gc.collect()
    gc.disable()
    try:
        rewritten([ENGLISH])
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_the_compiler_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    with counting(monkeypatch) as compiled:
        import re

        re.compile("one that nobody has compiled before")
    assert compiled == ["one that nobody has compiled before"]
