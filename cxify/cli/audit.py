"""cxify audit: who has customer experience in their documents and who has not."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxify.cli import say, shell

if TYPE_CHECKING:
    from cxify.audit import Audit, Facts, Unread
    from cxify.batch import Outcome, Plan
    from cxify.framework import Framework
    from cxify.kinds import Kinds
    from cxify.rules import RuleBook

log = logging.getLogger(__name__)
NOWHERE = Path(".cxify-audit")
"""Stands for the output folder where documents are looked for and nothing is written."""
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(cls=shell.Command)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--html", type=FILE, help="Write the audit as one page that any browser shows.")
@click.option("--csv", type=FILE, help="Write one row a document, for Excel.")
@click.option("--framework", type=click.Path(path_type=Path), help="Your framework.  [default: the built-in template]")
@click.option(
    "--lang", type=click.Choice(["en", "de"]), help="Language of the page.  [default: that of most documents]"
)
@shell.common
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    html: Path | None,
    csv: Path | None,
    framework: Path | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Say which documents and departments hold customer experience, and what to do next.

    PATHS are Word files or folders. Nothing is changed and no model is called. The audit is about documents; it never
    scores, ranks or evaluates people.

    \b
    Examples:
      cxify audit job-descriptions/
      cxify audit hr/ --html audit.html --csv audit.csv
      cxify audit hr/ --framework our-framework.yaml --html überblick.html --lang de
    """
    from cxify import audit as audits
    from cxify import framework as frameworks
    from cxify import kinds as kinds_module
    from cxify import rules, settings

    chosen = settings.load(framework=framework)
    organisation, kinds = frameworks.load(chosen.framework), kinds_module.load(chosen.kinds)
    plans = plans_of(paths)
    refuse_overwriting([html, csv], plans)
    facts, unread = read(plans, organisation, kinds, rules.load(chosen.rules))
    audit = audits.survey(facts, unread, organisation, rules.load(chosen.rules))
    if html:
        shown = audits.page(audit, framework=organisation, kinds=kinds, date=shell.now(), language=lang)
        write(html, shown.encode("utf-8"))
    if csv:
        write(csv, audits.table(audit))
    if as_json:
        shell.show_json(audits.data(audit))
    else:
        shell.show("\n".join(as_text(audit, [file for file in (html, csv) if file])))
    ctx.exit(max((one.exit_code for one in audit.unread), default=0))


def plans_of(paths: Sequence[Path]) -> "list[Plan]":
    """Find the documents under each path. Raises InputError when there is none at all."""
    from cxify import batch
    from cxify.errors import InputError

    plans, refused = [], None
    for number, path in enumerate(paths):
        try:
            # Each path has a place of its own: two folders may hold files of one name, for nothing is written.
            plans.append(batch.plan([path], NOWHERE / str(number)))
        except InputError as error:
            if not path.is_dir():
                raise
            refused = error
    if refused and not plans:
        raise refused
    return plans


def refuse_overwriting(outputs: "Sequence[Path | None]", plans: "Sequence[Plan]") -> None:
    """Raise InputError when the audit would be written over a document that it reads."""
    from cxify.errors import InputError

    sources = {job.source.resolve() for plan in plans for job in plan.jobs}
    for output in outputs:
        if output and output.resolve() in sources:
            raise InputError(f"{output} would be overwritten by the audit.", "Give another name for the audit.")


def read(
    plans: "Sequence[Plan]", framework: "Framework", kinds: "Kinds", book: "RuleBook"
) -> "tuple[list[Facts], list[Unread]]":
    """Read every document once; tell of those that cannot be read and go on."""
    from cxify import audit as audits
    from cxify.batch import Outcome
    from cxify.cli.progress import progress

    jobs = {job.source.resolve(): job.source for plan in plans for job in plan.jobs}
    facts: list[Facts] = []
    unread = [audits.Unread(one.file, one.message, "", 0) for one in _skipped(plans)]
    with progress(len(jobs), as_json=True) as tell:
        for source in jobs.values():
            found = _read(source, framework, kinds, book)
            if isinstance(found, audits.Unread):
                unread.append(found)
                tell(Outcome(found.file, "failed", message=found.message, remedy=found.remedy))
            else:
                facts.append(found)
                tell(Outcome(found.file, "unchanged"))
    return facts, unread


def _read(source: Path, framework: "Framework", kinds: "Kinds", book: "RuleBook") -> "Facts | Unread":
    from cxify import audit as audits
    from cxify import files
    from cxify.errors import CxifyError

    folder = source.resolve().parent.name
    try:
        return audits.facts_of(files.read(source), str(source), folder, framework=framework, kinds=kinds, book=book)
    except CxifyError as error:
        return audits.Unread(str(source), error.message, error.remedy, error.exit_code)
    except Exception as error:
        log.debug("%s", source, exc_info=True)
        message = f"cxify itself failed on this document ({type(error).__name__})."
        return audits.Unread(str(source), message, "Run it again with --debug and report what it says.", shell.INTERNAL)


def _skipped(plans: "Sequence[Plan]") -> "Iterator[Outcome]":
    return (outcome for plan in plans for outcome in plan.skipped if say.worth_telling(outcome))


def write(file: Path, data: bytes) -> None:
    """Write an output of the audit. Raises InputError with a remedy."""
    from cxify import files

    files.write_atomically(file, data)


def as_text(audit: "Audit", written: Sequence[Path]) -> Iterator[str]:
    """Yield the summary for the terminal."""
    from cxify.audit.facts import PILLARS

    answers = [handover.answer for handover in audit.handovers]
    total = len(audit.concerned)
    held = total - len(audit.without)
    yield f"{say.count(len(audit.documents), 'document')} of {say.count(len(audit.units), 'department')} read."
    yield f"  {held} of {total} hold customer experience; {len(audit.without)} do not."
    for pillar in PILLARS:
        yield f"  {pillar}: {sum(bool(facts.held.pillar(pillar)) for facts in audit.concerned)} of {total}"
    yield f"  “customer-facing” found in {say.count(len(audit.customer_facing), 'document')}"
    yield f"  survey scores as a person's measure in {say.count(len(audit.survey_scores), 'document')}"
    yield f"  handovers: {len(answers)}, {answers.count('unanswered')} not answered, {answers.count('unnamed')} unnamed"
    if audit.personal:
        yield f"  {say.count(len(audit.personal), 'filled-in form')} not evaluated"
    if audit.foreign:
        yield f"  {say.count(len(audit.foreign), 'document')} in languages that are not supported yet"
    if audit.other:
        yield f"  {say.count(len(audit.other), 'document')} of other kinds"
    if audit.unread:
        yield f"  {say.count(len(audit.unread), 'file')} not read"
    yield from (f"  {finding.message} [{finding.rule}]" for finding in audit.findings[: say.AT_MOST])
    if audit.steps:
        yield "Next, work for colleagues first:"
        yield from (f"  {step.facts.file}: lacks {', '.join(step.missing)}" for step in audit.steps[: say.AT_MOST])
    yield from (f"-> {file}" for file in written)
