"""Run cxify as a user does, in an empty folder."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cxify.cli import main

Run = Callable[..., Result]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def cxify(here: Path) -> Run:  # noqa: ARG001  commands run in an empty folder
    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture
def cxify_json(cxify: Run) -> Callable[..., Any]:
    def run(*arguments: object) -> Any:
        return json.loads(cxify(*arguments, "--json").stdout)

    return run
