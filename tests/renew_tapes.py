"""Record anew what the evaluation's tapes lack, and drop what nothing asks any more: after prompts or wording changed.

python -m tests.renew_tapes http://127.0.0.1:8080/v1      with Qwen2.5-Coder 1.5B instruct behind it (docs/evals.md)

Only what is new is asked. The tests that play the tapes back say whether their promises still hold.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from cxify.cli import main
from cxify.llm import Tape
from tests.evaluation import test_demonstration as demonstration
from tests.evaluation import test_run_judge as judge
from tests.evaluation import test_run_replay as replay

MODEL = "openai:qwen2.5-coder-1.5b"
Arguments = list[str]


def runs(base_url: str) -> Iterator[tuple[Path, Arguments]]:
    """Yield each tape with a command that asks all or some of what stands on it."""
    asked = ["--model", MODEL, "--base-url", base_url, "--concurrency", "1"]
    yield replay.TAPE, ["run", "--cases", replay.CASES, *asked]
    for name, version in demonstration.VERSIONS.items():
        chosen = demonstration.chosen(name, version)
        yield demonstration.TAPE, ["run", *chosen, "--cases", demonstration.CASES, *asked]
    for name, version in demonstration.ON_FIXED.items():
        chosen = demonstration.chosen(name, version)
        yield demonstration.FIXED_TAPE, ["run", *chosen, "--cases", demonstration.FIXED, *asked]
    yield judge.TAPE, ["agreement", *judge.JUDGED, "--judge-base-url", base_url]


def renew(base_url: str) -> int:
    """Record and prune every tape; return the worst exit code."""
    used, worst = _Used(), 0
    for tape, arguments in runs(base_url):
        with tempfile.TemporaryDirectory() as folder, used:
            out = ["-o", str(Path(folder, "out"))]
            done = CliRunner().invoke(main, ["eval", *arguments, "--tape", str(tape), "record", *out])
        print(tape.name, *arguments[:5], f"exit {done.exit_code}", flush=True)
        worst = max(worst, done.exit_code)
    if not worst:
        for tape in {tape for tape, _ in runs(base_url)}:
            used.prune(tape)
    return worst


class _Used:
    """Remembers which entries of which tape were asked."""

    def __init__(self) -> None:
        self.keys: dict[Path, set[str]] = {}
        self._complete = Tape.complete

    def __enter__(self) -> None:
        def complete(tape: Tape, *asked: Any) -> Any:
            answer = self._complete(tape, *asked)
            self.keys.setdefault(tape.path, set()).add(_key(tape, *asked))
            return answer

        Tape.complete = complete  # type: ignore[method-assign]

    def __exit__(self, *_: object) -> None:
        Tape.complete = self._complete  # type: ignore[method-assign]

    def prune(self, path: Path) -> None:
        """Leave on a tape what was asked."""
        tape = json.loads(path.read_text("utf-8"))
        left = {key: entry for key, entry in tape["entries"].items() if key in self.keys.get(path, set())}
        print(f"{path.name}: {len(left)} of {len(tape['entries'])} entries are still asked")
        text = json.dumps({**tape, "entries": left}, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", "utf-8")


def _key(tape: Tape, messages: Any, schema: Any, options: Any) -> str:
    """Return where the answer to a request stands: the last entry that is it."""
    wanted = {
        "model": tape.model,
        "options": options.model_dump(exclude_none=True),
        "messages": [asdict(message) for message in messages],
        "schema": dict(schema) if schema is not None else None,
    }
    entries = json.loads(tape.path.read_text("utf-8"))["entries"]
    return next(key for key, entry in entries.items() if {name: entry[name] for name in wanted} == wanted)


if __name__ == "__main__":
    sys.exit(renew(sys.argv[1]))
