"""The result files of a batch: where each answer stands in them, its status and its tokens.

Answers stay on disk and are read when they are needed, so that a batch of 50,000 fits into memory.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxify.llm.usage import Tokens

_PASSING = {408, 409, 425, 429}


@dataclass(frozen=True, slots=True)
class Result:
    """One line of a result file. `status` is the HTTP status, None when the request was never tried."""

    path: Path
    offset: int
    status: int | None
    code: str
    tokens: Tokens

    @property
    def final(self) -> bool:
        """False for a fault that may be gone when the request is submitted again."""
        if self.status is None:
            return False
        return self.code == "insufficient_quota" or not (self.status in _PASSING or self.status >= 500)

    def body(self) -> bytes:
        """Return what a live call would have been answered, as JSON."""
        with self.path.open("rb") as file:
            file.seek(self.offset)
            return json.dumps(json.loads(file.readline())["response"]["body"]).encode()


def read(path: Path) -> Iterator[tuple[str, Result]]:
    """Yield key and result of every line that has them; a line that cannot be read counts as missing."""
    if not path.exists():
        return
    offset = 0
    with path.open("rb") as file:
        for line in file:
            if found := _result(path, offset, line):
                yield found
            offset += len(line)


def _result(path: Path, offset: int, line: bytes) -> tuple[str, Result] | None:
    try:
        said = json.loads(line)
        response, key = said.get("response") or {}, str(said["custom_id"])
        body = response.get("body") or {}
        error = said.get("error") or body.get("error") or {}
        status = int(response["status_code"]) if response else None
        return key, Result(path, offset, status, str(error.get("code") or ""), _tokens(body.get("usage") or {}))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _tokens(usage: Mapping[str, Any]) -> Tokens:
    cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0
    return Tokens(usage.get("prompt_tokens") or 0, usage.get("completion_tokens") or 0, cached)
