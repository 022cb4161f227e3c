"""Starting up: help and version answer at once because nothing heavy is imported."""

import subprocess
import sys

import pytest

HEAVY = (
    "pydantic",
    "lxml",
    "docx",
    "langchain",
    "langchain_core",
    "openai",
    "yaml",
    "jinja2",
    "rich",
    "rapidfuzz",
    "numpy",
)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["rewrite", "--help"], ["apply", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys\nfrom cxify.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_wrong_usage_ends_with_code_2_and_says_what_is_missing() -> None:
    done = subprocess.run([sys.executable, "-m", "cxify", "rewrite"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "PATHS" in done.stderr
