"""What is evaluated: a writer, and everything else that decides what comes out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from cxify import pipeline
from cxify.evaluation.case import Case
from cxify.evaluation.trial import Ground
from cxify.llm import Tokens
from cxify.llm.usage import cost
from cxify.prompts import Prompt
from cxify.writers import Usage, Writer


@dataclass(frozen=True)
class Subject:
    """A writer with its prompts and model, and the ground that it stands on."""

    writer: Writer
    ground: Ground
    options: pipeline.Options
    prompts: tuple[Prompt, ...] = field(default=())
    """The prompts that the writer may use; none without a model."""

    @property
    def model(self) -> str | None:
        """The model as provider:name, or None."""
        return self.writer.identity.get("model")

    def price(self, usage: Usage) -> float | None:
        """Return US dollars; None where nobody knows the price."""
        if not usage.calls or self.writer.identity.get("where") == "this machine":
            return 0.0
        dollars = cost(self.model or "", Tokens(usage.input_tokens, usage.output_tokens, usage.cached_tokens))
        return None if dollars is None else float(dollars.quantize(Decimal("0.000001")))

    def facts(self, cases: Iterable[Case]) -> dict[str, Any]:
        """Return what a later run must share to be compared with this one, and what it may differ in."""
        chosen = tuple(cases)
        texts = {case.id: case.model_dump_json() for case in sorted(chosen, key=lambda case: case.id)}
        return {
            "cxify": self.options.tool_version,
            "writer": dict(self.writer.identity),
            "prompts": {f"{prompt.name}/{prompt.version}": prompt.sha256 for prompt in self._asked(chosen)},
            "model": self.model,
            "path": self.writer.identity.get("path"),
            "intensity": self.options.intensity,
            "cases": [case.id for case in chosen],
            "cases_sha256": sha256(json.dumps(list(texts.values())).encode()).hexdigest(),
            "case_sha256": {id: sha256(text.encode()).hexdigest() for id, text in texts.items()},
            "framework_sha256": self.ground.framework.sha256,
            "rules_sha256": self.ground.book.sha256,
            "kinds_sha256": self.ground.kinds.sha256,
        }

    def _asked(self, cases: Iterable[Case]) -> Iterator[Prompt]:
        """Yield the prompts that these cases can ask: that for sentences, and those of their kinds."""
        kinds = {case.kind for case in cases}
        yield from (prompt for prompt in self.prompts if prompt.front.shape == "sentence" or prompt.name in kinds)
