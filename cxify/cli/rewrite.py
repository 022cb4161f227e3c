"""cxify rewrite: the main job, over files and folders."""

from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxify.cli import say, shell

if TYPE_CHECKING:
    from cxify.batch import Done, Plan
    from cxify.cli import local
    from cxify.framework import Framework
    from cxify.settings import Settings
    from cxify.voice import Digest
    from cxify.writers import Writer

LIBRARY = "library"
WITH_MODEL, WITHOUT_MODEL = 8, 1
"""Documents in work at once: threads help while models are waited for, and cost when Python itself does the work."""
DOLLARS = click.FloatRange(min=0)


@click.command(cls=shell.Command)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Folder for the redlined copies.")
@click.option(
    "--model",
    default=LIBRARY,
    show_default=True,
    help="library: approved wording, no model, nothing leaves this machine. Or provider:name: openai:gpt-6-luna.",
)
@click.option("--base-url", help="Address of an OpenAI-compatible server for --model openai:NAME.")
@click.option("--framework", type=click.Path(path_type=Path), help="Your framework.  [default: the built-in template]")
@click.option(
    "--voice",
    type=click.Path(path_type=Path),
    help="Comments of customers or employees (CSV or Excel): their themes are ranked and cited.",
)
@click.option("--prompts", type=click.Path(path_type=Path), help="Folder with your own prompts for --model.")
@click.option("--kind", help="Take every document for this kind instead of guessing.")
@click.option(
    "--intensity", type=click.Choice(["light", "standard", "full"]), help="How much is proposed.  [default: standard]"
)
@click.option(
    "--concurrency", type=int, help="Documents worked on at the same time.  [default: 8 with a model, else 1]"
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    help="Child processes.  [default: one a core from 40 documents on, else none]",
)
@click.option(
    "--isolate/--no-isolate",
    default=None,
    help="Each document in a child process with limits of memory and time.  [default: with --jobs]",
)
@click.option("--retry-failed", is_flag=True, help="Only what failed in the last run.")
@click.option("--watch", is_flag=True, help="Keep running: take documents as they arrive in the folders.")
@click.option("--max-cost", type=DOLLARS, help="US dollars that the model may cost in this run.")
@click.option("--openai-batch", is_flag=True, help="Ask through OpenAI's Batch API: within a day, at half the price.")
@click.option("--collect", is_flag=True, help="Fetch what --openai-batch asked for, and write what is answered.")
@click.option("--wait", is_flag=True, help="With --openai-batch or --collect: stay until all is answered.")
@click.option(
    "--queue",
    is_flag=False,
    flag_value="",
    help="Let `cxify worker` on any machine do it: postgresql://…, or nothing to take CXIFY_QUEUE.",
)
@click.option("--detach", is_flag=True, help="With --queue: return at once; the same command without it fetches.")
@click.option(
    "--dry-run", is_flag=True, help="Write nothing: say what would be proposed, or with a model what it would cost."
)
@click.option("--show-request", is_flag=True, help="Show exactly what a model would be sent, and send nothing.")
@click.option("--author", help="The name beside the tracked changes.  [default: cxify]")
@shell.common
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    out: Path,
    model: str,
    kind: str | None,
    max_cost: float | None,
    openai_batch: bool,
    collect: bool,
    wait: bool,
    queue: str | None,
    detach: bool,
    jobs: int | None,
    isolate: bool | None,
    retry_failed: bool,
    watch: bool,
    dry_run: bool,
    show_request: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Propose customer experience in Word documents and write each back with tracked changes.

    PATHS are Word files or folders, or - for a list on stdin; folders keep their tree below the output folder. Older
    formats are converted where LibreOffice is installed. Originals are never touched. What is done already is skipped,
    so the same command can be run again. OUT/report.html is for people; OUT/report.jsonl tells everything of each file.

    \b
    Examples:
      cxify rewrite samples -o out
      cxify rewrite nurse.docx -o out --framework our-framework.yaml --intensity light
      cxify rewrite jobs/ -o out --voice comments.csv
      cxify rewrite inbox/ -o out --watch
      find . -name '*.docx' -print0 | cxify rewrite - -o out --jobs 4
      cxify rewrite jobs/ -o out --model openai:gpt-6-luna
      cxify rewrite jobs/ -o out --model openai:gpt-6-luna --openai-batch
      cxify rewrite jobs/ -o out --model openai:gpt-6-luna --collect
      cxify rewrite jobs/ -o out --queue postgresql://cxify@db.example/cxify
      cxify rewrite jobs/ -o out --model openai:qwen --base-url http://127.0.0.1:8080/v1
    """
    from cxify import settings
    from cxify.cli import local
    from cxify.cli.writer import writer_for

    chosen = settings.load(**given, queue=queue or None)
    how = local.How(jobs, isolate)
    if watch:
        elsewhere = openai_batch or collect or wait or dry_run or show_request or retry_failed or queue is not None
        if elsewhere or as_json or shell.STDOUT in paths:
            raise click.UsageError("--watch goes with folders and files and this machine only.")
        by = writer_for(model, chosen, None if max_cost is None else Decimal(str(max_cost)))
        ctx.exit(
            local.watch(
                lambda: local.planned(paths, out),
                lambda arrived: rewritten(arrived, chosen, by, kind, write=True, as_json=False, how=how),
            )
        )
    plan = local.planned(local.listed(paths), out, only_failed=retry_failed)
    if queue is not None:
        from cxify.cli.queued import rewrite_elsewhere

        refused = {"--openai-batch": openai_batch, "--collect": collect, "--wait": wait, "--dry-run": dry_run}
        refused |= {"--show-request": show_request, "--max-cost": max_cost is not None}
        ctx.exit(rewrite_elsewhere(plan, chosen, model, kind, refused, detach=detach, as_json=as_json))
    if detach:
        raise click.UsageError("--detach goes with --queue.")
    limit = None if max_cost is None else Decimal(str(max_cost))
    if openai_batch or collect:
        from cxify.cli.openai_batch import Order, work

        ctx.exit(work(Order(plan, chosen, model, kind, limit, collect, wait, dry_run, as_json)))
    if wait:
        raise click.UsageError("--wait goes with --openai-batch or --collect.")
    if model != LIBRARY and (dry_run or show_request):
        from cxify.cli.unsent import tell_what_would_be_sent

        ctx.exit(tell_what_would_be_sent(plan, chosen, model, kind, show_requests=show_request, as_json=as_json))
    if show_request:
        raise click.UsageError("--model library sends nothing; --show-request goes with another model.")
    writer = writer_for(model, chosen, limit)
    done = rewritten(plan, chosen, writer, kind, write=not dry_run, as_json=as_json, how=how)
    if as_json:
        shell.show_json(as_data(plan, done))
    else:
        shell.show(say.summary(done, plan))
    ctx.exit(done.exit_code)


def rewritten(
    plan: "Plan",
    settings: "Settings",
    writer: "Writer",
    kind: str | None,
    *,
    write: bool,
    as_json: bool,
    how: "local.How | None" = None,
) -> "Done":
    """Rewrite the documents of a plan, telling of each as it is done."""
    from cxify import batch
    from cxify.cli import local

    means = local.Means.of(local.Order(settings, kind, shell.now(), plan.out, write), writer)
    if write:
        batch.prepare(plan.out)
    at_once = settings.concurrency or (WITH_MODEL if "model" in writer.identity else WITHOUT_MODEL)
    return local.run(plan, means, how or local.How(isolate=False), concurrency=at_once, as_json=as_json)


def heard(settings: "Settings", framework: "Framework") -> "Digest | None":
    """Read the voice file of a run, if it has one."""
    from cxify import files, voice

    if settings.voice is None:
        return None
    with shell.naming(settings.voice):
        return voice.read(files.read(settings.voice), framework, minimum=settings.voice_minimum)


def as_data(plan: "Plan", done: "Done") -> dict[str, Any]:
    """Return the run as JSON: every file, then the totals."""
    from cxify.batch import STATUSES

    return {
        "documents": [asdict(outcome) for outcome in done.outcomes],
        "roles": [asdict(role) for role in done.roles],
        "portfolio": [asdict(finding) for finding in done.portfolio],
        "summary": {
            "files": len(plan.jobs) + len(plan.skipped),
            **{status.replace(" ", "_"): done.count(status) for status in STATUSES},
            "interrupted": done.interrupted,
            "exit_code": done.exit_code,
        },
    }
