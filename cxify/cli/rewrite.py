"""cxify rewrite: the main job, over files and folders."""

from pathlib import Path
from typing import Any

import click

from cxify.cli import shell
from cxify.cli.rewrite_start import start_early

DOLLARS = click.FloatRange(min=0)


@click.command(cls=shell.Command)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Folder for the redlined copies.")
@click.option(
    "--model",
    default="library",
    show_default=True,
    help="library: built-in wording, no model, nothing leaves this machine. Or provider:name: openai:gpt-6-luna.",
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
@click.option("--language", help="Take every document for this language instead of guessing: de, en-US, …")
@click.option(
    "--intensity", type=click.Choice(["light", "standard", "full"]), help="How much is proposed.  [default: standard]"
)
@click.option(
    "--concurrency",
    type=click.IntRange(1, 1024),
    help="Calls of a model at the same time; without one, documents.  [default: 8 with a model, else 1]",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    help="Child processes.  [default: one a core from 40 documents on, else none]",
)
@click.option(
    "--isolate/--no-isolate",
    default=None,
    help="Documents in child processes with limits of memory and time.  [default: with --jobs]",
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
def command(ctx: click.Context, /, **given: Any) -> None:
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
    start_early(given)
    from cxify.cli.ways import Asked

    ctx.exit(Asked.of(given).done())
