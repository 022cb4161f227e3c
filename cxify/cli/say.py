"""Plain words for people in HR: what was done with a document, and why not."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cxify.batch import Done, Outcome, Plan, Role

AT_MOST = 5


def count(number: int, noun: str) -> str:
    """Return "1 edit", "2 edits"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def kind(kind_id: str) -> str:
    """Return a kind's name; of one that is not cxify's own, its id as words."""
    from cxify import kinds

    if kind_id == "unknown":
        return "Kind of document unknown"
    known = kinds.load(None).get(kind_id)
    name = known.name["en"] if known and "en" in known.name else kind_id.replace("_", " ")
    return name[:1].upper() + name[1:]


def shortened(text: str, length: int = 80) -> str:
    """Return the text on one line, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[:length].rsplit(' ', 1)[0]} …"


def finding(found: Mapping[str, Any]) -> str:
    """Return a finding as one indented line."""
    where = f"{found['block']}: " if found["block"] else ""
    return f"  {where}{found['message']} {found['remedy']} [{found['rule']}]"


def outcome(of: "Outcome") -> str:
    """Return what became of one file, ready to print."""
    match of.status:
        case "failed":
            return f"{of.file}\n  Not done: {of.message} {of.remedy}"
        case "skipped":
            return f"{of.file}\n  Left alone: {of.message}"
        case "waiting":
            return f"{of.file}\n  Waiting: {of.message} {of.remedy}"
        case "done before":
            return f"{of.file}\n  Done before, nothing has changed since: {of.output}"
        case "unchanged":
            return "\n".join([of.file, f"  {_about(of.details)}: nothing to change.", *_notes(of.details)])
        case _:
            return "\n".join([of.file, f"  {_about(of.details)}: {_changes(of)}", *_notes(of.details)])


def worth_telling(of: "Outcome") -> bool:
    """Return False for a file that waits or that nobody expects to be rewritten; the report has it all the same."""
    from cxify.batch import OTHER_FORMATS

    return of.status not in ("skipped", "waiting") or of.message in OTHER_FORMATS.values()


def summary(done: "Done", plan: "Plan") -> str:
    """Return the closing lines of a run."""
    from cxify.batch import STATUSES

    foreign = sum(not worth_telling(outcome) for outcome in plan.skipped)
    numbers = {status: done.count(status) for status in STATUSES}
    numbers["skipped"] -= foreign
    counts = ", ".join(f"{number} {status}" for status, number in numbers.items() if number)
    total = len(plan.jobs) + len(plan.skipped) - foreign
    lines = [f"{count(total, 'document')}: {counts or 'none done'}."]
    if done.interrupted:
        left = len(plan.jobs) + len(plan.skipped) - len(done.outcomes)
        lines.append(f"Stopped with {count(left, 'document')} to go. The same command goes on where it stopped.")
    lines += _frameworks(done)
    lines += _list("One profile for the documents of a role", [_role(role) for role in done.roles])
    lines += _list("All documents together", [f"{found.message} {found.remedy}" for found in done.portfolio])
    return "\n".join(lines)


def _frameworks(done: "Done") -> Iterator[str]:
    """Say which framework the documents were written with, and when nobody has approved it (CXL-906)."""
    for each in done.frameworks:
        status = each["status"]
        said = (
            "approved"
            if status == "approved"
            else f"a {status}: HR and customer experience have not approved it [CXL-906]"
        )
        yield f"Framework: {each['id']} {each['version']}, {said}."


def _role(role: "Role") -> str:
    files = ", ".join(file.rpartition("/")[2].rpartition("\\")[2] for file in role.files)
    competencies = ", ".join(id.partition("@")[0] for id in role.competencies)
    served = " and ".join(role.served)
    return f"“{role.title}” ({files}): {competencies} at level {role.level}, for {served}"


def _about(details: Mapping[str, Any]) -> str:
    role = f" “{details['role']}”" if details["role"] else ""
    return f"{kind(details['kind'])}{role} ({details['language']})"


def _changes(of: "Outcome") -> str:
    operations = [edit["operation"]["op"] for edit in of.details["edits"]]
    comments = operations.count("comment")
    numbers = {"edit": len(operations) - comments, "comment": comments, "question": len(of.details["questions"])}
    listed = ", ".join(count(number, noun) for noun, number in numbers.items() if number)
    return f"{listed} {f'-> {of.output}' if of.output else 'would be proposed'}"


def _notes(details: Mapping[str, Any]) -> Iterator[str]:
    alarming = [each for each in details["findings"] if each["severity"] != "info"]
    yield from _list("For you to answer", [question["text"] for question in details["questions"]])
    yield from _list("Not proposed", list(dict.fromkeys(each["reason"] for each in details["declined"])))
    yield from _list("Proposed and withdrawn", [_withdrawn(each) for each in details["dropped"]])
    yield from _list("Worth a look", [f"{each['message']} {each['remedy']}" for each in alarming])


def _withdrawn(dropped: Mapping[str, Any]) -> str:
    return dropped["findings"][0]["message"] if dropped["findings"] else "It broke a rule."


def _list(title: str, entries: Sequence[str]) -> Iterator[str]:
    unique = list(dict.fromkeys(entries))
    if unique:
        yield f"  {title}:"
        yield from (f"    - {entry}" for entry in unique[:AT_MOST])
    if len(unique) > AT_MOST:
        yield f"    - and {len(unique) - AT_MOST} more, see report.jsonl"
