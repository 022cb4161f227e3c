"""A PostgreSQL of one's own for tests and benches: a cluster in a temporary folder, on a socket, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

_OWNER = "postgres"
"""PostgreSQL refuses to run as root, and then runs as this user."""


def missing() -> str:
    """Return what is lacking, or nothing."""
    return "" if _programs() else "PostgreSQL is not installed (Debian: postgresql)"


@contextmanager
def cluster() -> Iterator[str]:
    """Run a server and yield the folder of its socket."""
    programs = _programs()
    assert programs is not None, missing()
    with tempfile.TemporaryDirectory(prefix="cxify-pg-", dir="/tmp") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, _OWNER)
        data = folder / "data"
        _run([programs / "initdb", "-D", data, "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--no-sync"])
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=200 -c shared_buffers=64MB"
        _run([programs / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start"])
        try:
            yield str(folder)
        finally:
            _run([programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"])


@contextmanager
def database(socket: str) -> Iterator[str]:
    """Make an empty database and yield its address."""
    import psycopg

    name = f"test_{uuid4().hex[:10]}"
    with psycopg.connect(f"host={socket} user={_OWNER} dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]  # the name is ours
        yield f"postgresql://{_OWNER}@/{name}?host={socket}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def _programs() -> Path | None:
    """Return the folder of the newest server's programs; Debian keeps them out of the PATH."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    return installed[-1].parent if installed else None


def _run(command: Sequence[object]) -> None:
    words = [str(word) for word in command]
    owner: dict[str, Any] = {"user": _OWNER, "group": _OWNER, "extra_groups": []} if os.geteuid() == 0 else {}
    # The server inherits what it is given, and a pipe would never end.
    with tempfile.TemporaryFile() as output:
        ends: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
        done = subprocess.run(words, cwd="/", check=False, **ends, **owner)
        output.seek(0)
        assert done.returncode == 0, output.read().decode()
