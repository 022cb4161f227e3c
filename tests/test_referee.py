"""LibreOffice agrees: what it makes of every redlined file when it accepts or rejects is what cxify promises."""

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from cxify import word
from cxify.cli import main
from cxify.errors import InputError
from tests.conftest import CORPUS, ROOT
from tests.libreoffice import Referee

pytestmark = pytest.mark.long

FOLDERS = {"samples": ROOT / "samples", "corpus": CORPUS}
DOCUMENTS = [
    pytest.param(name, path.name, id=path.name)
    for name, folder in FOLDERS.items()
    for path in sorted(folder.glob("*.do[ct][xm]"))
]


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Rewrite all files once and return what became of each, by name."""

    @cache
    def run(folder: Path) -> list[dict[str, str]]:
        out = tmp_path_factory.mktemp(folder.name)
        result = CliRunner().invoke(main, ["rewrite", str(folder), "-o", str(out), "--json"])
        return list(json.loads(result.stdout)["documents"])

    return {Path(each["file"]).name: each for folder in FOLDERS.values() if folder.is_dir() for each in run(folder)}


def stories(texts: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave out what resolving does not decide."""
    return {story: lines for story, lines in texts.items() if story not in ("comments", "revisions")}


def ours_accepted(redlined: Path) -> bytes:
    """Accept cxify's changes only: LibreOffice does not know every kind of revision that other authors left."""
    try:
        return word.resolve(redlined.read_bytes(), accept=True, author="cxify")
    except InputError:
        return redlined.read_bytes()  # it carries comments of ours and no change


@pytest.mark.parametrize(("folder", "name"), DOCUMENTS)
def test_accepting_and_rejecting_in_libreoffice_gives_what_cxify_promises(
    folder: str, name: str, outcomes: dict[str, dict[str, str]], referee: Referee, tmp_path: Path
) -> None:
    outcome = outcomes[name]
    if outcome["status"] == "failed":
        assert int(outcome["exit_code"]) in (10, 13)
        assert outcome["message"]
        assert outcome["remedy"]
        return
    if outcome["status"] == "unchanged":
        return
    source, redlined = FOLDERS[folder] / name, Path(outcome["output"])
    assert word.verify(source.read_bytes(), redlined.read_bytes()).ok
    accepted = tmp_path / f"accepted{redlined.suffix}"
    accepted.write_bytes(ours_accepted(redlined))
    assert stories(referee.texts(redlined, "accept")) == stories(referee.texts(accepted, "accept"))
    assert stories(referee.texts(redlined, "reject")) == stories(referee.texts(source, "reject"))
