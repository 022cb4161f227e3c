"""A running page for the browser, and the steps before a review that a test takes for granted."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import APIRequestContext

SAMPLES = Path(__file__).parents[3] / "samples"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PATIENCE = 120.0


@dataclass(frozen=True)
class Site:
    """Where the page answers, and how a browser is signed in there."""

    origin: str
    state: Any
    """The cookies of the person."""
    asks: APIRequestContext
    """Asks as the person's browser does, without showing anything."""

    @property
    def ours(self) -> dict[str, str]:
        """What a browser adds to what our own pages send."""
        return {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}


def upload(site: Site, *files: Path) -> str:
    """Upload files and return their batch."""
    batch = ""
    for file in files:
        sent = {"name": file.name, "mimeType": _WORD, "buffer": file.read_bytes()}
        answer = site.asks.post(
            f"{site.origin}/upload",
            multipart={"files": sent} | ({"batch": batch} if batch else {}),  # type: ignore[arg-type]  # a file
            headers=site.ours,
        )
        assert answer.status == 201, answer.text()
        batch = answer.json()["batch"]
    _until(site, batch, lambda told: all(file["state"] != "reading" for file in told["files"]))
    return batch


def start(site: Site, batch: str) -> dict[str, str]:
    """Let suggestions be made and return the addresses of the documents by name."""
    begun = site.asks.post(f"{site.origin}/batches/{batch}/start", headers=site.ours, max_redirects=0)
    assert begun.status == 303, begun.text()
    told = _until(site, batch, lambda told: told["finished"])
    return {file["name"]: f"/documents/{file['id']}" for file in told["files"] if file["state"] == "ready"}


def _until(site: Site, batch: str, holds: Any) -> dict[str, Any]:
    given_up = time.monotonic() + _PATIENCE
    while not holds(told := site.asks.get(f"{site.origin}/batches/{batch}/state").json()):
        assert time.monotonic() < given_up, told
        time.sleep(0.2)
    return dict(told)
