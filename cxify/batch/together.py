"""What the documents of a run say as a set: the roles they share, and what the rules need to compare them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from sys import intern
from typing import Any

from cxify.batch.outcome import Outcome, Role
from cxify.profile import key
from cxify.rules.plain import sentences
from cxify.rules.portfolio import Facts


class Sum:
    """What all documents of a run say as a set, gathered from one outcome after the other."""

    def __init__(self) -> None:
        self._roles: dict[str, tuple[Role, list[str]]] = {}
        self._units: dict[str, str] = {}
        self._alone: list[Facts] = []
        self._together: list[tuple[str, Facts]] = []
        """With what tells which of the roles that several documents share it is."""
        self._said: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._frameworks: dict[tuple[tuple[str, Any], ...], Mapping[str, Any]] = {}

    def add(self, outcome: Outcome) -> None:
        """Take what is needed of a document, also of one done before; filled forms are about people."""
        if framework := outcome.details.get("framework"):
            self._frameworks.setdefault(tuple(framework.items()), framework)
        if "profile" not in outcome.details:
            return
        shared = outcome.details["profile"]["shared_with"]
        if shared:
            self._add_to_role(outcome)
        elif outcome.details["state"] == "blank":
            self._alone.append(self._facts_of(outcome))

    def _add_to_role(self, outcome: Outcome) -> None:
        based_on, unit = outcome.details["profile"]["based_on"], outcome.details["unit"]
        self._roles.setdefault(based_on, (_role(outcome.details, []), []))[1].append(outcome.file)
        if outcome.details["state"] == "blank":
            self._units |= {based_on: unit} if unit else {}
            self._together.append((based_on, self._facts_of(outcome)))

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles of which the run has several documents."""
        return tuple(replace(role, files=tuple(files)) for role, files in self._roles.values())

    @property
    def frameworks(self) -> tuple[Mapping[str, Any], ...]:
        """Return the frameworks that documents were written with."""
        return tuple(self._frameworks.values())

    @property
    def facts(self) -> Iterator[Facts]:
        """Return what the portfolio rules need of each document; documents of a role have one unit."""
        yield from self._alone
        for based_on, facts in self._together:
            yield replace(facts, unit=self._units.get(based_on, ""))

    def _facts_of(self, outcome: Outcome) -> Facts:
        details, edits = outcome.details, _edits(outcome.details)
        return Facts(
            file=outcome.file,
            kind=intern(details["kind"]),
            role=key(details["role"]),
            unit=intern(details["unit"]),
            competencies=self._same(_all(edits, "competencies")),
            standards=self._same(_all(edits, "standards")),
            inserted=tuple(intern(sentence) for edit in edits for sentence in _inserted(edit["operation"])),
            agreed=self._same(tuple(details["profile"]["competencies"])) if details["profile"]["shared_with"] else (),
        )

    def _same(self, said: tuple[str, ...]) -> tuple[str, ...]:
        """Lists of competencies repeat from document to document: each is kept once."""
        return self._said.setdefault(said, said)


def _role(details: Mapping[str, Any], files: list[str]) -> Role:
    told = details["profile"]
    lists = {name: tuple(told[name]) for name in ("standards", "served")}
    return Role(details["role"], tuple(files), told["level"], tuple(sorted(told["competencies"])), **lists)


def _edits(details: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [edit for edit in details["edits"] if edit["operation"]["op"] != "comment"]


def _all(edits: Iterable[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for edit in edits for id in edit[name]))


def _inserted(operation: Mapping[str, Any]) -> list[str]:
    """Return the sentences that an operation adds; a row holds an agreed measure, which may read the same anywhere."""
    old = set(sentences(operation.get("old", "")))
    new = sentences(operation.get("new") or operation.get("text") or "")
    return [sentence for sentence in new if sentence not in old]
