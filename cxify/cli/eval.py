"""cxify eval: whether a changed prompt or another model makes better proposals."""

import click

from cxify.cli.lazy import LazyGroup

COMMANDS = {
    "run": "Let a writer propose for the gold cases and score what it proposes.",
    "rescore": "Score a run anew from what is stored, without any model.",
    "compare": "Say what got better and what got worse between two runs, and how sure that is.",
    "gate": "Let a release pass, or stop it for a proven loss.",
    "agreement": "Say how far a judge agrees with people, which decides whether it may gate.",
    "blind": "Write a page to read two runs without knowing which is which.",
    "report": "Write one page, or a summary for a pull request, of one run or of two.",
}
HOMES = {
    "run": "eval_run:run",
    "rescore": "eval_run:rescore",
    "compare": "eval_compare:compare",
    "gate": "eval_compare:gate",
    "agreement": "eval_judge:agreement",
    "blind": "eval_blind:blind",
    "report": "eval_report:report",
}


@click.group(cls=LazyGroup, package="cxify.cli", commands_help=COMMANDS, homes=HOMES)
def command() -> None:
    """Measure prompts and models on gold cases, documents with the edits that an expert expects.

    \b
    Example:
      cxify eval run --prompt review_form/2.0.0 --against released --model openai:gpt-6-luna
      cxify eval compare evals/runs/A evals/runs/B
    """
