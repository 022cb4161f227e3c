"""An organisation's own evaluators, named as module:object on the command line."""

import asyncio
import importlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_evals.evaluators import EvaluationReason, Evaluator

from cxify.errors import SettingsInvalid
from cxify.evaluation.evaluators import Verdict
from cxify.evaluation.run.dataset import Context, Own
from cxify.evaluation.run.planned import Planned
from cxify.evaluation.trial import Trial

Function = Callable[[Trial], Verdict | float | bool | None]


@dataclass
class OwnFunction(Evaluator[Planned, Trial, None]):
    """A function of a trial: a number or Verdict is a score, True and False are a check, None is not asked."""

    name: str
    function: Function

    async def evaluate(self, ctx: Context) -> Mapping[str, bool | float | EvaluationReason]:
        """Return what the function says, under its name; it may wait for a model, so it has a thread of its own."""
        if ctx.output.failure is not None:
            return {self.name: 0.0}
        said = await asyncio.to_thread(self.function, ctx.output)
        if isinstance(said, Verdict):
            return {} if said.score is None else {self.name: EvaluationReason(said.score, "\n".join(said.reasons))}
        return {} if said is None else {self.name: said}


def own(name: str) -> Own:
    """Return the evaluator that module:object names. Raises SettingsInvalid saying what is wrong with it."""
    module, colon, attribute = name.partition(":")
    if not (module and colon and attribute):
        raise SettingsInvalid(f"“{name}” names no evaluator.", "Write module:function, as in our_checks:tone.")
    if str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    try:
        found: Any = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        remedy = "Give a module that Python finds from here, and the name of a function or Evaluator in it."
        raise SettingsInvalid(f"The evaluator {name} cannot be loaded: {error}.", remedy) from None
    return _evaluator(attribute, found)


def _evaluator(name: str, found: Any) -> Own:
    if isinstance(found, Evaluator):
        return found
    if isinstance(found, type) and issubclass(found, Evaluator):
        return found()
    if callable(found):
        return OwnFunction(name, found)
    remedy = "It may be a function of a trial, or an Evaluator of pydantic-evals."
    raise SettingsInvalid(f"{name} is a {type(found).__name__} and evaluates nothing.", remedy)
