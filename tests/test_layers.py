"""The architecture as docs/architecture.md draws it."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.conftest import ROOT

LINT = Path(sys.executable).with_name("lint-imports")


def test_imports_go_downwards_only() -> None:
    done = subprocess.run([LINT, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_documented_layers_are_the_enforced_ones() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    enforced = [set(re.findall(r"\w+", layer)) for layer in contracts[0]["layers"]]
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| ((?:`\w+`(?: · )?)+) \|", text.split("## Layers")[1].split("## ")[0], re.MULTILINE)
    documented = [set(re.findall(r"\w+", row)) for row in rows]
    existing = {path.stem for path in (ROOT / "cxify").iterdir()}
    assert [layer for layer in (each & existing for each in enforced) if layer] == [
        each & existing for each in documented
    ]
