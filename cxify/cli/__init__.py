"""The command line: arguments in, results to stdout, progress and errors to stderr, an exit code out.

One module a command. Each loads what it needs when it runs, so that `cxify --help` answers at once.
"""

import click

from cxify import __version__
from cxify.cli import garbage
from cxify.cli.lazy import LazyGroup

garbage.look_late()

COMMANDS = {
    "rewrite": "Propose customer experience in Word documents, as tracked changes.",
    "inspect": "Show what cxify sees in a document, without changing it.",
    "apply": "Write given edits into a document as tracked changes.",
    "resolve": "Accept or reject a document's tracked changes.",
    "verify": "Prove that a redlined document is faithful to its original.",
    "what-changed": "Write the page for manager and employee of a redlined document.",
    "audit": "Say which documents hold customer experience, without changing them.",
    "voice": "Show what the comments of customers or employees speak of.",
    "framework": "Start, check or show your customer-experience framework.",
    "prompts": "Show, compare, check and release what a language model is told.",
    "serve": "Serve the web page: upload, go through the suggestions, download.",
    "worker": "Process documents that were handed over with rewrite --queue.",
    "queue": "Show, cancel or delete runs that were handed over with rewrite --queue.",
    "journal": "Check that the journal of the web page is as it was written.",
    "mcp": "Serve inspect, propose, apply and verify to an MCP client.",
    "eval": "Measure whether a changed prompt or another model is better.",
}

EPILOG = """\b
Start here:
  cxify rewrite job-descriptions/ -o redlined/
Then open a file of redlined/ in Word and accept or reject each change under Review.

Nothing is sent anywhere unless --model names a language model. Exit codes: 0 done, 2 wrong usage, 10 a file cannot be
used, 11 a setting is wrong, 12 the model gave nothing usable, 13 an edit cannot be written faithfully, 130 interrupted,
1 a fault in cxify itself."""


@click.group(cls=LazyGroup, package="cxify.cli", commands_help=COMMANDS, epilog=EPILOG)
@click.version_option(__version__, package_name="cxify", message="cxify %(version)s")
def main() -> None:
    """Weave customer experience into Word HR documents.

    cxify edits the text of HR documents for human approval; it never scores, ranks, filters, monitors or evaluates
    people.
    """
