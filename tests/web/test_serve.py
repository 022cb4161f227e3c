"""`cxify serve` as people start it: an address that opens the page, a clean end, and sentences for wrong settings."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner

from cxify import settings
from cxify.cli import main
from cxify.cli.serve import command
from tests.web.conftest import Running, start_page

pytestmark = pytest.mark.long


def refused(*options: str, **environment: str) -> str:
    """Return the sentence with which a start is refused."""
    result = CliRunner().invoke(command, list(options), env={"CXIFY_CONFIG": os.devnull, **environment})
    assert result.exit_code == 11, result.output
    assert "Traceback" not in result.output
    return result.output


def test_the_printed_address_opens_the_page_once_and_on_this_machine_only(running: Running) -> None:
    with httpx2.Client(follow_redirects=True) as browser:
        opened = browser.get(running.address)
        assert opened.status_code == 200
        assert str(opened.url) == f"{running.origin}/"
    assert httpx2.get(running.address).status_code == 403

    assert _listens(running) == ["127.0.0.1"]


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.long)])
def test_it_ends_cleanly_and_its_log_holds_neither_token_nor_search(tmp_path: Path, number: signal.Signals) -> None:
    page = start_page(tmp_path / "data", "--debug")
    with httpx2.Client(follow_redirects=True) as browser:
        browser.get(page.address)
        browser.get(f"{page.origin}/?q=Beispielname")
    page.process.send_signal(number)
    _, told = page.process.communicate(timeout=60)
    assert page.process.returncode == 0, told
    assert "Stopped." in told
    assert "Traceback" not in told
    assert "GET / 200" in told
    assert "Beispielname" not in told
    assert page.address.partition("token=")[2] not in told


@pytest.mark.long
def test_a_session_lasts_over_a_restart_and_the_start_address_does_not(tmp_path: Path) -> None:
    first = start_page(tmp_path / "data")
    with httpx2.Client() as browser:
        browser.get(first.address)
        (cookie,) = [each.value for each in browser.cookies.jar]
    first.end()
    second = start_page(tmp_path / "data")
    token = first.address.partition("/start")[2]
    name = f"cxify-{second.origin.rpartition(':')[2]}"
    assert httpx2.get(f"{second.origin}/start{token}").status_code == 403
    assert httpx2.get(second.origin, headers={"Cookie": f"{name}={cookie}"}).status_code == 200
    second.end()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = refused("--port", str(taken.getsockname()[1]), "--data", str(tmp_path))
    assert "--port" in said


def test_other_machines_are_refused_without_sign_in() -> None:
    assert "oidc_issuer" in refused("--host", "0.0.0.0")  # noqa: S104  refused


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert "--data" in refused("--port", "0", "--data", str(tmp_path / "file" / "below"))


def test_a_queue_that_does_not_answer_is_told_without_its_password() -> None:
    said = refused("--port", "0", "--queue", "postgresql://u:geheim@127.0.0.1:1/x?connect_timeout=2")
    assert "cannot be reached" in said
    assert "geheim" not in said


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"CXIFY_SERVE_PORT": "many"}, "port = many in the environment"),
        ({"CXIFY_SERVE_RETENTION_DAYS": "0"}, "retention_days = 0"),
        ({"CXIFY_SERVE_PUBLIC_URL": "cxify.example.org"}, "public_url"),
        ({"CXIFY_SERVE_OIDC_ISSUER": "https://login.example.org"}, "oidc_client_id and public_url is not"),
        ({"CXIFY_SERVE_OIDC_ROLES": "HR=king"}, "oidc_roles"),
    ],
)
def test_a_wrong_setting_is_a_sentence(environment: dict[str, str], said: str) -> None:
    assert said in refused(**environment)


def test_a_secret_in_a_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    file = tmp_path / "cxify.toml"
    file.write_text('[serve]\noidc_secret = "geheim"\n', "utf-8")
    said = refused(CXIFY_CONFIG=str(file))
    assert "CXIFY_SERVE_OIDC_SECRET" in said
    assert "geheim" not in said


def test_the_table_serve_is_read_beside_the_other_settings(tmp_path: Path) -> None:
    file = tmp_path / "cxify.toml"
    file.write_text('author = "HR"\n[serve]\nretention_days = 7\nmodels = ["openai:x"]\noidc_roles = {HR = "editor"}\n')
    environment = {"CXIFY_CONFIG": str(file), "CXIFY_SERVE_MOST_FILES": "9"}
    found = settings.load_serve(environment, port=0)
    assert (found.retention_days, found.most_files, found.port) == (7, 9, 0)
    assert (found.models, found.oidc_roles) == (("openai:x",), {"HR": "editor"})
    assert settings.load(environment).author == "HR"


def test_lists_and_secrets_come_from_the_environment() -> None:
    environment = {"CXIFY_SERVE_MODELS": "openai:a, openai:b", "CXIFY_SERVE_OIDC_SECRET": "geheim"}
    found = settings.load_serve(environment)
    assert found.models == ("openai:a", "openai:b")
    assert found.oidc_secret is not None
    assert "geheim" not in repr(found)


def test_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert settings.data_folder({"XDG_DATA_HOME": "/x"}) == Path("/x/cxify")
    assert settings.load_serve({"CXIFY_WEB_DATA": "/y"}).data == "/y"


def test_without_the_web_extra_it_says_what_to_install(tmp_path: Path) -> None:
    start = "import sys; sys.modules['uvicorn'] = None; from cxify.cli import main; main(['serve'])"
    done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 11
    assert "Install cxify[web]." in done.stderr


def test_help_shows_how_to_start() -> None:
    told = CliRunner().invoke(main, ["serve", "--help"])
    assert "cxify serve --open" in told.output


def _listens(page: Running) -> list[str]:
    """Return the addresses at which this port is listened at, as Linux tells them."""
    port = f"{int(page.origin.rpartition(':')[2]):04X}"
    found = []
    for table in ("tcp", "tcp6"):
        file = Path(f"/proc/net/{table}")
        for row in file.read_text("ascii").splitlines()[1:] if file.exists() else []:
            host, _, number = row.split()[1].partition(":")
            if number == port and row.split()[3] == "0A":
                found.append(socket.inet_ntoa(bytes.fromhex(host)[::-1]) if table == "tcp" else host)
    return found
