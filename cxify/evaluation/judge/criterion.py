"""One call a criterion: the judge quotes the words that decide, says why, and gives 0 to 3."""

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from cxify import prompts
from cxify.errors import ModelError
from cxify.evaluation.evaluators import NOT_ASKED, Verdict
from cxify.evaluation.judge import paper, statement
from cxify.evaluation.judge.rubric import HIGHEST, Criterion, Rubric
from cxify.evaluation.metrics import UNPROVEN
from cxify.evaluation.trial import Trial
from cxify.llm import Chat, ask
from cxify.prompts import Prompt

PROMPT: Final = "judge"
NOT_THERE: Final = "the quoted words do not stand in the documents or the changes; copy them letter by letter"


class Judgement(BaseModel):
    """What the model returns; the quotation comes first, so that it decides and does not decorate."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    quote: Annotated[str, StringConstraints(min_length=2, max_length=400)]
    why: Annotated[str, StringConstraints(min_length=2, max_length=400)]
    score: Annotated[int, Field(ge=0, le=HIGHEST)]


@dataclass(frozen=True)
class Judge:
    """A chat model that judges by the rubric. Thread-safe as long as the chat is."""

    chat: Chat
    rubric: Rubric
    prompts_root: Path | None = None
    version: str | None = None
    only: tuple[str, ...] = field(default=())
    """Ids of criteria; empty is all of them."""

    @cached_property
    def prompt(self) -> Prompt:
        """The prompt of the judge."""
        return prompts.find(PROMPT, self.version, self.prompts_root)

    @cached_property
    def statements(self) -> Prompt:
        """The prompt for single sentences."""
        return prompts.find(statement.PROMPT, None, self.prompts_root)

    @property
    def identity(self) -> dict[str, str]:
        """What an agreement with people is bound to."""
        return {
            "model": self.chat.model,
            "prompt": f"{PROMPT}/{self.prompt.version}",
            "sha256": self.prompt.sha256,
            "statement_prompt": f"{statement.PROMPT}/{self.statements.version}",
            "statement_sha256": self.statements.sha256,
            "rubric_sha256": self.rubric.sha256,
        }

    def evaluators(self, may_gate: Container[str] = ()) -> dict[str, Callable[[Trial], Verdict]]:
        """Return one evaluator a criterion by its metric; `may_gate` are the criteria whose agreement was shown."""
        chosen = [one for one in self.rubric.criteria if not self.only or one.id in self.only]
        names = {one.id: f"judge_{one.id.lower()}" for one in chosen}
        return {("" if one.id in may_gate else UNPROVEN) + names[one.id]: _Asked(self, one) for one in chosen}

    def judge(self, criterion: Criterion, trial: Trial) -> Verdict:
        """Return the judge's score; a judgement whose quotation nobody can find is none. Raises ModelError."""
        if criterion.statement:
            return statement.judged(trial, lambda document, text: self.answer(criterion, document, text))
        return self._of_document(criterion, trial)

    def answer(self, criterion: Criterion, document: str, text: str) -> statement.Reply | None:
        """Return what the judge says of one sentence. Raises ModelError."""
        return statement.answer(self.chat, self.statements, criterion, document, text)

    def _of_document(self, criterion: Criterion, trial: Trial) -> Verdict:
        messages = self.prompt.render(
            name=criterion.name,
            question=criterion.question,
            anchors=[criterion.anchors[score] for score in range(HIGHEST + 1)],
            framework=paper.framework(trial),
            source=paper.source(trial),
            changes=paper.changes(trial),
            result=paper.result(trial),
        )
        asked = ask(
            self.chat,
            messages,
            Judgement,
            self.prompt.front.model,
            lambda found: () if paper.stands(found.quote, trial) else (NOT_THERE,),
        )
        if asked.problems:
            return Verdict(None, asked.problems)
        found = asked.value
        return Verdict(found.score / HIGHEST, (f"“{found.quote}”: {found.why}",))


@dataclass(frozen=True)
class _Asked:
    """One criterion as an evaluator."""

    judge: Judge
    criterion: Criterion

    def __call__(self, trial: Trial) -> Verdict:
        """Judge; a judge that cannot be reached has said nothing."""
        if trial.failure is not None:
            return NOT_ASKED
        try:
            return self.judge.judge(self.criterion, trial)
        except ModelError as error:
            return Verdict(None, (error.message,))
