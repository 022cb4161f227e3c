"""What a user installs: every file of the package, the prompts and the gold cases, and nothing else."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from cxify import __version__
from tests.conftest import ROOT

pytestmark = pytest.mark.long

DIST_INFO = f"cxify-{__version__}.dist-info"
BUNDLED = ("prompts", "evals/cases", "evals/labels", "evals/rubric.yaml", "evals/sets.yaml")
KINDS_OF_FILE = {".py", ".yaml", ".typed", ".prompty", ".jinja", ".lock", ".html", ".css", ".js", ".svg"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def expected() -> set[str]:
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "cxify", *BUNDLED]
    done = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True)
    present = [name for name in done.stdout.splitlines() if (ROOT / name).exists()]
    return {f"cxify/_bundled/{name}" if name.startswith(("prompts/", "evals/")) else name for name in present}


def test_the_wheel_holds_the_package_prompts_and_cases_and_nothing_else(wheel: Path) -> None:
    meta = {f"{DIST_INFO}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")}
    assert set(ZipFile(wheel).namelist()) == expected() | meta


def test_the_wheel_holds_only_kinds_of_file_that_cxify_reads(wheel: Path) -> None:
    names = [name for name in ZipFile(wheel).namelist() if not name.startswith(DIST_INFO)]
    assert {Path(name).suffix for name in names} <= KINDS_OF_FILE


def test_the_installed_package_finds_its_framework_prompts_and_cases(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path / "site")
    for command in (["framework", "show"], ["prompts", "list"], ["eval", "run", "--cases", "R3", "-o", "run"]):
        start = f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); from cxify.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-I", "-c", start, *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def test_the_licence_is_apache_2() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")


def test_the_constraints_name_no_host_and_no_path() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert "://" not in text
    assert "--" not in text
    assert " @ " not in text
